"""How far a running clock is: what is left, how much is used, and when its warnings fall.

All of it on the scale of the clock's own unit: a clock in working days does not age over a holiday, and one in
service hours not over night.
"""

from collections.abc import Callable, Iterable
from datetime import date, datetime

from huiyin.policy import wall
from huiyin.policy.days import Calendar, local_ordinal, require_aware
from huiyin.policy.spans import SERVICE_UNITS, WALL_UNITS, Span, Unit

Measure = Callable[[datetime], int]
Reach = Callable[[int], datetime]


def remaining(due_at: datetime, now: datetime, calendar: Calendar, unit: Unit) -> Span:
    """Give what a clock has left when it is paused; `due(resumed_at, remaining)` is its deadline after the pause.

    Minutes and hours leave minutes, rounded up; days, weeks and months leave days, the day of the pause not counted
    as it is not at the start. Nothing left, or overdue: zero of the unit.
    """
    due_at, now = require_aware(due_at), require_aware(now)
    if unit in WALL_UNITS:
        return Span(_minutes_up(wall.span_us(due_at - now)), Unit.MINUTE)
    if unit in SERVICE_UNITS:
        left = _served_us(now, due_at, calendar) if due_at > now else 0
        return Span(_minutes_up(left), Unit.SERVICE_MINUTE)
    today, last = local_ordinal(now, calendar.zone), wall.last_day(due_at, calendar.zone).toordinal()
    if unit is Unit.WORKING_DAY:
        return Span(calendar.working_days_between(today, last) if last > today else 0, Unit.WORKING_DAY)
    return Span(max(last - today, 0), Unit.NATURAL_DAY)


def marks(
    start: datetime, due_at: datetime, percents: Iterable[int], calendar: Calendar, unit: Unit
) -> tuple[datetime, ...]:
    """Give the instants at which so many percent of a clock are used (ENG-11)."""
    start, due_at = require_aware(start), require_aware(due_at)
    if due_at <= start:
        return tuple(due_at for _percent in percents)
    measure, reach = _scale(start, due_at, calendar, unit)
    total = measure(due_at)
    return tuple(reach(total * percent // 100) for percent in percents)


def share_used(start: datetime, due_at: datetime, now: datetime, calendar: Calendar, unit: Unit) -> float:
    """Give the share of a clock that is used, from 0 to 1."""
    start, due_at, now = require_aware(start), require_aware(due_at), require_aware(now)
    if now >= due_at:
        return 1.0
    if now <= start:
        return 0.0
    measure, _reach = _scale(start, due_at, calendar, unit)
    return measure(now) / measure(due_at)


def previous_working_day(at: datetime, calendar: Calendar) -> date:
    """Give the last working day before the day a deadline belongs to."""
    return date.fromordinal(calendar.working_day_before(wall.last_day(at, calendar.zone).toordinal()))


def working_day_warning(due_at: datetime, calendar: Calendar) -> datetime:
    """Give the instant of the warning one working day ahead: when the working day before opens (ENG-11)."""
    return calendar.opening(previous_working_day(due_at, calendar))


def working_minutes_between(start: datetime, end: datetime, calendar: Calendar) -> int:
    """Count the whole service minutes from one instant to another; refuses an end before the start."""
    start, end = require_aware(start), require_aware(end)
    if end < start:
        raise ValueError(f"{end:%Y-%m-%d %H:%M} is before {start:%Y-%m-%d %H:%M}")
    return _served_us(start, end, calendar) // wall.MINUTE_US


def working_days_between(after: date, until: date, calendar: Calendar) -> int:
    """Count the working days after one day up to and with another; refuses days in the wrong order."""
    if until < after:
        raise ValueError(f"{until} is before {after}")
    return calendar.working_days_between(after.toordinal(), until.toordinal())


def _minutes_up(us: int) -> int:
    return max(-(-us // wall.MINUTE_US), 0)


def _served_us(start: datetime, end: datetime, calendar: Calendar) -> int:
    first, last = local_ordinal(start, calendar.zone), local_ordinal(end, calendar.zone)
    served = calendar.served(first - 2, last + 2)
    return served.passed(wall.microseconds(end)) - served.passed(wall.microseconds(start))


def _scale(start: datetime, due_at: datetime, calendar: Calendar, unit: Unit) -> tuple[Measure, Reach]:
    """Give how the unit measures time from start, and the way back; the wall where the unit measures nothing."""
    if unit in SERVICE_UNITS and _served_us(start, due_at, calendar):
        return _service_scale(start, due_at, calendar)
    if unit is Unit.WORKING_DAY:
        measure, reach = _working_scale(start, calendar)
        if measure(due_at):
            return measure, reach
    return (lambda at: wall.span_us(at - start)), (lambda us: start + us * wall.MICROSECOND)


def _service_scale(start: datetime, due_at: datetime, calendar: Calendar) -> tuple[Measure, Reach]:
    first, last = local_ordinal(start, calendar.zone), local_ordinal(due_at, calendar.zone)
    served = calendar.served(first - 2, last + 2)
    before = served.passed(wall.microseconds(start))

    def reach(us: int) -> datetime:
        reached = served.reached(before + us)
        return due_at if reached is None else max(wall.instant(reached[0]), start)

    return (lambda at: served.passed(wall.microseconds(at)) - before), reach


def _working_scale(start: datetime, calendar: Calendar) -> tuple[Measure, Reach]:
    """Measure in working days; a part of a day counts as its share of that day, be it of 23, 24 or 25 hours."""
    base = local_ordinal(start, calendar.zone) - 1

    def position(at: datetime) -> int:
        today = local_ordinal(at, calendar.zone)
        whole = calendar.working_days_between(base, today - 1) * wall.DAY_US
        if not calendar.is_working(date.fromordinal(today)):
            return whole
        opens, length = _day_us(today)
        return whole + (wall.microseconds(at) - opens) * wall.DAY_US // length

    def _day_us(ordinal: int) -> tuple[int, int]:
        opens = wall.microseconds(calendar.start_of(ordinal))
        return opens, wall.microseconds(calendar.start_of(ordinal + 1)) - opens

    before = position(start)

    def reach(us: int) -> datetime:
        whole, part = divmod(before + us, wall.DAY_US)
        if not us:
            return start
        if not part:
            return calendar.start_of(calendar.working_day_after(base, whole) + 1)
        opens, length = _day_us(calendar.working_day_after(base, whole + 1))
        return wall.instant(opens + part * length // wall.DAY_US)

    return (lambda at: position(at) - before), reach
