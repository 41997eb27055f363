"""The one who counts: looks at a wall clock minute by minute (day by day beyond ten days) and ticks off days.

It knows no formula and none of the program's tables, and notes each day whose kind it had to know.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache

from bench.counting.cases import DAY, MINUTE, SERVICE, Case
from huiyin.policy.working_time import Blocks, DayEnd, DayKind, Roll, Unit

NEVER = datetime(1, 1, 1)  # noqa: DTZ001
MINUTE_BY_MINUTE = timedelta(days=10)


@dataclass
class Answer:
    """What the one who counts found: the deadline, and every day whose kind had to be known."""

    at: datetime
    needed: list[date] = field(default_factory=list)
    skipped: list[date] = field(default_factory=list)


def worked(case: Case, day: date) -> bool:
    told = case.calendar.days.get(day)
    return day.weekday() not in case.calendar.weekend if told is None else told.kind == DayKind.WORK


def desk_hours(case: Case, day: date) -> Blocks:
    calendar, told = case.calendar, case.calendar.days.get(day)
    if told is not None and told.kind == DayKind.OFF:
        return calendar.holiday_blocks
    if told is None:
        return calendar.week[day.weekday()]
    if day.weekday() in calendar.weekend and calendar.makeup_blocks is not None:
        return calendar.makeup_blocks
    return next(blocks for blocks in (calendar.week[day.weekday()], *calendar.week) if blocks)


@lru_cache(maxsize=4096)
def minutes_of_day(evening_before: Blocks, today: Blocks) -> bytes:
    """Mark each wall-clock minute of a day: 0 closed, 1 served by last evening's shift, 2 by one of today."""
    marked = bytearray(1440)
    for opens, closes in today:
        first, last = opens.hour * 60 + opens.minute, closes.hour * 60 + closes.minute
        for minute in range(first, last if last > first else 1440):
            marked[minute] = 2
    for opens, closes in evening_before:
        if closes <= opens:
            marked[: closes.hour * 60 + closes.minute] = b"\x01" * (closes.hour * 60 + closes.minute)
    return bytes(marked)


def minutes_on(case: Case, day: date) -> bytes:
    return minutes_of_day(desk_hours(case, day - DAY), desk_hours(case, day))


def wall_from(case: Case, at: datetime) -> Iterator[tuple[datetime, datetime]]:
    """Walk minute by minute; with each instant the latest wall time seen, as an hour that comes again is no news."""
    zone = case.calendar.zone
    walking, latest = at - timedelta(hours=3), NEVER
    while True:
        begin, end = walking.astimezone(zone), (walking + DAY).astimezone(zone)
        steady, shown = begin.utcoffset() == end.utcoffset(), begin.replace(tzinfo=None, fold=0)
        for _minute in range(1440):
            if not steady:
                shown = walking.astimezone(zone).replace(tzinfo=None, fold=0)
            latest = max(latest, shown)
            if walking >= at:
                yield walking, latest
            walking += MINUTE
            shown += MINUTE


def first_showing(case: Case, moment: datetime) -> datetime:
    """Walk until the wall clock shows this time or a later one."""
    begin = (moment - timedelta(hours=4)).replace(tzinfo=case.calendar.zone).astimezone(UTC)
    return next(at for at, latest in wall_from(case, begin) if latest >= moment)


def count_wall(case: Case) -> Answer:
    at = case.start
    for _minute in range(case.span.qty * (60 if case.span.unit == Unit.HOUR else 1)):
        at += MINUTE
    return Answer(at)


def count_service(case: Case) -> Answer:
    left = case.span.qty * (60 if case.span.unit == Unit.SERVICE_HOUR else 1)
    first = case.start.astimezone(case.calendar.zone).date()
    _at, _left, first_shift = walk(case, case.start, 1, case.start + MINUTE_BY_MINUTE)
    at, left, shift = walk(case, case.start, left, case.start + MINUTE_BY_MINUTE)
    while left:
        # Beyond ten days whole days are ticked off, and only the last one is walked.
        day = at.astimezone(case.calendar.zone).date()
        tomorrow = first_showing(case, datetime.combine(day + DAY, time(0)))
        whole = 1440 * MINUTE == tomorrow - at and at.astimezone(case.calendar.zone).time() == time(0)
        in_day = sum(map(bool, minutes_on(case, day)))
        if whole and in_day < left:
            at, left = tomorrow, left - in_day
        else:
            at, left, shift = walk(case, at, left, tomorrow)
    skipped = [day for day in each_day(first, last_day(case, at)) if not desk_hours(case, day)]
    return Answer(at, [first, first_shift, shift] if case.span.qty else [], skipped)


def walk(case: Case, at: datetime, left: int, until: datetime) -> tuple[datetime, int, date]:
    """Count served minutes from an instant; give where it ends, what is left, and the day its shift began."""
    shift = at.astimezone(case.calendar.zone).date()
    day, marked = NEVER.date(), b""
    for now, latest in wall_from(case, at):
        if not left or now >= until:
            return now, left, shift
        if latest.date() != day:
            day = latest.date()
            marked = minutes_on(case, day)
        served = marked[latest.hour * 60 + latest.minute]
        if served:
            left -= 1
            shift = day - DAY if served == 1 else day
    raise AssertionError("a walk has no end of its own")


def each_day(first: date, last: date) -> list[date]:
    return [first + DAY * number for number in range((last - first).days + 1)]


def last_day(case: Case, at: datetime) -> date:
    return (at - MINUTE).astimezone(case.calendar.zone).date()


def count_days(case: Case) -> Answer:
    today = case.start.astimezone(case.calendar.zone).date()
    counts_today = case.count_start_day or not case.span.qty
    first = today if counts_today else today + DAY
    if case.span.unit == Unit.WORKING_DAY:
        last, left = first - DAY, max(case.span.qty, 1)
        while left:
            last += DAY
            left -= worked(case, last)
        needed = each_day(first, last)
        return Answer(end_of(case, last, needed), needed, [day for day in needed if not worked(case, day)])
    last = count_natural(case, today, counts_today)
    rolled, needed = last, [last] if case.roll != Roll.NONE else []
    while case.roll != Roll.NONE and not worked(case, rolled):
        rolled += DAY if case.roll == Roll.NEXT_WORKING_DAY else -DAY
        needed.append(rolled)
    rolled = last if rolled < today else rolled
    skipped = each_day(last, rolled - DAY) if rolled > last else []
    return Answer(end_of(case, rolled, needed), needed, skipped)


def count_natural(case: Case, today: date, counts_today: bool) -> date:
    day = today
    if case.span.unit != Unit.MONTH or not case.span.qty:
        for _day in range(case.span.qty * (7 if case.span.unit == Unit.WEEK else 1)):
            day += DAY
        return day - DAY if counts_today and case.span.qty else day
    for _month in range(case.span.qty):
        day += DAY
        while day.day != 1:
            day += DAY
    while day.day != today.day:
        if (day + DAY).month != day.month:
            return day  # the month is too short
        day += DAY
    return day - DAY if counts_today else day


def end_of(case: Case, day: date, needed: list[date]) -> datetime:
    midnight = first_showing(case, datetime.combine(day + DAY, time(0)))
    if case.calendar.day_end == DayEnd.MIDNIGHT:
        return midnight
    needed.append(day)
    ends = [closes if closes > opens else time.max for opens, closes in desk_hours(case, day)]
    if not ends or max(ends) == time.max:
        return midnight
    closing = first_showing(case, datetime.combine(day, max(ends)))
    return closing if closing > case.start else midnight


def count(case: Case) -> Answer:
    """Answer by counting alone."""
    if case.span.unit in SERVICE:
        return count_service(case)
    return count_wall(case) if case.span.unit in (Unit.MINUTE, Unit.HOUR) else count_days(case)
