"""What waits for a signature: the list, one plan at a glance, approving, returning, looking at it afterwards."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.conversation import Skip
from huiyin.complaints.models import Approval, Complaint
from huiyin.complaints.states import State
from huiyin.complaints.steps import planning
from huiyin.complaints.steps.planning import Line, NewOption, NewPlan
from huiyin.interfaces.web.shell import Shell
from huiyin.people.roles import Role
from tests import factories
from tests.factories import at_of
from tests.interfaces.web.case.desks import Desk

INSIDE = Skip("先内部批示")


def drafted(amount: str = "1299", *, options: int = 2, **changes) -> Complaint:
    case, by = factories.analysed(**changes), factories.agent()
    at = at_of(case, 100)
    planning.start_plan(case.pk, INSIDE, actor=by, at=at)
    departs = "" if Decimal(amount) >= 1299 else "已使用部分折算"
    answers = {demand.pk: ("全额退款", departs) for demand in case.demands.all()}
    cards = tuple(
        NewOption(f"退款方案 {place}", (Line("full_refund", Decimal(amount)),), answers, 1440, Decimal(100), "承运商")
        for place in range(1, options + 1)
    )
    planning.draft_plan(case.pk, NewPlan("", cards), actor=by, at=at)
    return case


def submitted(amount: str = "1299", *, minutes: int = 110, **changes) -> Complaint:
    case = drafted(amount, **changes)
    return planning.submit_plan(case.pk, INSIDE, actor=factories.agent(), at=at_of(case, minutes))


def sign(desk: Desk, case: Complaint, decision: str, **fields):
    case.refresh_from_db()
    given = {"seen": case.last_number, "decision": decision, **fields}
    answer = desk.client.post(f"/approvals/{case.number}/", given)
    case.refresh_from_db()
    return answer


def test_s1_36_what_waits_is_listed_oldest_first_with_amount_level_and_clock(supervisor, at_minute):
    first = submitted("600")
    second = submitted("900", minutes=120)
    at_minute(first, 130)

    answer = supervisor.client.get("/approvals/")

    rows = answer.context["before"]
    assert [row.complaint for row in rows] == [first, second]
    assert all(f"{amount}.00" in answer.text for amount in (600, 900))
    assert [(row.approval.needed_role, row.clock.code) for row in rows] == [(Role.SUPERVISOR, "approval")] * 2


def test_s1_36_one_plan_shows_its_facts_and_is_approved_from_a_phone(supervisor, at_minute):
    case = submitted()
    at_minute(case, 130)

    shown = supervisor.client.get(f"/approvals/{case.number}/")
    answer = sign(supervisor, case, "approve", comment="同意")

    brief = shown.context["brief"]
    assert [(told.kind, told.answer) for told in brief.demands] == [("yes", "全额退款")] * 2
    assert [fact.icon for fact in brief.facts] == ["scale", "files", "undo-2"]
    assert (shown.context["position"], shown.context["total"], len(brief.options)) == (1, 1, 2)
    assert (answer.status_code, case.state, Approval.objects.get().comment) == (303, State.OFFERING, "同意")


def test_s1_36_a_plan_is_returned_only_with_what_must_change(supervisor, at_minute):
    case = submitted()
    at_minute(case, 130)

    bare = sign(supervisor, case, "return", comment="")
    state = case.state
    answer = sign(supervisor, case, "return", reason="evidence", comment="缺检测报告")

    assert (bare.status_code, "批示-04" in bare.text, state) == (422, True, State.APPROVING)
    comment = Approval.objects.get().comment
    assert (answer.status_code, case.state, "缺检测报告" in comment, len(comment) > 5) == (
        303,
        State.PLANNING,
        True,
        True,
    )


def test_c27_a_plan_that_changed_meanwhile_is_not_signed_blindly(supervisor, at_minute):
    case = submitted()
    at_minute(case, 130)
    seen = case.last_number - 1

    answer = supervisor.client.post(
        f"/approvals/{case.number}/", {"seen": seen, "decision": "approve", "comment": "同意"}
    )

    case.refresh_from_db()
    assert (answer.status_code, "流程-04" in answer.text, case.state) == (409, True, State.APPROVING)
    assert answer.context["form"]["comment"].value() == "同意"


def test_s2_49_an_amount_beyond_the_supervisor_waits_for_a_wider_role(supervisor, leader, at_minute):
    case = submitted("25000")
    at_minute(case, 130)

    lists = [desk.client.get("/approvals/").context["before"] for desk in (supervisor, leader)]
    other = supervisor.client.get(f"/approvals/{case.number}/")

    assert [len(rows) for rows in lists] == [0, 1]
    assert (other.status_code, "brief" in other.context) == (200, False)


def test_amb_05_what_was_offered_within_authority_is_looked_at_afterwards(agent, leader, at_minute):
    case = drafted("300")
    planning.offer_within_authority(case.pk, INSIDE, actor=factories.agent(), at=at_of(case, 110))
    at_minute(case, 130)

    listed = leader.client.get("/approvals/").context["after"]
    silent = sign(leader, case, "object", comment="")
    answer = sign(leader, case, "object", comment="应先要求退货")

    assert ([row.complaint for row in listed], silent.status_code) == ([case], 422)
    assert (answer.status_code, Approval.objects.get().decision) == (303, Approval.Decision.OBJECTED)


def test_s1_36_nobody_finds_his_own_plan_among_his_approvals(at_minute):
    case = submitted()
    both = Desk(factories.person("zhuguan2", Role.SUPERVISOR, Role.LEADER, name="何伟"))
    Approval.objects.get().plan.__class__.objects.update(prepared_by=both.person)
    at_minute(case, 130)

    assert both.client.get("/approvals/").context["before"] == []


def test_s2_54_who_signs_nothing_has_no_such_page(agent):
    assert agent.client.get("/approvals/").status_code == 403


def test_when_nothing_waits_the_page_says_why(supervisor):
    answer = supervisor.client.get("/approvals/")

    assert (answer.status_code, 'class="empty"' in answer.text) == (200, True)


def test_the_navigation_counts_what_waits(supervisor, rf, at_minute):
    case = submitted()
    at_minute(case, 130)
    request = rf.get("/")
    request.user = supervisor.person

    counts = Shell(request, at_of(case, 130) + timedelta(minutes=1)).counts

    assert counts["approvals"].number == 1


def test_who_signs_has_the_approvals_among_the_three_places_a_phone_shows(supervisor):
    bar = supervisor.client.get("/promises/").text.partition('class="places"')[2].partition("</section>")[0]

    shown = [place for place in bar.split("<li>")[1:] if 'class="rest"' not in place]

    assert [('href="/approvals/"' in place) for place in shown] == [False, True, False]


@pytest.mark.parametrize("address", ["/approvals/", "/approvals/{number}/"])
def test_the_pages_ask_the_database_no_more_for_more(supervisor, at_minute, address):
    counts = []
    for options, cases in ((2, 1), (6, 3)):
        found = [submitted(options=options) for _time in range(cases)]
        at_minute(found[0], 130)
        url = address.format(number=found[0].number)
        supervisor.client.get(url)
        with CaptureQueriesContext(connection) as queries:
            assert supervisor.client.get(url).status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1]
