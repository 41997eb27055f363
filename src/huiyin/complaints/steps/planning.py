"""T10, T11, T12, T16: drawing up options, putting them up for approval or offering them, taking an objection."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import (
    answers,
    catalogue,
    conversation,
    expecting,
    lifecycle,
    participation,
    promises,
    rules,
    signing,
)
from huiyin.complaints.answers import Answer
from huiyin.complaints.conversation import Words
from huiyin.complaints.guards import money
from huiyin.complaints.guards.context import Case, options_of
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.loose_ends import supersede_plans
from huiyin.complaints.models import (
    Approval,
    Complaint,
    CustomerAnswer,
    ExpectationAnswer,
    OfferMode,
    Option,
    OptionAnswer,
    Plan,
    RemedyLine,
)
from huiyin.complaints.plan_warnings import Warning, warnings
from huiyin.complaints.remedies import ZERO, Line, NoAmount, lines_of
from huiyin.complaints.states import Seat, State
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.policy import authority
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal

__all__ = [
    "Line",
    "NewOption",
    "NewPlan",
    "Warning",
    "draft_plan",
    "levers",
    "offer_within_authority",
    "start_plan",
    "submit_plan",
    "take_objection",
    "warnings",
]

_HOW = frozenset(ExpectationAnswer.Kind.values)
PLANNERS = dict.fromkeys((Seat.OWNER, Seat.DUTY, Seat.HANDLER), "complaint.plan")


class OptionUnclear(Refusal):
    rule = rules.OPTIONS_COMPLETE
    sentence = _("An option needs a title, a remedy and a time within which it is carried out.")
    unblock = _("Complete the option.")


class PackageNotSingle(Refusal):
    rule = rules.SINGLE_WITH_REASON
    sentence = _("One package means exactly one option.")
    unblock = _("Offer the options together or one after the other, or leave one.")


class NoSuchDemand(Refusal):
    rule = rules.DEMANDS_ANSWERED
    sentence = _("An answer belongs to a demand of this case.")
    unblock = _("Answer the demands that are registered.")


class NoSuchExpectation(Refusal):
    rule = rules.FIRST_KEPT
    sentence = _("An option meets an expectation of this case, offers something instead, or drops it.")
    unblock = _("Answer the expectations that are noted.")


class PlanOfAnother(Refusal):
    rule = rules.DUTY_LEAVES_PLANS
    sentence = _("%(name)s drew up this plan; acting for the owner does not change it.")
    unblock = _("Offer it as it is, or wait for the owner.")


class ReturnedUnchanged(Refusal):
    rule = rules.RETURNED_IS_CHANGED
    sentence = _("The plan was returned and has not been drawn up anew.")
    unblock = _("Change the options in the light of the comment, then submit them.")


@dataclass(frozen=True)
class NewOption:
    """One way to solve it: remedies, how each demand is answered (text, why it departs), the time it takes."""

    title: str
    lines: tuple[Line, ...]
    answers: Mapping[int, tuple[str, str]] = field(default_factory=dict)
    execute_within_minutes: int = 0
    recovery: Decimal = ZERO
    recovery_note: str = ""
    # What the option makes of each expectation: met, instead or dropped, and in which words (S3-35).
    expected: Mapping[int, tuple[str, str]] = field(default_factory=dict)


@dataclass(frozen=True)
class NewPlan:
    """The options, best first; without a mode they are offered as the pack says (AMB-11)."""

    mode: str
    options: tuple[NewOption, ...]
    single_reason: str = ""


@dataclass(frozen=True)
class Levers:
    """The two levers of satisfaction (S3-20): what raises the feeling, and what manages the expectation."""

    feeling: tuple[str, ...]
    expectation: tuple[str, ...]


@transaction.atomic
def start_plan(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Begin to plan a founded complaint whose cause lies on our side (T10, S4-119)."""
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "plan", actor=actor, at=at)
    participation.require_voice(complaint, words, actor=actor, at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="plan")
    lifecycle.move(complaint, "plan", actor=actor, at=at, told=told)
    conversation.require_next_time(complaint)
    return complaint


@transaction.atomic
def draft_plan(complaint_id: int, new: NewPlan, *, actor: Actor, at: datetime) -> Plan:
    """Draw up the options of a case in planning; the plan before this one is superseded.

    Refuses remedies that are not in the catalogue (S2-09), options without title, remedy or time (S3-09), and the
    duty agent changing a plan of the absent owner.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, (State.PLANNING,))
    participation.require(complaint, PLANNERS, actor=actor, at=at)
    person = _person(actor)
    _require_own_plan(complaint, actor, at)
    pack = promises.pack_of(complaint)
    mode = OfferMode(new.mode or pack.settings.plan_offer_mode)
    if mode is OfferMode.SINGLE and len(new.options) != 1:
        raise PackageNotSingle()
    supersede_plans(complaint)
    plan = Plan.objects.create(
        complaint=complaint,
        round=complaint.round,
        number=complaint.plans.count() + 1,
        mode=mode,
        single_reason=new.single_reason.strip(),
        prepared_by=person,
        prepared_at=at,
    )
    _save_options(plan, new.options, catalogue.of(complaint, pack))
    marks = [warning.rule.code for warning in warnings(plan, reader=person, at=at)]
    lines = [[(line.remedy, line.amount) for line in option.lines.all()] for option in options_of(plan)]
    data = {"plan": plan.pk, "number": plan.number, "mode": plan.mode, "options": len(lines), "lines": lines}
    data["warnings"] = marks
    lifecycle.happen(complaint, "plan.drafted", actor=actor, at=at, detail=Detail(data))
    return plan


def _person(actor: Actor) -> Person:
    if actor.person is None:
        raise lifecycle.WrongSeat(seats=" / ".join(str(seat.label) for seat in PLANNERS))
    return actor.person


def _require_own_plan(complaint: Complaint, actor: Actor, at: datetime) -> None:
    plan = Case(complaint, actor, at).plan
    if plan is None or actor.is_person(plan.prepared_by_id):
        return
    if lifecycle.seats(complaint, actor, at) & {Seat.OWNER, Seat.HANDLER}:
        return
    raise PlanOfAnother(name=plan.prepared_by.name)


def _save_options(plan: Plan, options: Sequence[NewOption], pack: Pack) -> None:
    """Write the options with their remedies and answers: three statements however many there are."""
    complaint = plan.complaint
    demands = set(complaint.demands.filter(dropped_at=None).values_list("pk", flat=True))
    if any(not set(new.answers) <= demands for new in options):
        raise NoSuchDemand(missing=("answers",))
    rows = Option.objects.bulk_create(_option(plan, rank, new) for rank, new in enumerate(options, start=1))
    pairs = list(zip(rows, options, strict=True))
    RemedyLine.objects.bulk_create(
        line for row, new in pairs for line in lines_of(row, new.lines, pack=pack, category=complaint.category)
    )
    OptionAnswer.objects.bulk_create(
        OptionAnswer(option=row, demand_id=demand_id, text=text.strip(), deviation=deviation.strip())
        for row, new in pairs
        for demand_id, (text, deviation) in new.answers.items()
        if text.strip() or deviation.strip()
    )
    _answer_expectations(complaint, pairs)


def _answer_expectations(complaint: Complaint, pairs: Sequence[tuple[Option, NewOption]]) -> None:
    """Write what each option makes of each expectation; one that is a demand is answered as the demand is."""
    held = {row.pk: row for row in expecting.talks(complaint).expectations}
    made = []
    for option, new in pairs:
        if not set(new.expected) <= set(held) or any(kind not in _HOW for kind, _text in new.expected.values()):
            raise NoSuchExpectation(missing=("expected",))
        given = dict(new.expected)
        for row in held.values():
            text, deviation = new.answers.get(row.demand_id or 0, ("", ""))
            if row.pk not in given and (text.strip() or deviation.strip()):
                given[row.pk] = ("instead", deviation) if deviation.strip() else ("met", text)
        made += [
            ExpectationAnswer(option=option, expectation_id=pk, kind=kind, text=text.strip())
            for pk, (kind, text) in given.items()
        ]
    ExpectationAnswer.objects.bulk_create(made)


def _option(plan: Plan, rank: int, new: NewOption) -> Option:
    if not (new.title.strip() and new.lines and new.execute_within_minutes > 0):
        raise OptionUnclear(missing=("title", "lines", "execute_within_minutes"))
    try:
        recovery = authority.to_cents(Decimal(new.recovery))
    except (ValueError, ArithmeticError) as error:
        raise NoAmount(remedy=new.title, missing=("recovery",)) from error
    return Option(
        plan=plan,
        rank=rank,
        title=new.title.strip(),
        recovery=recovery,
        recovery_note=new.recovery_note.strip(),
        execute_within_minutes=new.execute_within_minutes,
    )


@transaction.atomic
def submit_plan(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Put the plan up for approval (T11): complete, every demand answered, its cost known."""
    complaint = Complaint.objects.locked(complaint_id)
    cleared = lifecycle.check(complaint, "submit", actor=actor, at=at)
    plan = _drafted(cleared.case)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="submit")
    plan.status = Plan.Status.SUBMITTED
    plan.save(update_fields=["status"])
    pack = promises.pack_of(complaint)
    approval = signing.ask_before(complaint, plan, pack=pack, by=_person(actor), at=at)
    data = {"plan": plan.pk, "approval": approval.pk, "amount": approval.amount, "needed": approval.needed_role}
    lifecycle.carry_out(cleared, told=told, detail=Detail(data))
    conversation.require_next_time(complaint)
    return complaint


@transaction.atomic
def offer_within_authority(complaint_id: int, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Offer options within the own authority of whoever offers, where the pack allows it (T12).

    A leader sees it afterwards. Also offers the next option of a plan that was approved before and whose better option
    was declined (S2-27).
    """
    complaint = Complaint.objects.locked(complaint_id)
    granting = actor.person or complaint.owner
    money.hold_budget(granting)
    cleared = lifecycle.check(complaint, "offer", actor=actor, at=at)
    plan = _drafted(cleared.case)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="offer")
    if signing.signed(plan) is None:
        signing.ask_afterwards(complaint, plan, on_authority_of=granting, at=at)
    offered = signing.offer(plan)
    data = {"plan": plan.pk, "options": [option.pk for option in offered], "amount": money.plan_total(plan)}
    lifecycle.carry_out(cleared, told=told, detail=Detail(data))
    return complaint


def _drafted(case: Case) -> Plan:
    plan = case.plan
    if plan is None or plan.status not in (Plan.Status.DRAFT, Plan.Status.APPROVED):
        raise ReturnedUnchanged()
    return plan


@transaction.atomic
def take_objection(
    complaint_id: int, *, objection: str, via: str, words: Words, actor: Actor, at: datetime
) -> Complaint:
    """Take what the customer objects to and go back to planning (T16): the next option by rank, or a new plan (S2-27).

    An objection the customer wrote himself in this stage needs no second record.
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "replan", actor=actor, at=at)
    if objection.strip():
        said = Answer(CustomerAnswer.Kind.OBJECTION, objection, via)
        answers.write(complaint, said, actor=actor, at=at)
    plan = Case(complaint, actor, at).plan
    told = conversation.tell(complaint, words, actor=actor, at=at, move="replan")
    data = _fall_back(plan) if plan is not None else {}
    detail = Detail(data, texts={"objection": objection.strip()})
    lifecycle.move(complaint, "replan", actor=actor, at=at, told=told, detail=detail)
    conversation.require_next_time(complaint)
    return complaint


def _fall_back(plan: Plan) -> dict[str, object]:
    """Decline what was on offer; a plan offered in sequence goes on with its next option, any other is over."""
    declined = plan.options.filter(status=Option.Status.OFFERED)
    data: dict[str, object] = {"plan": plan.pk, "declined": list(declined.values_list("pk", flat=True))}
    declined.update(status=Option.Status.DECLINED)
    following = plan.options.filter(rank__gt=plan.offered_rank).first() if plan.mode == OfferMode.SEQUENTIAL else None
    if following is None:
        supersede_plans(plan.complaint)
        return data
    before = plan.approvals.filter(afterwards=False, decision=Approval.Decision.APPROVED).exists()
    plan.status = Plan.Status.APPROVED if before else Plan.Status.DRAFT
    plan.save(update_fields=["status"])
    return data | {"next_rank": following.rank}


def levers(option: Option) -> Levers:
    """What the option does for the feeling, and where it manages the expectation (S3-20)."""
    feeling = tuple(line.title for line in option.lines.all())
    expectation = tuple(answer.deviation for answer in option.answers.all() if answer.deviation)
    return Levers(feeling, expectation)
