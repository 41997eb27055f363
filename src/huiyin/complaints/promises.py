"""Promises as rows (decision 3): made, kept, broken, replaced. `due_at` never changes.

Every function works inside the caller's transaction on a locked case and gives the changes it made as plain
dictionaries; the caller writes them into the event that caused them, so the timeline alone can rebuild them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.models import (
    Action,
    Callback,
    Complaint,
    MetBy,
    Promise,
    PromiseKind,
    PromiseStatus,
    Task,
)
from huiyin.complaints.spelling import spelled_in
from huiyin.complaints.states import State
from huiyin.people.models import Person
from huiyin.policy import clocks
from huiyin.policy.packs import store
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal

Change = dict[str, Any]
JUST_AFTER = timedelta(seconds=1)


class PromiseInThePast(Refusal):
    rule = rules.PROMISE_AHEAD
    sentence = _("A promise must lie ahead; %(due)s has passed.")
    unblock = _("Name a later time.")


class PromiseNotRunning(Refusal):
    rule = rules.PROMISE_OPEN
    sentence = _("The promise is not running any more.")
    unblock = _("Choose a promise that is still running.")


class ReplacementWithoutReason(Refusal):
    rule = rules.REASON_TO_REPLACE
    sentence = _("A new time needs a reason.")
    unblock = _("Write why the first time cannot be held.")


@dataclass(frozen=True)
class Spoken:
    """What is promised to the customer, and by when."""

    what: str
    due_at: datetime


@dataclass(frozen=True)
class Under:
    """The pack versions a case stands under, as they were when attached."""

    base: int
    overlays: tuple[int, ...] = ()

    @property
    def pack(self) -> Pack:
        """The base with its overlays laid upon it."""
        return store.combined(self.base, self.overlays)

    def setting(self, clock_code: str) -> int:
        """The version that sets this clock: the last overlay that names it, else the base."""
        naming = [one for one in self.overlays if any(clock.code == clock_code for clock in store.parsed(one).clocks)]
        return naming[-1] if naming else self.base


def under(complaint: Complaint) -> Under:
    """The versions attached to a case; asked once for each row in hand."""
    prefetch_related_objects([complaint], "packs")
    rows = sorted(complaint.packs.all(), key=lambda row: (not row.base, row.pk))
    base, *overlays = [row.version_id for row in rows]
    return Under(base, tuple(overlays))


def pack_of(complaint: Complaint) -> Pack:
    """The rules the case stands under: its base pack with its overlays laid upon it, as they were when attached."""
    return under(complaint).pack


base_pack = pack_of


def speak(complaint: Complaint, spoken: Spoken, *, at: datetime) -> list[Change]:
    """Make a promise to the customer; only a message to him can keep it (S2-24). Refuses a past time."""
    if spoken.due_at <= at:
        raise PromiseInThePast(due=spelled_in(pack_of(complaint).zone, spoken.due_at, at))
    why = clocks.spoken(at, spoken.due_at)
    row = Promise(
        complaint=complaint,
        kind=PromiseKind.SPOKEN,
        met_by=MetBy.MESSAGE,
        code="spoken",
        what=spoken.what,
        round=complaint.round,
        made_at=at,
        start_at=at,
        due_at=spoken.due_at,
        why=why,
    )
    return [start(row, at)]


def start(row: Promise, at: datetime) -> Change:
    """Save a new promise and let the worker know when to look at it."""
    row.alarm_at = next_alarm(row, at) if row.ours else None
    row.save(force_insert=True)
    return started(row)


def start_all(rows: Iterable[Promise], at: datetime) -> list[Change]:
    """Save new promises by one statement."""
    new = list(rows)
    for row in new:
        row.alarm_at = next_alarm(row, at) if row.ours else None
    return [started(row) for row in Promise.objects.bulk_create(new)]


def started(row: Promise) -> Change:
    """How an event tells of a promise that began with it."""
    return {
        "promise": row.pk,
        "to": PromiseStatus.OPEN.value,
        "kind": str(row.kind),
        "code": row.code,
        "due": row.due_at,
        "replaces": row.replaces_id,
    }


def next_alarm(row: Promise, at: datetime) -> datetime:
    """When the worker must look next: at the first mark ahead, else just after the due time, itself still in time."""
    return next((mark for mark in marks(row) if mark > at), row.due_at + JUST_AFTER)


def marks(row: Promise) -> list[datetime]:
    return [datetime.fromisoformat(mark) for mark in row.why.get("marks", [])]


def keep(row: Promise, *, at: datetime) -> Change:
    """End a promise that was met; met too late it stays broken, with the time it was met at last."""
    if row.ended_at is not None:
        raise PromiseNotRunning()
    late = is_late(row, at)
    row.status = PromiseStatus.BREACHED if late else PromiseStatus.KEPT
    row.breached_at = row.breached_at or (row.due_at if late else None)
    row.kept_at, row.ended_at, row.alarm_at = at, at, None
    row.kept_early_seconds = int((row.due_at - at).total_seconds())
    row.save(update_fields=["status", "breached_at", "kept_at", "ended_at", "alarm_at", "kept_early_seconds"])
    return changed(row, met=True)


def is_late(row: Promise, at: datetime) -> bool:
    """Whether a promise of ours is broken at this time, marked or not yet; a clock that stands still is not."""
    passed = row.status != PromiseStatus.PAUSED and at > row.due_at
    return row.ours and (row.breached_at is not None or passed)


def keep_spoken(complaint: Complaint, promise_ids: Iterable[int], *, at: datetime) -> list[Change]:
    """Keep these promises to the customer by the message being sent now."""
    wanted = set(promise_ids)
    rows = list(Promise.objects.select_for_update().filter(complaint=complaint, pk__in=wanted, ended_at=None))
    if len(rows) != len(wanted) or any(row.kind != PromiseKind.SPOKEN for row in rows):
        raise PromiseNotRunning()
    return [keep(row, at=at) for row in rows]


def breach(row: Promise, *, at: datetime) -> Change:
    """Mark a running promise as broken: it stays running, visibly late, until it is met or replaced."""
    row.status, row.breached_at, row.alarm_at = PromiseStatus.BREACHED, at, None
    row.save(update_fields=["status", "breached_at", "alarm_at"])
    return changed(row)


def replace(
    row: Promise, *, due_at: datetime, reason: str, approver: Person | None, at: datetime, what: str = ""
) -> list[Change]:
    """End a promise for another time and keep both in sight: the old one with the reason, the new one after it."""
    if row.ended_at is not None:
        raise PromiseNotRunning()
    if not reason.strip():
        raise ReplacementWithoutReason()
    if due_at <= at:
        raise PromiseInThePast(due=spelled_in(pack_of(row.complaint).zone, due_at, at))
    was_late = is_late(row, at)
    row.status = PromiseStatus.BREACHED if was_late else PromiseStatus.REPLACED
    row.breached_at = row.breached_at or (row.due_at if was_late else None)
    row.ended_at, row.alarm_at, row.replaced_reason, row.approved_by = at, None, reason, approver
    row.save(update_fields=["status", "breached_at", "ended_at", "alarm_at", "replaced_reason", "approved_by"])
    successor = Promise(
        complaint_id=row.complaint_id,
        kind=row.kind,
        met_by=row.met_by,
        code=row.code,
        what=what or row.what,
        round=row.round,
        pack_version_id=row.pack_version_id,
        made_at=at,
        start_at=at,
        due_at=due_at,
        why={**row.why, **clocks.spoken(at, due_at), "replaced": reason},
        replaces=row,
    )
    return [changed(row), start(successor, at)]


def drop(complaint: Complaint, *, at: datetime, kinds: Iterable[PromiseKind]) -> list[Change]:
    """End what no longer has a purpose (a withdrawn case): said to be moot, unless it was broken by then."""
    return end(Promise.objects.filter(complaint=complaint, ended_at=None, kind__in=list(kinds)), at=at)


def end(rows: Iterable[Promise], *, at: datetime) -> list[Change]:
    """End running promises as moot, or as broken where their time has passed; the caller brings the due time up."""
    changes = []
    for row in rows:
        late = is_late(row, at)
        row.status = PromiseStatus.BREACHED if late else PromiseStatus.MOOT
        row.breached_at = row.breached_at or (row.due_at if late else None)
        row.ended_at, row.alarm_at = at, None
        row.save(update_fields=["status", "breached_at", "ended_at", "alarm_at"])
        changes.append(changed(row))
    return changes


def changed(row: Promise, *, met: bool = False) -> Change:
    return {"promise": row.pk, "to": str(row.status), "ended": row.ended_at is not None, "met": met}


def belong_to_round(complaint: Complaint, changes: Iterable[Change]) -> None:
    """Count what was just promised to the round that begins with it."""
    made = [change["promise"] for change in changes if change["to"] == PromiseStatus.OPEN]
    Promise.objects.filter(complaint=complaint, pk__in=made, ended_at=None).update(round=complaint.round)


def running(complaint: Complaint) -> list[Promise]:
    """Every promise and clock that has not ended, the nearest first."""
    return list(Promise.objects.filter(complaint=complaint, ended_at=None))


def running_spoken(complaint: Complaint) -> list[Promise]:
    return list(Promise.objects.filter(complaint=complaint, ended_at=None, kind=PromiseKind.SPOKEN))


def ahead(complaint: Complaint, at: datetime) -> list[Promise]:
    """What was promised to the customer for a time still ahead; a broken promise tells him nothing any more."""
    return [row for row in running_spoken(complaint) if row.due_at > at]


def refresh_next_due(complaint: Complaint) -> None:
    """Bring the case's nearest due time up to date and write it; the queue sorts by it alone."""
    before = complaint.next_due_at
    set_next_due(complaint)
    if complaint.next_due_at != before:
        complaint.save(update_fields=["next_due_at"])


def set_next_due(complaint: Complaint, rows: Iterable[Promise] | None = None) -> None:
    """The same for a caller whose event writes it; `rows` are the promises that run, where they have been read.

    An open case always has one: with nothing running it is due since it stands where it stands (S4-33, S4-34).
    """
    if complaint.state == State.CLOSED or complaint.merged_into_id is not None:
        complaint.next_due_at = None
        return
    counting = [row.due_at for row in rows or () if row.ours and row.status != PromiseStatus.PAUSED]
    complaint.next_due_at = min([*counting, *_other_dues(complaint, rows is None)], default=complaint.stage_since)


def _other_dues(complaint: Complaint, with_promises: bool) -> list[datetime]:
    """When what is to be done in the case is due, in one query; the promises too where nobody has read them yet."""
    tables = [
        Task.objects.filter(complaint=complaint, status=Task.Status.OPEN),
        Action.objects.filter(complaint=complaint, status=Action.Status.OPEN),
        Callback.objects.filter(complaint=complaint, status=Callback.Status.OPEN),
    ]
    first, *others = [rows.order_by().values_list("due_at", flat=True) for rows in tables]
    if with_promises:
        ours = Promise.objects.filter(complaint=complaint, ended_at=None, ours=True)
        others.append(ours.exclude(status=PromiseStatus.PAUSED).order_by().values_list("due_at", flat=True))
    return list(first.union(*others, all=True))
