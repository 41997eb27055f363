"""What the page of a case costs with the form of a step open in it, for everybody who is shown that form."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.models import Complaint
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.case.here import Here
from huiyin.interfaces.web.case.table import STEP_FORMS
from huiyin.people.roles import Role
from huiyin.rules import Refusal
from tests import factories, later
from tests.interfaces.web.desk.conftest import Desk

MOST = 15
# What costs more, and why: docs/decisions/0011-one-reading-of-a-case.md.
DEARER = {
    "approve": 17,
    "close": 20,
    "dissatisfied": 16,
    "draft_plan": 25,
    "explain": 16,
    "find": 18,
    "offer": 17,
    "refuse_above_standard": 16,
    "reopen": 16,
    "unknown": 21,
}


def planned() -> Complaint:
    """A plan drawn up and not offered yet: the header weighs it against everybody's authority."""
    complaint = later.planning()
    later.drafted(complaint)
    return complaint


# Each form in the state in which it costs most; the guards it asks beforehand differ from state to state. What is not
# named is counted while the case is investigated, if it is for anybody then.
FORMS = {
    factories.received: "acknowledge note inbound promise emotion follow unfollow form interest flag evidence task"
    " task_cancel ask_partner partner_again partner_over claim claim_move ask_withdrawal tell goodwill recovery merge"
    " link unlink extend owner withdraw decline_withdrawal look_afterwards override",
    factories.acknowledged: "message register",
    factories.registered: "settle_at_once task_seen task_done task_bounce investigate",
    factories.investigating: "appraisal appraisal_done appraisal_over decision weigh cause find handler"
    " settle_externally",
    factories.with_evidence: "find",
    factories.analysed: "bearing strike ask_unfounded plan explain decline_unfounded",
    factories.explaining: "reinvestigate answer conclude_explanation contact",
    planned: "draft_plan submit offer",
    later.approving: "approve return",
    later.offering: "choose owed replan",
    later.executing: "action arrival finish_execution callback",
    later.following_up: "unknown refuse_above_standard accept dissatisfied",
    later.reviewing: "opportunity review question close",
    later.closed: "reopen",
}
NOT_NAMED = set(STEP_FORMS) - {name for names in FORMS.values() for name in names.split()}


@pytest.fixture
def desks(lina, zhou, chen) -> list[Desk]:
    leader = factories.acting("wangzong", Role.LEADER, name="王志远", of="management").person
    return [lina, zhou, chen, Desk(leader)]


def shown(desk: Desk, name: str, complaint: Complaint) -> bool:
    """Whether this person gets the form of this step here."""
    try:
        STEP_FORMS[name].who(Here(complaint, desk.person, clock.now()))
    except Refusal:
        return False
    return True


def asked(desk: Desk, path: str) -> int:
    with CaptureQueriesContext(connection) as caught:
        assert desk.get(path).status_code == 200, path
    return len(caught)


@pytest.mark.once
@pytest.mark.parametrize("make", FORMS)
def test_a_page_with_or_without_a_form_costs_at_most_fifteen_queries(desks, make):
    number = make().number
    address = f"/desk/{number}/"
    desks[2].get("/packs/")  # the packs of the house are read once per process
    there = [desk for desk in desks if desk.get(address).status_code == 200]  # the first look is noted and written down
    told = {desk.person.name: asked(desk, address) for desk in there}
    case = Complaint.objects.get(number=number)
    for name in (*FORMS[make].split(), *(NOT_NAMED if make is factories.investigating else ())):
        first = next((desk for desk in there if shown(desk, name, case)), None)
        assert first or name in NOT_NAMED, name
        told[name] = asked(first, f"{address}do/{name}/") if first else 0

    assert {what: count for what, count in told.items() if count > DEARER.get(what, MOST)} == {}


def test_the_first_look_costs_three_queries_more(lina):
    complaint = factories.received()
    lina.get("/packs/")
    address = f"/desk/{complaint.number}/"

    first, later_on = asked(lina, address), asked(lina, address)

    assert (first - later_on, first <= MOST) == (5, True)  # two of the five open and end the transaction's savepoint
