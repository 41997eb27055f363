"""One case under other settings of its pack, for as long as a test asks."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from huiyin.complaints import promises
from huiyin.complaints.models import Complaint


@contextmanager
def setting(complaint: Complaint, **keys: Any) -> Iterator[None]:
    """The case's pack with these keys; every reader in this process sees it."""
    pack = promises.pack_of(complaint)
    kept = dict(pack.settings.__dict__)
    changed = replace(pack.settings, **keys)
    object.__setattr__(pack, "settings", changed)
    try:
        yield
    finally:
        object.__setattr__(pack, "settings", replace(changed, **kept))
