"""At the venue: a visit as a task with its report, and the bill worked out from a source."""

from decimal import Decimal

import pytest

from huiyin.complaints.consumption import Bill, BillUnclear, Line
from huiyin.complaints.lifecycle import OwnMatter, WrongSeat, WrongState
from huiyin.complaints.models import ACCOUNT, Consumption, Evidence, FieldVisit, Interest, Task
from huiyin.complaints.steps import tasks, venue
from huiyin.complaints.steps.tasks import EndsWithReport, NewTask, OtherDepartmentsTask, TaskNotOpen
from huiyin.complaints.steps.venue import NoVisit, Report, SourceUnsaid, VisitUnreported
from huiyin.messaging.models import Notice
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db
BILL = Bill(Decimal(300), (Line("海鲜", Decimal(80)),), Decimal("0.88"), charged=Decimal(300))


@pytest.fixture
def complaint(agent):
    return factories.investigating(actor=agent)


@pytest.fixture
def salesman(policy):
    return factories.acting("yewu", Role.SALESPERSON, name="林凡", of="sales")


def given(complaint, agent, person, kind="visit"):
    new = NewTask(kind, "到店核实", person.department, person, at_of(complaint, 600))
    return tasks.make_task(complaint.pk, new, actor=agent, at=at_of(complaint, 50))


def report(complaint, **changes):
    return Report(
        **{
            "way": "on_spot",
            "place": "海鲜酒楼",
            "met": "值班经理何先生",
            "visited_at": at_of(complaint, 100),
            "verdict": "true",
            "observed": "菜单未注明海鲜不打折",
            **changes,
        }
    )


def visit(task, actor, minutes=120, **changes):
    case = task.complaint
    return venue.report_visit(task.pk, report(case, **changes), actor=actor, at=at_of(case, minutes))


# --- Visits --------------------------------------------------------------------------------------------------------


def test_s4_117_the_report_of_a_visit_is_kept_as_evidence_and_ends_the_task(complaint, agent, salesman):
    task = given(complaint, agent, salesman.person)

    row = visit(task, salesman)

    proof = Evidence.objects.get(complaint=complaint)
    assert (proof.kind, proof.note, proof.independent, row.evidence) == (
        "field_visit",
        "菜单未注明海鲜不打折",
        True,
        proof,
    )
    assert Task.objects.get(pk=task.pk).status == "done"
    told = set(Notice.objects.filter(kind="visit.reported").values_list("person", flat=True))
    assert told == {agent.person_id, complaint.handler_id}
    assert kinds(sound(complaint))[-4:] == ["evidence.added", "evidence.bears", "visit.reported", "task.done"]


@pytest.mark.parametrize(
    ("verdict", "stances"), [("true", ["supports"]), ("untrue", ["contradicts"]), ("partly", []), ("unclear", [])]
)
def test_s4_117_whether_it_is_true_bears_on_what_the_customer_says(complaint, agent, salesman, verdict, stances):
    row = visit(given(complaint, agent, salesman.person), salesman, verdict=verdict)

    assert list(row.evidence.bearings.filter(about=ACCOUNT).values_list("stance", flat=True)) == stances


def test_s4_117_asked_by_telephone_it_is_an_interview(complaint, agent, salesman):
    row = visit(given(complaint, agent, salesman.person), salesman, way="phone")

    assert row.evidence.kind == "interview"


@pytest.mark.parametrize(
    "gap",
    [{"place": " "}, {"met": ""}, {"observed": ""}, {"visited_at": None}, {"visited_at": factories.when(2026, 1, 1)},
     {"way": "hearsay"}, {"verdict": "maybe"}],
)  # fmt: skip
def test_s4_117_a_report_with_a_gap_is_refused(complaint, agent, salesman, gap):
    task = given(complaint, agent, salesman.person)

    with pytest.raises(VisitUnreported) as refused:
        visit(task, salesman, **gap)

    assert refused.value.rule.code == "任务-04"
    assert (FieldVisit.objects.count(), Evidence.objects.count()) == (0, 0)


def test_s4_117_a_visit_does_not_end_without_its_report_and_nothing_else_ends_with_one(complaint, agent, salesman):
    task, other = given(complaint, agent, salesman.person), given(complaint, agent, salesman.person, "other")
    with pytest.raises(EndsWithReport) as refused:
        tasks.finish_task(task.pk, result="去过了", actor=salesman, at=at_of(complaint, 120))
    assert refused.value.rule.code == "任务-04"
    with pytest.raises(NoVisit):
        visit(other, salesman)

    visit(task, salesman)
    with pytest.raises(TaskNotOpen):
        visit(task, salesman, minutes=130)


def test_s2_54_nobody_else_reports_a_visit(complaint, agent, salesman, other_handler):
    task = given(complaint, agent, salesman.person)
    for actor in (agent, other_handler):
        with pytest.raises(OtherDepartmentsTask):
            visit(task, actor)

    Interest.objects.create(
        complaint=complaint, person=salesman.person, reason="亲属", declared_at=complaint.received_at
    )
    with pytest.raises(OwnMatter):
        visit(task, salesman)


# --- Bills ---------------------------------------------------------------------------------------------------------


def test_s4_118_the_bill_is_kept_with_its_source_and_every_amount(complaint, handler):
    row = venue.recalculate_bill(complaint.pk, BILL, source="商家消费明细", actor=handler, at=at_of(complaint, 90))

    assert (row.due, row.share, venue.result_of(row).overcharged) == (
        Decimal("273.60"),
        Decimal("0.88"),
        Decimal("26.40"),
    )
    event = complaint.events.get(kind="bill.recalculated")
    assert (event.data["due"], event.data["excluded"]) == ("273.60", ["80"])
    sound(complaint)


def test_s4_118_a_bill_from_nowhere_and_one_that_does_not_add_up_are_refused(complaint, handler, agent):
    at = at_of(complaint, 90)
    with pytest.raises(SourceUnsaid) as nowhere:
        venue.recalculate_bill(complaint.pk, BILL, source=" ", actor=handler, at=at)
    with pytest.raises(BillUnclear):
        venue.recalculate_bill(complaint.pk, Bill(Decimal(0)), source="小票", actor=handler, at=at)
    other = factories.with_evidence(actor=agent)
    proof = other.evidence.first()
    with pytest.raises(SourceUnsaid):
        venue.recalculate_bill(complaint.pk, BILL, source="小票", evidence=proof, actor=handler, at=at)

    assert nowhere.value.rule.code == "核算-01"
    assert not Consumption.objects.exists()


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_s2_54_others_work_no_bill_out(complaint, role):
    with pytest.raises(WrongSeat):
        venue.recalculate_bill(
            complaint.pk,
            BILL,
            source="小票",
            actor=factories.acting("somebody", role, of="quality"),
            at=at_of(complaint, 90),
        )


def test_s4_118_nothing_is_worked_out_before_the_case_is_assigned(agent):
    complaint = factories.registered(actor=agent)

    with pytest.raises(WrongState):
        venue.recalculate_bill(complaint.pk, BILL, source="小票", actor=agent, at=at_of(complaint, 40))
