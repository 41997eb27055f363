"""Cases that belong together: merged into one, taken apart again, or linked as a repeat."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, participation, promises, rules, succession
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint, Event, Promise, PromiseKind
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import State
from huiyin.people.actors import Actor
from huiyin.rules import Refusal


class NotMergeable(Refusal):
    rule = rules.SAME_MATTER_ONCE
    sentence = _("These two cases cannot be merged: both must be open, neither merged, and a reason given.")
    unblock = _("Choose the open case that goes on, and write why they are one matter.")


class NotMerged(Refusal):
    rule = rules.SAME_MATTER_ONCE
    sentence = _("This case was not merged into another.")
    unblock = _("Reload the case.")


class NotEarlier(Refusal):
    rule = rules.EARLIER_CASE
    sentence = _("A repeat complaint points to another case that was received before it.")
    unblock = _("Choose the earlier case.")


@transaction.atomic
def merge(complaint_id: int, *, into: int, reason: str, actor: Actor, at: datetime) -> Complaint:
    """Let one case go on in another (decision: merged = `merged_into`); gives the case that goes on.

    The merged case stops: its clocks become moot and it no longer moves. What was promised to the customer in it is
    promised on, with the same due time, in the case that goes on.
    """
    first, second = sorted((complaint_id, into))
    held = {row.pk: row for row in (Complaint.objects.locked(first), Complaint.objects.locked(second))}
    complaint, target = held[complaint_id], held[into]
    participation.require_state(complaint)
    participation.require(complaint, keepers("complaint.link"), actor=actor, at=at)
    if complaint.pk == target.pk or not _goes_on(target) or not reason.strip():
        raise NotMergeable(missing=("into", "reason"))
    if Complaint.objects.filter(merged_into=complaint).exists():
        raise NotMergeable(missing=("into",))
    spoken = [row for row in promises.running_spoken(complaint) if row.due_at > at]
    complaint.merged_into = target
    complaint.save(update_fields=["merged_into"])
    dropped = promises.drop(complaint, at=at, kinds=PromiseKind)
    data = {"into": target.pk, "promises": dropped}
    lifecycle.happen(complaint, "case.merged", actor=actor, at=at, detail=Detail(data, {"reason": reason}))
    taken = [
        change for row in spoken for change in promises.speak(target, promises.Spoken(row.what, row.due_at), at=at)
    ]
    promises.refresh_next_due(target)
    detail = Detail({"merged": complaint.pk, "promises": taken}, {"reason": reason})
    lifecycle.happen(target, "case.linked", actor=actor, at=at, detail=detail)
    return target


def _goes_on(target: Complaint) -> bool:
    return target.merged_into_id is None and target.state != State.CLOSED


@transaction.atomic
def unmerge(complaint_id: int, *, reason: str, actor: Actor, at: datetime) -> Complaint:
    """Undo a merge: the case goes on where it stood, and its clocks run again to the same due times."""
    complaint = Complaint.objects.locked(complaint_id)
    if complaint.merged_into is None:
        raise NotMerged()
    participation.require(complaint, keepers("complaint.link"), actor=actor, at=at)
    if not reason.strip():
        raise NotMergeable(missing=("reason",))
    target = complaint.merged_into
    complaint.merged_into = None
    complaint.save(update_fields=["merged_into"])
    event = Event.objects.filter(complaint=complaint, kind="case.merged").latest("number")
    stopped = [change["promise"] for change in event.data["promises"] if change["to"] != "breached"]
    rows = Promise.objects.filter(complaint=complaint, pk__in=stopped).exclude(kind=PromiseKind.SPOKEN)
    changes = [succession.revive(row, at=at) for row in rows]
    promises.refresh_next_due(complaint)
    data = {"from": target.pk, "promises": changes}
    lifecycle.happen(complaint, "case.unmerged", actor=actor, at=at, detail=Detail(data, {"reason": reason}))
    return complaint


@transaction.atomic
def link_repeat(complaint_id: int, *, earlier: int, actor: Actor, at: datetime) -> Complaint:
    """Say that this case repeats an earlier one; it counts as a repeat complaint from now on (S3-41, S0-50)."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, tuple(State))
    participation.require(complaint, keepers("complaint.link"), actor=actor, at=at)
    first = Complaint.objects.filter(pk=earlier).exclude(pk=complaint_id).first()
    if first is None or first.received_at > complaint.received_at or _leads_to(first, complaint):
        raise NotEarlier(missing=("earlier",))
    before, complaint.repeat_of = complaint.repeat_of_id, first
    complaint.save(update_fields=["repeat_of"])
    detail = Detail({"repeat_of": first.pk, "before": before})
    lifecycle.happen(complaint, "case.linked", actor=actor, at=at, detail=detail)
    return complaint


def _leads_to(start: Complaint, goal: Complaint) -> bool:
    """Whether following the links from `start` ends at `goal`."""
    seen: set[int] = set()
    current: Complaint | None = start
    while current is not None and current.pk not in seen:
        if current.pk == goal.pk:
            return True
        seen.add(current.pk)
        current = current.repeat_of
    return False


@transaction.atomic
def unlink_repeat(complaint_id: int, *, reason: str, actor: Actor, at: datetime) -> Complaint:
    """Take the link back when it was another matter after all."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, tuple(State))
    participation.require(complaint, keepers("complaint.link"), actor=actor, at=at)
    if complaint.repeat_of_id is None or not reason.strip():
        raise NotEarlier(missing=("reason",))
    before, complaint.repeat_of = complaint.repeat_of_id, None
    complaint.save(update_fields=["repeat_of"])
    detail = Detail({"repeat_of": None, "before": before}, {"reason": reason})
    lifecycle.happen(complaint, "case.linked", actor=actor, at=at, detail=detail)
    return complaint
