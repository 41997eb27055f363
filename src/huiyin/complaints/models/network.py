"""Network complaints: which of three streams a case goes down, and what each stream leaves behind (S2-61 to S2-63)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models.case import Complaint
from huiyin.people.models import Department


class SiteDemand(models.Model):
    """A place where several customers have too little coverage: a reason for a new base station (S2-61)."""

    place = models.CharField(max_length=200)
    latitude = models.DecimalField(max_digits=8, decimal_places=5)
    longitude = models.DecimalField(max_digits=8, decimal_places=5)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        indexes = (models.Index(fields=["latitude"], name="demanded_places"),)

    def __str__(self) -> str:
        return self.place


class NetworkTriage(models.Model):
    """What a network complaint turned out to be, and where."""

    class Stream(models.TextChoices):
        COVERAGE = "coverage", _("Weak coverage, not solvable now")
        OPTIMISE = "optimise", _("Field test and optimisation")
        STATION = "station", _("Suspected station fault")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="triages")
    round = models.PositiveSmallIntegerField()
    stream = models.CharField(max_length=8, choices=Stream.choices)
    place = models.CharField(max_length=200)
    latitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(max_digits=8, decimal_places=5, null=True, blank=True)
    grounds = models.TextField()
    demand = models.ForeignKey(SiteDemand, on_delete=models.PROTECT, related_name="references", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["complaint", "round", "stream"], name="each_stream_once_a_round"),
            models.CheckConstraint(
                condition=~Q(stream="coverage") | Q(latitude__isnull=False, longitude__isnull=False),
                name="weak_coverage_has_a_point",
            ),
        )
        indexes = (models.Index(fields=["latitude"], name="weak_places", condition=Q(stream="coverage")),)

    def __str__(self) -> str:
        return self.place


class FieldTest(models.Model):
    """What was measured on the spot, and whether optimising helps (S2-62)."""

    triage = models.ForeignKey(NetworkTriage, on_delete=models.PROTECT, related_name="tests")
    tested_at = models.DateTimeField()
    measured = models.TextField()
    helps = models.BooleanField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.measured


class WeeklyItem(models.Model):
    """Something to optimise in a week, and what came of it; the week is named by its Monday (S2-62)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+")
    test = models.OneToOneField(FieldTest, on_delete=models.PROTECT, related_name="item")
    week_on = models.DateField()
    what = models.CharField(max_length=200)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    result = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )

    class Meta:
        ordering = ("week_on", "id")
        indexes = (models.Index(fields=["week_on"], name="weekly_items"),)

    def __str__(self) -> str:
        return self.what


class StationStep(models.Model):
    """One step of a station repair; the steps have an order (S2-63)."""

    class Kind(models.TextChoices):
        INDICATORS = "indicators", _("Indicators checked")
        FAULT_POINT = "fault_point", _("Fault point found")
        REPAIR = "repair", _("Repaired on site")
        CHECK = "check", _("Checked with the customer")

    triage = models.ForeignKey(NetworkTriage, on_delete=models.PROTECT, related_name="steps")
    # A repair that did not help begins another turn.
    turn = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=12, choices=Kind.choices)
    text = models.TextField()
    works = models.BooleanField(null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["triage", "turn", "kind"], name="each_step_once_a_turn"),)

    def __str__(self) -> str:
        return str(self.get_kind_display())
