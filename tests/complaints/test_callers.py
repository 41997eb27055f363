"""Special callers, the holding script, and the conversation that goes to a superior."""

from datetime import timedelta

import pytest

from huiyin.complaints import situation
from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import Caller, CustomerAnswer, Handover, Task
from huiyin.complaints.steps import callers, portal, tasks
from huiyin.complaints.steps.callers import CallerUnclear, HandUp, NoConsent, NotASuperior
from huiyin.messaging.models import Notice
from huiyin.people.roles import Role
from huiyin.workforce.availability import NotOnDuty
from tests import factories, later
from tests.complaints.checks import kinds, sound
from tests.complaints.settings import setting
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(agent):
    return factories.registered(actor=agent)


def note(complaint, actor, kind, *, said="自称晚报记者", minutes=40):
    return callers.note_caller(complaint.pk, kind, said, actor=actor, at=at_of(complaint, minutes))


def hand_up(complaint, actor, to, **changes):
    given = HandUp(**{"to": to.person, "consent": True, "said": "好,请你们主管接", **changes})
    return callers.hand_up(complaint.pk, given, actor=actor, at=at_of(complaint, 40))


@pytest.mark.parametrize("kind", ["media", "rights", "help", "harassment"])
def test_s2_48_a_special_caller_rings_every_supervisor_at_once(complaint, agent, supervisor, other_supervisor, kind):
    note(complaint, agent, kind)

    rung = Notice.objects.filter(kind="caller.noted").values_list("person", "at")
    assert set(rung) == {(one.person.pk, at_of(complaint, 40)) for one in (supervisor, other_supervisor)}
    assert kinds(complaint)[-1] == "caller.noted"
    sound(complaint)


def test_s2_48_amb_16_the_media_escalate_where_the_pack_says_so(complaint, agent):
    with setting(complaint, media_escalation="supervisor_decides"):
        note(complaint, agent, "media")
    assert (sound(complaint).media, sound(complaint).escalated) == (True, False)

    note(complaint, agent, "media", minutes=41)

    assert sound(complaint).escalated is True


@pytest.mark.parametrize("kind", ["rights", "help", "harassment", "ordinary"])
def test_s4_11_no_other_kind_marks_the_case_by_itself(complaint, agent, kind):
    note(complaint, agent, kind)

    case = sound(complaint)
    assert (case.media, case.escalated, case.unreasonable) == (False, False, False)


def test_s2_48_an_ordinary_customer_rings_nobody_and_the_newest_note_holds(complaint, agent):
    note(complaint, agent, "rights")
    rung = Notice.objects.count()
    note(complaint, agent, "ordinary", said="说清楚了", minutes=41)

    assert Notice.objects.count() == rung
    assert Caller.objects.filter(complaint=complaint).last().kind == "ordinary"


@pytest.mark.parametrize(("received", "day"), [(when(2025, 3, 15, 9), "国际消费者权益日"), (when(2025, 3, 16, 9), "")])
def test_s2_48_a_sensitive_day_stands_beside_the_caller(agent, received, day):
    complaint = factories.received(at=received)

    row = note(complaint, agent, "rights")

    assert row.sensitive_day == day
    assert complaint.events.latest("number").data["sensitive"] == ("03-15" if day else "")


@pytest.mark.parametrize(("kind", "said"), [("media", " "), ("alien", "x"), ("", "x")])
def test_s2_48_a_kind_of_caller_rests_on_something(complaint, agent, kind, said):
    with pytest.raises(CallerUnclear) as refused:
        note(complaint, agent, kind, said=said)

    assert refused.value.rule.code == "来电-01"


def test_s2_48_whoever_takes_the_call_notes_it_and_nobody_after_closing(complaint, other_agent, agent):
    assert note(complaint, other_agent, "media").noted_by == other_agent.person
    with pytest.raises(WrongSeat):
        note(complaint, factories.acting("pruefer", Role.AUDITOR), "media")
    closed = later.closed()

    with pytest.raises(WrongState):
        callers.note_caller(closed.pk, "media", "记者", actor=agent, at=closed.closed_at)


def test_s2_48_the_holding_script_says_until_when_and_promises_nothing_else(complaint, agent):
    due = at_of(complaint, 180)

    row = callers.send_holding(complaint.pk, due_at=due, actor=agent, at=at_of(complaint, 40))

    assert "13:00" in row.text
    assert "主管" in row.text or "supervisor" in row.text
    assert complaint.promises.filter(kind="spoken", due_at=due, ended_at=None).exists()
    sound(complaint)


# --- To a superior


def test_s2_52_the_conversation_goes_up_with_the_customers_recorded_consent(complaint, agent, supervisor):
    row = hand_up(complaint, agent, supervisor)

    assert (row.consent, row.said, row.to) == (True, "好,请你们主管接", supervisor.person)
    assert (row.task.kind, row.task.due_at - row.at) == (Task.Kind.HELP, timedelta(minutes=30))
    assert Notice.objects.filter(kind="conversation.handed_up", person=supervisor.person).exists()
    assert sound(complaint).owner == agent.person


@pytest.mark.parametrize("changes", [{"consent": False}, {"said": " "}, {"consent": False, "said": ""}])
def test_s2_52_amb_18_without_consent_it_is_refused(complaint, agent, supervisor, changes):
    with pytest.raises(NoConsent) as refused:
        hand_up(complaint, agent, supervisor, **changes)

    assert (refused.value.rule.code, Handover.objects.count()) == ("来电-02", 0)


def test_s2_52_an_emergency_that_is_named_needs_no_consent(complaint, agent, supervisor):
    row = hand_up(complaint, agent, supervisor, consent=False, said="", emergency="客户说要跳楼")

    assert (row.consent, row.emergency) == (False, "客户说要跳楼")
    assert row.task.title == "客户说要跳楼"
    assert complaint.events.get(kind="conversation.handed_up").data["emergency"] is True


def test_amb_18_the_pack_may_do_without_consent(complaint, agent, supervisor):
    with setting(complaint, escalation_customer_consent=False):
        assert hand_up(complaint, agent, supervisor, consent=False, said="").consent is False


def test_s2_52_only_a_superior_who_is_there_takes_it(complaint, agent, other_agent, supervisor):
    with pytest.raises(NotASuperior):
        hand_up(complaint, agent, other_agent)
    factories.away(supervisor.person, complaint.received_at, by=supervisor.person)

    with pytest.raises(NotOnDuty):
        hand_up(complaint, agent, supervisor)


def test_s2_12_the_superiors_answer_ends_the_task(complaint, agent, supervisor):
    row = hand_up(complaint, agent, supervisor)

    tasks.finish_task(row.task_id, result="已和客户谈好", actor=supervisor, at=at_of(complaint, 60))

    assert Task.objects.get(pk=row.task_id).status == "done"
    sound(complaint)


def test_s2_42_the_playbook_of_the_caller_opens_with_the_note_and_goes_with_it(complaint, agent):
    note(complaint, agent, "help", said="老人被困家中")
    case = sound(complaint)
    assert (case.caller, situation.callers(case, 0)[0]) == ("help", "help")

    note(complaint, agent, "ordinary", said="已脱困", minutes=41)

    assert situation.callers(sound(complaint), 0) == ()


def test_amb_18_a_customer_may_always_ask_for_a_superior_and_his_consent_is_recorded(complaint, agent, supervisor):
    portal.ask_person(
        complaint.pk, text="请你们主管打给我", superior=True, customer=complaint.customer, at=at_of(complaint, 40)
    )

    assert CustomerAnswer.objects.last().kind == CustomerAnswer.Kind.ASK_SUPERIOR
    rung = Notice.objects.filter(kind="customer.asked_superior").values_list("person", flat=True)
    assert set(rung) == {agent.person.pk, supervisor.person.pk}
    assert kinds(complaint)[-1] == "customer.asked_superior"
    sound(complaint)
