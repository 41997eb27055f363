"""Who calls and how: special callers, a conversation handed to a superior, hard conduct, what is told of wide cases."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models.case import Channel, Complaint
from huiyin.complaints.models.conversation import Interaction
from huiyin.complaints.models.inquiry import Task


class Caller(models.Model):
    """What kind of caller it is, as somebody noted; the newest note holds (S2-48)."""

    class Kind(models.TextChoices):
        ORDINARY = "ordinary", _("Ordinary customer")
        MEDIA = "media", _("Media")
        RIGHTS = "rights", _("Claims rights")
        HELP = "help", _("Asks for help")
        HARASSMENT = "harassment", _("Harassment")

    SPECIAL = (Kind.MEDIA, Kind.RIGHTS, Kind.HELP, Kind.HARASSMENT)

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="callers")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    note = models.CharField(max_length=300)
    # The sensitive day it fell on, by its name in the pack; nothing on other days.
    sensitive_day = models.CharField(max_length=120, blank=True)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("noted_at", "id")

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Handover(models.Model):
    """The conversation handed to a superior, with the customer's consent or in an emergency (S2-52, AMB-18)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="handovers")
    to = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="handover")
    consent = models.BooleanField()
    said = models.CharField(max_length=300, blank=True)
    via = models.CharField(max_length=12, choices=Channel.choices)
    emergency = models.CharField(max_length=300, blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M}"


class Conduct(models.Model):
    """Hard conduct of a caller: proposed by anybody, in force only by a supervisor, looked at again, ended (S4-11).

    It says how we speak with him; whatever he is owed stays owed (AMB-01).
    """

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        IN_FORCE = "in_force", _("In force")
        DECLINED = "declined", _("Declined")
        ENDED = "ended", _("Ended")

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="conducts")
    described = models.CharField(max_length=500)
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    status = models.CharField(max_length=8, choices=Status.choices, default=Status.PROPOSED)
    measures = models.CharField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    decided_at = models.DateTimeField(null=True, blank=True)
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    expires_at = models.DateTimeField(null=True, blank=True)
    appeal = models.CharField(max_length=500, blank=True)
    appealed_at = models.DateTimeField(null=True, blank=True)
    appeal_upheld = models.BooleanField(null=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    comment = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ("proposed_at", "id")
        indexes = (models.Index(fields=["expires_at"], name="conduct_to_end", condition=Q(status="in_force")),)
        constraints = (
            models.UniqueConstraint(
                fields=["complaint"], condition=Q(status__in=("proposed", "in_force")), name="one_conduct_per_case"
            ),
        )

    def __str__(self) -> str:
        return self.described


class ScopeNotice(models.Model):
    """What the customer of a wide case was told: how we handle it and what we improve (S4-121)."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="scope_notices")
    interaction = models.OneToOneField(Interaction, on_delete=models.PROTECT, related_name="+")
    handling = models.CharField(max_length=500)
    improvement = models.CharField(max_length=500)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return self.handling


class AdvertisedPromise(models.Model):
    """A promise of our advertising that customers took at its word in several cases: marketing is asked (S3-22)."""

    key = models.CharField(max_length=120, unique=True)
    promise = models.CharField(max_length=300)
    opened_at = models.DateTimeField()
    answer = models.CharField(max_length=500, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-opened_at", "-id")

    def __str__(self) -> str:
        return self.promise
