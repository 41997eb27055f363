"""T15 and T17: the customer's choice, what is owed to one who never answers, and the refusal above the standard."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import answers, carrying_out, conversation, lifecycle, loose_ends, rules
from huiyin.complaints.answers import Answer
from huiyin.complaints.conversation import Words
from huiyin.complaints.guards import money, silence
from huiyin.complaints.guards.context import Case, options_of
from huiyin.complaints.guards.solution import NoAlternative
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint, CustomerAnswer, Option, Plan
from huiyin.complaints.states import Outcome
from huiyin.people.actors import Actor
from huiyin.rules import Refusal


class NotOnOffer(Refusal):
    rule = rules.CHOICE_CONFIRMED
    sentence = _("This option is not on offer.")
    unblock = _("Choose one of the options that were offered to the customer.")


class MoreThanOwed(Refusal):
    rule = rules.OWED_ONLY
    sentence = _("The customer never answered; «%(remedy)s» is not owed to him without his choice.")
    unblock = _("Carry out an option that holds only what is owed anyway.")


@dataclass(frozen=True)
class Choice:
    """Which option the customer chose, how he said so, and who carries out which of its remedies."""

    option_id: int
    via: str
    said: str = ""
    assignee_ids: Mapping[int, int] = field(default_factory=dict)


@transaction.atomic
def confirm_choice(complaint_id: int, choice: Choice, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Record the customer's choice and begin to carry it out (T15, S2-27).

    Each remedy becomes an action with a person and a due time (S0-20), and its amount is taken from the budget of
    whoever granted it (S2-49). Refuses an option that is not on offer.
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "choose", actor=actor, at=at)
    option = _on_offer(complaint, choice.option_id, actor, at)
    said = Answer(CustomerAnswer.Kind.CHOICE, choice.said, choice.via, option)
    answer = answers.write(complaint, said, actor=actor, at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="choose")
    data = carrying_out.begin(complaint, option, assignees=choice.assignee_ids, at=at) | {"answer": answer.pk}
    detail = Detail(data, texts={"said": choice.said})
    lifecycle.move(complaint, "choose", actor=actor, at=at, told=told, detail=detail)
    conversation.require_next_time(complaint)
    return complaint


@transaction.atomic
def carry_out_what_is_owed(complaint_id: int, *, option_id: int, words: Words, actor: Actor, at: datetime) -> Complaint:
    """Carry out an option for a customer who never answered (T15, AMB-40): only what is owed to him anyway.

    Refuses before enough tries and the final message, and any remedy that is not a policy right.
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "choose", actor=actor, at=at)
    silence.require_silence(Case(complaint, actor, at))
    option = _on_offer(complaint, option_id, actor, at)
    for line in option.lines.all():
        if not line.policy_right:
            raise MoreThanOwed(remedy=line.title)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="choose")
    data = carrying_out.begin(complaint, option, at=at) | {"no_answer": True}
    lifecycle.move(complaint, "choose", actor=actor, at=at, told=told, detail=Detail(data))
    conversation.require_next_time(complaint)
    return complaint


def _on_offer(complaint: Complaint, option_id: int, actor: Actor, at: datetime) -> Option:
    plan = Case(complaint, actor, at).plan
    if plan is None or plan.status != Plan.Status.OFFERED:
        raise NotOnOffer()
    option = next((row for row in options_of(plan) if row.pk == option_id), None)
    if option is None or option.status != Option.Status.OFFERED:
        raise NotOnOffer(missing=("option",))
    return option


@transaction.atomic
def refuse_above_standard(
    complaint_id: int, *, reason: str, alternative: str, words: Words, actor: Actor, at: datetime
) -> Complaint:
    """Refuse what lies above the standard (T17, S3-31): a leader, with a reason, an alternative and a reply.

    From the callback only when the rounds are used up (AMB-15).
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "refuse_above_standard", actor=actor, at=at)
    missing = tuple(name for name, text in (("reason", reason), ("alternative", alternative)) if not text.strip())
    if missing:
        raise NoAlternative(missing=missing)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="refuse_above_standard")
    cleared = lifecycle.check(complaint, "refuse_above_standard", actor=actor, at=at)
    total = money.plan_total(cleared.case.plan)
    detail = Detail(
        {"offered": total, **loose_ends.cut(complaint)},
        texts={"reason": reason.strip(), "alternative": alternative.strip()},
        outcome=Outcome.REFUSED_ABOVE_STANDARD,
    )
    lifecycle.carry_out(cleared, told=told, detail=detail)
    return complaint
