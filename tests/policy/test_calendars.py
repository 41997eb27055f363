"""A calendar year is dated data: loaded when announced, kept by version, and honest about what nobody knows yet."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import holidays
import pytest
from django.db import IntegrityError, transaction

from huiyin.policy import calendars
from huiyin.policy.calendar_problems import CalendarError
from huiyin.policy.models import CalendarDay, CalendarYear
from huiyin.policy.working_time import Day, DayKind, Span, Unit, due
from tests.working_days import OFFICE_WEEK, at

pytestmark = pytest.mark.django_db

LOADED_AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
SHANGHAI = "Asia/Shanghai"
NOTICE = "国务院办公厅关于2027年部分节假日安排的通知"
# Invented, as 2027 is not announced: a short festival, and a worked Saturday before it.
DAYS_2027 = {
    date(2027, 1, 1): Day(DayKind.OFF, "元旦"),
    date(2027, 1, 4): Day(DayKind.OFF, "元旦"),
    date(2027, 1, 9): Day(DayKind.WORK, "元旦"),
}


@pytest.fixture
def shipped():
    return calendars.load_shipped(LOADED_AT)


def load_2027(days=DAYS_2027, *, confirmed=True):
    return calendars.load("cn", 2027, days, at=LOADED_AT, confirmed=confirmed, source=NOTICE)


def seven_working_days_from(day):
    return due(at(day), Span(7, Unit.WORKING_DAY), calendars.calendar("cn", SHANGHAI))


# --- What the product knows -------------------------------------------------------------------------------------------
def test_eng_05_the_chinese_years_2019_to_2026_come_with_the_product(shipped):
    rows = CalendarYear.objects.filter(code="cn")

    assert [(row.year, row.confirmed, row.loaded_at) for row in rows] == [
        (year, True, LOADED_AT) for year in range(2019, 2027)
    ]
    assert [loaded.year for loaded in shipped] == list(range(2019, 2027))
    assert CalendarDay.objects.count() == 286


def test_the_shipped_years_are_loaded_once_and_never_over_what_an_administrator_confirmed(shipped):
    changed = dict.fromkeys([date(2026, 1, 1)], Day(DayKind.OFF, "元旦"))
    calendars.load("cn", 2026, changed, at=LOADED_AT, confirmed=True, source=NOTICE)

    assert calendars.load_shipped(LOADED_AT) == ()
    assert CalendarYear.objects.get(code="cn", year=2026).source == NOTICE


@pytest.mark.parametrize("year", [2025, 2026])
def test_eng_06_the_days_agree_with_an_independent_library(shipped, year):
    known = holidays.country_holidays("CN", years=year)
    ours = calendars.calendar("cn", SHANGHAI)
    days = [date(year, 1, 1) + timedelta(number) for number in range(365)]

    assert [day for day in days if ours.is_working(day)] == [day for day in days if known.is_working_day(day)]


# --- The frozen calendar ----------------------------------------------------------------------------------------------
def test_a_calendar_is_built_once_for_each_version_and_costs_one_query(shipped, django_assert_num_queries):
    first = calendars.calendar("cn", SHANGHAI, OFFICE_WEEK)

    with django_assert_num_queries(1):
        second = calendars.calendar("cn", SHANGHAI, OFFICE_WEEK)

    assert second is first
    assert calendars.calendar("cn", "Asia/Urumqi", OFFICE_WEEK) is not first


def test_a_calendar_has_zone_hours_and_version(shipped):
    found = calendars.calendar(
        "cn", SHANGHAI, OFFICE_WEEK, holiday_hours=((time(10), time(12)),), makeup_hours=((time(9), time(17)),)
    )

    assert (found.zone, found.code) == (ZoneInfo(SHANGHAI), "cn")
    assert found.version == calendars.version("cn")
    assert found.blocks(date(2026, 10, 1)) == ((time(10), time(12)),)
    assert found.blocks(date(2026, 10, 10)) == ((time(9), time(17)),)
    assert found.blocks(date(2026, 10, 8)) == OFFICE_WEEK[0]


def test_eng_06_a_calendar_nobody_loaded_is_refused_with_those_there_are(shipped):
    with pytest.raises(calendars.CalendarUnknown) as refused:
        calendars.calendar("gb", "Europe/London")

    assert refused.value.rule.code == "历法-04"
    assert refused.value.params == {"code": "gb", "loaded": "cn"}


def test_eng_06_the_last_days_of_december_stay_open_until_the_next_notice(shipped):
    """The notice of 2019 moved 29 to 31 December 2018, so that of 2027 may move the same days of 2026."""
    assert calendars.calendar("cn", SHANGHAI).known_until == date(2026, 12, 28)

    load_2027()

    assert calendars.calendar("cn", SHANGHAI).known_until == date(2027, 12, 28)


# --- Loading a year ---------------------------------------------------------------------------------------------------
def test_eng_06_loading_the_year_makes_a_provisional_deadline_certain_and_moves_it_where_the_notice_does(shipped):
    before = seven_working_days_from("2026-12-28")

    loaded = load_2027()
    after = seven_working_days_from("2026-12-28")

    assert (before.last_day, before.provisional) == (date(2027, 1, 6), True)
    assert (after.last_day, after.provisional) == (date(2027, 1, 8), False)
    assert loaded.changed == tuple(DAYS_2027)
    assert (loaded.known_until_before, loaded.known_until) == (date(2026, 12, 28), date(2027, 12, 28))
    assert loaded.newly_known == (date(2026, 12, 29), date(2027, 12, 28))


def test_eng_06_a_certain_deadline_is_the_same_after_the_next_year_is_loaded(shipped):
    before = seven_working_days_from("2026-09-30")
    version = calendars.version("cn")

    load_2027()
    after = seven_working_days_from("2026-09-30")

    assert (after.at, after.provisional) == (before.at, False)
    assert calendars.version("cn") != version


def test_loading_the_same_notice_again_changes_nothing(shipped):
    load_2027()
    version = calendars.version("cn")

    again = load_2027()

    assert (again.changed, again.newly_known) == ((), None)
    assert calendars.version("cn") == version


def test_a_notice_that_is_corrected_replaces_its_own_days_alone(shipped):
    load_2027()

    again = load_2027({date(2027, 1, 1): Day(DayKind.OFF, "元旦"), date(2027, 1, 10): Day(DayKind.WORK, "元旦")})

    assert again.changed == (date(2027, 1, 4), date(2027, 1, 9), date(2027, 1, 10))
    assert CalendarDay.objects.filter(notice__year=2026).count() == 39


def test_a_notice_may_move_days_of_the_december_before_and_the_later_notice_speaks(shipped):
    loaded = load_2027({date(2026, 12, 31): Day(DayKind.OFF, "元旦")})

    assert loaded.changed == (date(2026, 12, 31),)
    assert calendars.calendar("cn", SHANGHAI).is_working(date(2026, 12, 31)) is False


def test_eng_06_a_year_that_is_only_reckoned_is_used_and_everything_in_it_is_provisional(shipped):
    loaded = load_2027(confirmed=False)
    found = seven_working_days_from("2026-12-28")

    assert (found.last_day, found.provisional) == (date(2027, 1, 8), True)
    assert (loaded.changed, loaded.newly_known) == (tuple(DAYS_2027), None)


def test_a_confirmed_year_is_never_replaced_by_one_that_is_only_reckoned(shipped):
    load_2027()

    with pytest.raises(calendars.CalendarYearConfirmed) as refused:
        load_2027(confirmed=False)

    assert refused.value.rule.code == "历法-03"
    assert CalendarYear.objects.get(year=2027).confirmed is True


def test_a_year_that_leaves_a_gap_is_refused(shipped):
    with pytest.raises(calendars.CalendarYearGap) as refused:
        calendars.load("cn", 2028, {}, at=LOADED_AT, confirmed=True, source=NOTICE)

    assert refused.value.rule.code == "历法-02"
    assert (refused.value.params["before"], refused.value.params["after"]) == (2018, 2027)


def test_a_year_before_the_first_may_be_added(shipped):
    calendars.load(
        "cn", 2018, {date(2018, 1, 1): Day(DayKind.OFF, "元旦")}, at=LOADED_AT, confirmed=True, source=NOTICE
    )

    assert calendars.calendar("cn", SHANGHAI).known_from == date(2018, 1, 1)


def test_another_country_has_its_own_calendar_and_its_own_last_day(shipped):
    calendars.load(
        "gb", 2026, {date(2026, 4, 3): Day(DayKind.OFF, "Good Friday")}, at=LOADED_AT, confirmed=True, source="GOV.UK"
    )
    london = calendars.calendar("gb", "Europe/London")

    assert london.known_until == date(2026, 12, 31)
    assert due(at("2026-04-02", zone=london.zone), Span(1, Unit.WORKING_DAY), london).last_day == date(2026, 4, 6)


def test_days_of_another_year_are_refused_and_nothing_is_stored(shipped):
    with pytest.raises(CalendarError) as refused:
        load_2027({date(2028, 1, 1): Day(DayKind.OFF, "元旦"), date(2026, 11, 30): Day(DayKind.OFF, "元旦")})

    assert refused.value.rule.code == "历法-01"
    assert len(refused.value.problems) == 2
    assert not CalendarYear.objects.filter(year=2027).exists()


# --- The rows ---------------------------------------------------------------------------------------------------------
def test_the_database_keeps_one_notice_a_year_and_one_kind_a_day(shipped):
    year = CalendarYear.objects.get(code="cn", year=2026)

    for wrong in (
        CalendarYear(code="cn", year=2026, confirmed=True, source="x", digest="x", loaded_at=LOADED_AT),
        CalendarYear(code="cn", year=1066, confirmed=True, source="x", digest="x", loaded_at=LOADED_AT),
        CalendarDay(notice=year, date=date(2026, 1, 1), kind=DayKind.WORK, name="x"),
        CalendarDay(notice=year, date=date(2026, 7, 1), kind="half", name="x"),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            wrong.save()
