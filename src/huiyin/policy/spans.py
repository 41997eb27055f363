"""A length of time in one unit; units are distinct types and never mix (ENG-02)."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy


class Unit(TextChoices):
    MINUTE = "minute", _("Minute")
    HOUR = "hour", _("Hour")
    SERVICE_MINUTE = "service_minute", _("Service minute")
    SERVICE_HOUR = "service_hour", _("Service hour")
    NATURAL_DAY = "natural_day", _("Natural day")
    WORKING_DAY = "working_day", _("Working day")
    WEEK = "week", _("Week")
    MONTH = "month", _("Month")


MINUTES = {Unit.MINUTE: 1, Unit.HOUR: 60, Unit.SERVICE_MINUTE: 1, Unit.SERVICE_HOUR: 60}
WALL_UNITS = frozenset({Unit.MINUTE, Unit.HOUR})
SERVICE_UNITS = frozenset({Unit.SERVICE_MINUTE, Unit.SERVICE_HOUR})
DAY_UNITS = frozenset({Unit.NATURAL_DAY, Unit.WORKING_DAY, Unit.WEEK, Unit.MONTH})

COUNTED = {
    Unit.MINUTE: ngettext_lazy("%(qty)d minute", "%(qty)d minutes", "qty"),
    Unit.HOUR: ngettext_lazy("%(qty)d hour", "%(qty)d hours", "qty"),
    Unit.SERVICE_MINUTE: ngettext_lazy("%(qty)d service minute", "%(qty)d service minutes", "qty"),
    Unit.SERVICE_HOUR: ngettext_lazy("%(qty)d service hour", "%(qty)d service hours", "qty"),
    Unit.NATURAL_DAY: ngettext_lazy("%(qty)d natural day", "%(qty)d natural days", "qty"),
    Unit.WORKING_DAY: ngettext_lazy("%(qty)d working day", "%(qty)d working days", "qty"),
    Unit.WEEK: ngettext_lazy("%(qty)d week", "%(qty)d weeks", "qty"),
    Unit.MONTH: ngettext_lazy("%(qty)d month", "%(qty)d months", "qty"),
}


@dataclass(frozen=True, slots=True)
class Span:
    """So many of one unit. Zero is allowed: what a clock has left when it is paused on its last day."""

    qty: int
    unit: Unit

    def __post_init__(self) -> None:
        if not isinstance(self.qty, int) or isinstance(self.qty, bool) or self.qty < 0:
            raise ValueError(f"a span is a whole number of units, not {self.qty!r}")
        if not isinstance(self.unit, Unit):
            raise ValueError(f"{self.unit!r} is no unit; a unit is one of {', '.join(Unit.values)}")

    @property
    def text(self) -> str:
        """The span in words, in the language now active."""
        return in_words(self)


def in_words(span: Span) -> str:
    """Say a span in the language now active; minutes that fill hours are said as hours."""
    hours, minutes = divmod(span.qty, 60)
    if span.unit in (Unit.MINUTE, Unit.SERVICE_MINUTE) and hours:
        served = span.unit is Unit.SERVICE_MINUTE
        if not minutes:
            return in_words(Span(hours, Unit.SERVICE_HOUR if served else Unit.HOUR))
        words = _("%(hours)d h %(minutes)d min of service time") if served else _("%(hours)d h %(minutes)d min")
        return str(words) % {"hours": hours, "minutes": minutes}
    return str(COUNTED[span.unit] % {"qty": span.qty})
