"""Why a deadline is when it is, and the time to name in a first answer."""

from datetime import date, datetime, time, timedelta

import pytest

from huiyin.policy.working_time import (
    Day,
    DayKind,
    Pause,
    Roll,
    Run,
    RunKind,
    Span,
    Unit,
    cutoff_due,
    due,
)
from tests.working_days import CN, OFFICE, SHANGHAI, at, calendar, natural_days, working_days


# --- Why (起算 长度 跳过 暂停 依据) ------------------------------------------------------------------------------
def test_a_deadline_tells_start_length_skipped_days_and_calendar():
    explained = due(at("2026-09-30"), working_days(7), CN).explain

    assert (explained.start, explained.span) == (at("2026-09-30"), working_days(7))
    assert (explained.first_counted, explained.last_day) == (date(2026, 10, 1), date(2026, 10, 15))
    assert explained.skipped == (
        Run(date(2026, 10, 1), date(2026, 10, 7), RunKind.HOLIDAY, "国庆节"),
        Run(date(2026, 10, 11), date(2026, 10, 11), RunKind.WEEKEND, ""),
    )
    assert explained.made_up == (Run(date(2026, 10, 10), date(2026, 10, 10), RunKind.MAKE_UP, "国庆节"),)


def test_natural_days_skip_nothing_but_what_they_roll_over():
    plain = due(at("2026-09-30"), natural_days(60), CN)
    rolled = due(at("2026-09-30"), natural_days(60), CN, roll=Roll.NEXT_WORKING_DAY)

    assert (plain.skipped, plain.explain.rolled_from) == ((), None)
    assert (rolled.skipped, rolled.explain.rolled_from) == ((date(2026, 11, 29),), date(2026, 11, 29))


def test_service_hours_tell_the_days_without_service():
    served = calendar(
        days={date(2026, 3, 4): Day(DayKind.OFF, "盘点")}, week=(OFFICE, (), OFFICE, OFFICE, OFFICE, (), ())
    )
    explained = due(at("2026-03-02", "17:00"), Span(2, Unit.SERVICE_HOUR), served).explain

    assert explained.skipped == (
        Run(date(2026, 3, 3), date(2026, 3, 3), RunKind.CLOSED, ""),
        Run(date(2026, 3, 4), date(2026, 3, 4), RunKind.HOLIDAY, "盘点"),
    )


def test_eng_09_an_explanation_carries_its_pauses_and_their_total():
    pauses = (
        Pause(at("2026-03-03"), at("2026-03-05"), "appraisal"),
        Pause(at("2026-03-09", "08:00"), at("2026-03-09", "11:30"), "appraisal"),
        Pause(at("2026-03-10"), None, "appraisal"),
    )
    explained = due(at("2026-03-02"), working_days(7), CN).explain.with_pauses(pauses).with_basis("SAMR 121, 23")

    assert explained.paused == timedelta(days=2, hours=3, minutes=30)
    assert explained.as_json()["pauses"][2] == {
        "start": "2026-03-10T10:00:00+08:00",
        "end": None,
        "reason": "appraisal",
    }
    assert explained.as_json()["basis"] == "SAMR 121, 23"


def test_eng_13_an_explanation_can_be_kept_as_plain_json():
    kept = due(at("2026-09-30"), working_days(3), CN).explain.as_json()

    assert kept == {
        "start": "2026-09-30T10:00:00+08:00",
        "qty": 3,
        "unit": "working_day",
        "at": "2026-10-11T00:00:00+08:00",
        "last_day": "2026-10-10",
        "first_counted": "2026-10-01",
        "skipped": [{"first": "2026-10-01", "last": "2026-10-07", "kind": "holiday", "name": "国庆节"}],
        "made_up": [{"first": "2026-10-10", "last": "2026-10-10", "kind": "make_up", "name": "国庆节"}],
        "rolled_from": None,
        "unknown_from": None,
        "calendar": "",
        "calendar_version": "",
        "pauses": [],
        "basis": "",
    }


# --- The time named in a first answer (S0-04, AMB-06) -----------------------------------------------------------------
@pytest.mark.parametrize(
    ("received", "ends"),
    [
        ("2026-03-02 10:00", "2026-03-02 18:00"),
        ("2026-03-02 16:00", "2026-03-02 18:00"),
        ("2026-03-02 16:01", "2026-03-03 12:00"),
        ("2026-03-02 23:59", "2026-03-03 12:00"),
        ("2026-03-06 17:00", "2026-03-09 12:00"),
        ("2026-02-13 17:00", "2026-02-14 12:00"),
        ("2026-02-14 17:00", "2026-02-24 12:00"),
    ],
)
def test_s0_04_amb_06_a_late_receipt_is_answered_by_noon_of_the_next_working_day(received, ends):
    found = cutoff_due(at(*received.split()), CN, cutoff=time(16), same_day=time(18), late=time(12))

    assert (found.at, found.provisional) == (at(*ends.split()), False)


def test_amb_06_the_second_after_the_cutoff_is_late_and_its_skipped_days_are_told():
    received = datetime(2026, 2, 14, 16, 0, 1, tzinfo=SHANGHAI)
    found = cutoff_due(received, CN, cutoff=time(16), same_day=time(18), late=time(12))

    assert found.explain.skipped == (Run(date(2026, 2, 15), date(2026, 2, 23), RunKind.HOLIDAY, "春节"),)


def test_amb_06_a_late_receipt_before_an_unknown_year_is_provisional():
    found = cutoff_due(at("2026-12-31", "17:00"), CN, cutoff=time(16), same_day=time(18), late=time(12))

    assert (found.at, found.provisional) == (at("2027-01-01", "12:00"), True)


def test_amb_06_a_cutoff_that_could_promise_a_past_time_is_refused():
    with pytest.raises(ValueError, match="must be before"):
        cutoff_due(at("2026-03-02"), CN, cutoff=time(18), same_day=time(18), late=time(12))
