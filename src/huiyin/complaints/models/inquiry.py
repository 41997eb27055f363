"""Establishing what happened: tasks, evidence, causes, the finding."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models.case import Complaint
from huiyin.files.models import StoredFile
from huiyin.people.models import Department


class Task(models.Model):
    class Kind(models.TextChoices):
        INVESTIGATE = "investigate", _("Investigate")
        COORDINATE = "coordinate", _("Coordination meeting")
        THIRD_PARTY = "third_party", _("Ask a third party")
        HELP = "help", _("Help from a superior")
        TRIAGE = "triage", _("Decide how to handle it")
        VISIT = "visit", _("See whether it is true")
        OTHER = "other", _("Other")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        DONE = "done", _("Done")
        BOUNCED = "bounced", _("Sent back")
        CANCELLED = "cancelled", _("Cancelled")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="tasks")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=Kind.choices)
    title = models.CharField(max_length=200)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    assignee = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    made_at = models.DateTimeField()
    due_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    acknowledged_at = models.DateTimeField(null=True, blank=True)
    bounce_count = models.PositiveSmallIntegerField(default=0)
    result = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("due_at", "id")
        indexes = (
            models.Index(fields=["assignee", "due_at"], name="open_tasks_of", condition=Q(status="open")),
            models.Index(fields=["due_at"], name="tasks_to_watch", condition=Q(status="open") & Q(breached_at=None)),
        )

    def __str__(self) -> str:
        return self.title or str(self.get_kind_display())


class Evidence(models.Model):
    """One piece of proof (S0-15). It is struck out with a reason, never edited and never removed."""

    class Kind(models.TextChoices):
        ORDER_RECORD = "order_record", _("Order record")
        SERVICE_LOG = "service_log", _("Service log")
        TEST_REPORT = "test_report", _("Test report")
        INTERVIEW = "interview", _("Interview with a colleague")
        OUTBOUND_VIDEO = "outbound_video", _("Outbound inspection video")
        DELIVERY_RECORD = "delivery_record", _("Delivery record")
        PHOTO = "photo", _("Photograph")
        CUSTOMER_PHOTO = "customer_photo", _("Customer's photograph")
        CUSTOMER_ACCOUNT = "customer_account", _("The customer's own account")
        THIRD_PARTY = "third_party", _("Answer of a third party")
        FIELD_VISIT = "field_visit", _("Visit on the spot")
        APPRAISAL = "appraisal", _("Appraisal")

    # What the customer says is weighed, but does not count as independent proof (S0-14).
    STATEMENTS = (Kind.CUSTOMER_ACCOUNT, Kind.PHOTO, Kind.CUSTOMER_PHOTO)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="evidence")
    round = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=18, choices=Kind.choices)
    title = models.CharField(max_length=200)
    source = models.CharField(max_length=200)
    how = models.CharField(max_length=300, blank=True)
    obtained_at = models.DateTimeField()
    note = models.TextField(blank=True)
    file = models.ForeignKey(StoredFile, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    file_sha256 = models.CharField(max_length=64, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    added_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ("obtained_at", "id")

    def __str__(self) -> str:
        return self.title

    @property
    def independent(self) -> bool:
        return self.kind not in self.STATEMENTS and self.struck_at is None


class CauseVerdict(models.Model):
    """One cause of the checklist ruled in or out (S0-33)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="causes")
    round = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=64)
    ruled_in = models.BooleanField()
    grounds = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["complaint", "round", "cause"], name="one_verdict_per_cause_and_round"),
        )

    def __str__(self) -> str:
        return self.cause


class Side(models.TextChoices):
    COMPANY = "company", _("The company")
    PARTNER = "partner", _("A partner or merchant")
    THIRD_PARTY = "third_party", _("A third party we engaged")
    HANDLING = "handling", _("The handling of the complaint itself")
    CUSTOMER = "customer", _("The customer")


class Finding(models.Model):
    """What was established in one round (S1-34); fixed once issued."""

    # AMB-38: partners, engaged third parties and the handling itself are the company's side.
    COMPANY_SIDES = (Side.COMPANY, Side.PARTNER, Side.THIRD_PARTY, Side.HANDLING)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="findings")
    round = models.PositiveSmallIntegerField()
    cause = models.CharField(max_length=64)
    secondary_cause = models.CharField(max_length=64, blank=True)
    side = models.CharField(max_length=12, choices=Side.choices)
    reasons_sufficient = models.BooleanField()
    demand_reasonable = models.BooleanField()
    grounds = models.TextField()
    within_control = models.BooleanField(default=True)
    no_person_reason = models.CharField(max_length=300, blank=True)
    loss = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    recovered = models.DecimalField(max_digits=14, decimal_places=2, default=0)
    issued_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    issued_at = models.DateTimeField()
    override_reason = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("round",)
        constraints = (models.UniqueConstraint(fields=["complaint", "round"], name="one_finding_per_round"),)
        indexes = (models.Index(fields=["issued_at"], name="findings_by_day"),)

    def __str__(self) -> str:
        return self.cause

    @property
    def company_side(self) -> bool:
        return self.side in self.COMPANY_SIDES

    @property
    def founded(self) -> bool:
        return self.reasons_sufficient and self.company_side


class ResponsiblePerson(models.Model):
    finding = models.ForeignKey(Finding, on_delete=models.PROTECT, related_name="responsible")
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    name = models.CharField(max_length=120)
    part = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return self.name
