"""Deadlines in minutes and hours: by the wall, while somebody is there, and where the clock is changed."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from huiyin.policy.working_time import (
    Calendar,
    NoWorkingTime,
    Roll,
    Span,
    Unit,
    due,
    shown,
)
from tests.working_days import (
    CN,
    CN_DAYS,
    LONDON,
    NEW_YORK,
    NIGHT_WEEK,
    OFFICE_WEEK,
    SHANGHAI,
    at,
    calendar,
    natural_days,
    working_days,
)


# --- Minutes and hours by the wall (ENG-04) ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "span", "ends"),
    [
        (at("2026-02-14", "23:30"), Span(2, Unit.HOUR), at("2026-02-15", "01:30")),
        (at("2026-02-16", "09:00"), Span(48, Unit.HOUR), at("2026-02-18", "09:00")),
        (at("2026-03-02", "10:00"), Span(45, Unit.MINUTE), at("2026-03-02", "10:45")),
        (at("2026-03-28", "12:00", LONDON), Span(24, Unit.HOUR), at("2026-03-29", "13:00", LONDON)),
        (at("2026-10-31", "12:00", NEW_YORK), Span(24, Unit.HOUR), at("2026-11-01", "11:00", NEW_YORK)),
    ],
)
def test_eng_04_hours_start_at_the_instant_and_run_through_nights_holidays_and_changes_of_the_clock(start, span, ends):
    found = due(start, span, CN)

    assert found.at == ends.astimezone(UTC)
    assert (found.provisional, found.skipped) == (False, ())


def test_eng_04_hours_keep_the_second_they_started_at():
    start = datetime(2026, 3, 2, 10, 0, 59, 999_999, tzinfo=SHANGHAI)

    assert due(start, Span(2, Unit.HOUR), CN).at - start == timedelta(hours=2)
    assert due(start, Span(2, Unit.SERVICE_HOUR), CN).at == datetime(2026, 3, 2, 13, 0, 59, 999_999, tzinfo=SHANGHAI)


@pytest.mark.parametrize("unit", [Unit.MINUTE, Unit.HOUR, Unit.SERVICE_MINUTE, Unit.SERVICE_HOUR])
@pytest.mark.parametrize("wrong", [{"count_start_day": True}, {"roll": Roll.NEXT_WORKING_DAY}])
def test_eng_02_hours_refuse_what_only_days_can_do(unit, wrong):
    with pytest.raises(ValueError, match="counts no start day and does not roll"):
        due(at("2026-03-02"), Span(1, unit), CN, **wrong)


# --- Service hours ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "hours", "ends"),
    [
        ("2026-03-02 11:00", 2, "2026-03-02 14:00"),  # over lunch
        ("2026-03-02 11:00", 1, "2026-03-02 12:00"),  # to the minute of closing, not the next opening
        ("2026-03-02 12:30", 1, "2026-03-02 14:00"),  # from within lunch
        ("2026-03-02 17:00", 2, "2026-03-03 10:00"),  # over night
        ("2026-03-06 17:00", 2, "2026-03-09 10:00"),  # over a weekend
        ("2026-02-13 17:00", 2, "2026-02-14 10:00"),  # into a make-up Saturday
        ("2026-02-14 17:00", 2, "2026-02-24 10:00"),  # over the Spring Festival
        ("2026-03-07 10:00", 8, "2026-03-09 18:00"),  # from a Saturday
    ],
)
def test_service_hours_count_only_while_somebody_is_there(start, hours, ends):
    found = due(at(*start.split()), Span(hours, Unit.SERVICE_HOUR), CN)

    assert (found.at, found.provisional) == (at(*ends.split()), False)


@pytest.mark.parametrize(
    ("start", "hours", "ends"),
    [
        ("2026-03-02 23:00", 2, "2026-03-03 01:00"),
        ("2026-03-02 23:00", 7, "2026-03-03 06:00"),
        ("2026-03-02 23:00", 8, "2026-03-03 23:00"),
        ("2026-03-03 05:00", 2, "2026-03-03 23:00"),
    ],
)
def test_a_night_shift_serves_across_midnight(start, hours, ends):
    nights = calendar(week=NIGHT_WEEK)

    assert due(at(*start.split()), Span(hours, Unit.SERVICE_HOUR), nights).at == at(*ends.split())


def test_a_night_shift_belongs_to_the_day_it_starts_on():
    nights = calendar(days=CN_DAYS, week=NIGHT_WEEK)

    # 30 September is worked, its shift lasts into the holiday; the next one starts on 8 October.
    found = due(at("2026-09-30", "23:00"), Span(8, Unit.SERVICE_HOUR), nights)

    assert found.at == at("2026-10-08", "23:00")


def test_two_shifts_that_overlap_are_one_desk_open():
    shifts = ((time(8), time(14)), (time(12), time(20)))
    overlapping = calendar(week=(shifts,) * 7)

    assert due(at("2026-03-02", "08:00"), Span(13, Unit.SERVICE_HOUR), overlapping).at == at("2026-03-03", "09:00")


@pytest.mark.parametrize(
    ("facts", "ends"),
    [
        ({}, "2026-02-14 10:00"),
        ({"makeup_blocks": ((time(10), time(12)),)}, "2026-02-14 11:00"),
        ({"makeup_blocks": ()}, "2026-02-24 10:00"),
        ({"makeup_blocks": (), "holiday_blocks": ((time(14), time(16)),)}, "2026-02-15 15:00"),
    ],
)
def test_make_up_days_and_holidays_are_served_as_the_pack_says(facts, ends):
    served = calendar(days=CN_DAYS, week=OFFICE_WEEK, **facts)

    assert due(at("2026-02-13", "17:00"), Span(2, Unit.SERVICE_HOUR), served).at == at(*ends.split())


def test_a_calendar_that_never_opens_is_refused_rather_than_searched_for_ever():
    closed = Calendar(SHANGHAI, known_until=date.max, weekend=frozenset(range(7)))

    with pytest.raises(NoWorkingTime):
        due(at("2026-03-02"), Span(1, Unit.SERVICE_HOUR), closed)
    with pytest.raises(NoWorkingTime):
        due(at("2026-03-02"), working_days(1), closed)


# --- Zones that change their clock ------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("zone", "start", "hours", "ends"),
    [
        (LONDON, "2026-03-28 23:00", 7, "2026-03-29 23:00"),  # the night of spring has 7 hours of the shift's 8
        (LONDON, "2026-10-24 23:00", 8, "2026-10-25 06:00"),  # the night of autumn has 9
        (NEW_YORK, "2026-03-07 23:00", 7, "2026-03-08 23:00"),
        (NEW_YORK, "2026-10-31 23:00", 8, "2026-11-01 06:00"),
    ],
)
def test_a_night_shift_over_a_change_of_the_clock_counts_hours_that_pass(zone, start, hours, ends):
    nights = calendar(zone, week=NIGHT_WEEK)
    found = due(at(*start.split(), zone), Span(hours, Unit.SERVICE_HOUR), nights)

    assert found.at == at(*ends.split(), zone).astimezone(UTC)


@pytest.mark.parametrize(
    ("zone", "start", "length"),
    [
        (LONDON, "2026-03-28", timedelta(hours=23)),
        (LONDON, "2026-10-24", timedelta(hours=25)),
        (NEW_YORK, "2026-03-07", timedelta(hours=23)),
        (ZoneInfo("Australia/Lord_Howe"), "2026-04-04", timedelta(hours=24, minutes=30)),
        (SHANGHAI, "2026-03-28", timedelta(hours=24)),
    ],
)
def test_a_natural_day_ends_at_local_midnight_however_long_it_was(zone, start, length):
    plain = calendar(zone)
    begin = due(at(start, "12:00", zone), natural_days(0), plain).at
    end = due(at(start, "12:00", zone), natural_days(1), plain).at

    assert end - begin == length
    assert shown(end, zone) == (date.fromisoformat(start) + timedelta(1), "24:00")


@pytest.mark.parametrize(
    ("zone", "last", "ends"),
    [
        ("America/Santiago", "2026-09-05", datetime(2026, 9, 6, 4, tzinfo=UTC)),  # midnight is left out
        ("Africa/Cairo", "2026-04-23", datetime(2026, 4, 23, 22, tzinfo=UTC)),  # midnight is left out
        ("America/Havana", "2026-10-31", datetime(2026, 11, 1, 4, tzinfo=UTC)),  # midnight comes twice: the first
    ],
)
def test_a_day_ends_when_the_next_one_begins_even_without_a_midnight(zone, last, ends):
    found = due(at(last, "12:00", ZoneInfo(zone)), natural_days(0), calendar(ZoneInfo(zone)))

    assert (found.at, found.last_day) == (ends, date.fromisoformat(last))
