"""What the pages about people read."""

from datetime import datetime, time, timedelta
from typing import Any

from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from huiyin.complaints.models import Complaint
from huiyin.complaints.states import State
from huiyin.interfaces.common import clock
from huiyin.people import access_log
from huiyin.people.models import AccessLog, Department, Person


def people(given: dict[str, Any]) -> QuerySet[Person]:
    """Everybody, narrowed by what the form holds, with department, roles and when last seen."""
    rows = (
        Person.objects.select_related("department")
        .prefetch_related("roles")
        .annotate(last_seen_at=Max("sign_ins__last_seen_at"))
    )
    if not given.get("gone"):
        rows = rows.filter(is_active=True)
    if given.get("q"):
        rows = rows.filter(Q(name__icontains=given["q"]) | Q(username__icontains=given["q"]))
    if given.get("role"):
        rows = rows.filter(pk__in=Person.objects.filter(roles__role=given["role"]))
    if given.get("department"):
        rows = rows.filter(department=given["department"])
    return rows.order_by("name", "pk")


def departments() -> QuerySet[Department]:
    """Every department with its head and its people."""
    return Department.objects.select_related("head").prefetch_related("people")


def open_cases_of(person: Person) -> int:
    """How many cases would be left without an owner or a handler."""
    part = Q(owner=person) | Q(handler=person)
    return Complaint.objects.filter(part, merged_into__isnull=True).exclude(state=State.CLOSED).count()


def rests(person: Person) -> bool:
    """Whether wrong passwords have put this sign-in name to rest; on real time, like the rest itself."""
    since = clock.real_now() - settings.AXES_COOLOFF_TIME
    failed = AccessAttempt.objects.filter(username=person.username, attempt_time__gt=since)
    return bool(sum(row.failures_since_start for row in failed) >= settings.AXES_FAILURE_LIMIT)


def log_entries(given: dict[str, Any]) -> QuerySet[AccessLog]:
    """The access log, narrowed by what the form holds; days are those of the reader's time zone."""
    last = given.get("to_on")
    return access_log.entries(
        person_id=given["person"].pk if given.get("person") else None,
        kind=given.get("kind", ""),
        from_at=_midnight(given.get("from_on")),
        to_at=_midnight(last + timedelta(days=1)) if last else None,
    )


def numbers_of(rows: list[AccessLog]) -> dict[int, str]:
    """The public numbers of the cases in these rows."""
    wanted = {row.complaint_id for row in rows if row.complaint_id is not None}
    return dict(Complaint.objects.filter(pk__in=wanted).values_list("pk", "number"))


def _midnight(day: Any) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time())) if day else None
