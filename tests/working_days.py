"""Calendars and instants for tests of working time."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from huiyin.policy.calendar_files import read_calendar_file
from huiyin.policy.calendars import SHIPPED
from huiyin.policy.working_time import Calendar, Span, Unit

SHANGHAI, LONDON, NEW_YORK = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
OFFICE = ((time(9), time(12)), (time(13), time(18)))
OFFICE_WEEK = (OFFICE, OFFICE, OFFICE, OFFICE, OFFICE, (), ())
NIGHTS = ((time(22), time(6)),)
NIGHT_WEEK = (NIGHTS,) * 7
CN_DAYS = {day: told for facts in read_calendar_file(SHIPPED / "calendar_cn.csv") for day, told in facts.days.items()}


def calendar(zone=SHANGHAI, **facts):
    return Calendar(zone, **{"known_until": date(2026, 12, 31), "known_from": date(2019, 1, 1), **facts})


CN = calendar(days=CN_DAYS, week=OFFICE_WEEK)
PLAIN = Calendar(SHANGHAI, week=OFFICE_WEEK, known_until=date.max)


def at(day, clock="10:00", zone=SHANGHAI, fold=0):
    return datetime.combine(date.fromisoformat(day), time.fromisoformat(clock), zone).replace(fold=fold)


def working_days(qty):
    return Span(qty, Unit.WORKING_DAY)


def natural_days(qty):
    return Span(qty, Unit.NATURAL_DAY)
