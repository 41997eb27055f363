"""State × move × actor: every pair either moves or refuses with its rule (requirements §9)."""

import pytest
from django.db import transaction

from huiyin.complaints import lifecycle, rules
from huiyin.complaints.lifecycle import Told
from huiyin.complaints.states import STEPS, Outcome, State
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from huiyin.rules import Refusal
from tests import factories
from tests.factories import TUESDAY_10, away

# Who may, word for word from the table of transitions; † moves belong to the second person.
OWNER, DUTY, HANDLER, SUPERVISOR, LEADER, SYSTEM = "owner", "duty", "handler", "supervisor", "leader", "system"
WHO = {
    "acknowledge": {OWNER, DUTY},
    "register": {OWNER, DUTY},
    "settle_at_once": {OWNER, DUTY},
    "investigate": {SUPERVISOR, SYSTEM},
    "find": {HANDLER, LEADER},
    "explain": {SUPERVISOR},
    "conclude_explanation": {OWNER, DUTY},
    "reinvestigate": {OWNER, DUTY, SYSTEM},
    "plan": {OWNER, DUTY, HANDLER},
    "submit": {OWNER, DUTY},
    "offer": {OWNER, DUTY},
    "approve": {SUPERVISOR, LEADER},
    "return": {SUPERVISOR, LEADER},
    "choose": {OWNER, DUTY, SYSTEM},
    "replan": {OWNER, DUTY},
    "refuse_above_standard": {LEADER},
    "finish_execution": {OWNER, DUTY, HANDLER},
    "accept": {OWNER, DUTY, SYSTEM},
    # A leader takes part only when the rounds are used up; before that the rule of rounds refuses him.
    "dissatisfied": {OWNER, DUTY, SYSTEM, LEADER},
    "close": {SUPERVISOR},
    "reopen": {SUPERVISOR},
    "withdraw": {SUPERVISOR},
    "settle_externally": {LEADER},
}
FROM = {
    "acknowledge": ("received",),
    "register": ("acknowledged",),
    "settle_at_once": ("registered",),
    "investigate": ("registered",),
    "find": ("investigating",),
    "explain": ("analysed",),
    "conclude_explanation": ("explaining",),
    "reinvestigate": ("explaining",),
    "plan": ("analysed",),
    "submit": ("planning",),
    "offer": ("planning",),
    "approve": ("approving",),
    "return": ("approving",),
    "choose": ("offering",),
    "replan": ("offering",),
    "refuse_above_standard": ("offering", "following_up"),
    "finish_execution": ("executing",),
    "accept": ("following_up",),
    "dissatisfied": ("following_up",),
    "close": ("reviewing",),
    "reopen": ("closed",),
    "withdraw": (
        "received", "acknowledged", "registered", "investigating", "analysed", "explaining", "planning", "approving",
        "offering",
    ),
    "settle_externally": (
        "investigating", "analysed", "explaining", "planning", "approving", "offering", "executing", "following_up",
        "reviewing",
    ),
}  # fmt: skip
# What refuses a case that has nothing but its state; a move without a word here goes through.
BARE = {
    "acknowledge": "响应-01",
    "register": "登记-01",
    "settle_at_once": "登记-05",
    "investigate": "登记-02",
    "find": "证据-01",
    "explain": "定性-04",
    "conclude_explanation": "定性-06",
    "reinvestigate": "定性-06",
    "plan": "定性-05",
    "submit": "方案-02",
    "offer": "方案-02",
    "choose": "沟通-01",
    "replan": "沟通-01",
    "refuse_above_standard": "沟通-02",
    "accept": "回访-01",
    "dissatisfied": "回访-03",
    "close": "复盘-01",
    "withdraw": "定性-06",
    "settle_externally": "外部-02",
    "reopen": "分派-01",
}
COLUMNS = {
    "owner": {OWNER},
    "other agent": set(),
    "duty agent, owner there": set(),
    "duty agent, owner away": {DUTY},
    "case handler": {HANDLER},
    "other handler": set(),
    "supervisor": {SUPERVISOR},
    "owner who is supervisor": {OWNER, SUPERVISOR},
    "leader": {LEADER},
    "administrator": set(),
    "auditor": set(),
    "customer": set(),
    "system": {SYSTEM},
}


@pytest.fixture
def seats(agent, other_agent, duty_agent, handler, other_handler, supervisor, leader):
    return {
        "owner": agent,
        "other agent": other_agent,
        "duty agent, owner there": duty_agent,
        "duty agent, owner away": duty_agent,
        "case handler": handler,
        "other handler": other_handler,
        "supervisor": supervisor,
        "owner who is supervisor": factories.acting("erzhong", Role.AGENT, Role.SUPERVISOR),
        "leader": leader,
        "administrator": factories.acting("guanli", Role.ADMINISTRATOR),
        "auditor": factories.acting("shenji", Role.AUDITOR),
        "system": Actor.system("portal"),
    }


def bare_case(state, owner, handler):
    """A case that has its state and handler and nothing else; a closed one was closed this very day."""
    closed = {"closed_at": TUESDAY_10, "outcome": Outcome.RESOLVED_ACCEPTED} if state == State.CLOSED else {}
    handled = {} if state == State.CLOSED else {"handler": handler}
    return factories.admitted(state, owner=owner, **handled, **closed)


def attempt(case, move, actor):
    """Try the move and take it back: the state reached, or the code of the rule that refused."""
    with transaction.atomic():
        try:
            lifecycle.move(case, move, actor=actor, at=TUESDAY_10, told=Told(skip_reason="矩阵"))
            reached = case.state
        except Refusal as refusal:
            reached = refusal.rule.code
        transaction.set_rollback(True)
    case.refresh_from_db()
    return reached


def expected(state, move, column):
    if state not in FROM[move]:
        return rules.WRONG_STATE.code
    if not COLUMNS[column] & WHO[move]:
        return rules.WRONG_SEAT.code
    if move == "dissatisfied" and column == "leader":
        return rules.NOT_DISSATISFIED.code
    if move == "refuse_above_standard" and state == "following_up":
        return rules.TOO_MANY_ROUNDS.code
    return BARE.get(move, lifecycle.MOVES[move].target.value)


def test_the_matrix_speaks_of_every_move_of_the_table():
    assert set(WHO) == set(FROM) == set(lifecycle.MOVES) - {"receive"} == {row.move for row in STEPS} - {"receive"}


@pytest.mark.parametrize("state", [state.value for state in State])
def test_s0_01_each_pair_of_state_move_and_actor_moves_or_refuses_with_its_rule(state, seats):
    found, told = {}, {}
    cases = {
        "owner who is supervisor": bare_case(
            state, seats["owner who is supervisor"].person, seats["case handler"].person
        )
    }
    shared = bare_case(state, seats["owner"].person, seats["case handler"].person)
    seats["customer"] = Actor.customer(shared.customer)
    for column in COLUMNS:
        if column == "duty agent, owner away":
            away(seats["owner"].person, TUESDAY_10, by=seats["supervisor"].person)
        for move in WHO:
            found[column, move] = attempt(cases.get(column, shared), move, seats[column])
            told[column, move] = expected(state, move, column)

    assert {pair: code for pair, code in found.items() if code != told[pair]} == {}
