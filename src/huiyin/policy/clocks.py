"""A clock of a pack set going at an instant: when it is due, when to warn, and why (ENG-01, ENG-11)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.policy import calendars, working_time
from huiyin.policy.packs.schema import ClockRule, Pack
from huiyin.policy.working_time import Calendar, Due

SPOKEN_MARKS = (50, 75, 90)


@dataclass(frozen=True)
class Derived:
    """A deadline with everything that is frozen into the promise row."""

    due_at: datetime
    target_at: datetime | None
    provisional: bool
    why: dict[str, Any]


def calendar_of(pack: Pack) -> Calendar:
    return calendars.calendar(
        pack.calendar,
        pack.zone,
        pack.service_hours,
        holiday_hours=pack.holiday_hours,
        makeup_hours=pack.makeup_hours,
        day_end=pack.day_end,
    )


def local_day(pack: Pack, at: datetime) -> date:
    return at.astimezone(ZoneInfo(pack.zone)).date()


def derive(pack: Pack, rule: ClockRule, start: datetime, calendar: Calendar | None = None) -> Derived:
    """Give the deadline of a pack's clock that starts now, its target, its warning marks and its reasons.

    Whoever derives several at once gives the calendar, so that it is asked for once.
    """
    calendar = calendar or calendar_of(pack)
    due = working_time.due(start, rule.span, calendar, count_start_day=rule.count_start_day, roll=rule.roll)
    target = working_time.due(start, rule.target, calendar).at if rule.target else None
    marks = list(working_time.marks(start, due.at, rule.warn_marks, calendar, rule.span.unit))
    if rule.warn_day_before:
        marks.append(working_time.working_day_warning(due.at, calendar))
    why = due.explain.as_json() | _basis(pack, rule) | {"marks": _ahead(marks, start, due.at)}
    return Derived(due.at, target, due.provisional, why)


def renewed(pack: Pack, rule: ClockRule, before: dict[str, Any], *, start: datetime, due: Due) -> dict[str, Any]:
    """The reasons of a clock that goes on after a pause or an extension, with what was known before kept."""
    calendar = calendar_of(pack)
    marks = list(working_time.marks(start, due.at, rule.warn_marks, calendar, rule.span.unit))
    if rule.warn_day_before:
        marks.append(working_time.working_day_warning(due.at, calendar))
    kept = {key: before[key] for key in ("pauses", "extensions") if key in before}
    return due.explain.as_json() | kept | _basis(pack, rule) | {"marks": _ahead(marks, start, due.at)}


def _basis(pack: Pack, rule: ClockRule) -> dict[str, Any]:
    return {
        "title": {"zh": rule.title.zh, "en": rule.title.en},
        "pack": pack.code,
        "pack_version": pack.version,
        "source": rule.source,
        "evidence": rule.evidence,
        "statutory": rule.statutory,
        "consequence": {"zh": rule.consequence.zh, "en": rule.consequence.en},
        "escalate_to": rule.escalate_to,
    }


def spoken(start: datetime, due_at: datetime) -> dict[str, Any]:
    """The reasons of a time somebody named himself: it starts now and ends when he said."""
    length = due_at - start
    marks = [start + length * percent / 100 for percent in SPOKEN_MARKS]
    minutes = int(length / timedelta(minutes=1))
    return {
        "start": start.isoformat(),
        "qty": minutes,
        "unit": "minute",
        "at": due_at.isoformat(),
        "skipped": [],
        "pauses": [],
        "marks": _ahead(marks, start, due_at),
        "said": True,
    }


def acknowledgement_due(pack: Pack, received: datetime) -> datetime:
    """The time to name in a first answer (AMB-06): today, or the next working day when it is too late for today."""
    settings = pack.settings
    return working_time.cutoff_due(
        received,
        calendar_of(pack),
        cutoff=settings.ack_cutoff,
        same_day=settings.ack_same_day_due,
        late=settings.ack_late_due,
    ).at


def next_day_at(pack: Pack, after: datetime, days: int = 1) -> datetime:
    """The end of service some natural days later: until when a callback for that day is due."""
    day = local_day(pack, after) + timedelta(days=days)
    return datetime.combine(day, pack.settings.ack_same_day_due, ZoneInfo(pack.zone))


def _ahead(marks: list[datetime], start: datetime, due_at: datetime) -> list[str]:
    return sorted({mark.isoformat() for mark in marks if start < mark < due_at})
