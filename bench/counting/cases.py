"""Random questions: calendars with holidays, shifts and unknown years, in zones that change their clocks."""

import random
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from huiyin.policy.working_time import Block, Blocks, Calendar, Day, DayEnd, DayKind, Roll, Span, Unit, Week

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
