"""Why a deadline is when it is: start, length, days skipped, pauses, basis. Facts only; pages make the sentences."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from huiyin.policy.days import Calendar
from huiyin.policy.spans import Span


class RunKind(TextChoices):
    WEEKEND = "weekend", _("Weekend")
    HOLIDAY = "holiday", _("Holiday")
    CLOSED = "closed", _("Without service")
    MAKE_UP = "make_up", _("Make-up working day")


@dataclass(frozen=True, slots=True)
class Run:
    """Days in a row for the same reason; `name` is the holiday they belong to, empty for a plain weekend."""

    first: date
    last: date
    kind: RunKind
    name: str


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which the clock stood; `end` is None while it still stands."""

    start: datetime
    end: datetime | None
    reason: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """All that is said under one deadline.

    `start` is the event, `first_counted` the first day that counts (None when the clock runs from the instant).
    `rolled_from` is the day the period would have ended had it been a working day. `unknown_from` is the first day
    that no official notice covers; with it the deadline is provisional.
    """

    start: datetime
    span: Span | None
    at: datetime
    last_day: date
    first_counted: date | None
    skipped: tuple[Run, ...]
    made_up: tuple[Run, ...]
    rolled_from: date | None
    unknown_from: date | None
    calendar: str
    calendar_version: str
    pauses: tuple[Pause, ...] = ()
    basis: str = ""

    def with_pauses(self, pauses: Iterable[Pause]) -> "Explanation":
        """Give the same explanation with the pauses of the promise's chain."""
        return replace(self, pauses=tuple(pauses))

    def with_basis(self, basis: str) -> "Explanation":
        """Give the same explanation with the article and pack version behind the clock."""
        return replace(self, basis=basis)

    @property
    def paused(self) -> timedelta:
        """The length of all pauses that have ended (ENG-09)."""
        return sum((pause.end - pause.start for pause in self.pauses if pause.end is not None), timedelta(0))

    def as_json(self) -> dict[str, Any]:
        """Give the explanation as a row can keep it, so that a later calendar cannot rewrite the reason."""
        return {
            "start": self.start.isoformat(),
            "qty": None if self.span is None else self.span.qty,
            "unit": None if self.span is None else self.span.unit.value,
            "at": self.at.isoformat(),
            "last_day": self.last_day.isoformat(),
            "first_counted": _iso(self.first_counted),
            "skipped": [_run_json(run) for run in self.skipped],
            "made_up": [_run_json(run) for run in self.made_up],
            "rolled_from": _iso(self.rolled_from),
            "unknown_from": _iso(self.unknown_from),
            "calendar": self.calendar,
            "calendar_version": self.calendar_version,
            "pauses": [
                {"start": _iso(pause.start), "end": _iso(pause.end), "reason": pause.reason} for pause in self.pauses
            ],
            "basis": self.basis,
        }


def _iso(moment: date | None) -> str | None:
    return None if moment is None else moment.isoformat()


def _run_json(run: Run) -> dict[str, str]:
    return {"first": run.first.isoformat(), "last": run.last.isoformat(), "kind": run.kind.value, "name": run.name}


def skipped_runs(days: Iterable[date], calendar: Calendar) -> tuple[Run, ...]:
    """Group skipped days: a holiday under its name, weekends apart."""
    return _runs((day, *_why_skipped(day, calendar)) for day in days)


def made_up_runs(days: Iterable[date], calendar: Calendar) -> tuple[Run, ...]:
    """Group the weekend days that were worked, and so counted, by notice."""
    worked = (day for day in days if day.weekday() in calendar.weekend and calendar.is_working(day))
    return _runs((day, RunKind.MAKE_UP, calendar.name(day)) for day in worked)


def _why_skipped(day: date, calendar: Calendar) -> tuple[RunKind, str]:
    if calendar.is_working(day):
        return RunKind.CLOSED, ""
    name = calendar.name(day)
    if name:
        return RunKind.HOLIDAY, name
    return (RunKind.HOLIDAY if day in calendar.days else RunKind.WEEKEND), ""


def _runs(days: Iterable[tuple[date, RunKind, str]]) -> tuple[Run, ...]:
    runs: list[Run] = []
    for day, kind, name in days:
        before = runs[-1] if runs else None
        if before and (before.kind, before.name) == (kind, name) and (day - before.last).days == 1:
            runs[-1] = replace(before, last=day)
        else:
            runs.append(Run(day, day, kind, name))
    return tuple(runs)
