"""When a promise falls due, and what of it is left: pure functions of start, span and calendar.

Minutes and hours run by the wall, through nights and holidays (ENG-04); service minutes and hours only while a
service block is open; days, weeks and months count from the day after the event and end at the end of their last day
(ENG-03). The end of a day is the instant at which the next one begins, written as 24:00 of the day: `Due.at` of a
period ending on 16 April is 17 April 00:00 in the zone of the calendar, `Due.last_day` is the 16th, `shown()` says
24:00. A deadline is kept *until* that instant, which is the first one too late.
"""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from huiyin.policy import explanation, wall
from huiyin.policy.days import (
    HORIZON_DAYS,
    LAST_ORDINAL,
    Block,
    Blocks,
    Calendar,
    Day,
    DayEnd,
    DayKind,
    NoWorkingTime,
    Week,
    local_ordinal,
    require_aware,
)
from huiyin.policy.explanation import Explanation, Pause, Run, RunKind
from huiyin.policy.progress import (
    marks,
    previous_working_day,
    remaining,
    share_used,
    working_day_warning,
    working_days_between,
    working_minutes_between,
)
from huiyin.policy.spans import DAY_UNITS, MINUTES, SERVICE_UNITS, Span, Unit
from huiyin.policy.wall import shown

__all__ = [
    "Block",
    "Blocks",
    "Calendar",
    "Day",
    "DayEnd",
    "DayKind",
    "Due",
    "Explanation",
    "NoWorkingTime",
    "Pause",
    "Roll",
    "Run",
    "RunKind",
    "Span",
    "Unit",
    "Week",
    "cutoff_due",
    "due",
    "marks",
    "previous_working_day",
    "remaining",
    "share_used",
    "shown",
    "working_day_warning",
    "working_days_between",
    "working_minutes_between",
]


class Roll(TextChoices):
    """What becomes of a period whose last day is not worked; by the law it ends on the next worked day (203)."""

    NONE = "none", _("Ends on its last day, worked or not")
    NEXT_WORKING_DAY = "next_working_day", _("Moves to the next working day")
    PREVIOUS_WORKING_DAY = "previous_working_day", _("Moves back to the working day before")


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline, and enough to say why. `at` is in UTC; everything about days is in the zone of the calendar."""

    at: datetime
    provisional: bool
    start: datetime
    span: Span | None
    calendar: Calendar = field(repr=False, compare=False)
    first_counted: date | None = None
    rolled_from: date | None = None

    @property
    def local(self) -> datetime:
        """The deadline on the wall clock of the calendar."""
        return self.at.astimezone(self.calendar.zone)

    @property
    def last_day(self) -> date:
        """The day the deadline belongs to; an end at midnight belongs to the day it ends."""
        return wall.last_day(self.at, self.calendar.zone)

    @property
    def shown(self) -> tuple[date, str]:
        """Day and time as they are written, with 24:00 for the end of a day."""
        return shown(self.at, self.calendar.zone)

    @property
    def skipped(self) -> tuple[date, ...]:
        """The days between start and deadline that did not count."""
        calendar, last = self.calendar, self.last_day
        if self.span is not None and self.span.unit in SERVICE_UNITS:
            days = _days(self.start.astimezone(calendar.zone).date(), last)
            return tuple(day for day in days if not calendar.blocks(day))
        if self.first_counted is not None and (self.span is None or self.span.unit is Unit.WORKING_DAY):
            return tuple(day for day in _days(self.first_counted, last) if not calendar.is_working(day))
        if self.rolled_from is not None and self.rolled_from < last:
            return tuple(_days(self.rolled_from, last - timedelta(days=1)))
        return ()

    @property
    def explain(self) -> Explanation:
        """The facts behind the deadline, for the page to say."""
        calendar, skipped = self.calendar, self.skipped
        counted = () if self.first_counted is None else _days(self.first_counted, self.last_day)
        by_working_day = self.span is not None and self.span.unit is Unit.WORKING_DAY
        return Explanation(
            start=self.start.astimezone(calendar.zone),
            span=self.span,
            at=self.local,
            last_day=self.last_day,
            first_counted=self.first_counted,
            skipped=explanation.skipped_runs(skipped, calendar),
            made_up=explanation.made_up_runs(counted if by_working_day else (), calendar),
            rolled_from=self.rolled_from,
            unknown_from=_first_unknown(self) if self.provisional else None,
            calendar=calendar.code,
            calendar_version=calendar.version,
        )


def due(
    start: datetime, span: Span, calendar: Calendar, *, count_start_day: bool = False, roll: Roll = Roll.NONE
) -> Due:
    """Give the deadline of a span that starts at an instant.

    `count_start_day` lets the day of the event be the first that counts; by default the next day is (民法典 201).
    Refuses a start without a zone, days asked of minutes or hours, which start at the instant and do not roll
    (ENG-04), and working time of a calendar that never opens.
    """
    start = require_aware(start)
    if span.unit not in DAY_UNITS:
        if count_start_day or roll is not Roll.NONE:
            raise ValueError(f"a span in {span.unit.value}s counts no start day and does not roll")
        if span.unit in SERVICE_UNITS:
            return _service(start, span, calendar)
        return Due(start + timedelta(minutes=span.qty * MINUTES[span.unit]), False, start, span, calendar)
    first = local_ordinal(start, calendar.zone) + (0 if count_start_day or not span.qty else 1)
    if span.unit is Unit.WORKING_DAY:
        last = calendar.working_day_after(first - 1, max(span.qty, 1))
        unsure = not (calendar.known_lo <= first and last <= calendar.known_hi)
        return _day_due(start, span, calendar, (first, last, last), unsure)
    last = _last_natural_day(first, span, count_start_day)
    rolled = _rolled(last, calendar, roll)
    unsure = roll is not Roll.NONE and not (
        calendar.known_lo <= min(last, rolled) and max(last, rolled) <= calendar.known_hi
    )
    return _day_due(start, span, calendar, (first, last, rolled), unsure)


def cutoff_due(received: datetime, calendar: Calendar, *, cutoff: time, same_day: time, late: time) -> Due:
    """Give the time to name in a first answer: today, or the next working day when today is too late (S0-04, AMB-06).

    Received up to and at `cutoff`: today at `same_day`. Later: the next working day at `late`. Refuses a cutoff that
    is not before `same_day`, which could promise a time already past.
    """
    if cutoff >= same_day:
        raise ValueError(
            f"the cutoff {cutoff:%H:%M} must be before the time promised for the same day, {same_day:%H:%M}"
        )
    received = require_aware(received)
    local = received.astimezone(calendar.zone)
    if local.time() <= cutoff:
        return Due(
            wall.first_instant(datetime.combine(local, same_day), calendar.zone), False, received, None, calendar
        )
    tomorrow = local.toordinal() + 1
    ordinal = calendar.working_day_after(tomorrow - 1, 1)
    at = wall.first_instant(datetime.combine(date.fromordinal(ordinal), late), calendar.zone)
    unsure = not (calendar.known_lo <= tomorrow and ordinal <= calendar.known_hi)
    return Due(at, unsure, received, None, calendar, date.fromordinal(tomorrow))


def _service(start: datetime, span: Span, calendar: Calendar) -> Due:
    """Count only while a service block is open; the end of the last block is a deadline, not the next opening."""
    first = local_ordinal(start, calendar.zone)
    start_us, length_us = wall.microseconds(start), span.qty * MINUTES[span.unit] * wall.MINUTE_US
    if not length_us:
        return Due(start, False, start, span, calendar)
    served = calendar.served(first - 2, first + 62)
    reached = served.reached(served.passed(start_us) + length_us)
    while reached is None:
        if served.last >= min(first + HORIZON_DAYS, LAST_ORDINAL):
            raise NoWorkingTime(f"no {span.qty} {span.unit.value} after {start:%Y-%m-%d}")
        served = calendar.served(first - 2, served.last + 366)
        reached = served.reached(served.passed(start_us) + length_us)
    at_us, shift = reached
    # A start within a night shift needs to know of the day that shift began on.
    begun = min(first, served.shift_after(start_us))
    unsure = not (calendar.known_lo <= begun and shift <= calendar.known_hi)
    return Due(wall.instant(at_us), unsure, start, span, calendar)


def _last_natural_day(first: int, span: Span, counts_start_day: bool) -> int:
    """Give the last day of days, weeks or months whose first counted day is given, before any roll."""
    if span.unit is not Unit.MONTH or not span.qty:
        return first + max(span.qty * (7 if span.unit is Unit.WEEK else 1), 1) - 1
    event = date.fromordinal(first if counts_start_day else first - 1)
    years, month = divmod(event.year * 12 + event.month - 1 + span.qty, 12)
    length = (date(years, month + 1, 28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    if event.day > length.day:
        return length.toordinal()  # 民法典 202: no corresponding day, the last of the month
    return date(years, month + 1, event.day).toordinal() - (1 if counts_start_day else 0)


def _rolled(last: int, calendar: Calendar, roll: Roll) -> int:
    if roll is Roll.NEXT_WORKING_DAY:
        return calendar.working_day_after(last - 1, 1)
    if roll is Roll.PREVIOUS_WORKING_DAY:
        return calendar.working_day_before(last + 1)
    return last


def _day_due(start: datetime, span: Span, calendar: Calendar, days: tuple[int, int, int], unsure: bool) -> Due:
    """Make the deadline of a period of days: first counted, last before and after the roll."""
    first, last, rolled = days
    if rolled < local_ordinal(start, calendar.zone):
        rolled = last
    at = calendar.start_of(rolled + 1)
    if calendar.day_end is DayEnd.CLOSING:
        closing = calendar.closing(date.fromordinal(rolled))
        at = closing if closing > start else at
        unsure = unsure or not calendar.known_lo <= rolled <= calendar.known_hi
    rolled_from = None if rolled == last else date.fromordinal(last)
    return Due(at, unsure, start, span, calendar, date.fromordinal(first), rolled_from)


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(ordinal) for ordinal in range(first.toordinal(), last.toordinal() + 1)]


def _first_unknown(due: Due) -> date:
    """Give the first day whose kind the deadline depends on and no notice covers."""
    last, otherwise = due.last_day, due.last_day
    if due.span is None or due.span.unit is Unit.WORKING_DAY:
        first = due.first_counted or last
    elif due.span.unit in SERVICE_UNITS:
        first = due.start.astimezone(due.calendar.zone).date()
        otherwise = first - timedelta(days=1)  # the evening on which the first shift began
    else:
        first = min(due.rolled_from or last, last)
    return next((day for day in _days(first, last) if not due.calendar.is_known(day)), otherwise)
