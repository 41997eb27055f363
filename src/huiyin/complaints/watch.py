"""What the worker does with time: fire each warning and each breach once, in the transaction that marks it.

A killed worker leaves nothing half done; the next run finds the same rows again. Run twice, the second finds none.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import QuerySet

from huiyin.complaints import promises, rules, succession, timeline
from huiyin.complaints.models import Action, Callback, Claim, Complaint, Enquiry, Promise, PromiseStatus, Task
from huiyin.messaging import bell
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.queue import jobs
from huiyin.queue.models import Job

CLOCK = Actor.system("clock")
BATCH = 200
CHECKPOINT = "timeline.checkpoint"


def fire_due(at: datetime, *, limit: int = BATCH) -> int:
    """Fire the alarms that are due, up to `limit` promises; gives how many fired."""
    due = Promise.objects.filter(status=PromiseStatus.OPEN, alarm_at__lte=at).order_by("alarm_at", "pk")
    waiting = list(due.values_list("pk", "complaint_id")[:limit])
    fired = 0
    for complaint_id in dict.fromkeys(case for _promise, case in waiting):
        fired += _fire_case(complaint_id, [row for row, case in waiting if case == complaint_id], at)
    return fired


@transaction.atomic
def _fire_case(complaint_id: int, promise_ids: list[int], at: datetime) -> int:
    """Fire one case's alarms under its lock; a case another worker holds is left to it."""
    complaint = _lock(complaint_id)
    if complaint is None:
        return 0
    fired = 0
    rows = Promise.objects.select_for_update().filter(pk__in=promise_ids, status=PromiseStatus.OPEN, alarm_at__lte=at)
    for row in rows.order_by("due_at", "pk"):
        if at > row.due_at:
            _breach(complaint, row, at)
        elif not _warn(complaint, row, at):
            continue
        fired += 1
    return fired


def _lock(complaint_id: int) -> Complaint | None:
    skip = connection.features.has_select_for_update_skip_locked
    rows = Complaint.objects.select_for_update(skip_locked=skip, of=("self",) if skip else ())
    return rows.select_related("owner").filter(pk=complaint_id).first()


def _warn(complaint: Complaint, row: Promise, at: datetime) -> bool:
    """Fire the highest mark that has passed, then wait for the next one or for the due time."""
    passed = sum(1 for mark in promises.marks(row) if mark <= at)
    told = passed > row.marks_fired
    row.marks_fired, row.alarm_at = passed, promises.next_alarm(row, at)
    row.save(update_fields=["marks_fired", "alarm_at"])
    if not told:
        return False
    data = {"promise": row.pk, "code": row.code, "mark": row.marks_fired, "due": row.due_at}
    event = timeline.record(complaint, "promise.warned", actor=CLOCK, at=at, data=data)
    _ring(complaint, [complaint.owner], f"warned:{event.pk}", "promise.warned", at)
    return True


def _breach(complaint: Complaint, row: Promise, at: datetime) -> None:
    change = promises.breach(row, at=at)
    data = {"promise": row.pk, "code": row.code, "kind": row.kind, "due": row.due_at, "promises": [change]}
    event = timeline.record(complaint, "promise.breached", actor=CLOCK, at=at, data=data)
    _ring(complaint, [complaint.owner, *supervisors()], f"breached:{event.pk}", "promise.breached", at)


def supervisors() -> list[Person]:
    return list(Person.objects.filter(is_active=True, roles__role=Role.SUPERVISOR).order_by("pk"))


def _ring(complaint: Complaint, people: Iterable[Person], key: str, kind: str, at: datetime) -> None:
    data: dict[str, str | int] = {"number": complaint.number}
    bell.notify_all(people, kind, at=at, key=key, data=data, url=f"/desk/{complaint.number}/")


def mark_late(at: datetime, *, limit: int = BATCH) -> int:
    """Mark tasks, actions, callbacks, claims and passed-on enquiries whose time has passed (S4-33); gives how many."""
    return (
        _late_rows(Task.objects.filter(status=Task.Status.OPEN), at, limit)
        + _late_rows(Action.objects.filter(status=Action.Status.OPEN), at, limit)
        + _late_rows(Callback.objects.filter(status=Callback.Status.OPEN), at, limit)
        + _late_rows(Claim.objects.filter(ended_at=None), at, limit)
        + _late_enquiries(at, limit)
    )


def _late_rows(
    rows: "QuerySet[Task] | QuerySet[Action] | QuerySet[Callback] | QuerySet[Claim]", at: datetime, limit: int
) -> int:
    late: QuerySet[Any] = rows.filter(due_at__lt=at, breached_at=None).order_by("due_at", "pk")
    fired = 0
    for row_id, complaint_id in list(late.values_list("pk", "complaint_id")[:limit]):
        with transaction.atomic():
            complaint = _lock(complaint_id)
            row = late.filter(pk=row_id).first() if complaint else None
            if complaint is None or row is None:
                continue
            row.breached_at = at
            row.save(update_fields=["breached_at"])
            data = {"what": late.model._meta.model_name, "id": row.pk, "due": row.due_at}
            event = timeline.record(complaint, "due.breached", actor=CLOCK, at=at, data=data)
            _ring(
                complaint,
                [complaint.owner, *_charged_with(row), *supervisors()],
                f"late:{event.pk}",
                "due.breached",
                at,
            )
            fired += 1
    return fired


def _charged_with(row: "Task | Action | Callback | Claim") -> list[Person]:
    if isinstance(row, Claim):
        return [row.owner]
    return [row.assignee] if isinstance(row, Task | Action) else []


def _late_enquiries(at: datetime, limit: int) -> int:
    """A passed-on enquiry has no case; its breach is a row and a bell (S4-99)."""
    late = Enquiry.objects.filter(due_at__lt=at, answered_at=None, breached_at=None)
    fired = 0
    for enquiry_id in list(late.values_list("pk", flat=True)[:limit]):
        with transaction.atomic():
            row = Enquiry.objects.select_for_update().get(pk=enquiry_id)
            if row.breached_at is not None or row.answered_at is not None:
                continue
            row.breached_at = at
            row.save(update_fields=["breached_at"])
            data: dict[str, str | int] = {"rule": rules.ENQUIRY_IN_TIME.code}
            people = [row.owner, *supervisors()]
            bell.notify_all(people, "enquiry.breached", at=at, key=f"enquiry:{row.pk}", data=data, url="/enquiries/")
            fired += 1
    return fired


def replan_provisional(at: datetime) -> int:
    """Plan every provisional deadline again after a calendar year was loaded (ENG-06); gives how many days changed."""
    rows = Promise.objects.filter(provisional=True, ended_at=None, status=PromiseStatus.OPEN).order_by("pk")
    return sum(
        _replan(promise_id, complaint_id, at) for promise_id, complaint_id in rows.values_list("pk", "complaint_id")
    )


@transaction.atomic
def _replan(promise_id: int, complaint_id: int, at: datetime) -> bool:
    complaint = Complaint.objects.locked(complaint_id)
    row = Promise.objects.get(pk=promise_id)
    changes = succession.replan(row, at=at) if row.ended_at is None else []
    if changes:
        data = {"promise": row.pk, "code": row.code, "due": row.due_at, "reason": "calendar", "promises": changes}
        promises.refresh_next_due(complaint)
        timeline.record(complaint, "promise.replaced", actor=CLOCK, at=at, data=data)
    return bool(changes)


@jobs.register(CHECKPOINT)
def seal_the_day(_payload: jobs.Payload, *, at: datetime) -> None:
    """Write the daily checkpoint (decision 5)."""
    timeline.make_checkpoint(at=at)


def plan_checkpoint(at: datetime) -> int:
    """Ask for one checkpoint a day, whichever worker asks first."""
    key = f"{CHECKPOINT}:{at.date()}"
    if Job.objects.filter(key=key).exists():
        return 0
    jobs.enqueue(CHECKPOINT, {}, key=key, run_at=at)
    return 1


def run(at: datetime) -> int:
    """One turn of the watch; the worker calls it again at once while it returns work done."""
    return fire_due(at) + mark_late(at)
