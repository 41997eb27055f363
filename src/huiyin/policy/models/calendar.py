"""Calendar years as they were announced: dated data that an administrator loads (ENG-05, ENG-06)."""

from django.db import models
from django.db.models import Q

from huiyin.policy.days import DayKind

FIRST_YEAR, LAST_YEAR = 1950, 2199


class CalendarYear(models.Model):
    """What is known of one year of one calendar; written by `calendars.load` alone.

    `confirmed` says that the official notice of that year is in it. Days of a year that is not confirmed are used,
    and every deadline that needs them is provisional.
    """

    code = models.CharField(max_length=48)
    year = models.PositiveSmallIntegerField()
    confirmed = models.BooleanField()
    source = models.CharField(max_length=300)
    digest = models.CharField(max_length=64)
    loaded_at = models.DateTimeField()

    class Meta:
        ordering = ("code", "year")
        constraints = (
            models.UniqueConstraint(fields=["code", "year"], name="one_notice_per_calendar_year"),
            models.CheckConstraint(
                condition=Q(year__gte=FIRST_YEAR, year__lte=LAST_YEAR), name="a_calendar_year_is_a_year"
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.year}"


class CalendarDay(models.Model):
    """A day that a notice takes out of the week. The notice of a year may reach back into December before it."""

    notice = models.ForeignKey(CalendarYear, on_delete=models.CASCADE, related_name="days")
    date = models.DateField()
    kind = models.CharField(max_length=4, choices=DayKind.choices)
    name = models.CharField(max_length=60)

    class Meta:
        ordering = ("date",)
        constraints = (
            models.UniqueConstraint(fields=["notice", "date"], name="one_day_per_notice"),
            models.CheckConstraint(condition=Q(kind__in=DayKind.values), name="a_calendar_day_is_off_or_worked"),
        )

    def __str__(self) -> str:
        return f"{self.date} {self.kind}"
