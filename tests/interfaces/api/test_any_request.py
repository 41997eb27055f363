"""Whatever is sent, no operation fails by itself, and every answer is of the form the description promises.

Requests are made from the OpenAPI description with a fixed seed: 25 for each operation on SQLite, 5 on PostgreSQL,
alternately with an agent's and a supervisor's token, and as many spoiled ones for some. Half of the ids in them are
real, and a step is sent to a case of the state it belongs to, so that not all of them end at the door. All of it is
done in one transaction, each request in a savepoint of its own.
"""

import itertools
from contextlib import contextmanager

import pytest
import schemathesis
import time_machine
from django.conf import settings as django_settings
from django.core.signals import request_finished, request_started
from django.db import close_old_connections, connection, transaction
from hypothesis import HealthCheck, Phase, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from huiyin.complaints.lifecycle import MOVES
from huiyin.complaints.models import (
    Action,
    Approval,
    Callback,
    Claim,
    Complaint,
    Demand,
    Evidence,
    Option,
    Promise,
    RemedyLine,
    Task,
)
from huiyin.complaints.steps import claims
from huiyin.config.wsgi import application
from huiyin.interfaces.api.house import api
from huiyin.people.models import Department, Identity, Person
from huiyin.people.roles import Role
from tests import factories, later
from tests.interfaces.api.calling import Caller

WEDNESDAY_9 = factories.when(2025, 3, 5, 9)
CHECKS = (not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance)
ROWS = {
    "task": Task,
    "claim": Claim,
    "evidence": Evidence,
    "action": Action,
    "callback": Callback,
    "approval": Approval,
    "promise": Promise,
}
SPOILED = ("receive", "list", "timeline", "acknowledge", "register", "draft_plan", "find", "record_callback")
NO_NUL = "^[^\\u0000]*$"
PEOPLE = ("handler", "assignee", "owner", "person", "to")


def without_nul(told):
    """The same without the pattern that every text has."""
    if isinstance(told, dict):
        return {key: without_nul(value) for key, value in told.items() if (key, value) != ("pattern", NO_NUL)}
    return [without_nul(one) for one in told] if isinstance(told, list) else told


def description():
    """The description, with the headers that all steps share asked of two operations alone, to save time.

    That no text holds NUL is left out of it: texts are made faster so, and some of them do.
    """
    told = without_nul(api.get_openapi_schema(path_prefix="/api/v1/"))
    for operation in (one for methods in told["paths"].values() for one in methods.values()):
        if operation["operationId"] not in ("receive", "acknowledge"):
            operation["parameters"] = [one for one in operation["parameters"] if one["in"] != "header"]
    return told


def requests_of(mode):
    made = schemathesis.openapi.from_dict(description())
    made.app = application
    made.config.generation.update(modes=[mode])
    return made


sound = requests_of(GenerationMode.POSITIVE)
# Every body is taken apart by the same code, so a few operations stand for all when it comes to spoiled ones.
spoiled = requests_of(GenerationMode.NEGATIVE).include(operation_id=list(SPOILED))
turns = itertools.count()


class House:
    """A case in each state, two tokens, and the real ids a request can name."""

    def __init__(self):
        factories.load_policy()
        made = [
            *(factories.received(), factories.acknowledged(), factories.registered(), factories.with_evidence()),
            *(factories.analysed(), later.planning(), later.approving(), later.offering(), later.executing()),
            *(later.following_up(), later.reviewing(), later.closed()),
        ]
        new = claims.NewClaim("承运商", later.REFUND, "运输途中造成划痕", WEDNESDAY_9 + later.HOUR)
        claims.open_claim(made[6].pk, new, actor=factories.agent(), at=WEDNESDAY_9)
        self.cases = {case.state: Complaint.objects.get(pk=case.pk) for case in made}
        roles = (Role.AGENT, Role.SUPERVISOR, Role.LEADER)
        self.tokens = [
            Caller(factories.agent().person).token.text,
            Caller(factories.person("boss", *roles)).token.text,
        ]

    def case_for(self, name, turn):
        """A case in a state the move may start from; for anything else one after the other."""
        states = [state for state in MOVES[name].sources if state in self.cases] if name in MOVES else [*self.cases]
        return self.cases[states[turn % len(states)]] if states else None


@contextmanager
def one_connection():
    """Keep the connection open between requests, as Django's own test client does."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture(scope="module")
def house(django_db_setup, django_db_blocker):
    django_settings.HUIYIN_API_PER_MINUTE, before = 0, django_settings.HUIYIN_API_PER_MINUTE
    with (
        time_machine.travel(WEDNESDAY_9, tick=False),
        django_db_blocker.unblock(),
        one_connection(),
        transaction.atomic(),
    ):
        yield House()
        transaction.set_rollback(True)
    django_settings.HUIYIN_API_PER_MINUTE = before


def make_real(body, case):
    """Put real ids where the body names rows, so that a request gets past the door."""
    for name, value in body.items() if isinstance(body, dict) else ():
        if name in ROWS and isinstance(value, int):
            body[name] = ROWS[name].objects.filter(complaint=case).values_list("pk", flat=True).first() or value
        elif name in PEOPLE and isinstance(value, int):
            body[name] = Person.objects.values_list("pk", flat=True).last()
        elif name == "department" and isinstance(value, str):
            body[name] = Department.objects.values_list("code", flat=True).last()
        elif name == "identity" and isinstance(value, int):
            body[name] = Identity.objects.filter(customer=case.customer_id).values_list("pk", flat=True).first()
        elif name == "option" and isinstance(value, int):
            body[name] = Option.objects.filter(plan__complaint=case).values_list("pk", flat=True).first() or value
        elif name == "line" and isinstance(value, int):
            lines = RemedyLine.objects.filter(option__plan__complaint=case)
            body[name] = lines.values_list("pk", flat=True).first() or value
        elif name == "demand" and isinstance(value, int):
            body[name] = Demand.objects.filter(complaint=case).values_list("pk", flat=True).first() or value
        for inner in value if isinstance(value, list) else [value]:
            make_real(inner, case)


@pytest.mark.django_db  # it is also for this test that a run of this file alone makes a database
def test_c27_the_description_is_openapi_3_1(client):
    told = client.get("/api/v1/openapi.json").json()

    assert told["openapi"] == "3.1.0"
    assert len(told["paths"]) > 80


# Every way on SQLite, which is always there; a fifth of them again on PostgreSQL, which refuses more.
in_25_ways = settings(
    max_examples=5 if connection.vendor == "postgresql" else 25,
    derandomize=True,
    database=None,
    deadline=None,
    phases=(Phase.generate,),
    suppress_health_check=list(HealthCheck),
)


@sound.parametrize()
@in_25_ways
def test_c27_no_request_makes_an_operation_fail(case, house):
    ask(case, house)


@spoiled.parametrize()
@in_25_ways
def test_c27_no_spoiled_request_makes_an_operation_fail(case, house):
    ask(case, house)


def ask(case, house):
    """Send the request, undo what it did, and look at the answer."""
    turn = next(turns)
    place = house.case_for(case.operation.definition.raw["operationId"], turn)
    if place is not None and "number" in (case.path_parameters or {}) and turn % 4:
        case.path_parameters["number"] = place.number
        if turn % 2:
            make_real(case.body, place)
    with transaction.atomic():
        answer = case.call(headers={"Authorization": f"Bearer {house.tokens[turn // 2 % 2]}"})
        transaction.set_rollback(True)
    case.validate_response(answer, checks=CHECKS)
