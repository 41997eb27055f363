"""Lists, search, counts and lookups; and that none of them asks more of the database the more there is."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.models import Promise
from huiyin.complaints.steps import messages
from huiyin.people.roles import Role
from tests import factories, later
from tests.interfaces.api.calling import COMPLAINT

READINGS = (
    *("/complaints", "/complaints?view=closed", "/views", "/search?q=划痕", "/overview", "/approvals", "/claims"),
    *("/unanswered", "/enquiries", "/people", "/departments", "/packs", "/categories", "/remedies"),
)


def queries(caller, path):
    caller.get("/me")
    with CaptureQueriesContext(connection) as asked:
        answer = caller.client.get(f"/api/v1{path}")
    assert answer.status_code == 200, answer.content
    return len(asked)


@pytest.mark.once
@pytest.mark.parametrize("path", READINGS)
def test_c27_a_list_asks_as_much_for_thirty_rows_as_for_one(supervisor, path):
    factories.received()
    later.approving()
    few = queries(supervisor, path)
    for number in range(30):
        case = factories.received(order_number=f"E-{number}", name=f"客户{number}")
        factories.person(f"new{number}", Role.AGENT)
        assert case.pk
    later.approving()

    assert queries(supervisor, path) == few
    assert few <= 15


@pytest.mark.once
@pytest.mark.parametrize("what", ["", "/timeline", "/promises", "/evidence"])
def test_c27_a_case_asks_as_much_however_much_happened(supervisor, what):
    case = later.following_up()
    queries(supervisor, f"/complaints/{case.number}{what}")  # the first look is logged
    few = queries(supervisor, f"/complaints/{case.number}{what}")
    for number in range(30):
        messages.write_note(case.pk, f"第{number}条", actor=factories.agent(), at=case.stage_since)

    assert queries(supervisor, f"/complaints/{case.number}{what}") == few


def test_s4_pages_go_on_from_the_last_row(agent, monkeypatch):
    monkeypatch.setattr("huiyin.complaints.lists.PAGE", 4)
    numbers = [agent.post("/complaints", COMPLAINT | {"order_number": f"E-{n}"}).json()["number"] for n in range(10)]

    found, after, pages = [], "", 0
    while after is not None:
        page = agent.get("/complaints", after=after).json()
        found += [row["number"] for row in page["rows"]]
        after, pages = page["after"], pages + 1

    assert (found, pages) == (numbers, 3)


@pytest.mark.parametrize("after", ["x", "1e5_3", "99999999999_1", "_", "1.1234567_2"])
def test_c27_a_cursor_no_page_gave_is_refused(agent, after):
    assert agent.get("/complaints", after=after).status_code == 422


def test_views_and_filters_narrow_the_list(agent, supervisor):
    mine = agent.post("/complaints", COMPLAINT).json()["number"]
    theirs = supervisor.post("/complaints", COMPLAINT | {"channel": "phone"}).json()["number"]

    def listed(**asked):
        return [row["number"] for row in agent.get("/complaints", **asked).json()["rows"]]

    assert listed(view="mine") == [mine]
    assert listed(channel="phone") == [theirs]
    assert listed(owner=agent.person.pk) == [mine]
    assert listed(state="closed") == []
    counted = {view["code"]: view["count"] for view in agent.get("/views").json()["views"]}
    assert (counted["mine"], counted["all"], counted["closed"]) == (1, 2, None)


def test_search_finds_by_the_customers_words(agent):
    number = agent.post("/complaints", COMPLAINT).json()["number"]

    assert [row["number"] for row in agent.get("/search", q="划痕 被欺骗").json()["rows"]] == [number]
    assert agent.get("/search", q="漏水").json()["rows"] == []


def test_a_figure_of_the_overview_lists_exactly_what_it_counts(supervisor, agent):
    for number in range(3):
        agent.post("/complaints", COMPLAINT | {"order_number": f"E-{number}"})
    told = supervisor.get("/overview").json()

    for figure in (*told["by_state"], *told["by_clock"], *told["by_owner"]):
        rows = supervisor.get("/complaints", view="all", **figure["filters"]).json()["rows"]
        assert len(rows) == figure["count"], figure
    assert told["open_cases"] == 3


def test_eng_11_a_promise_says_why_it_is_due_when_it_is(agent):
    number = agent.post("/complaints", COMPLAINT).json()["number"]
    promises = agent.get(f"/complaints/{number}/promises").json()["promises"]

    kept = Promise.objects.filter(complaint__number=number).values_list("code", flat=True)
    assert sorted(promise["code"] for promise in promises) == sorted(kept)
    assert all(promise["why"]["start"] and promise["title"] for promise in promises)


def test_s4_98_an_enquiry_is_passed_on_and_answered(agent, supervisor):
    question = {
        "contact_name": "赵女士",
        "phone": "13800001111",
        "question": "发票怎么开",
        "department": "customer_service",
    }
    made = agent.post("/enquiries", question)
    assert made.status_code == 201, made.content

    waiting = supervisor.get("/enquiries").json()["enquiries"]
    answered = supervisor.post(f"/enquiries/{made.json()['id']}/answer", {"answer": "已告知在订单页开具"})

    assert [row["question"] for row in waiting] == ["发票怎么开"]
    assert answered.json()["answered_at"]
    assert supervisor.get("/enquiries").json()["enquiries"] == []


def test_lookups_name_what_steps_take(agent):
    categories = agent.get("/categories").json()
    damage = next(one for one in categories["categories"] if one["code"] == "quality.damage")
    remedies = {one["code"] for one in agent.get("/remedies").json()["remedies"]}

    assert damage["leaf"]
    assert set(damage["causes"]) <= {cause["code"] for cause in categories["causes"]}
    assert {"full_refund", "coupon", "exchange"} <= remedies
    assert agent.get("/categories", pack="nowhere").status_code == 409
