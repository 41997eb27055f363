"""What can be wrong with a calendar year, told with line, key and what is allowed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.policy.days import Day
from huiyin.policy.rules import CALENDAR_SOUND
from huiyin.rules import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class CalendarProblem:
    """One error: the line it stands in (0 when it is of the whole file), what is wrong, what would be right."""

    line: int
    sentence: str | _StrPromise
    allowed: str = ""
    params: dict[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        wrong = str(self.sentence) % self.params
        if self.line and self.allowed:
            words = _now("Line %(line)s: %(wrong)s Allowed: %(allowed)s")
        elif self.line:
            words = _now("Line %(line)s: %(wrong)s")
        elif self.allowed:
            words = _now("%(wrong)s Allowed: %(allowed)s")
        else:
            return wrong
        return words % {"line": self.line, "wrong": wrong, "allowed": self.allowed}


class CalendarError(Refusal):
    """A calendar year cannot be used; `problems` holds every error found, not only the first."""

    rule = CALENDAR_SOUND
    sentence = _("The calendar %(calendar)s cannot be used. Errors: %(count)s.")

    def __init__(self, calendar: str, problems: list[CalendarProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(calendar=calendar, count=len(problems))

    def __str__(self) -> str:
        return "\n".join([super().__str__(), *(str(problem) for problem in self.problems)])


def day_problems(year: int, days: Mapping[date, Day], lines: Mapping[date, int] | None = None) -> list[CalendarProblem]:
    """Find the days that cannot belong to the notice of a year."""
    problems = []
    first, last = date(year - 1, 12, 1), date(year, 12, 31)
    for day in days:
        line = (lines or {}).get(day, 0)
        if not first <= day <= last:
            wrong = _("The day %(day)s cannot belong to the notice of %(year)s.")
            problems.append(CalendarProblem(line, wrong, f"{first} … {last}", {"day": day, "year": year}))
    return problems
