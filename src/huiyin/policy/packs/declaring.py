"""How a key of the settings is declared."""

from dataclasses import field
from typing import Any

from huiyin.policy.packs.titles import Title


def key(code: str, amb: str, default: Any, zh: str, en: str, **bounds: Any) -> Any:
    """Declare one key. `low` and `high` bound a number; `stricter` ("more", "less") lets an overlay tighten it."""
    return field(default=default, metadata={"code": code, "amb": amb, "title": Title(zh, en), **bounds})
