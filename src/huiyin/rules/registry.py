"""Every rule of the house by its code, declared once by the room that enforces it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CODE = re.compile(r"[㐀-鿿]{2,6}-[0-9]{2}")
LEVELS = ("refuse", "warn", "hint")
# Verified in the text of the law, stated, common practice, guessed: how sure we are that the rule says this.
EVIDENCE = ("V", "S", "C", "G", "design")


class RuleError(Exception):
    """A rule is declared twice, declared wrongly, or asked for without having been declared."""


@dataclass(frozen=True, eq=False)  # one object per code; a comparison of titles would depend on the language
class Rule:
    """One rule: a code people can say aloud, its title, and what stands behind it."""

    code: str
    title: str | _StrPromise
    requirements: tuple[str, ...]
    source: str = ""
    evidence: str = "design"
    level: str = "refuse"

    def __str__(self) -> str:
        return f"{self.code} {self.title}"


_rules: dict[str, Rule] = {}


def declare(
    code: str,
    title: str | _StrPromise,
    *,
    requirements: tuple[str, ...],
    source: str = "",
    evidence: str = "design",
    level: str = "refuse",
) -> Rule:
    """Add a rule to the registry; refuses a second rule of the same code and a rule nothing stands behind."""
    if code in _rules:
        raise RuleError(f"rule {code} is declared twice")
    if not CODE.fullmatch(code):
        raise RuleError(f"{code!r} is not a rule code: a family in Chinese, a hyphen and two digits, as in 证据-02")
    if level not in LEVELS or evidence not in EVIDENCE:
        raise RuleError(f"rule {code}: level is one of {LEVELS} and evidence one of {EVIDENCE}")
    if isinstance(requirements, str) or not (requirements or source):
        raise RuleError(f"rule {code} names neither a requirement nor a source")
    declared = Rule(code, title, tuple(requirements), source, evidence, level)
    _rules[code] = declared
    return declared


def rule(code: str) -> Rule:
    """Give the rule of this code; raises RuleError when there is none."""
    try:
        return _rules[code]
    except KeyError:
        raise RuleError(f"no rule has the code {code}") from None


def all_rules() -> list[Rule]:
    """Give every declared rule, sorted by code."""
    return sorted(_rules.values(), key=lambda declared: declared.code)
