"""The demo shows every state, every outcome and every role, and was made by nothing but steps.

Loading takes some ten seconds, so it is loaded once, in a transaction that this file keeps open and rolls back.
"""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.db.models import F

from huiyin.complaints import lists, register, replay, timeline
from huiyin.complaints.models import (
    Approval,
    Callback,
    Claim,
    Complaint,
    Draft,
    Enquiry,
    Event,
    Evidence,
    Interaction,
    Interest,
    Promise,
    PromiseStatus,
    Task,
)
from huiyin.complaints.states import Outcome, State
from huiyin.complaints.steps import messages, portal
from huiyin.complaints.watch import CLOCK
from huiyin.improvement.models import Delivery, Item, Signal
from huiyin.interfaces.jobs.demo import loading, people
from huiyin.messaging.models import Notice, Outgoing
from huiyin.people.models import Department, Person, PersonRole
from huiyin.people.roles import Role
from huiyin.quality.models import Assessment, Checklist
from huiyin.workforce import availability
from tests import factories

pytestmark = pytest.mark.django_db
# In the small hours, when what happened "three hours ago" happened yesterday.
NOW = datetime(2026, 11, 22, 0, 40, tzinfo=ZoneInfo("Asia/Shanghai"))


@pytest.fixture(scope="module")
def demo(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        factories.load_policy()
        yield loading.load(NOW)
        transaction.set_rollback(True)


def test_every_state_and_every_outcome_has_cases(demo):
    assert set(Complaint.objects.values_list("state", flat=True)) == set(State.values)
    assert set(Complaint.objects.exclude(outcome="").values_list("outcome", flat=True)) == set(Outcome.values)
    closed = Complaint.objects.filter(state=State.CLOSED)
    assert set(closed.values_list("outcome", flat=True)) == set(Outcome.values)
    assert 40 <= Complaint.objects.count() <= 50


def test_every_role_has_somebody_and_every_department_a_head(demo):
    assert set(PersonRole.objects.values_list("role", flat=True)) == set(Role.values)
    assert {"customer_service", "warehouse", "logistics", "quality"} < set(
        Department.objects.values_list("code", flat=True)
    )
    assert not Department.objects.filter(head=None).exists()
    assert not Department.objects.exclude(head__department=F("pk")).exists()


def test_the_people_are_introduced_in_one_line_each(demo):
    told: list[str] = []
    people.introduce(told.append)

    assert len(told) == 1 + Person.objects.count()
    assert told[1].split() == ["lina", "Agent", "李娜", "客服部"]


def test_every_timeline_verifies_and_rebuilds_its_case(demo):
    assert list(timeline.verify_all()) == []
    assert {case.number: found for case in Complaint.objects.all() if (found := replay.differences(case))} == {}


def test_nothing_lies_ahead_and_no_story_is_cut_short(demo):
    assert demo.cut == []
    assert Event.objects.latest("at").at <= NOW
    assert Complaint.objects.latest("received_at").received_at <= NOW


def test_events_stand_in_the_order_in_which_they_happened(demo):
    moments = [event.at for event in Event.objects.order_by("pk")]

    assert moments == sorted(moments)


def test_promises_were_broken_at_the_moment_they_were(demo):
    broken = Event.objects.filter(kind="promise.breached")

    late = {event.at - datetime.fromisoformat(event.data["due"]) for event in broken}
    assert late == {timedelta(seconds=1)}
    assert {event.actor_name for event in broken} == {CLOCK.name}
    assert set(Promise.objects.values_list("status", flat=True)) >= {
        PromiseStatus.OPEN,
        PromiseStatus.KEPT,
        PromiseStatus.BREACHED,
        PromiseStatus.REPLACED,
    }


def test_the_watch_has_nothing_left_to_do(demo):
    alarm, late = loading.next_alarms()

    assert min(alarm, late) > NOW


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param(lambda: Claim.objects.filter(ended_at=None, complaint__state=State.CLOSED), id="S0-55"),
        pytest.param(lambda: Claim.objects.filter(recovered__gt=0), id="S1-37"),
        pytest.param(lambda: Complaint.objects.exclude(merged_into=None), id="merged"),
        pytest.param(lambda: Complaint.objects.exclude(repeat_of=None), id="S3-41"),
        pytest.param(lambda: Complaint.objects.filter(escalated=True, media=True), id="AMB-16"),
        pytest.param(lambda: Complaint.objects.filter(external=True), id="T24"),
        pytest.param(lambda: Complaint.objects.filter(compound=True), id="S0-34"),
        pytest.param(lambda: Complaint.objects.filter(round=2), id="S0-23"),
        pytest.param(lambda: Complaint.objects.filter(returned_count=1), id="T14"),
        pytest.param(lambda: Complaint.objects.filter(profile="eight_step"), id="eight-steps"),
        pytest.param(lambda: Approval.objects.filter(decision="pending", afterwards=True), id="AMB-05"),
        pytest.param(lambda: Approval.objects.filter(decision="pending", needed_role="leader"), id="S1-36"),
        pytest.param(lambda: Approval.objects.filter(decision="objected"), id="T4"),
        pytest.param(lambda: Callback.objects.filter(status="open", attempts__reached=False), id="AMB-40"),
        pytest.param(lambda: Task.objects.filter(bounce_count__gte=2), id="S4-114"),
        pytest.param(Draft.objects.all, id="drafts"),
        pytest.param(Interest.objects.all, id="ENG-15"),
        pytest.param(lambda: Event.objects.filter(kind="customer.nudged"), id="nudge"),
        pytest.param(lambda: Interaction.objects.filter(asks_where_it_stands=True), id="S2-30"),
        pytest.param(lambda: Enquiry.objects.filter(breached_at__isnull=False, answered_at=None), id="S4-99"),
        pytest.param(lambda: Enquiry.objects.filter(answered_at__isnull=False), id="S4-98"),
        pytest.param(lambda: Notice.objects.filter(read_at=None), id="bell"),
        pytest.param(lambda: Outgoing.objects.filter(status="sent"), id="outbox"),
        pytest.param(lambda: Item.objects.filter(status="verified"), id="S2-16"),
        pytest.param(lambda: Item.objects.filter(status="in_progress", due_at__lt=NOW), id="S2-16 late"),
        pytest.param(lambda: Item.objects.filter(status="proposed"), id="S2-16 new"),
        pytest.param(lambda: Notice.objects.filter(kind="improvement.overdue"), id="S2-16 rung"),
        pytest.param(lambda: Signal.objects.filter(kind="repeated", status="open"), id="S2-18"),
        pytest.param(lambda: Signal.objects.filter(status="prevented"), id="S2-19"),
        pytest.param(
            lambda: Delivery.objects.filter(read_at=None, report__deliveries__read_at__isnull=False), id="S2-17"
        ),
        pytest.param(lambda: Assessment.objects.filter(rater="customer"), id="S3-19"),
        pytest.param(Checklist.objects.all, id="S3-17"),
        pytest.param(lambda: availability.running_and_coming(NOW), id="absences"),
    ],
)
def test_every_page_has_something_to_show(demo, rows):
    assert rows().exists()


def test_s1_04_messages_wait_for_an_answer(demo):
    assert len(messages.unanswered(NOW, 30)) >= 3


def test_every_view_of_an_agents_queue_holds_cases(demo):
    agent = Person.objects.get(username="lina")

    found = lists.counts(agent, NOW)

    assert found["mine"] >= 10


def test_files_of_the_evidence_are_there_and_whole(demo):
    filed = Evidence.objects.filter(file__isnull=False).select_related("file")

    assert filed.count() >= 20
    assert all(register.is_whole(row.file) for row in filed)


def test_the_link_to_the_complainants_page_opens_a_case_with_options_to_choose(demo):
    access = portal.access_by_link(demo.links["offering"])

    assert access is not None
    assert access.complaint.state == State.OFFERING
