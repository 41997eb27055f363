"""Figures, service quality, improvements, signals and groups as programs read and write them."""

import pytest

from huiyin.analytics.metrics import METRICS
from huiyin.improvement.models import Delivery, Item, Signal
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.roles import Role
from huiyin.policy.packs import loading, store
from huiyin.quality.models import Assessment
from tests import factories, later
from tests.interfaces.api.calling import in_minutes

ACTUAL = {"reliability": 80, "responsiveness": 90, "assurance": 85, "empathy": 75, "tangibles": "70.5"}
EXPECTED = {"reliability": 90, "responsiveness": 80, "assurance": 80, "empathy": 80, "tangibles": 60}
WHY = {"title": "出库前加拍外壳照片", "description": "三起划痕都无法判断责任。"}
CORE = ("accurate", "safe", "timely", "convenient", "standardised")


@pytest.fixture
def weighed(policy, clock):
    store.load(loading.DATA / "service_quality", at=factories.LONG_AGO)
    case = later.following_up()
    clock.move_to(factories.at_of(case, 600))
    return case


@pytest.fixture
def inspector(call, clock):
    return call("zhijian_yuan", Role.INSPECTOR, name="林岚", of="audit")


@pytest.fixture
def handler(call, clock):
    return call("laozhou", Role.HANDLER, name="周强", of="warehouse")


def test_decision_11_the_figures_are_those_of_the_registry(supervisor, agent, clock):
    factories.received()

    told = supervisor.get("/figures", days="7").json()

    assert [one["code"] for one in told["figures"]] == list(METRICS)
    received = next(one for one in told["figures"] if one["code"] == "received")
    assert (received["now"], received["change"]) == ({"counted": 1, "among": None, "share": None}, "1.0")
    assert agent.get("/figures").status_code == 403
    assert supervisor.get("/figures", days="8").status_code == 422


def test_s3_19_a_program_records_expectation_and_feeling_and_reads_the_gap(weighed, agent):
    path = f"/complaints/{weighed.number}/assess"
    agent.post(path, {"side": "expected", "rater": "customer", "points": EXPECTED})
    answer = agent.post(path, {"side": "actual", "rater": "customer", "points": ACTUAL})

    told = agent.get(f"/complaints/{weighed.number}/quality").json()
    assert (answer.status_code, answer.json()) == (201, told)
    (customer,) = told["ratings"]
    assert customer["gap"]["satisfaction"] == "0.31"
    assert (customer["gap"]["weakest"], customer["actual"]["tangibles"]) == ("reliability", "70.50")


@pytest.mark.parametrize(
    ("points", "rule"),
    [({"reliability": 80}, "质量-01"), (ACTUAL | {"empathy": 101}, "质量-01"), (ACTUAL | {"attitude": 85}, "质量-02")],
)
def test_s3_15_points_that_do_not_fit_are_refused_by_their_rule(weighed, agent, points, rule):
    answer = agent.post(
        f"/complaints/{weighed.number}/assess", {"side": "actual", "rater": "customer", "points": points}
    )

    assert answer.json()["rule"] == rule
    assert not Assessment.objects.exists()


def test_a_house_that_weighs_nothing_refuses_to_assess(policy, clock, agent):
    case = factories.registered()

    answer = agent.post(f"/complaints/{case.number}/assess", {"side": "actual", "rater": "customer", "points": ACTUAL})

    assert answer.json()["rule"] == "质量-04"


def test_a_rating_on_a_case_that_went_on_is_refused_and_a_repeated_one_is_recorded_once(weighed, agent):
    path, body = f"/complaints/{weighed.number}/assess", {"side": "actual", "rater": "customer", "points": ACTUAL}

    stale = agent.post(path, body, If_Match='"1"')
    first, again = (agent.post(path, body, Idempotency_Key="rating-1") for _time in range(2))

    assert stale.status_code == 412
    assert first.json() == again.json()
    assert Assessment.objects.count() == 1


def test_s3_17_an_inspector_measures_a_case_and_reads_nothing_else_of_it(weighed, inspector):
    items = {code: {"kept": code != "timely", "evidence": "答复与工单一致"} for code in CORE}
    path = f"/complaints/{weighed.number}/fill_checklist"

    bare = inspector.post(
        path, {"checklist": "core_service", "items": items | {"safe": {"kept": True, "evidence": ""}}}
    )
    filled = inspector.post(path, {"checklist": "core_service", "items": items})

    assert bare.json()["rule"] == "质量-03"
    (marked,) = filled.json()["checklists"]
    assert (marked["kept"], marked["of"], marked["share"]) == (4, 5, "80.00")
    assert inspector.get(f"/complaints/{weighed.number}").status_code == 404
    assert inspector.get(f"/complaints/{factories.registered().number}/quality").status_code == 404


def test_s2_54_a_handler_reads_what_was_measured_and_measures_nothing(weighed, handler):
    path = f"/complaints/{weighed.number}"

    answer = handler.post(f"{path}/assess", {"side": "actual", "rater": "customer", "points": ACTUAL})

    assert (answer.status_code, handler.get(f"{path}/quality").status_code) == (403, 200)


def test_s2_16_an_improvement_goes_from_a_case_to_its_check(agent, supervisor, handler):
    case = factories.registered()

    made = agent.post("/improvements", WHY | {"complaint": case.number, "department": "warehouse"})
    path = f"/improvements/{made.json()['id']}"
    accepted = supervisor.post(f"{path}/accept", {"owner": handler.person.pk, "due_at": in_minutes(9000)})
    begun = handler.post(f"{path}/begin")
    own = handler.post(f"{path}/verify", {"found": "我看过了"})
    verified = supervisor.post(f"{path}/verify", {"found": "抽查二十单，照片齐全"})

    assert (made.status_code, made.json()["complaint"]) == (201, case.number)
    assert [one.json()["status"] for one in (made, accepted, begun, verified)] == [
        *("proposed", "accepted", "in_progress", "verified"),
    ]
    assert own.status_code == 403
    assert supervisor.get("/improvements").json()["improvements"] == []
    (listed,) = supervisor.get("/improvements", ended="true").json()["improvements"]
    assert (listed["conclusion"], listed["owner"]["name"]) == ("抽查二十单，照片齐全", "周强")


def test_an_improvement_is_refused_by_its_rules(agent, supervisor):
    path = f"/improvements/{agent.post('/improvements', WHY).json()['id']}"

    assert agent.post("/improvements", {"title": " ", "description": "x"}).json()["rule"] == "改进-01"
    late = supervisor.post(f"{path}/accept", {"owner": agent.person.pk, "due_at": in_minutes(-5)})
    assert late.json()["rule"] == "改进-01"
    assert supervisor.post(f"{path}/verify", {"found": "好"}).json()["rule"] == "改进-03"
    assert supervisor.post(f"{path}/reject", {"reason": " "}).json()["rule"] == "改进-02"
    assert supervisor.post(f"{path}/reject", {"reason": "已有同类措施"}).json()["status"] == "rejected"


def test_what_one_does_not_see_is_not_found(agent, handler, call):
    row = Item.objects.get(pk=agent.post("/improvements", WHY).json()["id"])
    case = factories.registered()

    assert handler.post(f"/improvements/{row.pk}/begin").status_code == 404
    assert handler.post("/improvements", WHY | {"complaint": case.number}).status_code == 422
    assert call("guanli", Role.ADMINISTRATOR, of="it").get("/improvements").status_code == 403


def test_s2_18_s2_19_a_signal_is_noted_once_settled_once_and_listed(agent, handler):
    noted = [agent.post("/signals", {"matter": "客户连问三次"}, Idempotency_Key="s-1") for _time in range(2)]
    path = f"/signals/{noted[0].json()['id']}/settle"

    empty = agent.post(path, {})
    settled = agent.post(path, {"done": "当场帮他退订"})
    again = agent.post(path, {"done": "再来一次"})

    assert (Signal.objects.count(), empty.json()["rule"], again.json()["rule"]) == (1, "预警-01", "预警-01")
    assert settled.json()["status"] == "prevented"
    assert agent.get("/signals").json() == {"signals": [], "next": None}
    assert [one["done"] for one in agent.get("/signals", ended="true").json()["signals"]] == ["当场帮他退订"]
    assert handler.get("/signals").status_code == 403


def test_s2_17_a_report_is_delivered_and_read(supervisor, agent, call):
    leader = call("wangzong", Role.LEADER, name="王志远", of="management")
    factories.registered()
    body = {"begins_at": "2025-03-01T00:00:00+08:00", "ends_at": "2025-03-05T00:00:00+08:00", "remark": "划痕集中"}

    none = supervisor.post("/groups/reports", body | {"recipients": []})
    made = supervisor.post("/groups/reports", body | {"recipients": [leader.person.pk]}).json()
    leader.get(f"/groups/reports/{made['id']}")

    assert none.json()["rule"] == "归类-01"
    assert [group["count"] for group in made["groups"]] == [1]
    assert made["deliveries"][0]["read_at"] is None
    assert Delivery.objects.get().read_at is not None
    assert supervisor.get("/groups").json()["groups"][0]["trend"] == 1
    assert agent.get("/groups").status_code == 403


def test_c27_a_token_made_for_reading_changes_nothing(call, policy, clock):
    reader = call("zhidu", Role.SUPERVISOR, scopes=(Scope.READ.value,))

    assert reader.get("/figures").status_code == 200
    for path in ("/improvements", "/signals", "/groups/reports"):
        body = {"/improvements": WHY, "/signals": {"matter": "x"}}.get(
            path, {"begins_at": in_minutes(0), "ends_at": in_minutes(9), "recipients": []}
        )
        assert reader.post(path, body).status_code == 403, path


def test_the_lists_cost_the_same_however_long(agent, django_assert_max_num_queries):
    for number in range(30):
        agent.post("/improvements", WHY | {"title": f"第 {number} 项"})

    with django_assert_max_num_queries(8):
        assert len(agent.get("/improvements").json()["improvements"]) == 30
