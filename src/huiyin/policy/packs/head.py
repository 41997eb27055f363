"""The first file of a pack: what it is called, from when it is in force, when people are there, when it applies."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from huiyin.policy.days import NEVER_OPEN
from huiyin.policy.packs import vocabulary as words
from huiyin.policy.packs.reading import Table, as_time
from huiyin.policy.packs.schema import PickRule
from huiyin.policy.packs.titles import Title
from huiyin.policy.working_time import Block, Blocks, DayEnd, Week

VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,31}")
CURRENCY = re.compile(r"[A-Z]{3}")
DEFAULT_MARKS = (50, 75, 90)


def read_head(sheet: Table, overlay: bool) -> dict[str, Any]:
    """Read pack.toml into the fields of Pack that it fills."""
    week, holiday, makeup = read_service_hours(sheet)
    head: dict[str, Any] = {
        "code": sheet.code(),
        "kind": sheet.choice("kind", ("base", "overlay"), "base"),
        "title": sheet.title(),
        "description": sheet.title("description", Title("", "")),
        "version": _matching(sheet, "version", VERSION, '"2026.1"'),
        "zone": _zone(sheet, overlay),
        "currency": "" if overlay else _matching(sheet, "currency", CURRENCY, '"CNY"'),
        "calendar": "" if overlay else sheet.code("calendar"),
        "day_end": DayEnd(sheet.choice("day_end", DayEnd.values, DayEnd.MIDNIGHT.value) or DayEnd.MIDNIGHT),
        "in_force_from": sheet.day("in_force_from"),
        "in_force_to": sheet.day("in_force_to"),
        "service_hours": week,
        "holiday_hours": holiday,
        "makeup_hours": makeup,
        "warn_marks": sheet.integers("warn_marks", 1, 99, DEFAULT_MARKS),
        "escalate_to": sheet.choice("escalate_to", words.ROLES, "supervisor"),
        "priority": sheet.integer("priority", 0, 100, 0),
        "pick": read_pick(sheet),
        "extends": sheet.texts("extends") if overlay else (),
    }
    if head["in_force_from"] and head["in_force_to"] and head["in_force_to"] < head["in_force_from"]:
        sheet.wrong("in_force_to", _("It ends before it begins."), f"≥ {head['in_force_from']}")
    sheet.finish()
    return head


def _matching(sheet: Table, key: str, form: "re.Pattern[str]", allowed: str) -> str:
    value = sheet.text(key)
    if value and not form.fullmatch(value):
        sheet.wrong(key, _("%(value)s is not allowed here."), allowed, value=repr(value))
    return value


def _zone(sheet: Table, overlay: bool) -> str:
    if overlay:
        return ""
    name = sheet.text("zone")
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        sheet.wrong("zone", _("%(value)s is not allowed here."), "Asia/Shanghai | Europe/London | …", value=repr(name))
    return name


def read_service_hours(sheet: Table) -> tuple[Week, Blocks, Blocks | None]:
    """Read `monday = ["09:00-12:00", "13:00-18:00"]`, holidays and make-up days; a missing day has no service."""
    table = sheet.table("service_hours")
    if table is None:
        return NEVER_OPEN, (), None
    mon, tue, wed, thu, fri, sat, sun = (_blocks(table, day) for day in words.WEEKDAYS)
    holiday = _blocks(table, "holiday")
    makeup = _blocks(table, "makeup") if table.has("makeup") else None
    table.finish()
    week = (mon, tue, wed, thu, fri, sat, sun)
    if not any(week):
        sheet.wrong("service_hours", _("No day of the week has service hours."), '["HH:MM-HH:MM"]')
    return week, holiday, makeup


def _blocks(table: Table, day: str) -> Blocks:
    blocks: list[Block] = []
    for written in table.texts(day):
        begin, _dash, end = written.partition("-")
        start, stop = as_time(begin), as_time(end)
        if start is None or stop is None or start == stop:
            table.wrong(day, _("%(value)s is not allowed here."), '["HH:MM-HH:MM"]', value=repr(written))
        elif blocks and (start < blocks[-1][1] or blocks[-1][1] <= blocks[-1][0]):
            table.wrong(day, _("The block %(value)s overlaps the one before it."), value=written)
        else:
            blocks.append((start, stop))
    return tuple(blocks)


def read_pick(sheet: Table) -> tuple[PickRule, ...]:
    found = []
    for table in sheet.tables("pick"):
        found.append(PickRule(table.texts("channels"), table.texts("categories"), table.texts("jurisdictions")))
        table.finish()
    return tuple(found)
