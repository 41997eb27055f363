"""Promises and clocks as rows, and the packs a case stands under."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models.case import Complaint
from huiyin.policy.models import PackVersion


class PromiseKind(models.TextChoices):
    SPOKEN = "spoken", _("Promise to the customer")
    STAGE = "stage", _("Stage clock")
    CASE = "case", _("Whole case clock")
    LEGAL = "legal", _("Legal or contract clock")


class MetBy(models.TextChoices):
    MESSAGE = "message", _("A message to the customer")
    MOVE = "move", _("The next step")
    EVENT = "event", _("A named event")


class PromiseStatus(models.TextChoices):
    OPEN = "open", _("Running")
    KEPT = "kept", _("Kept")
    BREACHED = "breached", _("Broken")
    REPLACED = "replaced", _("Replaced by another")
    MOOT = "moot", _("No longer needed")
    PAUSED = "paused", _("Paused")


class CasePack(models.Model):
    """A pack version a case stands under; exactly one base, frozen when attached (ENG-13)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="packs")
    version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+")
    base = models.BooleanField(default=True)
    attached_at = models.DateTimeField()
    start_event = models.CharField(max_length=48)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=["complaint"], condition=Q(base=True), name="exactly_one_base_pack"),
            models.UniqueConstraint(fields=["complaint", "version"], name="a_pack_attaches_once"),
        )

    def __str__(self) -> str:
        return str(self.version)


class Promise(models.Model):
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="promises")
    kind = models.CharField(max_length=8, choices=PromiseKind.choices)
    met_by = models.CharField(max_length=8, choices=MetBy.choices)
    code = models.CharField(max_length=64)
    what = models.CharField(max_length=300, blank=True)
    round = models.PositiveSmallIntegerField(default=1)
    pack_version = models.ForeignKey(PackVersion, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    made_at = models.DateTimeField()
    start_at = models.DateTimeField()
    target_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField()
    provisional = models.BooleanField(default=False)
    # A window of the customer's (a right to return) is shown and ends, but is nobody's breach.
    ours = models.BooleanField(default=True)
    why = models.JSONField(default=dict)
    status = models.CharField(max_length=8, choices=PromiseStatus.choices, default=PromiseStatus.OPEN)
    ended_at = models.DateTimeField(null=True, blank=True)
    breached_at = models.DateTimeField(null=True, blank=True)
    kept_at = models.DateTimeField(null=True, blank=True)
    kept_early_seconds = models.IntegerField(null=True, blank=True)
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, related_name="successor", null=True, blank=True)
    replaced_reason = models.CharField(max_length=500, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    # When the worker must look again: the next warning mark, then due_at, then nothing.
    alarm_at = models.DateTimeField(null=True, blank=True)
    marks_fired = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("due_at", "id")
        indexes = (
            models.Index(fields=["alarm_at", "id"], name="open_alarms", condition=Q(status="open")),
            models.Index(fields=["complaint", "due_at"], name="promises_unended", condition=Q(ended_at=None)),
        )
        constraints = (
            models.CheckConstraint(
                condition=~Q(status="breached") | Q(breached_at__isnull=False), name="a_breach_says_when"
            ),
            models.UniqueConstraint(
                fields=["complaint", "code"],
                condition=Q(ended_at=None) & ~Q(kind="spoken"),
                name="one_running_clock_per_code",
            ),
        )

    def __str__(self) -> str:
        return f"{self.code} {self.due_at:%Y-%m-%d %H:%M}"
