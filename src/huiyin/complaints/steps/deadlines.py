"""More time for a clock of the rules: as often as the pack allows, by the role it names, told in time (ENG-10)."""

from datetime import datetime

from django.db import transaction

from huiyin.complaints import conversation, lifecycle, participation, promises, succession
from huiyin.complaints.conversation import Say
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint, Promise
from huiyin.complaints.states import Seat
from huiyin.complaints.succession import NotExtendable, Permission
from huiyin.people.actors import Actor

DECIDERS = {Seat.SUPERVISOR: "complaint.approve", Seat.LEADER: "complaint.approve"}


@transaction.atomic
def extend_deadline(promise_id: int, words: Say, *, reason: str, actor: Actor, at: datetime) -> Promise:
    """Give a clock more time and tell the customer so before it is over; gives the clock that runs on.

    The first clock stays in sight with the reason and the approver. Refuses a clock the pack does not let be
    extended (again), one that is over, another role than the pack names, and a missing reason.
    """
    case_id = Promise.objects.values_list("complaint_id", flat=True).get(pk=promise_id)
    complaint = Complaint.objects.locked(case_id)
    participation.require_state(complaint)
    participation.require(complaint, DECIDERS, actor=actor, at=at)
    row = Promise.objects.select_for_update().get(pk=promise_id)
    if row.ended_at is not None:
        raise promises.PromiseNotRunning()
    if actor.person is None:
        raise NotExtendable()
    told = conversation.tell(complaint, words, actor=actor, at=at, move="")
    changes = succession.extend(row, Permission(actor.person, reason), at=at)
    successor = Promise.objects.get(replaces=row)
    data = {
        "promise": row.pk,
        "code": row.code,
        "due": successor.due_at,
        "promises": [*told.changes, *changes],
        "told": True,
        "interaction": told.interaction_id,
        "said": told.said,
        "signals": ["message.out"],
    }
    lifecycle.happen(complaint, "promise.extended", actor=actor, at=at, detail=Detail(data, {"reason": reason}))
    return successor
