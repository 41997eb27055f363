"""Who gets the form of which move: the page asks as the step does, and tells everybody else in a sentence."""

import pytest

from huiyin.complaints import lifecycle
from huiyin.complaints.guards.context import Case
from huiyin.complaints.lifecycle import MOVES
from huiyin.complaints.states import Outcome, State
from huiyin.interfaces.web.case.table import STEP_FORMS
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from tests import factories
from tests.interfaces.web.case.desks import Desk, address

PART = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "act"}


def desks() -> dict[str, Desk]:
    """One person for every column of the matrix."""
    cast = {
        "owner": ("xiaoli", Role.AGENT, "customer_service"),
        "other agent": ("xiaozhou", Role.AGENT, "customer_service"),
        "handler": ("laozhou", Role.HANDLER, "warehouse"),
        "supervisor": ("chenzhuguan", Role.SUPERVISOR, "customer_service"),
        "leader": ("wangzong", Role.LEADER, "management"),
        "auditor": ("shenji", Role.AUDITOR, "audit"),
    }
    return {name: Desk(factories.person(login, role, of=of)) for name, (login, role, of) in cast.items()}


@pytest.mark.once
@pytest.mark.parametrize("state", list(State))
def test_s2_54_the_form_of_a_move_is_shown_to_those_who_may_take_it_and_to_nobody_else(state):
    people = desks()
    hand = people["handler"].person
    fields = {"handler": hand, "department": hand.department, "category": "quality.damage"}
    if state is State.CLOSED:
        fields |= {"outcome": Outcome.RESOLVED_ACCEPTED, "closed_at": factories.TUESDAY_10}
    case = factories.admitted(state, owner=people["owner"].person, **fields)
    moves = [name for name in MOVES if name in STEP_FORMS]

    shown, allowed = set(), set()
    for name in moves:
        for who, desk in people.items():
            answer = desk.client.get(address(case, name), **PART)
            if answer.status_code == 200:
                shown.add((who, name))
            else:
                assert (answer.status_code in (403, 409), "§" in answer.text or "流程-" in answer.text) == (True, True)
            reading = Case(case, Actor.of(desk.person), case.received_at)
            if state in MOVES[name].sources and lifecycle.may(reading, name):
                allowed.add((who, name))

    assert shown == allowed


def test_every_move_a_person_takes_has_its_form():
    assert set(MOVES) - set(STEP_FORMS) == {"receive"}
