"""The report of a visit and the bill worked out anew, on the pages of the case."""

from huiyin.complaints.models import Consumption, FieldVisit, Task
from huiyin.people.roles import Role
from tests import factories
from tests.factories import at_of
from tests.interfaces.web.case.desks import Desk, local

BILL = {
    "source": "商家消费明细",
    "total": "300",
    "discount": "8.8折",
    "charged": "300",
    "excluded-count": "2",
    "excluded-0-what": "海鲜",
    "excluded-0-amount": "50",
    "excluded-1-what": "酒水",
    "excluded-1-amount": "30",
    "minimum": "200",
    "excluded_counts": "yes",
}


def test_s4_118_the_page_shows_each_step_before_it_is_kept(agent, at_minute):
    case = factories.investigating()
    at_minute(case, 60)

    looked = agent.send(case, "bill", **BILL, again="sums").content.decode()
    assert ("193.60" in looked, "273.60" in looked, Consumption.objects.exists()) == (True, True, False)

    agent.take(case, "bill", **BILL)
    panel = agent.client.get(f"/desk/{case.number}/about/evidence/").content.decode()
    assert ("273.60" in panel, "26.40" in panel) == (True, True)


def test_s4_118_a_bill_that_does_not_add_up_comes_back_with_its_rule(agent, at_minute):
    case = factories.investigating()
    at_minute(case, 60)

    for changes in ({"total": "70"}, {"discount": "八八折"}, {"source": ""}):
        refused = agent.send(case, "bill", **{**BILL, **changes})
        assert (refused.status_code, "核算-01" in refused.content.decode()) == (422, True)


def test_s4_117_whoever_was_sent_reports_what_he_saw(agent, at_minute):
    case = factories.investigating()
    now = at_minute(case, 60)
    salesman = factories.person("yewu", Role.SALESPERSON, name="林凡", of="sales")
    due_at = local(at_of(case, 600))
    agent.take(case, "task", kind="visit", title="到店核实", assignee=salesman.pk, due_at=due_at)
    task, desk = Task.objects.get(kind="visit"), Desk(salesman)
    page = desk.client.get(f"/desk/{case.number}/").content.decode()
    assert f"/do/visit/?item={task.pk}" in page or "/do/visit/" in page

    given = {"way": "on_spot", "place": "海鲜酒楼", "met": "何经理", "visited_at": local(now), "verdict": "untrue"}
    gap = desk.send(case, "visit", item=task.pk, **given)
    assert (gap.status_code, "任务-04" in gap.content.decode()) == (422, True)
    desk.take(case, "visit", item=task.pk, **given, observed="菜单已注明海鲜不打折")

    assert FieldVisit.objects.get().verdict == "untrue"
    assert "菜单已注明" in desk.client.get(f"/desk/{case.number}/about/tasks/").content.decode()
