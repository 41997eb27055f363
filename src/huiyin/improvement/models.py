"""Improvement items, signals and reports of grouped complaints."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Complaint, Enquiry
from huiyin.people.models import Department

PERSON: dict[str, Any] = {"to": settings.AUTH_USER_MODEL, "on_delete": models.PROTECT, "related_name": "+"}


class Item(models.Model):
    """One thing that is to change, from any case or from daily work (S2-16)."""

    class Status(models.TextChoices):
        PROPOSED = "proposed", _("Proposed")
        ACCEPTED = "accepted", _("Accepted")
        IN_PROGRESS = "in_progress", _("In progress")
        VERIFIED = "verified", _("Verified")
        REJECTED = "rejected", _("Rejected")

    OPEN = (Status.PROPOSED, Status.ACCEPTED, Status.IN_PROGRESS)

    title = models.CharField(max_length=200)
    description = models.TextField()
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.PROPOSED)
    proposed_by = models.ForeignKey(**PERSON)
    proposed_at = models.DateTimeField()
    owner = models.ForeignKey(**PERSON, null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(**PERSON, null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    # What was checked and found, or why it was rejected.
    conclusion = models.TextField(blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-proposed_at", "-id")
        indexes = (models.Index(fields=["due_at", "id"], name="improvement_open", condition=Q(ended_at=None)),)

    def __str__(self) -> str:
        return self.title


class Signal(models.Model):
    """Slight dissatisfaction, seen before it is a complaint (S2-18)."""

    class Kind(models.TextChoices):
        REPEATED = "repeated", _("Came again within a day")
        NOTICED = "noticed", _("Noticed by staff")

    class Status(models.TextChoices):
        OPEN = "open", _("Open")
        PREVENTED = "prevented", _("Settled before a complaint")
        COMPLAINT = "complaint", _("Became a complaint")
        NOTHING = "nothing", _("Nothing behind it")

    kind = models.CharField(max_length=10, choices=Kind.choices)
    matter = models.CharField(max_length=300)
    enquiry = models.ForeignKey(Enquiry, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    owner = models.ForeignKey(**PERSON)
    raised_at = models.DateTimeField()
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    done = models.TextField(blank=True)
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="+", null=True, blank=True)
    ended_by = models.ForeignKey(**PERSON, null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    # The two contacts that raised it, so that a sweep run twice raises it once.
    key = models.CharField(max_length=80, unique=True)

    class Meta:
        ordering = ("-raised_at", "-id")
        indexes = (models.Index(fields=["status", "-raised_at"], name="improvement_signals"),)

    def __str__(self) -> str:
        return self.matter


class GroupReport(models.Model):
    """Frequent complaints, grouped and reported (S2-17); its figures are frozen as they were sent."""

    begins_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    lines = models.JSONField()
    remark = models.TextField(blank=True)
    made_by = models.ForeignKey(**PERSON)
    made_at = models.DateTimeField()

    class Meta:
        ordering = ("-made_at", "-id")

    def __str__(self) -> str:
        return f"{self.begins_at:%Y-%m-%d} {self.ends_at:%Y-%m-%d}"

    @property
    def last_at(self) -> datetime:
        """A moment of its last day; the end itself is no longer part of it."""
        return self.ends_at - timedelta(seconds=1)


class Delivery(models.Model):
    """Who received a report, when, and when it was read."""

    report = models.ForeignKey(GroupReport, on_delete=models.PROTECT, related_name="deliveries")
    person = models.ForeignKey(**PERSON)
    delivered_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["report", "person"], name="improvement_delivered_once"),)

    def __str__(self) -> str:
        return f"{self.report_id} {self.person_id}"
