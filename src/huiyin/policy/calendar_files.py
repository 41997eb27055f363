"""A calendar file: the days that do not follow the week, in lines a person can read and check.

    # calendar: cn
    # source: State Council notice of 2025-11-04
    # confirmed: yes
    year,date,kind,name
    2026,2026-01-01,off,元旦
    2026,2026-01-04,work,元旦

`year` is the year of the notice, which may name days of the December before. `kind` is off or work.
"""

import re
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from huiyin.policy.calendar_problems import CalendarError, CalendarProblem, day_problems
from huiyin.policy.days import Day, DayKind
from huiyin.policy.models.calendar import FIRST_YEAR, LAST_YEAR

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

COLUMNS = "year,date,kind,name"
HEADINGS = ("calendar", "source", "confirmed")
LONGEST_NAME, LONGEST_SOURCE = 60, 300
CODE = re.compile(r"[a-z][a-z0-9_-]{0,47}")
# Twice the largest file that could make sense; what is larger is some other file.
LARGEST_BYTES = 1_000_000


@dataclass(frozen=True)
class YearFacts:
    """One year as a file states it."""

    code: str
    year: int
    days: dict[date, Day]
    confirmed: bool
    source: str


@dataclass
class _Reading:
    """A file while it is read: what was found, and everything that is wrong with it."""

    headings: dict[str, str] = field(default_factory=dict)
    years: dict[int, dict[date, Day]] = field(default_factory=dict)
    lines: dict[int, dict[date, int]] = field(default_factory=dict)
    columns_seen: bool = False
    problems: list[CalendarProblem] = field(default_factory=list)

    def wrong(self, line: int, sentence: "str | _StrPromise", allowed: str = "", **params: Any) -> None:
        self.problems.append(CalendarProblem(line, sentence, allowed, params))


def read_calendar_file(path: Path) -> tuple[YearFacts, ...]:
    """Read a calendar file into its years; refuses with every wrong line, and what is allowed there."""
    reading = _Reading()
    for number, line in enumerate(_lines(path), start=1):
        if line.startswith("#"):
            _read_heading(reading, number, line)
        elif line:
            _read_line(reading, number, line)
    _check_whole(reading)
    for year, days in reading.years.items():
        reading.problems += day_problems(year, days, reading.lines[year])
    if reading.problems:
        raise CalendarError(path.name, sorted(reading.problems, key=lambda problem: problem.line))
    code, source = reading.headings["calendar"], reading.headings["source"]
    confirmed = reading.headings["confirmed"] == "yes"
    return tuple(YearFacts(code, year, days, confirmed, source) for year, days in sorted(reading.years.items()))


def _lines(path: Path) -> list[str]:
    try:
        content = path.read_bytes()
        if len(content) > LARGEST_BYTES:
            raise CalendarError(
                path.name,
                [CalendarProblem(0, _("The file is too large to be a calendar."), f"≤ {LARGEST_BYTES} B")],
            )
        return [line.strip() for line in content.decode("utf-8-sig").splitlines()]
    except OSError as error:
        wrong = _("The file cannot be read: %(reason)s.")
        raise CalendarError(path.name, [CalendarProblem(0, wrong, "", {"reason": error.strerror})]) from error
    except UnicodeDecodeError as error:
        raise CalendarError(path.name, [CalendarProblem(0, _("The file is not in UTF-8."))]) from error


def _read_heading(reading: _Reading, number: int, line: str) -> None:
    key, colon, value = (part.strip() for part in line.lstrip("#").partition(":"))
    if not colon or key not in HEADINGS:
        return  # a remark
    if key in reading.headings:
        reading.wrong(number, _("The heading %(key)s stands twice."), key=key)
    elif key == "confirmed" and value not in ("yes", "no"):
        reading.wrong(number, _("%(value)s is not allowed here."), "yes | no", value=repr(value))
    elif key == "calendar" and not CODE.fullmatch(value):
        reading.wrong(number, _("%(value)s is not allowed here."), "cn | gb | us-ny | …", value=repr(value))
    elif key == "source" and not 0 < len(value) <= LONGEST_SOURCE:
        reading.wrong(number, _("The source is empty or too long."), f"1 … {LONGEST_SOURCE}")
    reading.headings.setdefault(key, value)


def _read_line(reading: _Reading, number: int, line: str) -> None:
    parts = [part.strip() for part in line.split(",")]
    if not reading.columns_seen:
        reading.columns_seen = True
        if ",".join(parts) != COLUMNS:
            reading.wrong(number, _("The first line of the table names other columns."), COLUMNS)
        return
    if len(parts) != len(COLUMNS.split(",")):
        reading.wrong(number, _("The line has %(count)s fields."), COLUMNS, count=len(parts))
        return
    year, day, kind = _year(reading, number, parts[0]), _day(reading, number, parts[1]), parts[2]
    if kind not in DayKind.values:
        reading.wrong(number, _("%(value)s is not allowed here."), " | ".join(DayKind.values), value=repr(kind))
    if not 0 < len(parts[3]) <= LONGEST_NAME:
        reading.wrong(number, _("The name of the holiday is empty or too long."), f"1 … {LONGEST_NAME}")
    if year is None or day is None or kind not in DayKind.values:
        return
    lines = reading.lines.setdefault(year, {})
    if day in lines:
        reading.wrong(number, _("The day %(day)s stands in line %(first)s already."), day=day, first=lines[day])
        return
    lines[day] = number
    reading.years.setdefault(year, {})[day] = Day(DayKind(kind), parts[3])


def _year(reading: _Reading, number: int, written: str) -> int | None:
    if re.fullmatch(r"[0-9]{4}", written) and FIRST_YEAR <= int(written) <= LAST_YEAR:
        return int(written)
    reading.wrong(number, _("%(value)s is not a year."), f"{FIRST_YEAR} … {LAST_YEAR}", value=repr(written))
    return None


def _day(reading: _Reading, number: int, written: str) -> date | None:
    try:
        if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", written):
            return date.fromisoformat(written)
    except ValueError:
        pass
    reading.wrong(number, _("%(value)s is not a day of the calendar."), "2026-02-16", value=repr(written))
    return None


def _check_whole(reading: _Reading) -> None:
    for key in HEADINGS:
        if key not in reading.headings:
            reading.wrong(0, _("The heading %(key)s is missing."), f"# {key}: …", key=key)
    if not reading.columns_seen or not (reading.years or reading.problems):
        reading.wrong(0, _("The file names no day."), COLUMNS)
