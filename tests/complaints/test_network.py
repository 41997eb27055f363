"""Network complaints: weak coverage asks for a station, a test fills the plan of a week, repairs have an order."""

from datetime import date
from decimal import Decimal

import pytest

from huiyin.complaints import sites
from huiyin.complaints.lifecycle import OwnMatter, WrongSeat
from huiyin.complaints.models import Interest, NetworkTriage, SiteDemand, StationStep, Task, WeeklyItem
from huiyin.complaints.sites import Point
from huiyin.complaints.steps import network
from huiyin.complaints.steps.network import (
    FieldTestUnclear,
    NewTest,
    NewTriage,
    NoNetworkCase,
    NotThisStream,
    OutOfOrder,
    PlanItemOver,
    StationStepUnclear,
    TriagedAlready,
    TriageUnclear,
)
from huiyin.people.roles import Role
from huiyin.policy.packs import loading, store
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

HOME = (Decimal("26.07000"), Decimal("119.30000"))


@pytest.fixture
def engineer(policy):
    store.load(loading.DATA / "telecom", at=factories.LONG_AGO)
    return factories.acting("wangyou", Role.HANDLER, name="汪优", of="network")


@pytest.fixture
def case(agent, engineer):
    def make(**changes):
        fields = {"category": "network.coverage", "handler": engineer.person, "department": engineer.person.department}
        return factories.admitted("investigating", owner=agent.person, pack="telecom", **{**fields, **changes})

    return make


def go(complaint, engineer, stream="coverage", *, north=0, minutes=60, **changes):
    """Triage a case so many metres north of home."""
    given = {"latitude": HOME[0] + Decimal(north) / 111_195, "longitude": HOME[1]} | changes
    new = NewTriage(**{"stream": stream, "place": "东门小区 3 号楼", "grounds": "测试车 -112 dBm"} | given)
    return network.triage(complaint.pk, new, actor=engineer, at=at_of(complaint, minutes))


# --- Distances and weeks -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("one", "other", "far"),
    [((0, 0), (0, 0), 0), ((0, 0), (0, 1), 111_195), ((0, 0), (1, 0), 111_195), ((60, 0), (60, 1), 55_597),
     ((0, 0), (0, 180), 20_015_087), ((90, 0), (-90, 0), 20_015_087)],
)  # fmt: skip
def test_s2_61_distance_is_that_of_the_great_circle(one, other, far):
    assert sites.metres(Point(*map(Decimal, one)), Point(*map(Decimal, other))) == far


def test_s2_61_there_is_no_such_point():
    for latitude, longitude in ((91, 0), (-91, 0), (0, 181), (0, -181)):
        with pytest.raises(ValueError, match="No point"):
            Point(Decimal(latitude), Decimal(longitude))


@pytest.mark.parametrize(("hour", "monday"), [(factories.when(2025, 3, 4, 10), date(2025, 3, 10)),
                                              (factories.when(2025, 3, 9, 23), date(2025, 3, 10)),
                                              (factories.when(2025, 3, 10, 1), date(2025, 3, 17))])  # fmt: skip
def test_s2_62_next_week_is_that_of_the_packs_zone(hour, monday):
    assert sites.next_week(hour, "Asia/Shanghai") == monday


# --- Weak coverage -----------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_s2_61_three_complaints_within_the_radius_make_one_entry_and_every_owner_is_asked_to_tell(case, engineer):
    first, second, third, far = case(), case(), case(), case()
    go(first, engineer)
    go(second, engineer, north=200)
    go(far, engineer, north=2_000)
    assert not SiteDemand.objects.exists()

    go(third, engineer, north=-150)

    demand = SiteDemand.objects.get()
    assert set(demand.references.values_list("complaint", flat=True)) == {first.pk, second.pk, third.pk}
    told = Task.objects.filter(kind="other").values_list("complaint", "assignee")
    assert set(told) == {(one.pk, one.owner_id) for one in (first, second, third)}
    assert [kinds(sound(one))[-2:] for one in (first, second, third)] == [["site.demanded", "task.made"]] * 3


@pytest.mark.django_db
def test_s2_61_the_next_complaint_nearby_joins_the_entry_and_the_list_measures_from_a_point(
    case, agent, engineer, django_assert_num_queries
):
    for north in (0, 100, 200, 300):
        go(case(), engineer, north=north)

    assert SiteDemand.objects.get().references.count() == 4
    with django_assert_num_queries(3):
        near = sites.demand_list(agent.person, Point(HOME[0] + Decimal("0.01"), HOME[1]), 5)
    assert [(one.count, one.metres, len(one.numbers)) for one in near] == [(4, 912, 4)]
    assert sites.demand_list(agent.person, Point(Decimal(30), Decimal(110)), 5) == []
    stranger = factories.person("bieren", Role.HANDLER, of="warehouse")
    assert [one.numbers for one in sites.demand_list(stranger)] == [()]


@pytest.mark.django_db
def test_s2_61_what_is_no_triage_is_refused(case, engineer):
    complaint = case()
    for gap in ({"place": " "}, {"grounds": ""}, {"stream": "else"}, {"latitude": None}, {"latitude": Decimal(95)}):
        with pytest.raises(TriageUnclear) as refused:
            go(complaint, engineer, **gap)
        assert refused.value.rule.code == "网络-01"
    go(complaint, engineer)
    with pytest.raises(TriagedAlready):
        go(complaint, engineer)
    with pytest.raises(NoNetworkCase):
        go(case(category="billing.amount"), engineer)
    assert NetworkTriage.objects.count() == 1


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.TECHNICIAN, Role.AUDITOR, Role.ADMINISTRATOR])
def test_s2_54_others_decide_no_stream(case, role):
    with pytest.raises(WrongSeat):
        go(case(), factories.acting("somebody", role, of="quality"))


@pytest.mark.django_db
def test_s2_54_whoever_has_a_task_decides_but_not_in_his_own_matter(case, agent):
    complaint = case()
    technician = factories.acting("jishu", Role.TECHNICIAN, of="network")
    new = network.NewTask("other", "现场测试", technician.person.department, technician.person, at_of(complaint, 600))
    network.tasking.give(complaint, new, actor=agent, at=at_of(complaint, 50))
    go(complaint, technician, "optimise")

    Interest.objects.create(
        complaint=complaint, person=technician.person, reason="亲属", declared_at=complaint.received_at
    )
    with pytest.raises(OwnMatter):
        go(complaint, technician, "station")


# --- Field test and weekly plan ----------------------------------------------------------------------------------


@pytest.mark.django_db
def test_s2_62_a_test_that_shows_what_helps_appears_in_next_weeks_plan_and_ends_with_a_result(case, agent, engineer):
    complaint = case()
    row = go(complaint, engineer, "optimise")
    at = at_of(complaint, 90)
    network.record_test(row.pk, NewTest(at, "切换失败 8%", True, "调整邻区参数"), actor=engineer, at=at)

    item = WeeklyItem.objects.get()
    assert (item.week_on, item.department) == (date(2025, 3, 10), engineer.person.department)
    assert sites.weekly_plan(agent.person, item.week_on) == [item]
    assert sites.weekly_plan(agent.person, date(2025, 3, 3)) == []

    with pytest.raises(PlanItemOver) as refused:
        network.finish_item(item.pk, result=" ", actor=engineer, at=at)
    assert refused.value.rule.code == "网络-02"
    network.finish_item(item.pk, result="掉话率降到 1%", actor=engineer, at=at)
    with pytest.raises(PlanItemOver):
        network.finish_item(item.pk, result="再来", actor=engineer, at=at)
    assert kinds(sound(complaint))[-3:] == ["network.tested", "week.done", "task.made"]


@pytest.mark.django_db
def test_s2_62_a_test_with_a_gap_is_refused_and_one_that_shows_nothing_plans_nothing(case, engineer):
    complaint = case()
    row, other = go(complaint, engineer, "optimise"), go(complaint, engineer, "station")
    at = at_of(complaint, 90)
    for new in (NewTest(None, "弱", True, "调"), NewTest(at_of(complaint, 900), "弱", True, "调"),
                NewTest(at, " ", True, "调"), NewTest(at, "弱", True, "")):  # fmt: skip
        with pytest.raises(FieldTestUnclear):
            network.record_test(row.pk, new, actor=engineer, at=at)
    with pytest.raises(NotThisStream):
        network.record_test(other.pk, NewTest(at, "弱", False), actor=engineer, at=at)

    network.record_test(row.pk, NewTest(at, "信号正常", False), actor=engineer, at=at)
    assert not WeeklyItem.objects.exists()


# --- Station repair ----------------------------------------------------------------------------------------------


def step(row, kind, actor, works=None, text="已核对"):
    at = at_of(row.complaint, 90)
    return network.take_station_step(row.pk, kind, text=text, works=works, actor=actor, at=at)


@pytest.mark.django_db
def test_s2_63_repair_before_the_fault_point_is_refused_and_the_customer_is_asked_after_it(case, agent, engineer):
    row = go(case(), engineer, "station")
    for early in ("repair", "fault_point", "check"):
        with pytest.raises(OutOfOrder) as refused:
            step(row, early, agent if early == "check" else engineer, works=True if early == "check" else None)
        assert refused.value.rule.code == "网络-03"
    step(row, "indicators", engineer)
    with pytest.raises(OutOfOrder):
        step(row, "repair", engineer)

    step(row, "fault_point", engineer)
    step(row, "repair", engineer)

    assert Task.objects.get(kind="other").assignee == agent.person
    with pytest.raises(WrongSeat):
        step(row, "check", engineer, works=True)
    for gap in ({"works": None}, {"works": True, "text": " "}):
        with pytest.raises(StationStepUnclear):
            step(row, "check", agent, **gap)
    step(row, "check", agent, works=False, text="客户说还是没信号")
    step(row, "indicators", engineer)
    assert StationStep.objects.filter(turn=2).count() == 1
    sound(row.complaint)


@pytest.mark.django_db
def test_s2_63_nothing_follows_once_the_customer_says_that_it_works(case, agent, engineer):
    row = go(case(), engineer, "station")
    for kind in ("indicators", "fault_point", "repair"):
        step(row, kind, engineer)
    step(row, "check", agent, works=True)

    with pytest.raises(OutOfOrder):
        step(row, "indicators", engineer)
