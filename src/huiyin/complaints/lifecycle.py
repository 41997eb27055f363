# ruff: noqa: E501 - the table of moves is documentation and stays aligned
"""The one table of moves and the one function that changes a state (decision 1).

`MOVES` names every legal move: from, to, whose seat, guards, event. `move()` checks in this order: merged, state,
seat, own matter, guards, words to the customer. Then it changes the state, ends and starts the clocks, and writes
one event that says all of it.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import hearing, promises, rules, timeline
from huiyin.complaints.guards import bargaining, closing, inquiry, intake, solution, weighing, wide
from huiyin.complaints.guards.context import Case, Guard, interest_of, seats_of
from huiyin.complaints.models import Complaint, Event, Interest
from huiyin.complaints.states import AFTER_REGISTRATION, BEFORE_EXECUTION, GROUPS, Group, Outcome, Seat, State
from huiyin.people.actors import Actor
from huiyin.people.roles import can
from huiyin.rules import Refusal

S = State


class WrongState(Refusal):
    rule = rules.WRONG_STATE
    sentence = _("This step does not belong to the stage «%(state)s».")
    unblock = _("Reload the case and take the step that is offered there.")


class WrongSeat(Refusal):
    rule = rules.WRONG_SEAT
    sentence = _("This step is for: %(seats)s.")
    unblock = _("Ask one of them, or have the case assigned to you.")


class CaseMerged(Refusal):
    rule = rules.MERGED
    sentence = _("The case was merged into %(number)s and does not move any more.")
    unblock = _("Go on in %(number)s, or undo the merge.")


class OwnMatter(Refusal):
    rule = rules.RECUSED
    sentence = _("%(name)s has an interest in this case and cannot decide in it: %(reason)s")
    unblock = _("Let somebody without an interest do it.")


class NotTold(Refusal):
    rule = rules.TELL_OR_SAY_WHY
    sentence = _("The customer must hear of this step, or a reason must say why not.")
    unblock = _("Write a message to the customer, or a reason for leaving it out.")


@dataclass(frozen=True)
class Told:
    """How the customer learns of a move: a message, or a reasoned skip."""

    interaction_id: int | None = None
    skip_reason: str = ""
    said: str = ""
    changes: tuple[promises.Change, ...] = ()


@dataclass(frozen=True)
class Detail:
    """What else a move's event says: codes in `data`, personal words in `texts`."""

    data: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    outcome: Outcome | None = None


@dataclass(frozen=True)
class Move:
    name: str
    number: str
    sources: tuple[State, ...]
    target: State
    capability: str
    seats: tuple[Seat, ...]
    event: str
    guards: tuple[Guard, ...] = ()
    next_round: bool = False


# What a leader may let pass with a reason (requirements, "override"); everything else stands.
OVERRIDABLE = frozenset(
    row.code
    for row in (
        rules.TWO_KINDS,
        rules.CAUSES_JUDGED,
        rules.RESPONSIBLE_NAMED,
        rules.RESTATED,
        rules.MEMBER_CARD,
        rules.PREPARED,
    )
)
# Who is named responsible decides none of these in the same case (ENG-15); the finding that names him is no such thing.
DECISIONS = frozenset(
    (
        "find",
        "explain",
        "approve",
        "return",
        "refuse_above_standard",
        "close",
        "reopen",
        "withdraw",
        "settle_externally",
    )
)
OWNER = (Seat.OWNER, Seat.DUTY)
BOSSES = (Seat.SUPERVISOR, Seat.LEADER)
PORTAL = (*OWNER, Seat.SYSTEM)
FAST = (intake.is_small, intake.customer_agreed, intake.within_own_authority)
FINDING = (
    inquiry.evidence_is_independent,
    inquiry.causes_are_judged,
    weighing.contradictions_are_weighed,
    weighing.account_is_weighed,
    inquiry.finding_is_complete,
    inquiry.responsible_is_named,
)
PLAN = (
    solution.demands_are_answered,
    solution.options_are_complete,
    solution.single_has_a_reason,
    bargaining.is_prepared,
    bargaining.expectations_are_served,
    bargaining.within_principle,
    bargaining.claims_are_proved,
    bargaining.words_are_honest,
)
SIGNED = (bargaining.within_principle, bargaining.ceiling_is_signed)
FOLLOWED = (closing.not_dissatisfied, closing.end_condition_is_met, closing.called_back_often_enough)
CLOSE = (
    closing.two_people_close,
    closing.four_answers_given,
    closing.questions_are_settled,
    closing.put_into_effect,
    closing.plan_was_signed,
    closing.no_promise_runs,
    wide.scope_is_told,
    closing.outside_case_is_concluded,
)
FIRST = (solution.founded, solution.on_our_side)
SECOND = closing.second_person_confirmed

# fmt: off
_TABLE = (
    Move("receive",               "T1",  (),                  S.RECEIVED,      "complaint.receive",      (Seat.RECEIVER, Seat.SYSTEM), "complaint.received"),
    Move("acknowledge",           "T2",  (S.RECEIVED,),       S.ACKNOWLEDGED,  "complaint.acknowledge",  OWNER,          "complaint.acknowledged",   (intake.time_is_named,)),
    Move("register",              "T3",  (S.ACKNOWLEDGED,),   S.REGISTERED,    "complaint.register",     OWNER,          "complaint.registered",     (intake.four_elements, intake.categorised, intake.member_card_given, intake.restated_and_confirmed)),
    Move("settle_at_once",        "T4",  (S.REGISTERED,),     S.EXECUTING,     "complaint.settle_at_once", OWNER,        "complaint.settled_at_once", FAST),
    Move("investigate",           "T5",  (S.REGISTERED,),     S.INVESTIGATING, "complaint.assign",       (Seat.SUPERVISOR, Seat.SYSTEM), "investigation.started", (intake.categorised, inquiry.handler_is_named, inquiry.progress_is_promised)),
    Move("find",                  "T6",  (S.INVESTIGATING,),  S.ANALYSED,      "complaint.find",         (Seat.HANDLER, Seat.LEADER), "finding.issued", FINDING),
    Move("explain",               "T7",  (S.ANALYSED,),       S.EXPLAINING,    "complaint.confirm_unfounded", (Seat.SUPERVISOR,), "explanation.started", (inquiry.not_founded, SECOND("explain"))),
    Move("conclude_explanation",  "T8",  (S.EXPLAINING,),     S.REVIEWING,     "complaint.explain",      OWNER,          "explanation.concluded",    (inquiry.explained_and_answered,)),
    Move("reinvestigate",         "T9",  (S.EXPLAINING,),     S.INVESTIGATING, "complaint.explain",      PORTAL,         "investigation.reopened",   (inquiry.new_evidence_came,), True),
    Move("plan",                  "T10", (S.ANALYSED,),       S.PLANNING,      "complaint.plan",         (*OWNER, Seat.HANDLER), "plan.started",     FIRST),
    Move("submit",                "T11", (S.PLANNING,),       S.APPROVING,     "complaint.plan",         OWNER,          "plan.submitted",           PLAN),
    Move("offer",                 "T12", (S.PLANNING,),       S.OFFERING,      "complaint.offer",        OWNER,          "plan.offered",             (*PLAN, bargaining.ceiling_is_signed, solution.no_approval_needed)),
    Move("approve",               "T13", (S.APPROVING,),      S.OFFERING,      "complaint.approve",      BOSSES,         "plan.approved",            (solution.not_own_plan, solution.within_approvers_authority, *SIGNED)),
    Move("return",                "T14", (S.APPROVING,),      S.PLANNING,      "complaint.approve",      BOSSES,         "plan.returned",            (solution.not_own_plan,)),
    Move("choose",                "T15", (S.OFFERING,),       S.EXECUTING,     "complaint.offer",        PORTAL,         "option.chosen",            (solution.choice_is_recorded, solution.actions_have_times)),
    Move("replan",                "T16", (S.OFFERING,),       S.PLANNING,      "complaint.offer",        OWNER,          "plan.objected",            (solution.objection_is_noted,)),
    Move("refuse_above_standard", "T17", (S.OFFERING, S.FOLLOWING_UP), S.REVIEWING, "complaint.refuse_above_standard", (Seat.LEADER,), "complaint.refused_above_standard", (solution.last_round_if_followed_up, solution.alternative_was_offered)),
    Move("finish_execution",      "T18", (S.EXECUTING,),      S.FOLLOWING_UP,  "complaint.execute",      (*OWNER, Seat.HANDLER), "execution.finished", (closing.actions_are_done, closing.apology_was_made)),
    Move("accept",                "T19", (S.FOLLOWING_UP,),   S.REVIEWING,     "complaint.follow_up",    PORTAL,         "followup.concluded",       FOLLOWED),
    Move("dissatisfied",          "T20", (S.FOLLOWING_UP,),   S.INVESTIGATING, "complaint.follow_up",    (*PORTAL, Seat.LEADER), "followup.dissatisfied",    (closing.dissatisfaction_recorded, closing.rounds_are_left), True),
    Move("close",                 "T21", (S.REVIEWING,),      S.CLOSED,        "complaint.close",        (Seat.SUPERVISOR,), "complaint.closed",     CLOSE),
    Move("reopen",                "T22", (S.CLOSED,),         S.INVESTIGATING, "complaint.reopen",       (Seat.SUPERVISOR,), "complaint.reopened",   (closing.within_repeat_window, inquiry.handler_is_named), True),
    Move("withdraw",              "T23", BEFORE_EXECUTION,    S.REVIEWING,     "complaint.withdraw",     (Seat.SUPERVISOR,), "complaint.withdrawn",  (closing.withdrawal_recorded, SECOND("withdraw"))),
    Move("settle_externally",     "T24", AFTER_REGISTRATION,  S.REVIEWING,     "complaint.settle_externally", (Seat.LEADER,), "complaint.settled_externally", (closing.outside_decision_recorded,)),
)
# fmt: on
MOVES: dict[str, Move] = {row.name: row for row in _TABLE}
# What an event may have changed of its case, and what a move changes besides: each written by one statement.
TOUCHED = ("last_number", "last_hash", "next_due_at", "waiting_since")
MOVED = (*TOUCHED, "state", "stage_since", "round", "outcome", "closed_at")


def begin(complaint: Complaint, standing: promises.Under, *, actor: Actor, at: datetime, detail: Detail) -> Event:
    """Enter the first state (T1): start the clocks of a saved case with its packs attached, write the first event."""
    changes = hearing.begin(complaint, standing, ["entered.received", "message.in"], at=at)
    data = {"state": complaint.state, "round": complaint.round, "owner": complaint.owner_id, "promises": changes}
    texts = dict(detail.texts)
    event = timeline.append(complaint, MOVES["receive"].event, actor=actor, at=at, data=data | detail.data, texts=texts)
    complaint.save(update_fields=["next_due_at", "last_number", "last_hash"])
    return event


@dataclass(frozen=True)
class Cleared:
    """A move nothing stands against: what `check` gives, and `carry_out` takes."""

    case: Case
    row: Move


def move(
    complaint: Complaint, name: str, *, actor: Actor, at: datetime, told: Told, detail: Detail | None = None
) -> Event:
    """Carry a locked case through one move; gives its event, or raises the refusal of the rule that forbids it."""
    return carry_out(check(complaint, name, actor=actor, at=at), told=told, detail=detail)


def carry_out(cleared: Cleared, *, told: Told, detail: Detail | None = None) -> Event:
    """The same for a step that had the move checked before it said or wrote anything; it is not checked twice."""
    complaint, row, at = cleared.case.complaint, cleared.row, cleared.case.at
    detail = detail or Detail()
    if told.interaction_id is None and not told.skip_reason.strip():
        raise NotTold()
    before = State(complaint.state)
    _enter(complaint, row, detail, at)
    if row.next_round:
        promises.belong_to_round(complaint, told.changes)
    spoken = ["message.out"] if told.interaction_id is not None else []
    signals = [f"left.{before}", f"entered.{row.target}", *spoken, *detail.data.get("signals", ())]
    changes = [*told.changes, *detail.data.get("promises", ()), *hearing.hear(complaint, signals, at=at)]
    data: dict[str, Any] = {
        **detail.data,
        "from": before.value,
        "state": complaint.state,
        "round": complaint.round,
        "outcome": complaint.outcome,
        "promises": changes,
        "told": bool(told.interaction_id),
    }
    if told.interaction_id is not None:
        data |= {"interaction": told.interaction_id, "said": told.said}
    texts = {**detail.texts, **({"skip": told.skip_reason} if told.skip_reason else {})}
    event = timeline.append(complaint, row.event, actor=cleared.case.actor, at=at, data=data, texts=texts)
    complaint.save(update_fields=MOVED)
    return event


def _enter(complaint: Complaint, row: Move, detail: Detail, at: datetime) -> None:
    complaint.state = row.target
    complaint.stage_since = at
    if row.next_round:
        complaint.round += 1
        complaint.outcome, complaint.closed_at = "", None
    if detail.outcome is not None:
        complaint.outcome = detail.outcome
    if row.target is S.CLOSED:
        complaint.closed_at = at


def happen(complaint: Complaint, kind: str, *, actor: Actor, at: datetime, detail: Detail | None = None) -> Event:
    """Write an event that is no move, and let the clocks hear the signals it carries in `data["signals"]`."""
    detail = detail or Detail()
    data = dict(detail.data)
    if signals := data.get("signals"):
        data["promises"] = [*data.get("promises", ()), *hearing.hear(complaint, signals, at=at)]
    event = timeline.append(complaint, kind, actor=actor, at=at, data=data, texts=detail.texts)
    complaint.save(update_fields=TOUCHED)
    return event


def check(complaint: Complaint, name: str, *, actor: Actor, at: datetime) -> Cleared:
    """Raise the first refusal that stands against this move by this actor now; without one, give leave to make it."""
    case = Case(complaint, actor, at)
    for refusal in refusals(case, name):
        raise refusal
    return Cleared(case, MOVES[name])


def check_seat(complaint: Complaint, name: str, *, actor: Actor, at: datetime) -> None:
    """Raise what stands against this actor taking this move at all; for steps that write rows before they move."""
    if refusal := out_of_place(Case(complaint, actor, at), name):
        raise refusal


def refusals(case: Case, name: str) -> Iterator[Refusal]:
    """Every refusal against a move, in the order they are checked; one of place or person ends the list at once."""
    if refusal := out_of_place(case, name):
        yield refusal
        return
    yield from refused_by(MOVES[name].guards, case)


def refused_by(guards: Iterable[Guard], case: Case) -> Iterator[Refusal]:
    """The refusals of these guards, but those a leader let pass in this round."""
    for guard in guards:
        try:
            guard(case)
        except Refusal as refused:
            if refused.rule.code not in case.overridden:
                yield refused


def out_of_place(case: Case, name: str) -> Refusal | None:
    """Merged, another state, not this actor's seat, his own matter: the first that holds."""
    complaint, row = case.complaint, MOVES[name]
    if complaint.merged_into is not None:
        return CaseMerged(number=complaint.merged_into.number)
    if complaint.state not in row.sources:
        return WrongState(state=State(complaint.state).label)
    if not may(case, name):
        return WrongSeat(seats=_names(row.seats))
    earlier = complaint.round if name == "find" else None
    return interested(case) or (blamed(case, before_round=earlier) if name in DECISIONS else None)


def may(case: Case, name: str) -> bool:
    """Whether the actor sits in one of the move's seats and his roles allow the act at all."""
    row = MOVES[name]
    if not case.seats & set(row.seats):
        return False
    return case.actor.person is None or can(case.actor.person, row.capability)


def seats(complaint: Complaint, actor: Actor, at: datetime) -> set[Seat]:
    """How the actor sits towards the case."""
    return seats_of(complaint, actor, at)


def _names(sits: tuple[Seat, ...]) -> str:
    return " / ".join(str(seat.label) for seat in sits if seat is not Seat.SYSTEM)


def own_matter(complaint: Complaint, actor: Actor) -> OwnMatter | None:
    """The refusal of somebody with an interest in the case (ENG-15); nothing for everybody else."""
    return _own(actor, interest_of(complaint, actor.person))


def interested(case: Case) -> OwnMatter | None:
    """The same for whoever has the case in hand already."""
    return _own(case.actor, case.interest)


def _own(actor: Actor, interest: Interest | None) -> OwnMatter | None:
    if actor.person is None or interest is None:
        return None
    return OwnMatter(name=actor.person.name, reason=interest.reason)


def blamed(case: Case, *, before_round: int | None = None) -> OwnMatter | None:
    """The refusal of somebody whom a finding of the case names responsible (ENG-15); nothing for everybody else."""
    if case.actor.person is None:
        return None
    rounds = case.blamed_in if before_round is None else {one for one in case.blamed_in if one < before_round}
    return (
        OwnMatter(name=case.actor.person.name, reason=_("a finding names this person responsible")) if rounds else None
    )


def group_of(state: str) -> Group:
    return next(group for group, states in GROUPS.items() if state in states)


def moves_from(state: str) -> list[Move]:
    """The moves that leave a state, in the order of the table."""
    return [row for row in MOVES.values() if state in row.sources]
