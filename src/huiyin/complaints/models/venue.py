"""What was found at the venue: a visit or a call with its report, and what was eaten with what it should have cost."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models.case import Complaint
from huiyin.complaints.models.inquiry import Evidence, Task


class FieldVisit(models.Model):
    """The report of somebody who looked on the spot, or asked there by telephone, whether it is true (S4-117)."""

    class Way(models.TextChoices):
        ON_SPOT = "on_spot", _("On the spot")
        PHONE = "phone", _("By telephone")

    class Verdict(models.TextChoices):
        TRUE = "true", _("It is true")
        PARTLY = "partly", _("Partly true")
        UNTRUE = "untrue", _("It is not true")
        UNCLEAR = "unclear", _("It cannot be said")

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="visit")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="visits")
    way = models.CharField(max_length=8, choices=Way.choices)
    place = models.CharField(max_length=200)
    met = models.CharField(max_length=200)
    visited_at = models.DateTimeField()
    verdict = models.CharField(max_length=8, choices=Verdict.choices)
    observed = models.TextField()
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="visit")
    reported_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reported_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.place


class Consumption(models.Model):
    """What was consumed, and what it should have cost after the discount (S4-118)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="consumptions")
    round = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=200)
    total = models.DecimalField(max_digits=14, decimal_places=2)
    share = models.DecimalField(max_digits=6, decimal_places=4)
    minimum = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    # Whether what is not discounted counts towards the minimum spend.
    excluded_counts = models.BooleanField(default=True)
    charged = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    due = models.DecimalField(max_digits=14, decimal_places=2)
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(condition=Q(share__gt=0, share__lte=1), name="a_discount_leaves_a_share_to_pay"),
            models.CheckConstraint(condition=Q(due__lte=F("total")), name="a_discount_makes_nothing_dearer"),
        )

    def __str__(self) -> str:
        return f"{self.total} → {self.due}"


class ConsumptionLine(models.Model):
    """Something that is not discounted: seafood, specials, drinks."""

    consumption = models.ForeignKey(Consumption, on_delete=models.PROTECT, related_name="lines")
    what = models.CharField(max_length=120)
    amount = models.DecimalField(max_digits=14, decimal_places=2)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.what} {self.amount}"
