"""A calendar year is dated data an administrator loads: a file with every wrong line named, or all of it."""

from datetime import UTC, date, datetime

import pytest
from django.utils.translation import override

from huiyin.policy import calendars
from huiyin.policy.calendar_problems import CalendarError
from huiyin.policy.models import CalendarYear

pytestmark = pytest.mark.django_db

LOADED_AT = datetime(2026, 11, 20, 8, tzinfo=UTC)
HEADINGS = "# calendar: cn\n# source: 2027 年通知\n# confirmed: yes\n"
COLUMNS = "year,date,kind,name\n"
GOOD = "2027,2027-01-01,off,元旦\n"


@pytest.fixture
def file_of(tmp_path):
    def write(text, encoding="utf-8"):
        path = tmp_path / "calendar_2027.csv"
        path.write_text(text, encoding=encoding)
        return path

    return write


def problems_of(path):
    with pytest.raises(CalendarError) as refused, override("en"):
        calendars.load_file(path, LOADED_AT)
    with override("en"):
        return [str(problem) for problem in refused.value.problems]


def test_an_administrator_loads_a_year_from_a_file(file_of):
    calendars.load_shipped(LOADED_AT)
    path = file_of(HEADINGS + "# a remark\n\n" + COLUMNS + GOOD + " 2027 , 2027-01-09 , work , 元旦 \n")

    (loaded,) = calendars.load_file(path, LOADED_AT)

    assert (loaded.code, loaded.year, loaded.changed) == ("cn", 2027, (date(2027, 1, 1), date(2027, 1, 9)))
    row = CalendarYear.objects.get(code="cn", year=2027)
    assert (row.source, row.confirmed, row.loaded_at) == ("2027 年通知", True, LOADED_AT)


def test_a_file_may_hold_several_years_and_come_from_a_spreadsheet(file_of):
    text = HEADINGS + COLUMNS + "2028,2028-01-03,off,元旦\r\n" + GOOD

    loaded = calendars.load_file(file_of(text, "utf-8-sig"), LOADED_AT)

    assert [(year.year, year.changed) for year in loaded] == [(2027, (date(2027, 1, 1),)), (2028, (date(2028, 1, 3),))]


def test_a_year_that_is_not_confirmed_says_so(file_of):
    calendars.load_file(file_of(HEADINGS.replace("yes", "no") + COLUMNS + GOOD), LOADED_AT)

    assert CalendarYear.objects.get(year=2027).confirmed is False


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2027,2027-01-02,holiday,元旦", "Line 6: 'holiday' is not allowed here. Allowed: off | work"),
        ("2027,2027-02-30,off,春节", "Line 6: '2027-02-30' is not a day of the calendar. Allowed: 2026-02-16"),
        ("2027,02/03/2027,off,春节", "Line 6: '02/03/2027' is not a day of the calendar. Allowed: 2026-02-16"),
        ("27,2027-01-02,off,元旦", "Line 6: '27' is not a year. Allowed: 1950 … 2199"),
        ("2027,2027-01-01,work,元旦", "Line 6: The day 2027-01-01 stands in line 5 already."),
        ("2027,2027-01-02,off", "Line 6: The line has 3 fields. Allowed: year,date,kind,name"),
        ("2027,2027-01-02,off,", "Line 6: The name of the holiday is empty or too long. Allowed: 1 … 60"),
        (
            "2027,2028-01-02,off,元旦",
            "Line 6: The day 2028-01-02 cannot belong to the notice of 2027. Allowed: 2026-12-01 … 2027-12-31",
        ),
        ("# calendar: gb", "Line 6: The heading calendar stands twice."),
    ],
)
def test_a_wrong_line_is_named_with_what_is_allowed(file_of, line, said):
    assert problems_of(file_of(HEADINGS + COLUMNS + GOOD + line + "\n")) == [said]
    assert not CalendarYear.objects.exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (COLUMNS + GOOD, ["calendar", "source", "confirmed"]),
        (
            HEADINGS.replace("yes", "perhaps") + COLUMNS + GOOD,
            ["Line 3: 'perhaps' is not allowed here. Allowed: yes"],
        ),
        (HEADINGS.replace("cn", "中国") + COLUMNS + GOOD, ["Line 1: '中国' is not allowed here."]),
        (HEADINGS.replace("2027 年通知", "") + COLUMNS + GOOD, ["Line 2: The source is empty or too long."]),
        (HEADINGS + GOOD, ["Line 4: The first line of the table names other columns. Allowed: year,date,kind,name"]),
        (HEADINGS + COLUMNS, ["The file names no day. Allowed: year,date,kind,name"]),
        ("", ["calendar", "source", "confirmed", "The file names no day."]),
    ],
)
def test_what_is_wrong_with_the_whole_file_is_said_too(file_of, text, said):
    found = problems_of(file_of(text))

    assert len(found) == len(said)
    assert all(words in problem for words, problem in zip(said, found, strict=True))


def test_every_wrong_line_is_told_at_once_in_the_order_of_the_file(file_of):
    text = HEADINGS.replace("yes", "maybe") + COLUMNS + "2027,x,off,元旦\n2027,2027-05-01,half,劳动节\n"
    found = problems_of(file_of(text))

    assert [problem.partition(":")[0] for problem in found] == ["Line 3", "Line 5", "Line 6"]


def test_a_file_in_another_encoding_or_that_is_no_calendar_is_refused(file_of, tmp_path):
    assert problems_of(file_of(HEADINGS + COLUMNS + GOOD, "gb18030")) == ["The file is not in UTF-8."]
    assert problems_of(tmp_path / "missing.csv") == ["The file cannot be read: No such file or directory."]
    assert problems_of(file_of("x" * 1_000_001)) == ["The file is too large to be a calendar. Allowed: ≤ 1000000 B"]


def test_of_a_file_with_a_year_that_may_not_be_loaded_no_year_is_loaded(file_of):
    calendars.load_shipped(LOADED_AT)
    text = HEADINGS + COLUMNS + GOOD + "2029,2029-01-01,off,元旦\n"

    with pytest.raises(calendars.CalendarYearGap):
        calendars.load_file(file_of(text), LOADED_AT)

    assert not CalendarYear.objects.filter(year__gt=2026).exists()


def test_the_refusal_names_rule_and_file_and_every_line(file_of):
    path = file_of(HEADINGS + COLUMNS + "2027,2027-05-01,half,劳动节\n")

    with pytest.raises(CalendarError) as refused:
        calendars.load_file(path, LOADED_AT)
    with override("en"):
        lines = str(refused.value).splitlines()

    assert lines == [
        "历法-01: The calendar calendar_2027.csv cannot be used. Errors: 1.",
        "Line 5: 'half' is not allowed here. Allowed: off | work",
    ]
