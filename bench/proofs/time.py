"""Proof of working time: random calendars, each deadline found again by somebody who only counts.

The oracle knows no formula. It looks at a wall clock minute by minute (day by day beyond ten days), ticks off days on a
calendar, and notes each day whose kind it had to know. `x prove time` runs 100,000 cases, the tests 3,000.
"""

import random
import time as stopwatch
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from huiyin.policy.working_time import (
    Block,
    Blocks,
    Calendar,
    Day,
    DayEnd,
    DayKind,
    Due,
    Roll,
    Span,
    Unit,
    Week,
    due,
    marks,
    remaining,
    working_minutes_between,
)

# Plain, half-hour and quarter-hour zones; changes at 01:00 and 02:00, by half an hour, and at midnight itself.
ZONES = (
    "Asia/Shanghai",
    "Asia/Kathmandu",
    "Europe/London",
    "America/New_York",
    "Australia/Lord_Howe",
    "America/Havana",
    "America/Santiago",
    "Africa/Cairo",
    "Asia/Beirut",
    "Pacific/Auckland",
)
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
NEVER = datetime(1, 1, 1)  # noqa: DTZ001
MINUTE_BY_MINUTE = timedelta(days=10)
SERVICE = (Unit.SERVICE_MINUTE, Unit.SERVICE_HOUR)
MOST = {
    Unit.MINUTE: 14_400,
    Unit.HOUR: 240,
    Unit.SERVICE_MINUTE: 4_800,
    Unit.SERVICE_HOUR: 80,
    Unit.NATURAL_DAY: 400,
    Unit.WORKING_DAY: 250,
    Unit.WEEK: 60,
    Unit.MONTH: 30,
}


@dataclass(frozen=True)
class Case:
    """One question, in plain facts."""

    calendar: Calendar
    start: datetime
    span: Span
    count_start_day: bool
    roll: Roll


@dataclass
class Answer:
    """What the one who counts found: the deadline, and every day whose kind had to be known."""

    at: datetime
    needed: list[date] = field(default_factory=list)
    skipped: list[date] = field(default_factory=list)


# --- Random cases -----------------------------------------------------------------------------------------------------
@lru_cache(maxsize=32)
def days_of_change(zone: str) -> tuple[date, ...]:
    """Give the days on which the zone changed its offset."""
    noons = [datetime.combine(date(2018, 1, 1), time(12)) + DAY * number for number in range(13 * 365)]
    tz = ZoneInfo(zone)
    return tuple(noon.date() for noon in noons if tz.utcoffset(noon) != tz.utcoffset(noon - DAY))


def random_block(chance: random.Random) -> Block:
    opens, closes = chance.randrange(1440), chance.randrange(1440)
    return time(*divmod(opens, 60)), time(*divmod(closes, 60))


def random_blocks(chance: random.Random) -> Blocks:
    lunch = ((time(9), time(12)), (time(13, 30), time(18)))
    split = ((time(7), time(11)), (time(17), time(21, 15)))
    nights = ((time(22), time(6)),)
    three_shifts = ((time(6), time(14)), (time(14), time(22)), (time(22), time(6)))
    whole_day = ((time(0), time(0)),)
    drawn = tuple(sorted(random_block(chance) for _number in range(chance.randint(1, 3))))
    return chance.choice((lunch, lunch, split, nights, three_shifts, whole_day, drawn, drawn))


def random_week(chance: random.Random) -> Week:
    usual = random_blocks(chance)
    days = [usual if chance.random() < 0.7 else random_blocks(chance) for _weekday in range(7)]
    closed = {5, 6} if chance.random() < 0.7 else {chance.randrange(7)}
    mon, tue, wed, thu, fri, sat, sun = ((() if weekday in closed else day) for weekday, day in enumerate(days))
    return mon, tue, wed, thu, fri, sat, sun


def random_days(chance: random.Random, around: date) -> dict[date, Day]:
    """Draw holidays of one to nine days, each with up to two worked weekend days, around a day."""
    days: dict[date, Day] = {}
    for number in range(chance.randint(0, 14)):
        first = around + DAY * chance.randint(-40, 500)
        days |= {first + DAY * later: Day(DayKind.OFF, f"H{number}") for later in range(chance.randint(1, 9))}
        for worked in (first + DAY * chance.randint(-14, 20) for _worked in range(chance.randint(0, 2))):
            if worked.weekday() > 4 and worked not in days:
                days[worked] = Day(DayKind.WORK, f"H{number}")
    return days


def random_start(chance: random.Random, zone: str) -> datetime:
    """Draw a start; a third of them lie just before the zone changes its offset."""
    changes = days_of_change(zone)
    day = date(2018, 3, 1) + DAY * chance.randrange(12 * 365)
    if changes and chance.random() < 0.35:
        day = chance.choice(changes) - DAY * chance.randint(0, 3)
    moment = datetime.combine(day, time(chance.randrange(24), chance.randrange(60), fold=chance.randrange(2)))
    return moment.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)


def random_case(number: int, seed: int = 1) -> Case:
    chance = random.Random(f"{seed}-{number}")
    zone = chance.choice(ZONES)
    start = random_start(chance, zone)
    unit = chance.choice(list(Unit))
    top = MOST[unit] if chance.random() < 0.3 else max(MOST[unit] // 8, 3)
    if unit in SERVICE and chance.random() < 0.05:
        top = MOST[unit] * 8
    around = start.date()
    calendar = Calendar(
        zone=ZoneInfo(zone),
        week=random_week(chance),
        days=random_days(chance, around),
        known_from=around + DAY * chance.randint(-30, 3) if chance.random() < 0.2 else date.min,
        known_until=None if chance.random() < 0.05 else around + DAY * chance.randint(0, 300),
        weekend=frozenset(chance.choice(({5, 6}, {5, 6}, {5, 6}, {4, 5}, {6}))),
        makeup_blocks=random_blocks(chance) if chance.random() < 0.3 else None,
        holiday_blocks=random_blocks(chance) if chance.random() < 0.2 else (),
        day_end=DayEnd.CLOSING if chance.random() < 0.15 else DayEnd.MIDNIGHT,
    )
    by_day = unit in (Unit.NATURAL_DAY, Unit.WORKING_DAY, Unit.WEEK, Unit.MONTH)
    return Case(
        calendar,
        start,
        Span(chance.randint(0, top), unit),
        count_start_day=by_day and chance.random() < 0.25,
        roll=chance.choice(list(Roll)) if by_day else Roll.NONE,
    )


# --- The one who counts -----------------------------------------------------------------------------------------------
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
    return Answer(at, [first, shift] if case.span.qty else [], skipped)


def walk(case: Case, at: datetime, left: int, until: datetime) -> tuple[datetime, int, date]:
    """Count served minutes from an instant; give where it ends, what is left, and the day its shift began."""
    shift = at.astimezone(case.calendar.zone).date()
    day, marked = None, b""
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


# --- The comparison ---------------------------------------------------------------------------------------------------
def check(case: Case) -> list[str]:
    """Give what is wrong with the answer to a case; empty when all is right."""
    found, expected = (
        due(case.start, case.span, case.calendar, count_start_day=case.count_start_day, roll=case.roll),
        count(case),
    )
    known_from, known_until = case.calendar.known_from, case.calendar.known_until
    unsure = any(known_until is None or not known_from <= day <= known_until for day in expected.needed)
    wrong = [] if found.at == expected.at else [f"due {found.at}, counted {expected.at}"]
    if found.provisional != unsure:
        wrong.append(f"provisional {found.provisional}, counted {unsure}")
    if list(found.skipped) != expected.skipped:
        wrong.append(f"skipped {found.skipped}, counted {expected.skipped}")
    return wrong + broken_laws(case, found)


def broken_laws(case: Case, found: Due) -> list[str]:
    """Check what must hold of any deadline: marks in order, and the way back leads to the start."""
    wrong = []
    times = (case.start, *marks(case.start, found.at, (50, 75, 90, 100), case.calendar, case.span.unit), found.at)
    if list(times) != sorted(times):
        wrong.append(f"marks out of order: {times}")
    if case.span.unit in SERVICE:
        minutes = case.span.qty * (60 if case.span.unit is Unit.SERVICE_HOUR else 1)
        if working_minutes_between(case.start, found.at, case.calendar) != minutes:
            wrong.append("the service minutes up to the deadline are not the span")
    left = remaining(found.at, case.start, case.calendar, case.span.unit)
    again = due(case.start, left, case.calendar)
    if case.calendar.day_end is DayEnd.MIDNIGHT and again.at != found.at and not resumes_later(case, found):
        wrong.append(f"paused and resumed at the start it is due {again.at}, not {found.at}")
    return wrong


def resumes_later(case: Case, found: Due) -> bool:
    """A clock due on the day it started has no whole day left; resumed on a day off it ends on the next worked day."""
    today = case.start.astimezone(case.calendar.zone).date()
    return found.last_day == today and not worked(case, today)


def prove(count: int, seed: int = 1) -> dict[str, Any]:
    """Check so many random cases and give the figures."""
    begin = stopwatch.perf_counter()
    units: Counter[str] = Counter()
    failures: list[dict[str, Any]] = []
    provisional = 0
    for number in range(count):
        case = random_case(number, seed)
        units[case.span.unit.value] += 1
        provisional += due(
            case.start, case.span, case.calendar, count_start_day=case.count_start_day, roll=case.roll
        ).provisional
        failures += [{"case": number, "seed": seed, "wrong": wrong} for wrong in check(case)]
    return {
        "proof": "time",
        "cases": count,
        "seed": seed,
        "wrong": len(failures),
        "failures": failures[:20],
        "provisional": provisional,
        "units": dict(sorted(units.items())),
        "zones": len(ZONES),
        "seconds": round(stopwatch.perf_counter() - begin, 1),
    }
