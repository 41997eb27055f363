"""What is left of a clock, how much is used, and when it warns: always on the scale of its own unit."""

from datetime import date, timedelta

import pytest

from huiyin.policy.working_time import (
    Roll,
    Span,
    Unit,
    due,
    marks,
    previous_working_day,
    remaining,
    share_used,
    working_day_warning,
    working_days_between,
    working_minutes_between,
)
from tests.working_days import CN, LONDON, NIGHT_WEEK, PLAIN, at, calendar, natural_days, working_days


# --- Warnings (ENG-11) ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "span", "expected"),
    [
        ("2026-03-02 10:00", Span(2, Unit.HOUR), ["2026-03-02 11:00", "2026-03-02 11:30", "2026-03-02 11:48"]),
        # eight service hours from 17:00: one today, the rest tomorrow, the lunch of which does not count
        ("2026-03-02 17:00", Span(8, Unit.SERVICE_HOUR), ["2026-03-03 12:00", "2026-03-03 15:00", "2026-03-03 16:12"]),
        # a day and two thirds from 08:00: 40 hours by the wall
        ("2026-03-02 08:00", natural_days(1), ["2026-03-03 04:00", "2026-03-03 14:00", "2026-03-03 20:00"]),
    ],
)
def test_eng_11_warnings_fall_at_half_three_quarters_and_nine_tenths_of_the_clock(start, span, expected):
    found = due(at(*start.split()), span, CN)

    assert marks(found.start, found.at, (50, 75, 90), CN, span.unit) == tuple(at(*mark.split()) for mark in expected)


def test_eng_11_a_clock_in_working_days_does_not_age_over_the_holidays():
    start = at("2026-09-30", "12:00")
    found = due(start, working_days(2), CN)

    # Half a day on 30 September, then 8 and 9 October: two and a half days in all.
    assert found.last_day == date(2026, 10, 9)
    assert marks(start, found.at, (20, 50, 80, 100), CN, Unit.WORKING_DAY) == (
        at("2026-10-01", "00:00"),
        at("2026-10-08", "18:00"),
        at("2026-10-09", "12:00"),
        at("2026-10-10", "00:00"),
    )
    assert share_used(start, found.at, at("2026-10-05"), CN, Unit.WORKING_DAY) == 0.2


def test_eng_11_a_mark_of_a_day_with_23_hours_is_its_share_of_that_day():
    start = at("2026-03-28", "00:00", LONDON)
    every_day = calendar(LONDON, weekend=frozenset())
    found = due(start, working_days(1), every_day)

    assert marks(start, found.at, (75,), every_day, Unit.WORKING_DAY) == (
        at("2026-03-29", "00:00", LONDON) + timedelta(hours=12, minutes=30),
    )


@pytest.mark.parametrize(
    ("due_day", "warned"),
    [
        ("2026-03-04", "2026-03-03 09:00"),
        ("2026-03-09", "2026-03-06 09:00"),
        ("2026-02-24", "2026-02-14 09:00"),  # before the Spring Festival: the worked Saturday
        ("2026-03-08", "2026-03-06 09:00"),  # due on a Sunday
    ],
)
def test_eng_11_the_last_warning_comes_when_the_working_day_before_opens(due_day, warned):
    due_at = due(at(due_day), natural_days(0), CN).at

    assert working_day_warning(due_at, CN) == at(*warned.split())
    assert previous_working_day(due_at, CN) == date.fromisoformat(warned[:10])


def test_a_calendar_without_service_hours_warns_when_the_day_begins():
    assert working_day_warning(at("2026-03-04", "12:00"), calendar()) == at("2026-03-03", "00:00")


# --- Share used -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("now", "share"),
    [("2026-03-02 16:00", 0.0), ("2026-03-02 18:00", 0.125), ("2026-03-03 08:59", 0.125), ("2026-03-03 12:30", 0.5),
     ("2026-03-04 09:00", 1.0)],
)  # fmt: skip
def test_the_share_used_stands_still_while_nobody_serves(now, share):
    start = at("2026-03-02", "17:00")
    found = due(start, Span(8, Unit.SERVICE_HOUR), CN)

    assert share_used(start, found.at, at(*now.split()), CN, Unit.SERVICE_HOUR) == share


# --- Pause and resume (ENG-09) ----------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("span", "paused", "left", "resumed", "ends"),
    [
        (Span(2, Unit.HOUR), "2026-03-02 10:30", Span(90, Unit.MINUTE), "2026-03-03 08:00", "2026-03-03 09:30"),
        (
            Span(8, Unit.SERVICE_HOUR), "2026-03-02 20:00", Span(60, Unit.SERVICE_MINUTE),
            "2026-03-06 17:30", "2026-03-09 09:30",
        ),
        (natural_days(15), "2026-03-06 10:00", natural_days(11), "2026-03-11 10:00", "2026-03-23 00:00"),
        (working_days(7), "2026-03-04 10:00", working_days(5), "2026-03-06 10:00", "2026-03-14 00:00"),
        (working_days(7), "2026-03-11 10:00", working_days(0), "2026-03-14 10:00", "2026-03-17 00:00"),
        (Span(1, Unit.MONTH), "2026-03-31 10:00", natural_days(2), "2026-03-31 18:00", "2026-04-03 00:00"),
    ],
)  # fmt: skip
def test_eng_09_a_paused_clock_carries_what_it_has_left(span, paused, left, resumed, ends):
    due_at = due(at("2026-03-02"), span, CN).at
    found = remaining(due_at, at(*paused.split()), CN, span.unit)

    assert found == left
    assert due(at(*resumed.split()), found, CN).at == at(*ends.split())


@pytest.mark.parametrize("unit", list(Unit))
def test_eng_09_an_overdue_clock_has_nothing_left(unit):
    assert remaining(at("2026-03-02"), at("2026-03-05"), CN, unit).qty == 0


@pytest.mark.parametrize("span", [Span(3, Unit.HOUR), Span(5, Unit.SERVICE_HOUR), natural_days(9), working_days(9)])
@pytest.mark.parametrize("hours_later", [0, 1, 2])
def test_eng_09_a_pause_that_takes_no_time_changes_nothing(span, hours_later):
    start = at("2026-02-12", "11:00")
    due_at = due(start, span, CN, roll=Roll.NONE).at
    pause = start + timedelta(hours=hours_later)

    assert due(pause, remaining(due_at, pause, CN, span.unit), CN).at == due_at


# --- Between two instants ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "end", "minutes"),
    [
        ("2026-03-02 09:00", "2026-03-02 18:00", 480),
        ("2026-03-02 11:30", "2026-03-02 13:30", 60),
        ("2026-03-06 17:00", "2026-03-09 10:00", 120),
        ("2026-02-14 17:00", "2026-02-24 10:00", 120),
        ("2026-03-07 09:00", "2026-03-08 18:00", 0),
        ("2026-03-02 10:00", "2026-03-02 10:00", 0),
    ],
)
def test_service_minutes_between_two_instants(start, end, minutes):
    assert working_minutes_between(at(*start.split()), at(*end.split()), CN) == minutes


def test_service_minutes_of_a_night_in_which_the_clock_goes_back():
    nights = calendar(LONDON, week=NIGHT_WEEK)

    assert working_minutes_between(at("2026-10-24", "12:00", LONDON), at("2026-10-25", "12:00", LONDON), nights) == 540


def test_working_days_between_two_days_count_the_second_and_not_the_first():
    assert working_days_between(date(2026, 2, 13), date(2026, 3, 2), CN) == 7
    assert working_days_between(date(2026, 3, 6), date(2026, 3, 6), PLAIN) == 0


def test_an_end_before_its_start_is_refused():
    with pytest.raises(ValueError, match="is before"):
        working_minutes_between(at("2026-03-03"), at("2026-03-02"), CN)
    with pytest.raises(ValueError, match="is before"):
        working_days_between(date(2026, 3, 3), date(2026, 3, 2), CN)
