"""Wall clocks and instants: what a clock on the wall shows, and when it first shows it.

Deadlines are kept as instants in UTC. Every question about days is asked in the zone of the calendar, because a zone
that changes its offset has days of 23 and 25 hours, and now and then a day without a midnight.
"""

from datetime import UTC, date, datetime, time, timedelta, tzinfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
SECOND_US = 1_000_000
MINUTE_US = 60 * SECOND_US
HOUR_US = 60 * MINUTE_US
DAY_US = 24 * HOUR_US
EPOCH_ORDINAL = EPOCH.toordinal()
MIDNIGHT = time(0)


def microseconds(at: datetime) -> int:
    """Count the microseconds from 1970 to this instant; whole numbers, so that no deadline moves by rounding."""
    passed = at - EPOCH
    return (passed.days * 86_400 + passed.seconds) * SECOND_US + passed.microseconds


def instant(from_epoch_us: int) -> datetime:
    """Give the instant that many microseconds after 1970."""
    return EPOCH + timedelta(microseconds=from_epoch_us)


def span_us(length: timedelta) -> int:
    """Give a length in whole microseconds."""
    return (length.days * 86_400 + length.seconds) * SECOND_US + length.microseconds


def offset_us(zone: tzinfo, naive: datetime) -> int:
    """Give what the zone adds to UTC at this wall time (the first of two, where the hour comes twice)."""
    offset = zone.utcoffset(naive)
    assert offset is not None  # every zone of the tz database has one
    return span_us(offset)


def first_instant(naive: datetime, zone: tzinfo) -> datetime:
    """Give the first instant at which a wall clock in the zone shows this time or a later one.

    An hour that comes twice (autumn) counts from its first coming; a time that is left out (spring, or a midnight
    left out) is the moment of the change.
    """
    naive = naive.replace(tzinfo=None, fold=0)
    early, late = zone.utcoffset(naive), zone.utcoffset(naive.replace(fold=1))
    assert early is not None
    assert late is not None
    if early >= late:
        return (naive - early).replace(tzinfo=UTC)
    return _change(naive - late, naive - early, zone)


def _change(before: datetime, after: datetime, zone: tzinfo) -> datetime:
    """Find the second at which the offset changes between two UTC times."""
    epoch = EPOCH.replace(tzinfo=None)
    low, high = (before - epoch) // timedelta(seconds=1), -((epoch - after) // timedelta(seconds=1))
    new = (EPOCH + timedelta(seconds=high)).astimezone(zone).utcoffset()
    while high - low > 1:
        middle = (low + high) // 2
        if (EPOCH + timedelta(seconds=middle)).astimezone(zone).utcoffset() == new:
            high = middle
        else:
            low = middle
    return EPOCH + timedelta(seconds=high)


def start_of(day: date, zone: tzinfo) -> datetime:
    """Give the instant at which the day begins in the zone."""
    return first_instant(datetime.combine(day, MIDNIGHT), zone)


def last_day(at: datetime, zone: tzinfo) -> date:
    """Give the day a deadline belongs to: midnight is 24:00 of the day before, as the law counts it."""
    return (at.astimezone(UTC) - MICROSECOND).astimezone(zone).date()


def shown(at: datetime, zone: tzinfo) -> tuple[date, str]:
    """Give day and time as a deadline is written: 2025-04-16 and 24:00, never 2025-04-17 and 00:00."""
    local = at.astimezone(zone)
    day = last_day(at, zone)
    return (day, "24:00") if day != local.date() else (day, f"{local:%H:%M}")
