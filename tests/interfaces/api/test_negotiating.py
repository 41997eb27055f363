"""The negotiation of a case over the API: what a program may do and read of it."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.people.roles import Role
from tests import factories
from tests.complaints import bargain
from tests.complaints.settings import setting
from tests.factories import at_of
from tests.interfaces.api.calling import Caller


@pytest.fixture
def agent(policy, clock):
    return Caller(factories.agent().person)


@pytest.fixture
def supervisor(policy, clock):
    return Caller(factories.supervisor().person)


SHEET = {
    **{name: value for name, value in bargain.SHEET.__dict__.items() if isinstance(value, str)},
    "opening": "20.00",
    "checks": ["read", "uncertain", "chance"],
    "scenes": [{"situation": one, "response": other} for one, other in bargain.SHEET.scenes],
}


def test_s4_126_a_conversation_is_prepared_over_the_api(agent, supervisor, clock):
    case = bargain.late_installation()
    clock.move_to(at_of(case, 130))
    address = f"/complaints/{case.number}"

    asked = agent.post(f"{address}/ask_principle", {"amount": "50.00", "text": "不付十倍"})
    own = agent.post(f"{address}/decide_principle", {"approved": True})
    decided = supervisor.post(f"{address}/decide_principle", {"approved": True, "comment": "同意"})
    kept = agent.post(f"{address}/prepare", SHEET)
    reasonless = agent.post(f"{address}/concede", {"amount": "40.00", "reason": ""})
    conceded = agent.post(f"{address}/concede", {"amount": "40.00", "reason": "行业标准", "obtained": "周六上门"})
    beyond = agent.post(f"{address}/concede", {"amount": "60.00", "reason": "再让一步"})

    assert [one.status_code for one in (asked, own, decided, kept, conceded)] == [200, 403, 200, 200, 200]
    assert (reasonless.status_code, reasonless.json()["rule"]) == (422, "谈判-04")
    assert (beyond.status_code, beyond.json()["rule"]) == (422, "谈判-02")
    shown = agent.get(f"{address}/negotiation").json()
    assert shown["sheet"]["opening"] == "20.00"
    assert [row["amount"] for row in shown["concessions"]] == ["40.00"]
    assert shown["principles"][0]["decision"] == "approved"


def test_s3_32_the_next_question_and_the_expectations_are_read_by_who_may(agent, clock):
    one, case = bargain.late_installation(), bargain.late_installation()
    clock.move_to(at_of(case, 130))
    bargain.noted(one, said="打13812341234,赔十倍", amount=bargain.TENFOLD, remedy="compensation")
    bargain.four(case)
    auditor = Caller(factories.person("shenji", Role.AUDITOR, of="audit"))
    counts = []
    for number in (one.number, one.number, case.number, case.number):  # the first look is logged
        with CaptureQueriesContext(connection) as queries:
            shown = agent.get(f"/complaints/{number}/negotiation").json()
        counts.append(len(queries))

    assert [row["rank"] for row in shown["expectations"]] == [1, 2, 3, 4]
    assert shown["next_question"]["kind"] == "else"
    assert counts[3] <= counts[1]
    assert "13812341234" not in auditor.get(f"/complaints/{one.number}/negotiation").content.decode()
    stranger = Caller(factories.person("kuguan", Role.HANDLER, of="quality"))
    assert stranger.get(f"/complaints/{one.number}/negotiation").status_code == 404


def test_s3_22_what_was_advertised_is_answered_once_over_the_api(agent, supervisor, clock):
    case = bargain.late_installation()
    clock.move_to(at_of(case, 130))
    with setting(case, marketing_cases=1):
        bargain.noted(case, source="advertised", source_note="24 小时上门")
    item = supervisor.get("/advertised").json()["promises"][0]

    answered = supervisor.post(f"/advertised/{item['id']}", {"answer": "改为 48 小时"})
    again = supervisor.post(f"/advertised/{item['id']}", {"answer": "再改"})

    assert (item["cases"], agent.get("/advertised").status_code) == (1, 403)
    assert answered.json()["promises"][0]["answer"] == "改为 48 小时"
    assert (again.status_code, again.json()["rule"]) == (422, "宣传-01")
    assert supervisor.get("/avoidable").json()["cases"] == []


def test_s4_11_conduct_over_the_api_needs_a_supervisor(agent, supervisor, clock):
    case = factories.registered()
    clock.move_to(at_of(case, 40))
    leader = factories.person("wangzong", Role.LEADER, of="management")
    address, words = f"/complaints/{case.number}", {"text": "今后以书面沟通,您可以申诉。"}
    measures = {
        "measures": "只以书面沟通",
        "reviewer": leader.pk,
        "expires_at": at_of(case, 3 * 1440).isoformat(),
        "say": words | {"next": {"what": "处理进展", "due_at": at_of(case, 300).isoformat()}},
    }

    reported = agent.post(f"{address}/propose_conduct", {"described": "连续辱骂"})
    by_agent = agent.post(f"{address}/confirm_conduct", measures)
    confirmed = supervisor.post(f"{address}/confirm_conduct", measures)

    assert (reported.status_code, by_agent.status_code, confirmed.status_code) == (200, 403, 200)
    assert agent.get(f"{address}/negotiation").json()["conducts"][0]["status"] == "in_force"
