"""What the health page asks of the queue."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, QuerySet

from huiyin.queue.models import Job, Status, Worker

SILENT_AFTER = timedelta(seconds=60)


@dataclass(frozen=True)
class Health:
    """How far behind the queue is, and who is working on it."""

    late: int
    oldest_due_at: datetime | None
    dead: int
    workers_alive: int
    last_beat_at: datetime | None


def health(at: datetime) -> Health:
    """Count jobs that are late, jobs given up, and workers heard from in the last minute."""
    late = Job.objects.filter(take_at__lte=at).aggregate(number=Count("pk"), oldest=Min("take_at"))
    workers = Worker.objects.filter(stopped_at=None)
    last = workers.order_by("-beat_at").values_list("beat_at", flat=True).first()
    alive = workers.filter(Q(beat_at__gt=at - SILENT_AFTER)).count()
    return Health(late["number"], late["oldest"], dead_jobs().count(), alive, last)


def dead_jobs() -> QuerySet[Job]:
    """Give the jobs that were given up, newest first; their error says why."""
    return Job.objects.filter(status=Status.DEAD).order_by("-id")
