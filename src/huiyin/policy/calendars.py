"""Calendars as this organisation knows them: years loaded as dated data, and the frozen calendar made from them.

A year is loaded when its notice is out, about November before it. Until then nobody knows its days: deadlines that
need them are provisional, and loading the year says which days it changed so that those promises can be made again.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.policy.calendar_files import YearFacts, read_calendar_file
from huiyin.policy.calendar_problems import CalendarError, day_problems
from huiyin.policy.days import NEVER_OPEN, Blocks, Calendar, Day, DayEnd, DayKind, Week, require_aware
from huiyin.policy.models import CalendarDay, CalendarYear
from huiyin.policy.rules import CALENDAR_CONFIRMED, CALENDAR_IN_ORDER, CALENDAR_KNOWN
from huiyin.rules import Refusal

SHIPPED = Path(__file__).parent / "data"
# The notice of a year reaches back into the December before it: that of 2019 moved 29, 30 and 31 December 2018. These
# days are open until the next notice is out.
REACHES_BACK_DAYS = {"cn": 3}


class CalendarUnknown(Refusal):
    rule = CALENDAR_KNOWN
    sentence = _("No year of the calendar %(code)s has been loaded.")
    unblock = _("Load the calendar, or name one of these in the pack: %(loaded)s.")


class CalendarYearGap(Refusal):
    rule = CALENDAR_IN_ORDER
    sentence = _("The year %(year)s of the calendar %(code)s does not follow the years already loaded.")
    unblock = _("Load %(before)s or %(after)s first.")


class CalendarYearConfirmed(Refusal):
    rule = CALENDAR_CONFIRMED
    sentence = _(
        "The year %(year)s of the calendar %(code)s is confirmed and cannot be replaced by an unconfirmed one."
    )
    unblock = _("Load it as confirmed, with the official notice as its source.")


@dataclass(frozen=True)
class Loaded:
    """What loading a year changed.

    `changed` are the days whose kind is another than before; promises that are provisional and count any of them, or
    any day after `known_until_before`, are to be reckoned again, and replaced only if their day moves.
    """

    code: str
    year: int
    changed: tuple[date, ...]
    known_until_before: date | None
    known_until: date | None

    @property
    def newly_known(self) -> tuple[date, date] | None:
        """The first and last day that are known now and were not before; None when the known days are the same."""
        if self.known_until is None or self.known_until == self.known_until_before:
            return None
        first = date(self.year, 1, 1) if self.known_until_before is None else self.known_until_before + timedelta(1)
        return (first, self.known_until) if first <= self.known_until else None


class _Moved(Exception):
    """A year was loaded between reading the version and reading the days."""


def calendar(
    code: str,
    zone: str,
    service_hours: Week = NEVER_OPEN,
    *,
    holiday_hours: Blocks = (),
    makeup_hours: Blocks | None = None,
    day_end: DayEnd = DayEnd.MIDNIGHT,
) -> Calendar:
    """Give the frozen calendar as it is loaded now: one small query, the rest kept by version.

    Refuses a calendar of which no year has been loaded: nobody knows its holidays.
    """
    while True:
        try:
            return _built(code, version(code), zone, service_hours, (holiday_hours, makeup_hours, day_end))
        except _Moved:
            continue


def version(code: str) -> str:
    """Give the version of a calendar: the last year in it and a short hash of all its days."""
    years = CalendarYear.objects.filter(code=code).values_list("year", "confirmed", "digest")
    return _version_of(code, sorted(years))


@transaction.atomic
def load(code: str, year: int, days: Mapping[date, Day], *, at: datetime, confirmed: bool, source: str) -> Loaded:
    """Load a year, or load it again, and say what changed (ENG-06).

    Refuses days that belong to other years, a year that leaves a gap, and an unconfirmed year in place of a confirmed
    one.
    """
    problems = day_problems(year, days)
    if problems:
        raise CalendarError(f"{code} {year}", problems)
    years = list(CalendarYear.objects.select_for_update().filter(code=code))
    _require_place(code, year, confirmed, years)
    before, known_before = _told(code), _known(code, years)[1]
    row, _created = CalendarYear.objects.update_or_create(
        code=code,
        year=year,
        defaults={
            "confirmed": confirmed,
            "source": source,
            "digest": _digest(days.items()),
            "loaded_at": require_aware(at),
        },
    )
    row.days.all().delete()
    CalendarDay.objects.bulk_create(
        CalendarDay(notice=row, date=day, kind=told.kind, name=told.name) for day, told in days.items()
    )
    after = _told(code)
    changed = sorted(day for day in before.keys() | after.keys() if _kind(before, day) != _kind(after, day))
    known = _known(code, CalendarYear.objects.filter(code=code))[1]
    return Loaded(code, year, tuple(changed), known_before, known)


@transaction.atomic
def load_file(path: Path, at: datetime) -> tuple[Loaded, ...]:
    """Load every year of a calendar file, or none; refuses with every wrong line named (see `calendar_files`)."""
    return tuple(_load_facts(facts, at) for facts in read_calendar_file(path))


@transaction.atomic
def load_shipped(at: datetime) -> tuple[Loaded, ...]:
    """Load the years this product knows and this database does not yet have confirmed; what is confirmed stays."""
    loaded = []
    for path in sorted(SHIPPED.glob("calendar_*.csv")):
        for facts in read_calendar_file(path):
            if not CalendarYear.objects.filter(code=facts.code, year=facts.year, confirmed=True).exists():
                loaded.append(_load_facts(facts, at))
    return tuple(loaded)


def _load_facts(facts: YearFacts, at: datetime) -> Loaded:
    return load(facts.code, facts.year, facts.days, at=at, confirmed=facts.confirmed, source=facts.source)


def _require_place(code: str, year: int, confirmed: bool, years: Iterable[CalendarYear]) -> None:
    by_year = {row.year: row for row in years}
    if year in by_year:
        if by_year[year].confirmed and not confirmed:
            raise CalendarYearConfirmed(code=code, year=year)
    elif by_year and not {year - 1, year + 1} & by_year.keys():
        raise CalendarYearGap(code=code, year=year, before=min(by_year) - 1, after=max(by_year) + 1)


def _known(code: str, years: Iterable[CalendarYear]) -> tuple[date, date | None]:
    """Give the first and last day that official notices cover: the first run of confirmed years."""
    confirmed = sorted(row.year for row in years if row.confirmed)
    if not confirmed:
        return date.min, None
    last = confirmed[0]
    while last + 1 in confirmed:
        last += 1
    return date(confirmed[0], 1, 1), date(last, 12, 31) - timedelta(days=REACHES_BACK_DAYS.get(code, 0))


def _told(code: str) -> dict[date, Day]:
    """Give every day that the notices name; where two name the same day the later year speaks."""
    rows = CalendarDay.objects.filter(notice__code=code).order_by("notice__year", "date")
    return {row.date: Day(DayKind(row.kind), row.name) for row in rows}


def _kind(days: Mapping[date, Day], day: date) -> DayKind | None:
    told = days.get(day)
    return None if told is None else told.kind


def _digest(days: Iterable[tuple[date, Day]]) -> str:
    lines = sorted(f"{day.isoformat()} {told.kind.value} {told.name}" for day, told in days)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def _version(code: str, years: Iterable[CalendarYear]) -> str:
    return _version_of(code, sorted((row.year, row.confirmed, row.digest) for row in years))


def _version_of(code: str, rows: Sequence[tuple[int, bool, str]]) -> str:
    if not rows:
        loaded = CalendarYear.objects.order_by("code").values_list("code", flat=True).distinct()
        raise CalendarUnknown(code=code, loaded=", ".join(loaded) or "–")
    content = "\n".join(f"{year} {confirmed:d} {digest}" for year, confirmed, digest in rows)
    return f"{code}-{rows[-1][0]}-{hashlib.sha256(content.encode()).hexdigest()[:8]}"


@lru_cache(maxsize=64)
def _built(code: str, current: str, zone: str, week: Week, rest: tuple[Blocks, Blocks | None, DayEnd]) -> Calendar:
    """Build the calendar of one version; raises `_Moved` when another one has been loaded meanwhile."""
    rows = list(CalendarYear.objects.filter(code=code).prefetch_related("days"))
    days: dict[date, Day] = {}
    for row in rows:
        told = {day.date: Day(DayKind(day.kind), day.name) for day in row.days.all()}
        if _digest(told.items()) != row.digest:
            raise _Moved
        days |= told
    if _version(code, rows) != current:
        raise _Moved
    known_from, known_until = _known(code, rows)
    holiday_hours, makeup_hours, day_end = rest
    return Calendar(
        zone=ZoneInfo(zone),
        week=week,
        days=days,
        known_from=known_from,
        known_until=known_until,
        makeup_blocks=makeup_hours,
        holiday_blocks=holiday_hours,
        day_end=day_end,
        code=code,
        version=current,
    )
