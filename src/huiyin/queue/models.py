"""Two tables: what is to be done, and who is doing it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Status(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    DEAD = "dead", _("Given up")


class Job(models.Model):
    """One piece of work, written in the transaction that wants it done."""

    key = models.CharField(max_length=200, unique=True)
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    status = models.CharField(max_length=8, choices=Status, default=Status.WAITING)
    run_at = models.DateTimeField()
    # When a worker may take it: its run time, after a failure the end of the back-off, while running the lease's end.
    # Empty once there is nothing left to do, so that the index that workers ask holds open jobs only.
    take_at = models.DateTimeField(null=True)
    lease_number = models.PositiveIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0)
    done_parts = models.PositiveIntegerField(default=0)
    all_parts = models.PositiveIntegerField(null=True)
    error = models.TextField(blank=True, default="")
    finished_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=["take_at", "id"], name="job_open", condition=Q(take_at__isnull=False)),
            models.Index(fields=["id"], name="job_dead", condition=Q(status="dead")),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.status}"


class Worker(models.Model):
    """One worker process and its last sign of life."""

    name = models.CharField(max_length=120, unique=True)
    started_at = models.DateTimeField()
    beat_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True)
    jobs_done = models.PositiveBigIntegerField(default=0)
    error = models.TextField(blank=True, default="")
    error_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name
