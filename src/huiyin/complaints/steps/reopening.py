"""T22: the same matter comes back within its window, and the case goes on where it ended."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import conversation, lifecycle, rules, succession
from huiyin.complaints.conversation import Words
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint
from huiyin.complaints.notices import ring
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.rules import Refusal
from huiyin.workforce import availability


class ReopenedWithoutReason(Refusal):
    rule = rules.STILL_SAME_MATTER
    sentence = _("Reopening needs a reason that shows it is the same matter.")
    unblock = _("Write what has come up again.")


@transaction.atomic
def reopen(
    complaint_id: int,
    *,
    reason: str,
    words: Words,
    handler: Person | None = None,
    actor: Actor,
    at: datetime,
) -> Complaint:
    """Reopen a closed case for the same matter within the repeat window (T22); it counts as a repeat complaint.

    A case that never had a handler gets one here; refuses without department and person in charge (S1-31). Legal clocks
    that closing had ended run again to the same due times.
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "reopen", actor=actor, at=at)
    if not reason.strip():
        raise ReopenedWithoutReason(missing=("reason",))
    if handler is not None:
        availability.require_on_duty(handler, at)
        complaint.handler = handler
        complaint.department = handler.department
        complaint.save(update_fields=["handler", "department"])
    before = {"outcome_before": complaint.outcome, "closed_at": complaint.closed_at, "repeat": True}
    told = conversation.tell(complaint, words, actor=actor, at=at, move="reopen")
    closing = complaint.events.filter(kind="complaint.closed").order_by("-number").first()
    changes = succession.revive_stopped(closing, at=at) if closing is not None else []
    data = {**before, "handler": complaint.handler_id, "promises": changes}
    detail = Detail(data, texts={"reason": reason.strip()})
    event = lifecycle.move(complaint, "reopen", actor=actor, at=at, told=told, detail=detail)
    people = [complaint.owner, *([complaint.handler] if complaint.handler else [])]
    ring(complaint, people, "case.moved", event=event, actor=actor)
    conversation.require_next_time(complaint)
    return complaint
