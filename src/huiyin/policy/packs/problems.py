"""What can be wrong with a pack, told with file, key, and what is allowed."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.policy.rules import PACK_SOUND
from huiyin.rules import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Problem:
    """One error: where it is, what is wrong, what would be right."""

    file: str
    key: str
    sentence: str | _StrPromise
    allowed: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def wrong(self) -> str:
        return str(self.sentence) % self.params

    def __str__(self) -> str:
        values = {"file": self.file, "key": self.key, "wrong": self.wrong, "allowed": self.allowed}
        if self.allowed:
            return _now("%(file)s: %(key)s: %(wrong)s Allowed: %(allowed)s") % values
        return _now("%(file)s: %(key)s: %(wrong)s") % values


class PackError(Refusal):
    """A pack cannot be used; `problems` holds every error found, not only the first."""

    rule = PACK_SOUND
    sentence = _("The pack %(pack)s cannot be used. Errors: %(count)s.")

    def __init__(self, pack: str, problems: list[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(pack=pack, count=len(problems))

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(str(problem) for problem in self.problems)])
