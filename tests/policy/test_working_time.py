"""Deadlines in days, by table: the vectors of the standard, and each rule by itself."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.utils.translation import override

from huiyin.policy.working_time import (
    Calendar,
    DayEnd,
    DayKind,
    Roll,
    Span,
    Unit,
    due,
)
from tests.working_days import (
    CN,
    CN_DAYS,
    NIGHT_WEEK,
    NIGHTS,
    OFFICE,
    OFFICE_WEEK,
    PLAIN,
    SHANGHAI,
    at,
    calendar,
    natural_days,
    working_days,
)

# --- ENG-07 and the stories -------------------------------------------------------------------------------------------
VECTORS = [
    ("2026-02-13", working_days(7), Roll.NONE, "2026-03-02"),
    ("2026-09-24", working_days(7), Roll.NONE, "2026-10-12"),
    ("2026-09-30", working_days(7), Roll.NONE, "2026-10-15"),
    ("2026-09-30", natural_days(15), Roll.NEXT_WORKING_DAY, "2026-10-15"),
    ("2026-09-30", natural_days(60), Roll.NONE, "2026-11-29"),
    ("2026-09-30", natural_days(60), Roll.NEXT_WORKING_DAY, "2026-11-30"),
    ("2025-04-01", natural_days(15), Roll.NONE, "2025-04-16"),
]


@pytest.mark.parametrize(("start", "span", "roll", "last"), VECTORS)
@pytest.mark.parametrize("clock", ["00:00", "10:00", "23:59"])
def test_eng_07_the_vectors_of_the_standard_hold_at_any_hour_of_the_start(start, span, roll, last, clock):
    found = due(at(start, clock), span, CN, roll=roll)

    assert (found.last_day, found.provisional) == (date.fromisoformat(last), False)
    assert found.shown == (date.fromisoformat(last), "24:00")


@pytest.mark.parametrize("day", ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"])
def test_eng_07_a_make_up_weekend_of_2026_is_a_working_day(day):
    day = date.fromisoformat(day)

    assert day.weekday() > 4
    assert CN.is_working(day)
    assert due(at(str(day - timedelta(1))), working_days(1), CN).last_day == day


def test_eng_05_the_make_up_weekends_of_2026_are_six_and_no_more():
    worked = [day for day, told in CN_DAYS.items() if day.year == 2026 and told.kind is DayKind.WORK]

    assert len(worked) == 6


def test_s1_10_amb_27_filed_on_1_april_is_due_at_the_end_of_16_april_and_not_a_moment_later():
    found = due(at("2025-04-01", "16:20"), natural_days(15), CN)

    assert found.at == at("2025-04-17", "00:00")
    assert (found.last_day, found.shown) == (date(2025, 4, 16), (date(2025, 4, 16), "24:00"))
    assert found.at.tzinfo is UTC


# --- Days, weeks, months (ENG-03) -------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "span", "counts_start_day", "last"),
    [
        ("2026-03-02", natural_days(1), False, "2026-03-03"),
        ("2026-03-02", natural_days(1), True, "2026-03-02"),
        ("2026-03-02", natural_days(0), False, "2026-03-02"),
        ("2026-03-06", working_days(1), False, "2026-03-09"),
        ("2026-03-06", working_days(1), True, "2026-03-06"),
        ("2026-03-07", working_days(1), True, "2026-03-09"),
        ("2026-03-06", working_days(0), False, "2026-03-06"),
        ("2026-03-07", working_days(0), False, "2026-03-09"),
        ("2026-03-02", Span(2, Unit.WEEK), False, "2026-03-16"),
        ("2026-03-02", Span(2, Unit.WEEK), True, "2026-03-15"),
        ("2026-01-15", Span(1, Unit.MONTH), False, "2026-02-15"),
        ("2026-01-31", Span(1, Unit.MONTH), False, "2026-02-28"),
        ("2024-01-31", Span(1, Unit.MONTH), False, "2024-02-29"),
        ("2026-08-31", Span(3, Unit.MONTH), False, "2026-11-30"),
        ("2026-02-28", Span(1, Unit.MONTH), False, "2026-03-28"),
        ("2026-12-15", Span(14, Unit.MONTH), False, "2028-02-15"),
        ("2026-03-01", Span(1, Unit.MONTH), True, "2026-03-31"),
        ("2026-01-31", Span(1, Unit.MONTH), True, "2026-02-28"),
    ],
)
def test_eng_03_the_day_of_the_event_is_not_counted_unless_the_pack_says_so(start, span, counts_start_day, last):
    found = due(at(start), span, PLAIN, count_start_day=counts_start_day)

    assert found.last_day == date.fromisoformat(last)


def test_eng_03_the_day_of_the_event_is_the_day_it_was_in_the_zone_of_the_calendar():
    late_evening_in_shanghai = datetime(2026, 3, 2, 15, 59, tzinfo=UTC)

    assert due(late_evening_in_shanghai, natural_days(1), PLAIN).last_day == date(2026, 3, 3)
    assert due(late_evening_in_shanghai + timedelta(minutes=1), natural_days(1), PLAIN).last_day == date(2026, 3, 4)


@pytest.mark.parametrize(
    ("start", "roll", "last", "rolled_from"),
    [
        ("2026-10-01", Roll.NONE, "2026-10-02", None),
        ("2026-10-01", Roll.NEXT_WORKING_DAY, "2026-10-08", "2026-10-02"),
        ("2026-10-01", Roll.PREVIOUS_WORKING_DAY, "2026-10-02", None),  # never before it began
        ("2026-09-30", Roll.PREVIOUS_WORKING_DAY, "2026-09-30", "2026-10-01"),
        ("2026-10-09", Roll.NEXT_WORKING_DAY, "2026-10-10", None),  # a worked Saturday needs no roll
    ],
)
def test_eng_03_a_period_that_ends_on_a_day_off_moves_as_its_rule_says(start, roll, last, rolled_from):
    found = due(at(start), natural_days(1), CN, roll=roll)

    assert found.last_day == date.fromisoformat(last)
    assert found.rolled_from == (rolled_from and date.fromisoformat(rolled_from))


@pytest.mark.parametrize(
    ("day", "clock", "ends"),
    [
        ("2026-03-02", "10:00", at("2026-03-03", "18:00")),
        ("2026-02-13", "10:00", at("2026-02-14", "18:00")),  # a make-up Saturday closes like a weekday
        ("2026-03-06", "10:00", at("2026-03-08", "00:00")),  # no block on that day: 24:00
    ],
)
def test_eng_03_a_day_ends_at_closing_where_the_pack_says_so(day, clock, ends):
    closing = calendar(days=CN_DAYS, week=OFFICE_WEEK, day_end=DayEnd.CLOSING)

    assert due(at(day, clock), natural_days(1), closing).at == ends


def test_a_day_that_ends_at_closing_never_ends_before_it_began_nor_after_midnight():
    closing = calendar(week=(NIGHTS, OFFICE, OFFICE, OFFICE, OFFICE, (), ()), day_end=DayEnd.CLOSING)

    assert due(at("2026-03-03", "20:00"), natural_days(0), closing).at == at("2026-03-04", "00:00")
    assert due(at("2026-03-01", "20:00"), natural_days(1), closing).at == at("2026-03-03", "00:00")


# --- Provisional (ENG-06) ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("start", "span", "roll", "provisional"),
    [
        ("2026-12-24", working_days(5), Roll.NONE, False),
        ("2026-12-24", working_days(6), Roll.NONE, True),
        ("2026-12-24", natural_days(30), Roll.NONE, False),
        ("2026-12-24", natural_days(30), Roll.NEXT_WORKING_DAY, True),
        ("2026-12-24", natural_days(5), Roll.NEXT_WORKING_DAY, False),
        ("2026-12-31", Span(9, Unit.SERVICE_HOUR), Roll.NONE, True),
        ("2026-12-31", Span(2, Unit.SERVICE_HOUR), Roll.NONE, False),
        ("2026-12-31", Span(900, Unit.HOUR), Roll.NONE, False),
        ("2018-12-28", working_days(5), Roll.NONE, True),
        ("2019-01-02", working_days(5), Roll.NONE, False),
    ],
)
def test_eng_06_a_deadline_that_needs_a_day_nobody_has_announced_is_provisional(start, span, roll, provisional):
    assert due(at(start), span, CN, roll=roll).provisional is provisional


def test_eng_06_a_provisional_deadline_names_the_first_day_that_is_not_known():
    explained = due(at("2026-12-24"), working_days(10), CN).explain

    assert explained.unknown_from == date(2027, 1, 1)
    assert due(at("2026-12-24"), working_days(2), CN).explain.unknown_from is None


def test_eng_06_a_start_within_a_night_shift_depends_on_the_evening_before():
    nights = calendar(week=NIGHT_WEEK, known_from=date(2026, 3, 3))
    found = due(at("2026-03-03", "05:00"), Span(30, Unit.SERVICE_MINUTE), nights)

    assert (found.provisional, found.explain.unknown_from) == (True, date(2026, 3, 2))
    assert due(at("2026-03-03", "07:00"), Span(30, Unit.SERVICE_MINUTE), nights).provisional is False


def test_eng_06_without_any_notice_working_days_are_never_certain():
    assert due(at("2026-03-02"), working_days(1), Calendar(SHANGHAI)).provisional is True


# --- What is no instant, no span --------------------------------------------------------------------------------------
def test_a_start_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        due(datetime(2026, 3, 2, 10), working_days(1), CN)


@pytest.mark.parametrize(
    ("qty", "unit"), [(-1, Unit.HOUR), (1.5, Unit.HOUR), (True, Unit.HOUR), (1, "hour"), (1, "day")]
)
def test_eng_02_a_span_is_a_whole_number_of_a_known_unit(qty, unit):
    with pytest.raises(ValueError):
        Span(qty, unit)


@pytest.mark.parametrize(
    ("span", "words"),
    [
        (Span(1, Unit.NATURAL_DAY), "1 natural day"),
        (Span(15, Unit.NATURAL_DAY), "15 natural days"),
        (Span(90, Unit.MINUTE), "1 h 30 min"),
        (Span(120, Unit.MINUTE), "2 hours"),
        (Span(200, Unit.SERVICE_MINUTE), "3 h 20 min of service time"),
        (Span(60, Unit.SERVICE_MINUTE), "1 service hour"),
        (Span(7, Unit.WORKING_DAY), "7 working days"),
    ],
)
def test_a_span_is_said_in_whole_words(span, words):
    with override("en"):
        assert span.text == words
