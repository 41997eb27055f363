"""Times, durations and deadlines in words, in the reader's language and time zone."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

MINUTE, HOUR, DAY = 60, 3600, 86400
# Lists show the time left when it is short, the due time when it is long (design language, clock chip).
SHORT_SECONDS = 2 * HOUR
WHOLE_DAYS_FROM = 3
WEEKDAYS = (
    gettext_lazy("Mon"),
    gettext_lazy("Tue"),
    gettext_lazy("Wed"),
    gettext_lazy("Thu"),
    gettext_lazy("Fri"),
    gettext_lazy("Sat"),
    gettext_lazy("Sun"),
)


def split(seconds: float) -> tuple[int, int, int]:
    """Days, hours, minutes of a duration in seconds; whole minutes, rounded down."""
    minutes = int(abs(seconds)) // MINUTE
    return minutes // (24 * 60), minutes // 60 % 24, minutes % 60


def duration(seconds: float) -> str:
    """A length of time: "42 min", "1 h 08 min", "2 d 7 h", "6 days"."""
    days, hours, minutes = split(seconds)
    if days >= WHOLE_DAYS_FROM or (days and not hours):
        return ngettext("%(days)s day", "%(days)s days", days) % {"days": days}
    if days:
        return _("%(days)s d %(hours)s h") % {"days": days, "hours": hours}
    if hours and minutes:
        return _("%(hours)s h %(minutes)s min") % {"hours": hours, "minutes": f"{minutes:02d}"}
    if hours:
        return ngettext("%(hours)s hour", "%(hours)s hours", hours) % {"hours": hours}
    if minutes:
        return _("%(minutes)s min") % {"minutes": minutes}
    return _("%(seconds)s s") % {"seconds": int(abs(seconds))}


def left(at: datetime, now: datetime) -> str:
    """How much is left until `at`, or by how much it was missed."""
    seconds = (at - now).total_seconds()
    over = seconds < 0
    if abs(seconds) < MINUTE:
        return _("overdue by less than a minute") if over else _("less than a minute left")
    days, hours, minutes = split(seconds)
    if days >= WHOLE_DAYS_FROM or (days and not hours):
        text = _("overdue by %(days)s d") if over else _("%(days)s d left")
        return text % {"days": days}
    if days:
        text = _("overdue by %(days)s d %(hours)s h") if over else _("%(days)s d %(hours)s h left")
        return text % {"days": days, "hours": hours}
    if hours:
        text = _("overdue by %(hours)s h %(minutes)s min") if over else _("%(hours)s h %(minutes)s min left")
        return text % {"hours": hours, "minutes": f"{minutes:02d}"}
    text = _("overdue by %(minutes)s min") if over else _("%(minutes)s min left")
    return text % {"minutes": minutes}


def clock_time(at: datetime) -> str:
    """The hour and minute, 24 h."""
    return f"{timezone.localtime(at):%H:%M}"


def day(at: datetime | date, now: datetime) -> str:
    """The date with as much as is needed: "today", "Mar 7", "Mar 7, 2024"."""
    local, today = _local_date(at), timezone.localtime(now).date()
    named = _named_day(local, today)
    if named:
        return named
    if local.year == today.year:
        return str(format_date(local, _("M j")))
    return str(format_date(local, _("M j, Y")))


def weekday(at: datetime | date, now: datetime) -> str:
    """The date with its weekday: "Fri, Mar 7"."""
    local, today = _local_date(at), timezone.localtime(now).date()
    return _with_weekday(local, format_date(local, _("M j") if local.year == today.year else _("M j, Y")))


def moment(at: datetime, now: datetime) -> str:
    """The point in time: "today 18:00", "Mar 7, 18:00"."""
    local, today = timezone.localtime(at), timezone.localtime(now).date()
    hour = f"{local:%H:%M}"
    distance = (local.date() - today).days
    if distance == 0:
        return _("today %(time)s") % {"time": hour}
    if distance == 1:
        return _("tomorrow %(time)s") % {"time": hour}
    if distance == -1:
        return _("yesterday %(time)s") % {"time": hour}
    if local.year == today.year:
        return str(format_date(local, _("M j, H:i")))
    return str(format_date(local, _("M j, Y, H:i")))


def due(at: datetime, now: datetime) -> str:
    """The due time as lists show it: the time left under two hours and when missed, else the point in time."""
    if at - now <= timedelta(seconds=SHORT_SECONDS):
        return left(at, now)
    return moment(at, now)


def ago(at: datetime, now: datetime) -> str:
    """How long since `at`; from yesterday on the point in time itself."""
    seconds = (now - at).total_seconds()
    if seconds < MINUTE:
        return _("just now")
    if seconds < HOUR:
        minutes = int(seconds) // MINUTE
        return ngettext("%(minutes)s minute ago", "%(minutes)s minutes ago", minutes) % {"minutes": minutes}
    if timezone.localtime(at).date() == timezone.localtime(now).date():
        hours = int(seconds) // HOUR
        return ngettext("%(hours)s hour ago", "%(hours)s hours ago", hours) % {"hours": hours}
    return moment(at, now)


def full(at: datetime) -> str:
    """The whole point in time with weekday and zone, for hover text and print."""
    local = timezone.localtime(at)
    return f"{_with_weekday(local, format_date(local, _('M j, Y, H:i')))} {local:%Z}"


def _with_weekday(local: date, written: str) -> str:
    return _("%(weekday)s, %(date)s") % {"weekday": WEEKDAYS[local.weekday()], "date": written}


def _local_date(at: datetime | date) -> date:
    return timezone.localtime(at).date() if isinstance(at, datetime) else at


def _named_day(local: date, today: date) -> str:
    distance = (local - today).days
    return {0: _("today"), 1: _("tomorrow"), -1: _("yesterday")}.get(distance, "")
