"""Every step has its operation, every operation its people: the table is whole."""

import inspect
from importlib import import_module
from pkgutil import iter_modules

import pytest
from pydantic import BaseModel

from huiyin.complaints import steps
from huiyin.complaints.lifecycle import MOVES
from huiyin.complaints.states import STEPS
from huiyin.interfaces.api import routes
from huiyin.interfaces.api.steps import table
from huiyin.interfaces.api.steps.table import OPERATIONS
from huiyin.people.roles import Role
from tests import factories, later
from tests.interfaces.api.calling import Caller

# The complainant's own steps belong to the portal.
NOT_HERE = {"portal"}
SKIP = {"words": {"skip": "无需告知"}}
ROLES = {
    "owner": (Role.AGENT,),
    "other_agent": (Role.AGENT,),
    "handler": (Role.HANDLER,),
    "other_handler": (Role.HANDLER,),
    "supervisor": (Role.SUPERVISOR,),
    "leader": (Role.LEADER,),
    "administrator": (Role.ADMINISTRATOR,),
    "auditor": (Role.AUDITOR,),
}
NAMES = {
    "owner": ("xiaoli", "customer_service"),
    "other_agent": ("xiaozhou", "customer_service"),
    "handler": ("laozhou", "warehouse"),
    "other_handler": ("zhijian", "quality"),
    "supervisor": ("chenzhuguan", "customer_service"),
    "leader": ("wangzong", "management"),
    "administrator": ("guanli", "it"),
    "auditor": ("shenji", "audit"),
}


def step_functions():
    """Every function of complaints.steps that changes something: a transaction of an actor."""
    for module in iter_modules(steps.__path__):
        if module.name in NOT_HERE:
            continue
        room = import_module(f"{steps.__name__}.{module.name}")
        for name, function in inspect.getmembers(room, inspect.isfunction):
            changes = hasattr(function, "__wrapped__") and "actor" in signature(function)
            if changes and function.__module__ == room.__name__ and not name.startswith("_"):
                yield f"{module.name}.{name}"


def signature(function):
    return inspect.signature(inspect.unwrap(function)).parameters


def test_c27_every_move_has_an_operation_of_its_name():
    assert [row.move for row in STEPS if row.move not in OPERATIONS and row.move != "receive"] == []


def test_c27_every_step_is_called_by_some_operation():
    rooms = {operation.take.__module__ for operation in OPERATIONS.values()}
    told = "\n".join(inspect.getsource(import_module(name)) for name in rooms) + inspect.getsource(routes)

    assert [name for name in step_functions() if name not in told] == []


def test_c27_no_two_schemas_share_a_name():
    """The description knows schemas by name alone: of two with one name, one would vanish."""

    def below(kind):
        for one in kind.__subclasses__():
            if one.__module__.startswith("huiyin.interfaces.api"):
                yield one
            yield from below(one)

    names = [one.__name__ for one in set(below(BaseModel))]

    assert sorted({name for name in names if names.count(name) > 1}) == []


def test_c27_a_name_is_taken_once():
    with pytest.raises(LookupError):
        table.step("acknowledge", OPERATIONS["acknowledge"].scope, "")(lambda take, body: None)


@pytest.fixture
def everybody(policy, clock):
    return {key: Caller(factories.person(NAMES[key][0], *roles, of=NAMES[key][1])) for key, roles in ROLES.items()}


def by_who(everybody, number, step, body):
    """How each role fares with one step: 200 taken, 409 or 422 refused by the matter, 403 by the person, 404 unseen."""
    found = {}
    for key, caller in everybody.items():
        status = caller.post(f"/complaints/{number}/{step}", body).status_code
        found.setdefault(status, set()).add(key)
    return found


MATRIX = (
    ("acknowledge", factories.received, {"say": {"text": "好"}}, {"owner"}),
    ("explain", factories.analysed, SKIP, {"supervisor"}),
    ("submit", later.planning, SKIP, {"owner"}),
    ("return", later.approving, SKIP, {"supervisor", "leader"}),
    ("refuse_above_standard", later.offering, SKIP | {"reason": "", "alternative": ""}, {"leader"}),
    ("finish_execution", later.executing, SKIP, {"owner", "handler"}),
    ("accept", later.following_up, SKIP, {"owner"}),
    ("close", later.reviewing, SKIP, {"supervisor"}),
    ("settle_externally", later.offering, SKIP, {"leader"}),
)


@pytest.mark.parametrize(("step", "make", "body", "seated"), MATRIX, ids=[row[0] for row in MATRIX])
def test_the_role_table_holds_over_the_api(everybody, step, make, body, seated):
    """Requirements §9: whoever has no seat is refused for who he is; the administrator does not even see the case."""
    case = make()
    assert case.state in MOVES[step].sources

    found = by_who(everybody, case.number, step, body)

    unseen = {"administrator"} | ({"other_handler"} if case.department_id else {"handler", "other_handler"})
    assert found[404] == unseen
    assert found[403] == set(ROLES) - seated - unseen
    assert found.get(409, set()) | found.get(422, set()) == seated


def test_the_role_table_holds_for_lists(everybody):
    factories.received()
    seen = {key: len(caller.get("/complaints").json()["rows"]) for key, caller in everybody.items()}

    assert {key for key, rows in seen.items() if rows} == {"owner", "other_agent", "supervisor", "leader", "auditor"}
    overview = {key: caller.get("/overview").status_code for key, caller in everybody.items()}
    assert {key for key, status in overview.items() if status == 200} == {"supervisor", "leader", "auditor"}
