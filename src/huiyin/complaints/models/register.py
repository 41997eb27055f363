"""The register of proof: what each piece supports or contradicts, how it was weighed, appraisals with their fee."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models.case import Complaint
from huiyin.complaints.models.inquiry import Evidence

# What the customer says happened; a piece of proof bears on it, or on a cause of the checklist.
ACCOUNT = "account"


class Stance(models.TextChoices):
    SUPPORTS = "supports", _("Supports it")
    CONTRADICTS = "contradicts", _("Contradicts it")
    SILENT = "silent", _("Says nothing about it")


class Bearing(models.Model):
    """What one piece of evidence says about a cause, or about the customer's own account (S0-14)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="bearings")
    evidence = models.ForeignKey(Evidence, on_delete=models.PROTECT, related_name="bearings")
    about = models.CharField(max_length=64)
    stance = models.CharField(max_length=12, choices=Stance.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["evidence", "about"], name="one_bearing_per_matter"),)

    def __str__(self) -> str:
        return f"{self.about} {self.stance}"


class Weighing(models.Model):
    """Why one side of a contradiction is believed, and what the customer's own account is worth, in one round."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="weighings")
    round = models.PositiveSmallIntegerField()
    about = models.CharField(max_length=64)
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=["complaint", "round", "about"], name="one_weighing_per_matter_and_round"),
        )

    def __str__(self) -> str:
        return self.about


class FeeBearer(models.TextChoices):
    COMPANY = "company", _("The company")
    CUSTOMER = "customer", _("The customer")
    PARTNER = "partner", _("A partner or merchant")
    THIRD_PARTY = "third_party", _("A third party we engaged")
    SHARED = "shared", _("Shared")


class Appraisal(models.Model):
    """An appraisal by a body with the right to make one: who, for what fee, and the written conclusion (S1-13)."""

    class Status(models.TextChoices):
        COMMISSIONED = "commissioned", _("Commissioned")
        CONCLUDED = "concluded", _("Concluded")
        ABANDONED = "abandoned", _("Given up")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="appraisals")
    round = models.PositiveSmallIntegerField()
    body = models.CharField(max_length=200)
    question = models.CharField(max_length=500)
    expected_on = models.DateField()
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.COMMISSIONED)
    fee = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    fee_bearer = models.CharField(max_length=12, choices=FeeBearer.choices, blank=True)
    company_part = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    conclusion = models.TextField(blank=True)
    evidence = models.OneToOneField(Evidence, on_delete=models.PROTECT, related_name="appraisal", null=True, blank=True)
    commissioned_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    commissioned_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.CheckConstraint(
                condition=~Q(status="concluded") | Q(evidence__isnull=False, fee__isnull=False),
                name="a_concluded_appraisal_has_its_document",
            ),
            models.CheckConstraint(
                condition=Q(fee=None) | Q(company_part__lte=F("fee")), name="we_pay_no_more_than_the_fee"
            ),
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(status="commissioned"), name="one_appraisal_at_a_time"
            ),
        )

    def __str__(self) -> str:
        return self.body
