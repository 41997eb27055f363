"""What is owed and offered: plan, options, remedies, approval."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models.case import Complaint, Demand


class OfferMode(models.TextChoices):
    PARALLEL = "parallel", _("All options together")
    SEQUENTIAL = "sequential", _("Best first, the next on objection")
    SINGLE = "single", _("One package")


class Plan(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Being drawn up")
        SUBMITTED = "submitted", _("Awaiting approval")
        RETURNED = "returned", _("Returned")
        APPROVED = "approved", _("Approved")
        OFFERED = "offered", _("Offered")
        CHOSEN = "chosen", _("Chosen by the customer")
        SUPERSEDED = "superseded", _("Superseded")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="plans")
    round = models.PositiveSmallIntegerField()
    number = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    mode = models.CharField(max_length=10, choices=OfferMode.choices)
    single_reason = models.CharField(max_length=300, blank=True)
    prepared_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    prepared_at = models.DateTimeField()
    offered_rank = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("number",)
        constraints = (models.UniqueConstraint(fields=["complaint", "number"], name="plans_are_numbered"),)

    def __str__(self) -> str:
        return f"{self.complaint_id}/{self.number}"


class Option(models.Model):
    class Status(models.TextChoices):
        DRAFT = "draft", _("Draft")
        APPROVED = "approved", _("Approved")
        OFFERED = "offered", _("Offered")
        CHOSEN = "chosen", _("Chosen")
        DECLINED = "declined", _("Declined")
        EXECUTED = "executed", _("Executed")

    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="options")
    rank = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.DRAFT)
    recovery = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    recovery_note = models.CharField(max_length=300, blank=True)
    execute_within_minutes = models.PositiveIntegerField()

    class Meta:
        ordering = ("rank",)
        constraints = (models.UniqueConstraint(fields=["plan", "rank"], name="one_option_per_rank"),)

    def __str__(self) -> str:
        return self.title


class RemedyLine(models.Model):
    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="lines")
    remedy = models.CharField(max_length=64)
    title = models.CharField(max_length=200)
    amount = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    level = models.CharField(max_length=16)
    voluntary = models.BooleanField(default=False)
    policy_right = models.BooleanField(default=False)
    proof = models.CharField(max_length=24, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (models.CheckConstraint(condition=models.Q(amount__gte=0), name="a_remedy_costs_no_less_than_0"),)

    def __str__(self) -> str:
        return self.title


class OptionAnswer(models.Model):
    """How one option answers one demand, or why it departs from it (S1-35)."""

    option = models.ForeignKey(Option, on_delete=models.PROTECT, related_name="answers")
    demand = models.ForeignKey(Demand, on_delete=models.PROTECT, related_name="+")
    text = models.CharField(max_length=300)
    deviation = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["option", "demand"], name="one_answer_per_demand"),)

    def __str__(self) -> str:
        return self.text


class Approval(models.Model):
    """A plan before a supervisor or leader: to be approved before, or looked at after (AMB-05)."""

    class Decision(models.TextChoices):
        PENDING = "pending", _("Pending")
        APPROVED = "approved", _("Approved")
        RETURNED = "returned", _("Returned")
        REVIEWED = "reviewed", _("Reviewed afterwards")
        OBJECTED = "objected", _("Objected afterwards")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="approvals")
    plan = models.ForeignKey(Plan, on_delete=models.PROTECT, related_name="approvals")
    afterwards = models.BooleanField(default=False)
    needed_role = models.CharField(max_length=16)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    decision = models.CharField(max_length=10, choices=Decision.choices, default=Decision.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    comment = models.TextField(blank=True)

    class Meta:
        ordering = ("asked_at", "id")
        indexes = (
            models.Index(
                fields=["needed_role", "asked_at"], name="approvals_open", condition=models.Q(decision="pending")
            ),
        )

    def __str__(self) -> str:
        return str(self.get_decision_display())


class AuthorityUse(models.Model):
    """Money promised on somebody's authority; the sum of a period is his spent budget (S2-49)."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="authority_uses")
    remedy = models.CharField(max_length=64)
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    goodwill = models.BooleanField(default=False)
    at = models.DateTimeField()

    class Meta:
        indexes = (models.Index(fields=["person", "remedy", "at"], name="authority_spent"),)
        constraints = (
            models.UniqueConstraint(
                fields=["complaint", "remedy"], condition=models.Q(goodwill=True), name="goodwill_once_per_case"
            ),
        )

    def __str__(self) -> str:
        return f"{self.remedy} {self.amount}"
