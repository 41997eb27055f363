"""T21 and what it waits for: four answers, three closing questions, a second person (S4-123, S4-124, S1-38)."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import conversation, lifecycle, loose_ends, participation, rules
from huiyin.complaints.conversation import Words
from huiyin.complaints.guards import closing
from huiyin.complaints.guards.closing import ReviewMissing
from huiyin.complaints.guards.context import Case
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import ClosingQuestion, Complaint, Review
from huiyin.complaints.states import Seat, State
from huiyin.people.actors import Actor
from huiyin.rules import Refusal

REVIEWERS = participation.keepers("complaint.review")
PROPOSERS = {**REVIEWERS, Seat.SYSTEM: ""}


class AnswerWithoutText(Refusal):
    rule = rules.QUESTIONS_SETTLED
    sentence = _("«%(question)s» needs a proposal, or a reason why there is none.")
    unblock = _("Write the proposal or the reason.")


@dataclass(frozen=True)
class Answers:
    """The four answers of the review, and the insight worth writing down at once (S2-01)."""

    what_caused_it: str
    what_we_learnt: str
    how_to_avoid: str
    what_to_improve: str
    lesson: str = ""


@dataclass(frozen=True)
class Mandatory:
    """One of the tasks that must be settled before a case closes (S1-38)."""

    code: str
    settled: bool


@transaction.atomic
def write_review(complaint_id: int, answers: Answers, *, actor: Actor, at: datetime) -> Review:
    """Write the four answers of this round (S4-123, S4-124); refuses one left empty. Whoever writes does not close."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, (State.REVIEWING,))
    participation.require(complaint, REVIEWERS, actor=actor, at=at)
    given = {
        "what_caused_it": answers.what_caused_it.strip(),
        "what_we_learnt": answers.what_we_learnt.strip(),
        "how_to_avoid": answers.how_to_avoid.strip(),
        "what_to_improve": answers.what_to_improve.strip(),
    }
    missing = tuple(name for name, text in given.items() if not text)
    if missing or actor.person is None:
        raise ReviewMissing(missing=missing)
    given["lesson"] = answers.lesson.strip()
    review, _made = Review.objects.update_or_create(
        complaint=complaint,
        round=complaint.round,
        defaults={**given, "written_by": actor.person, "written_at": at},
    )
    lifecycle.happen(complaint, "review.written", actor=actor, at=at, detail=Detail({"review": review.pk}, given))
    return review


@transaction.atomic
def answer_question(
    complaint_id: int, *, question: str, proposed: bool, text: str, actor: Actor, at: datetime
) -> ClosingQuestion:
    """Answer improvement, penalty or case study: a proposal, or none with a reason (S1-38, S1-42).

    Rooms above answer by this step as well; a later answer replaces the former, and the timeline keeps both.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, (State.REVIEWING,))
    participation.require(complaint, PROPOSERS, actor=actor, at=at)
    asked = ClosingQuestion.Question(question)
    if not text.strip():
        raise AnswerWithoutText(question=asked.label, missing=("text",))
    row, _made = ClosingQuestion.objects.update_or_create(
        complaint=complaint,
        round=complaint.round,
        question=asked,
        defaults={
            "proposed": proposed,
            "text": text.strip(),
            "answered_by": actor.person or complaint.owner,
            "answered_at": at,
        },
    )
    detail = Detail({"question": asked.value, "proposed": proposed, "answer": row.pk}, texts={"text": text.strip()})
    lifecycle.happen(complaint, "question.answered", actor=actor, at=at, detail=detail)
    return row


def mandatory_tasks(complaint: Complaint, *, actor: Actor, at: datetime) -> tuple[Mandatory, ...]:
    """Penalty settled, customer told, his answer collected: what the review must see done (S1-38)."""
    left = closing.not_yet_effected(Case(complaint, actor, at))
    rows = ClosingQuestion.objects.filter(complaint=complaint, round=complaint.round)
    penalty = rows.filter(question=ClosingQuestion.Question.PENALTY).exists()
    return (
        Mandatory("penalty", penalty),
        Mandatory("told", "told" not in left),
        Mandatory("asked", "asked" not in left),
    )


@transaction.atomic
def close(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Close a reviewed case (T21): a supervisor who did not write the review himself (†).

    Refuses while an answer, a closing question, a promise, an action or an outside case is open. Tasks nobody finished
    are cancelled, for nobody waits for them any more; a claim against a third party goes on by itself (S0-55).
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "close", actor=actor, at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="close")
    cleared = lifecycle.check(complaint, "close", actor=actor, at=at)
    rows = ClosingQuestion.objects.filter(complaint=complaint, round=complaint.round)
    proposed = sorted(rows.filter(proposed=True).values_list("question", flat=True))
    detail = Detail({"proposed": proposed, **loose_ends.cancel_tasks(complaint)})
    lifecycle.carry_out(cleared, told=told, detail=detail)
    return complaint
