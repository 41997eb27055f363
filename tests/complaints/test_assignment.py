import pytest

from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.guards.inquiry import HandlerHasInterest, HandlerMissing, HandlerUnfit, OwnerIsHandler
from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import Interest, Task
from huiyin.complaints.steps import assignment
from huiyin.complaints.steps.assignment import OwnerUnfit, ReasonMissing
from huiyin.messaging.models import Notice
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from huiyin.workforce.availability import NotOnDuty
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db
WORDS = Say("划痕一事已交专人核查。")


def assign(complaint, actor, handler, *, department="", words=WORDS, minutes=40):
    return assignment.assign_handler(
        complaint.pk,
        department=factories.department(department) if department else handler and handler.department,
        handler=handler,
        words=words,
        actor=actor,
        at=at_of(complaint, minutes),
    )


@pytest.fixture
def registered(agent):
    return factories.registered(actor=agent)


def test_s1_31_department_and_person_are_named_and_the_owner_stays(registered, supervisor, handler, agent):
    complaint = sound(assign(registered, supervisor, handler.person))

    assert (complaint.state, complaint.handler, complaint.owner) == ("investigating", handler.person, agent.person)
    assert complaint.department.code == "warehouse"
    assert Notice.objects.get(kind="case.assigned").person == handler.person
    assert kinds(complaint)[-2:] == ["investigation.started", "task.done"]


def test_s1_31_a_department_without_a_person_is_refused(registered, supervisor):
    with pytest.raises(HandlerMissing) as refused:
        assign(registered, supervisor, None, department="quality")

    assert (refused.value.rule.code, refused.value.missing) == ("分派-01", ("handler",))
    assert sound(registered).state == "registered"


def test_s1_31_a_person_of_another_department_is_refused(registered, supervisor, handler):
    with pytest.raises(HandlerUnfit) as refused:
        assign(registered, supervisor, handler.person, department="quality")

    assert refused.value.rule.code == "分派-01"


@pytest.mark.parametrize("role", [Role.AGENT, Role.AUDITOR, Role.FINANCE, Role.ADMINISTRATOR])
def test_s1_31_who_cannot_issue_a_finding_is_no_handler(registered, supervisor, role):
    with pytest.raises(HandlerUnfit):
        assign(registered, supervisor, factories.person("somebody", role))


def test_amb_12_owner_and_handler_are_two_people(supervisor, policy):
    both = factories.acting("both", Role.AGENT, Role.HANDLER)
    complaint = factories.registered(actor=both)

    with pytest.raises(OwnerIsHandler) as refused:
        assign(complaint, supervisor, both.person)

    assert refused.value.rule.code == "分派-04"


def test_a_handler_who_is_away_is_refused(registered, supervisor, handler):
    factories.away(handler.person, registered.received_at, by=handler.person)

    with pytest.raises(NotOnDuty):
        assign(registered, supervisor, handler.person)


def test_eng_15_a_handler_with_an_interest_is_refused(registered, supervisor, handler):
    Interest.objects.create(
        complaint=registered, person=handler.person, reason="被投诉人", declared_at=when(2025, 3, 4)
    )

    with pytest.raises(HandlerHasInterest) as refused:
        assign(registered, supervisor, handler.person)

    assert refused.value.rule.code == "回避-01"


def test_s0_16_an_investigation_begins_with_a_time_for_news(registered, supervisor, handler):
    spoken = registered.promises.get(kind="spoken")

    with pytest.raises(Exception) as refused:
        assign(registered, supervisor, handler.person, words=Say("划痕一事在查。", keeps=(spoken.pk,)))

    assert refused.value.rule.code in ("分派-02", "承诺-01")
    assert sound(registered).state == "registered"


def test_s2_56_assigning_ends_the_triage(registered, supervisor, handler):
    assign(registered, supervisor, handler.person)

    assert Task.objects.get(complaint=registered).status == "done"


def test_s0_34_a_compound_case_gets_its_coordination_meeting_before_the_next_news(agent, supervisor, handler):
    complaint = factories.registered(actor=agent, compound=True)

    assign(complaint, supervisor, handler.person)

    meeting = Task.objects.get(complaint=complaint, kind="coordinate")
    assert (meeting.assignee, meeting.due_at) == (agent.person, at_of(complaint, 135))
    sound(complaint)


def test_s0_34_a_simple_case_gets_none(registered, supervisor, handler):
    assign(registered, supervisor, handler.person)

    assert not Task.objects.filter(complaint=registered, kind="coordinate").exists()


@pytest.mark.parametrize(
    ("category", "code"),
    [
        ("quality.damage", "quality"),
        ("service.attitude", "customer_service"),
        ("communication.usage", "customer_service"),
        ("transport.delay", "logistics"),
        ("quality.missing", "warehouse"),
    ],
)
def test_s0_10_s1_32_s1_33_each_category_routes_to_its_department(agent, category, code):
    department = factories.department(code)

    assert assignment.routed_department(factories.registered(actor=agent, category=category)) == department


def test_s0_10_a_department_that_does_not_exist_here_is_not_proposed(agent):
    assert assignment.routed_department(factories.registered(actor=agent, category="transport.lost")) is None


def test_the_routing_rule_may_assign_as_the_system(registered, handler):
    complaint = assign(registered, Actor.system("routing"), handler.person)

    assert sound(complaint).state == "investigating"


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_t5_only_a_supervisor_assigns(registered, handler, role):
    with pytest.raises(WrongSeat) as refused:
        assign(registered, factories.acting("somebody", role, of="warehouse"), handler.person)

    assert refused.value.rule.code == "流程-02"


def test_t5_the_owner_does_not_assign_his_own_case(registered, agent, handler):
    with pytest.raises(WrongSeat):
        assign(registered, agent, handler.person)


def test_t5_a_case_not_registered_is_not_assigned(agent, supervisor, handler):
    with pytest.raises(WrongState):
        assign(factories.acknowledged(actor=agent), supervisor, handler.person, words=Skip("尚未登记"))


# --- Changes of hands ----------------------------------------------------------------------------------------------


def test_s4_32_the_owner_changes_only_by_a_supervisor_with_a_reason(registered, supervisor, agent, other_agent):
    at = at_of(registered, 60)
    with pytest.raises(ReasonMissing) as refused:
        assignment.change_owner(registered.pk, owner=other_agent.person, reason=" ", actor=supervisor, at=at)
    assert refused.value.rule.code == "分派-03"
    with pytest.raises(WrongSeat):
        assignment.change_owner(registered.pk, owner=other_agent.person, reason="换班", actor=agent, at=at)

    assignment.change_owner(registered.pk, owner=other_agent.person, reason="长假", actor=supervisor, at=at)

    assert sound(registered).owner == other_agent.person
    assert kinds(registered)[-1] == "owner.changed"
    assert Task.objects.get(complaint=registered).assignee == other_agent.person
    assert Notice.objects.get(kind="case.owned").person == other_agent.person


@pytest.mark.parametrize("role", [Role.HANDLER, Role.AUDITOR, Role.FINANCE, Role.LEADER])
def test_s4_32_who_does_not_receive_complaints_does_not_own_them(registered, supervisor, role):
    with pytest.raises(OwnerUnfit):
        assignment.change_owner(
            registered.pk,
            owner=factories.person("somebody", role),
            reason="换人",
            actor=supervisor,
            at=at_of(registered, 60),
        )


def test_s4_32_an_absent_person_does_not_become_owner(registered, supervisor, other_agent):
    factories.away(other_agent.person, registered.received_at, by=other_agent.person)

    with pytest.raises(OwnerUnfit):
        assignment.change_owner(
            registered.pk, owner=other_agent.person, reason="换人", actor=supervisor, at=at_of(registered, 60)
        )


def test_a_handler_is_replaced_with_a_reason_and_told(agent, supervisor, handler, other_handler):
    complaint = factories.investigating(actor=agent)
    hand = dict(department=other_handler.person.department, handler=other_handler.person, actor=supervisor)

    with pytest.raises(ReasonMissing):
        assignment.change_handler(complaint.pk, reason="", at=at_of(complaint, 60), **hand)
    assignment.change_handler(complaint.pk, reason="属于质检", at=at_of(complaint, 60), **hand)

    assert sound(complaint).handler == other_handler.person
    assert kinds(complaint)[-1] == "handler.changed"


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_a_handler_does_not_pass_the_case_on_himself(agent, other_handler, role):
    complaint = factories.investigating(actor=agent)

    with pytest.raises(WrongSeat):
        assignment.change_handler(
            complaint.pk,
            department=other_handler.person.department,
            handler=other_handler.person,
            reason="不归我管",
            actor=factories.acting("somebody", role),
            at=at_of(complaint, 60),
        )
