"""Technical triage on the pages: three streams in a case, the list of wanted stations, the plan of the week."""

import pytest

from huiyin.complaints.models import NetworkTriage, WeeklyItem
from huiyin.people.roles import Role
from huiyin.policy.packs import loading, store
from tests import factories
from tests.interfaces.api.calling import Caller
from tests.interfaces.web.case.desks import Desk, local

PLACE = {"place": "东门小区", "grounds": "测试车 -112 dBm", "latitude": "26.07", "longitude": "119.3"}


@pytest.fixture
def engineer():
    store.load(loading.DATA / "telecom", at=factories.LONG_AGO)
    return Desk(factories.person("wangyou", Role.HANDLER, Role.TECHNICIAN, name="汪优", of="network"))


@pytest.fixture
def case(agent, engineer):
    person = engineer.person
    fields = {"category": "network.coverage", "handler": person, "department": person.department}
    return factories.admitted("investigating", owner=agent.person, pack="telecom", **fields)


def test_s2_61_to_s2_63_the_streams_of_a_case_and_the_lists(agent, engineer, case, at_minute):
    now = at_minute(case, 60)
    gap = engineer.send(case, "network", stream="coverage", place="东门小区", grounds="弱")
    assert (gap.status_code, "网络-01" in gap.content.decode()) == (422, True)
    for stream in ("coverage", "optimise", "station"):
        engineer.take(case, "network", stream=stream, **PLACE)
    rows = {row.stream: row for row in NetworkTriage.objects.all()}
    test = {"tested_at": local(now), "measured": "切换失败 8%", "helps": "yes", "what": "调整邻区参数"}
    engineer.take(case, "field_test", item=rows["optimise"].pk, **test)
    early = engineer.send(case, "station", item=rows["station"].pk, kind="repair", text="换板")
    assert (early.status_code, "网络-03" in early.content.decode()) == (422, True)
    engineer.take(case, "station", item=rows["station"].pk, kind="indicators", text="驻波比告警")

    panel = agent.client.get(f"/desk/{case.number}/about/tasks/").content.decode()
    assert [word in panel for word in ("调整邻区参数", "驻波比告警", "26.07000")] == [True] * 3
    item = WeeklyItem.objects.get()
    plan = engineer.client.get(f"/network/week/?on={item.week_on}").content.decode()
    assert ("调整邻区参数" in plan, case.number in plan) == (True, True)
    engineer.take(case, "week_done", item=item.pk, result="掉话率 1%")
    assert "掉话率 1%" in engineer.client.get(f"/network/week/?on={item.week_on}").content.decode()
    assert engineer.client.get("/network/week/?on=2025-99-99").status_code == 200


def test_s2_61_the_list_of_wanted_stations_opens_for_those_who_investigate(agent, engineer, case, at_minute):
    at_minute(case, 60)
    others = [factories.admitted("investigating", owner=agent.person, pack="telecom", category="network.coverage",
                                 handler=engineer.person) for _ in range(2)]  # fmt: skip
    for one in (case, *others):
        engineer.take(one, "network", stream="coverage", **PLACE)

    page = engineer.client.get("/network/sites/?latitude=26.08&longitude=119.3").content.decode()
    assert [word in page for word in ("东门小区", case.number, "1112")] == [True] * 3
    assert engineer.client.get("/network/sites/?latitude=x").status_code == 200
    assert agent.client.get("/network/sites/").status_code == 403


def test_s2_62_the_same_over_the_api(at_minute, agent, engineer, case):
    caller, to = Caller(engineer.person), f"/complaints/{case.number}"
    at_minute(case, 60)
    body = {"stream": "optimise", "place": "东门", "grounds": "掉话", "latitude": "26.07", "longitude": "119.3"}
    made = caller.post(f"{to}/triage_network", body)
    assert made.status_code == 200, made.json()
    test = {
        "triage": made.json()["made"]["id"],
        "tested_at": case.received_at.isoformat(),
        "measured": "8%",
        "helps": True,
    }
    assert caller.post(f"{to}/record_field_test", test).json()["rule"] == "网络-02"
    assert caller.post(f"{to}/record_field_test", test | {"what": "调参"}).status_code == 200
    week = WeeklyItem.objects.get().week_on.isoformat()

    shown = caller.get(to).json()["inquiry"]["triages"][0]
    assert (shown["stream"], shown["tests"][0]["item"]["what"]) == ("optimise", "调参")
    assert [one["what"] for one in caller.get(f"/weekly-plan?on={week}").json()["items"]] == ["调参"]
    assert caller.get("/site-demands?latitude=26&longitude=119").json() == {"demands": []}
