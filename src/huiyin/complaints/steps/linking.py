"""Cases that belong together: merged into one, taken apart again, or linked as a repeat."""

from datetime import datetime
from functools import reduce
from operator import or_

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, loose_ends, next_news, participation, promises, rules, succession
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Action, Complaint, Event, PromiseKind
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import BEFORE_EXECUTION, State
from huiyin.people.actors import Actor
from huiyin.people.models import Identity
from huiyin.rules import Refusal


class NotMergeable(Refusal):
    rule = rules.SAME_MATTER_ONCE
    sentence = _("These two cases cannot be merged: both must be open, neither merged, and a reason given.")
    unblock = _("Choose the open case that goes on, and write why they are one matter.")


class AnotherCustomer(Refusal):
    rule = rules.SAME_MATTER_ONCE
    sentence = _("The two cases belong to different customers; who complained here would hear nothing any more.")
    unblock = _("Keep both cases and handle them side by side.")


class BegunToCarryOut(Refusal):
    rule = rules.SAME_MATTER_ONCE
    sentence = _("In this case something was chosen or granted that must be carried out here.")
    unblock = _("Merge the other case into this one.")


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

    The merged case stops: its clocks become moot, its open tasks are cancelled and it no longer moves. What was
    promised to the customer in it is promised on, with the same due time, in the case that goes on; where that time
    has passed already, he is promised news. Refuses cases of two customers, and one that is to be carried out.
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
    if refusal := lifecycle.own_matter(target, actor):
        raise refusal
    _require_one_customer(complaint, target)
    if complaint.state not in BEFORE_EXECUTION or complaint.actions.filter(status=Action.Status.OPEN).exists():
        raise BegunToCarryOut(missing=("into",))
    running = promises.running_spoken(complaint)
    spoken = [row for row in running if row.due_at > at]
    complaint.merged_into = target
    complaint.save(update_fields=["merged_into"])
    dropped = promises.drop(complaint, at=at, kinds=PromiseKind)
    data = {"into": target.pk, "promises": dropped, **loose_ends.cancel_tasks(complaint)}
    promises.set_next_due(complaint)
    lifecycle.happen(complaint, "case.merged", actor=actor, at=at, detail=Detail(data, {"reason": reason}))
    taken = [
        change for row in spoken for change in promises.speak(target, promises.Spoken(row.what, row.due_at), at=at)
    ]
    if len(spoken) < len(running):
        taken += next_news.promise(target, at=at)
    promises.set_next_due(target)
    detail = Detail({"merged": complaint.pk, "promises": taken}, {"reason": reason})
    lifecycle.happen(target, "case.linked", actor=actor, at=at, detail=detail)
    return target


def _require_one_customer(complaint: Complaint, target: Complaint) -> None:
    """The same customer, or two records of one: an equal telephone, address or account."""
    if complaint.customer_id == target.customer_id:
        return
    known = Identity.objects.filter(customer=target.customer_id).values_list("kind", "normalized")
    same = [Q(kind=kind, normalized=normalized) for kind, normalized in known]
    if not same or not Identity.objects.filter(reduce(or_, same), customer=complaint.customer_id).exists():
        raise AnotherCustomer(missing=("into",))


def _goes_on(target: Complaint) -> bool:
    return target.merged_into_id is None and target.state != State.CLOSED


@transaction.atomic
def unmerge(complaint_id: int, *, reason: str, actor: Actor, at: datetime) -> Complaint:
    """Undo a merge: the case goes on where it stood, and its clocks run again to the same due times.

    So do promises to the customer whose time lies ahead; the other case keeps what it promised meanwhile.
    """
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
    changes = succession.revive_stopped(event, at=at)
    promises.set_next_due(complaint)
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
