"""A time as one says it to a person, in the language that is active."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _


def spelled_in(zone: str, due: datetime, at: datetime) -> str:
    """The same for times of any zone, told in this one."""
    return spelled(due.astimezone(ZoneInfo(zone)), at.astimezone(ZoneInfo(zone)))


def spelled(due: datetime, at: datetime) -> str:
    """A time as one says it: today, tomorrow or the date, and the hour; both in the same zone."""
    clock = f"{due:%H:%M}"
    days = (due.date() - at.date()).days
    if days in (0, 1):
        return (_("%(clock)s today") if days == 0 else _("%(clock)s tomorrow")) % {"clock": clock}
    return _("%(clock)s on %(day)s") % {"clock": clock, "day": date_format(due, "DATE_FORMAT")}
