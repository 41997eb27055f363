"""A wide case: the customer hears how we handle it and what we improve, in one message (S4-121)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import conversation, lifecycle, participation, rules
from huiyin.complaints.conversation import Say
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint, ScopeNotice
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import State
from huiyin.people.actors import Actor
from huiyin.rules import Refusal


class NotWide(Refusal):
    rule = rules.FLAG_WITH_REASON
    sentence = _("This case is not marked as wide.")
    unblock = _("Mark it first: many are concerned, or more than one department.")


class HalfTold(Refusal):
    rule = rules.WIDE_TOLD
    sentence = _("The message says how we handle it and what we improve, in these very words.")
    unblock = _("Write both, and let the message hold them.")


@transaction.atomic
def tell_scope(
    complaint_id: int, *, handling: str, improvement: str, say: Say, actor: Actor, at: datetime
) -> ScopeNotice:
    """Tell the customer of a wide case how we handle it and what we improve; both stand in the message itself."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, tuple(State))
    participation.require(complaint, keepers("complaint.message"), actor=actor, at=at)
    if not complaint.wide:
        raise NotWide()
    parts = {"handling": handling.strip(), "improvement": improvement.strip()}
    missing = tuple(name for name, text in parts.items() if not text or text not in say.text)
    if missing:
        raise HalfTold(missing=missing)
    message = conversation.send(complaint, say, actor=actor, at=at)
    row = ScopeNotice.objects.create(complaint=complaint, interaction=message, at=at, **parts)
    lifecycle.happen(complaint, "scope.told", actor=actor, at=at, detail=Detail({"notice": row.pk}))
    return row
