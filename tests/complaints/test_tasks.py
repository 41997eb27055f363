from datetime import timedelta

import pytest

from huiyin.complaints import watch
from huiyin.complaints.lifecycle import WrongSeat
from huiyin.complaints.models import Complaint, Interest, Task
from huiyin.complaints.steps import tasks
from huiyin.complaints.steps.tasks import EndsWithRecord, NewTask, NoReasonGiven, OtherDepartmentsTask, TaskNotOpen
from huiyin.complaints.tasking import TaskForInterested, TaskWithoutPerson, TaskWithoutTime
from huiyin.messaging.models import Notice
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(agent):
    return factories.investigating(actor=agent)


def new_task(complaint, person, **changes):
    return NewTask(
        **{
            "kind": "investigate",
            "title": "调取出库验货视频",
            "department": person and person.department,
            "assignee": person,
            "due_at": at_of(complaint, 100),
            **changes,
        }
    )


def make(complaint, actor, person, **changes):
    return tasks.make_task(complaint.pk, new_task(complaint, person, **changes), actor=actor, at=at_of(complaint, 45))


def test_s2_53_a_task_goes_to_a_named_person_and_the_owner_stays(complaint, agent, handler):
    task = make(complaint, agent, handler.person)

    assert (task.assignee, task.department.code, task.status) == (handler.person, "warehouse", "open")
    assert sound(complaint).owner == agent.person
    assert kinds(complaint)[-1] == "task.made"
    assert Notice.objects.get(kind="task.made").person == handler.person


def test_s2_53_a_task_without_a_person_is_refused(complaint, agent, handler):
    for changes in ({"assignee": None}, {"department": None}, {"department": factories.department("quality")}):
        with pytest.raises(TaskWithoutPerson) as refused:
            make(complaint, agent, handler.person, **changes)
        assert refused.value.rule.code == "任务-01"


def test_s4_33_a_task_without_a_due_time_ahead_is_refused(complaint, agent, handler):
    for due_at in (None, at_of(complaint, 45)):
        with pytest.raises(TaskWithoutTime) as refused:
            make(complaint, agent, handler.person, due_at=due_at)
        assert refused.value.rule.code == "任务-01"


def test_s0_17_a_third_party_is_asked_by_somebody_inside(complaint, agent, handler):
    with pytest.raises(TaskWithoutPerson):
        make(complaint, agent, None, kind="third_party", title="请顺丰说明")

    assert make(complaint, agent, handler.person, kind="third_party", title="请顺丰说明").kind == "third_party"


def test_eng_15_nobody_with_an_interest_gets_a_task(complaint, agent, handler):
    Interest.objects.create(
        complaint=complaint, person=handler.person, reason="被投诉人", declared_at=complaint.received_at
    )

    with pytest.raises(TaskForInterested) as refused:
        make(complaint, agent, handler.person)

    assert refused.value.rule.code == "回避-01"


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.INSPECTOR])
def test_who_reads_no_case_gets_no_task(complaint, agent, role):
    with pytest.raises(TaskWithoutPerson):
        make(complaint, agent, factories.person("somebody", role))


def test_s2_12_help_may_be_asked_of_a_leader_who_answers_it(complaint, agent, leader):
    task = make(complaint, agent, leader.person, kind="help", title="能否破例换新")

    tasks.finish_task(task.pk, result="可以", actor=leader, at=at_of(complaint, 50))

    assert Task.objects.get(pk=task.pk).status == "done"


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_owner_and_supervisor_give_tasks(complaint, handler, role):
    with pytest.raises(WrongSeat) as refused:
        make(complaint, factories.acting("somebody", role, of="quality"), handler.person)

    assert refused.value.rule.code == "流程-02"


def test_the_nearest_task_drives_the_queue_until_it_is_done(complaint, agent, handler):
    task = make(complaint, agent, handler.person)
    assert Complaint.objects.get(pk=complaint.pk).next_due_at == at_of(complaint, 100)

    tasks.finish_task(task.pk, result="视频已取", actor=handler, at=at_of(complaint, 60))

    assert sound(complaint).next_due_at == at_of(complaint, 135)
    assert kinds(complaint)[-1] == "task.done"


def test_s2_54_nobody_completes_another_departments_task(complaint, agent, handler, other_handler, supervisor):
    task = make(complaint, agent, handler.person)

    for actor in (agent, other_handler, supervisor):
        with pytest.raises(OtherDepartmentsTask) as refused:
            tasks.finish_task(task.pk, result="代办", actor=actor, at=at_of(complaint, 60))
        assert refused.value.rule.code == "任务-02"

    assert Task.objects.get(pk=task.pk).status == "open"


def test_s2_54_a_colleague_of_the_department_may(complaint, agent, handler):
    task = make(complaint, agent, handler.person)
    colleague = factories.acting("colleague", Role.TECHNICIAN, of="warehouse")

    tasks.finish_task(task.pk, result="视频已取", actor=colleague, at=at_of(complaint, 60))

    sound(complaint)


def test_s0_34_a_meeting_is_done_when_its_record_is_written(agent, supervisor):
    complaint = factories.investigating(actor=agent, compound=True)
    meeting = Task.objects.get(complaint=complaint, kind="coordinate")

    with pytest.raises(EndsWithRecord) as refused:
        tasks.finish_task(meeting.pk, result="仓库与物流各担一半", actor=agent, at=at_of(complaint, 60))
    assert refused.value.rule.code == "任务-05"


def test_a_task_is_acknowledged_once_by_its_person(complaint, agent, handler):
    task = make(complaint, agent, handler.person)

    tasks.acknowledge_task(task.pk, actor=handler, at=at_of(complaint, 50))
    tasks.acknowledge_task(task.pk, actor=handler, at=at_of(complaint, 55))

    assert Task.objects.get(pk=task.pk).acknowledged_at == at_of(complaint, 50)
    assert kinds(complaint).count("task.acknowledged") == 1


def test_s4_114_the_second_bounce_between_departments_alerts_the_supervisor(
    complaint, agent, handler, other_handler, supervisor
):
    task = make(complaint, agent, handler.person)

    tasks.bounce_task(task.pk, reason="归质检", to=other_handler.person, actor=handler, at=at_of(complaint, 50))
    assert not Notice.objects.filter(person=supervisor.person, kind="task.bounced").exists()
    tasks.bounce_task(task.pk, reason="归仓库", to=handler.person, actor=other_handler, at=at_of(complaint, 55))

    bounced = Task.objects.get(pk=task.pk)
    assert (bounced.bounce_count, bounced.assignee, bounced.due_at) == (2, handler.person, at_of(complaint, 100))
    assert Notice.objects.filter(person=supervisor.person, kind="task.bounced").count() == 1
    sound(complaint)


def test_s4_114_handing_on_within_a_department_is_no_bounce(complaint, agent, handler):
    task = make(complaint, agent, handler.person)
    colleague = factories.person("colleague", Role.HANDLER, of="warehouse")

    tasks.bounce_task(task.pk, reason="我今天在外", to=colleague, actor=handler, at=at_of(complaint, 50))

    assert Task.objects.get(pk=task.pk).bounce_count == 0


def test_s4_114_a_task_does_not_come_back_without_a_reason(complaint, agent, handler, other_handler):
    task = make(complaint, agent, handler.person)

    with pytest.raises(NoReasonGiven) as refused:
        tasks.bounce_task(task.pk, reason="", to=other_handler.person, actor=handler, at=at_of(complaint, 50))

    assert refused.value.rule.code == "任务-03"


def test_a_task_is_cancelled_with_a_reason_by_who_gave_it(complaint, agent, handler, other_agent):
    task = make(complaint, agent, handler.person)
    at = at_of(complaint, 50)
    with pytest.raises(NoReasonGiven):
        tasks.cancel_task(task.pk, reason="", actor=agent, at=at)
    with pytest.raises(WrongSeat):
        tasks.cancel_task(task.pk, reason="不要了", actor=other_agent, at=at)

    tasks.cancel_task(task.pk, reason="不要了", actor=agent, at=at)

    with pytest.raises(TaskNotOpen):
        tasks.finish_task(task.pk, result="完成", actor=handler, at=at)
    assert kinds(sound(complaint))[-1] == "task.cancelled"


def test_s4_33_a_task_past_its_time_is_marked_once_and_rings(complaint, agent, handler, supervisor):
    task = make(complaint, agent, handler.person)

    late = task.due_at + timedelta(minutes=1)
    assert (watch.mark_late(task.due_at), watch.mark_late(late), watch.mark_late(late)) == (0, 1, 0)

    assert Task.objects.get(pk=task.pk).breached_at == late
    assert Notice.objects.filter(kind="due.breached").count() == 3
    sound(complaint)
