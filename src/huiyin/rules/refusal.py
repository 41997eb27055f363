"""The base of every refusal: which rule, in which words, and what would lift it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from huiyin.rules.registry import Rule, RuleError

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Refusal(Exception):
    """Something was asked for that a rule does not allow.

    Sub-class it once per kind of refusal, beside the function that raises it. `sentence` and `unblock` are whole
    translatable sentences with named placeholders, filled from the keyword arguments when they are shown, so the
    reader's language decides and not the language in force when it was raised.
    """

    rule: ClassVar[Rule]
    sentence: ClassVar[str | _StrPromise]
    unblock: ClassVar[str | _StrPromise] = ""

    def __init__(self, **params: Any) -> None:
        if not hasattr(self, "rule") or not hasattr(self, "sentence"):
            raise RuleError(f"{type(self).__name__} names no rule or has no sentence")
        self.missing: tuple[str, ...] = tuple(params.pop("missing", ()))
        self.params: Mapping[str, Any] = params
        super().__init__(self.rule.code)

    @property
    def text(self) -> str:
        """The sentence in the language now active."""
        return str(self.sentence) % self.params

    @property
    def unblock_text(self) -> str:
        """What would lift the refusal, in the language now active; empty when nothing would."""
        return str(self.unblock) % self.params

    def __str__(self) -> str:
        return f"{self.rule.code}: {self.text}"
