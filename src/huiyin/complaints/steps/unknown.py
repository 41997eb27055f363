"""A question nobody can answer on the spot: said so, with a time that becomes a promise (S2-15)."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import conversation, lifecycle, participation, rules, search
from huiyin.complaints.conversation import Say
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint, Interaction
from huiyin.complaints.participation import keepers
from huiyin.people.actors import Actor
from huiyin.rules import Refusal


class QuestionWithoutTime(Refusal):
    rule = rules.QUESTION_GETS_A_TIME
    sentence = _("Who has to wait for an answer learns until when.")
    unblock = _("Name the time of the call or message; it becomes a promise.")


class QuestionMissing(Refusal):
    rule = rules.QUESTION_GETS_A_TIME
    sentence = _("The question is not written down.")
    unblock = _("Write it as the customer asked it, so that whoever looks it up knows.")


@transaction.atomic
def check_and_call_back(complaint_id: int, question: str, say: Say, *, actor: Actor, at: datetime) -> Interaction:
    """Tell the customer that it will be checked, and until when; the question stays in sight as a promise.

    Refuses a question that is not written down, and words without a time; the owner speaks (S0-34).
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, keepers("complaint.message"), actor=actor, at=at)
    asked = question.strip()
    if not asked:
        raise QuestionMissing(missing=("question",))
    if say.next is None:
        raise QuestionWithoutTime(missing=("next_at",))
    row = conversation.send(complaint, say, actor=actor, at=at)
    detail = Detail({"due": say.next.due_at, "interaction": row.pk}, {"question": asked})
    lifecycle.happen(complaint, "question.open", actor=actor, at=at, detail=detail)
    search.index(complaint)
    return row
