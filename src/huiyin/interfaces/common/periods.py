"""Periods that figures are read for: so many whole days up to the end of today, in the reader's zone."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.utils import timezone

DAYS = ("7", "30", "90")
DEFAULT_DAYS = "30"


@dataclass(frozen=True)
class Period:
    """From its first moment up to, not including, its last."""

    days: str
    begins: datetime
    ends: datetime

    @property
    def last(self) -> datetime:
        """A moment of its last day, to be shown."""
        return self.ends - timedelta(seconds=1)


def period(days: str, now: datetime) -> Period:
    """The period asked for; what is none of them gives the usual one."""
    known = days if days in DAYS else DEFAULT_DAYS
    today, zone = timezone.localdate(now), timezone.get_current_timezone()
    first = datetime.combine(today - timedelta(days=int(known) - 1), time(), tzinfo=zone)
    return Period(known, first, datetime.combine(today + timedelta(days=1), time(), tzinfo=zone))
