"""Rows of the append-only timeline; the database refuses to change or delete them (migration 0002)."""

from django.conf import settings
from django.db import models

from huiyin.complaints.models.case import Complaint


class Event(models.Model):
    complaint = models.ForeignKey(Complaint, on_delete=models.PROTECT, related_name="events")
    number = models.PositiveIntegerField()
    kind = models.CharField(max_length=48)
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=10)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", null=True, blank=True
    )
    actor_name = models.CharField(max_length=40, blank=True)
    data = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("complaint_id", "number")
        constraints = (models.UniqueConstraint(fields=["complaint", "number"], name="events_are_numbered"),)
        indexes = (models.Index(fields=["kind", "at"], name="events_by_kind"),)

    def __str__(self) -> str:
        return f"{self.number} {self.kind}"


class EventText(models.Model):
    """Personal words beside an event: erasing the row leaves the chain provable (architecture decision 5)."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="texts")
    name = models.CharField(max_length=32)
    text = models.TextField()
    salt = models.CharField(max_length=32)

    class Meta:
        constraints = (models.UniqueConstraint(fields=["event", "name"], name="one_text_per_name"),)

    def __str__(self) -> str:
        return self.name


class Checkpoint(models.Model):
    """A daily seal over the heads of all cases, chained to the one before."""

    made_at = models.DateTimeField()
    last_event_id = models.BigIntegerField()
    cases = models.PositiveIntegerField()
    events = models.PositiveBigIntegerField()
    head_of_heads = models.CharField(max_length=64)
    previous_hash = models.CharField(max_length=64, blank=True)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return str(self.pk)
