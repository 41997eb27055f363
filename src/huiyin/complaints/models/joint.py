"""Compound problems: what else a complaint is about, and the meeting in which the departments agree (S0-34)."""

from django.conf import settings
from django.db import models

from huiyin.complaints.models.case import Complaint
from huiyin.complaints.models.inquiry import Task
from huiyin.people.models import Department


class CasePart(models.Model):
    """Another category a case belongs to beside its first, with the department that answers for it."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="parts")
    category = models.CharField(max_length=64)
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    added_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["complaint", "category"], name="one_part_per_category"),)

    def __str__(self) -> str:
        return self.category


class Meeting(models.Model):
    """The record of a coordination meeting: who sat together, what was decided, what the customer is told."""

    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="meeting")
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="meetings")
    held_at = models.DateTimeField()
    summary = models.TextField(blank=True)
    # One voice: what everybody says, and only the owner says it (S0-34).
    voice = models.TextField()
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return f"{self.held_at:%Y-%m-%d %H:%M}"


class MeetingPerson(models.Model):
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="people")
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=["meeting", "person"], name="one_seat_per_meeting"),)

    def __str__(self) -> str:
        return str(self.person_id)


class MeetingDecision(models.Model):
    """What was decided, and the task that carries it out."""

    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="decisions")
    text = models.CharField(max_length=200)
    task = models.OneToOneField(Task, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text


class DirectContact(models.Model):
    """A department other than the customer's contact spoke to him after all; noted so that it does not happen again."""

    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="direct_contacts")
    department = models.ForeignKey(Department, on_delete=models.PROTECT, related_name="+")
    what = models.CharField(max_length=500)
    noted_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    noted_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.what
