"""The customer's answers as rows: what he decided, told by himself or written down by whoever heard it."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.models import Channel, Complaint, CustomerAnswer, Option
from huiyin.people.actors import Actor
from huiyin.rules import Refusal


class UnknownWay(Refusal):
    rule = rules.ANSWER_RECORDED
    sentence = _("An answer says by which way it came.")
    unblock = _("Choose telephone, e-mail, portal or another way of the list.")


def require_way(via: str) -> str:
    """The way an answer came, if it is one we know."""
    if via not in Channel.values:
        raise UnknownWay(missing=("via",))
    return via


@dataclass(frozen=True)
class Answer:
    """What the customer decided, in his words, and the way it came."""

    kind: CustomerAnswer.Kind
    text: str
    via: str
    option: Option | None = None


def write(complaint: Complaint, answer: Answer, *, actor: Actor, at: datetime) -> CustomerAnswer:
    """Write one answer in this round; refuses an unknown way."""
    require_way(answer.via)
    return CustomerAnswer.objects.create(
        complaint=complaint,
        kind=answer.kind,
        round=complaint.round,
        option=answer.option,
        text=answer.text.strip(),
        via=answer.via,
        recorded_by=actor.person,
        at=at,
    )
