import pytest

from huiyin.complaints.lifecycle import CaseMerged, WrongSeat, WrongState
from huiyin.complaints.models import Complaint, Interest, Task
from huiyin.complaints.steps import assignment, flags, linking
from huiyin.complaints.steps.flags import FlagWithoutReason, InterestWithoutReason, JudgedStepByStep, SupervisorsWord
from huiyin.messaging.models import Notice
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(agent):
    return factories.registered(actor=agent)


def set_flag(complaint, flag, actor, *, value=True, reason="客户说已联系记者"):
    return flags.set_flag(complaint.pk, flag, value, reason=reason, actor=actor, at=at_of(complaint, 50))


def declare(complaint, person, actor, *, reason="客户投诉的就是他"):
    return flags.declare_interest(
        complaint.pk, person=person, complained_about=True, reason=reason, actor=actor, at=at_of(complaint, 50)
    )


@pytest.mark.parametrize("flag", ["escalated", "media", "external", "compound", "wide"])
def test_a_flag_is_set_and_taken_away_with_a_reason_and_the_timeline_says_so(complaint, agent, supervisor, flag):
    set_flag(complaint, flag, agent)
    assert getattr(sound(complaint), flag) is True

    set_flag(complaint, flag, supervisor, value=False, reason="弄错了")

    assert getattr(sound(complaint), flag) is False
    assert kinds(complaint).count("flag.changed") == 2


@pytest.mark.parametrize(
    ("flag", "value", "reason"), [("media", True, " "), ("media", False, "无"), ("state", True, "改")]
)
def test_a_flag_without_reason_change_or_name_is_refused(complaint, agent, flag, value, reason):
    with pytest.raises(FlagWithoutReason) as refused:
        set_flag(complaint, flag, agent, value=value, reason=reason)

    assert refused.value.rule.code == "标记-01"


def test_s2_48_amb_16_media_escalates_and_rings_the_supervisors_at_once(complaint, agent, supervisor, other_supervisor):
    set_flag(complaint, "media", agent)

    assert sound(complaint).escalated is True
    rung = Notice.objects.filter(kind="case.flagged").values_list("person", flat=True)
    assert set(rung) == {supervisor.person.pk, other_supervisor.person.pk}


def test_s4_11_nobody_sets_unreasonable_by_a_flag(complaint, agent, supervisor):
    with pytest.raises(SupervisorsWord) as refused:
        set_flag(complaint, "unreasonable", agent)
    with pytest.raises(JudgedStepByStep):
        set_flag(complaint, "unreasonable", supervisor)

    assert (refused.value.rule.code, sound(complaint).unreasonable) == ("标记-02", False)


def test_s0_34_a_case_found_to_be_compound_gets_its_meeting_once(agent):
    complaint = factories.investigating(actor=agent)

    set_flag(complaint, "compound", agent)
    set_flag(complaint, "compound", agent, value=False, reason="弄错了")
    set_flag(complaint, "compound", agent)

    assert Task.objects.filter(complaint=complaint, kind="coordinate").count() == 1
    sound(complaint)


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_owner_and_supervisor_set_flags(complaint, role):
    with pytest.raises(WrongSeat) as refused:
        set_flag(complaint, "media", factories.acting("somebody", role))

    assert refused.value.rule.code == "流程-02"


def test_a_flag_of_a_merged_or_closed_case_stays(complaint, agent):
    other = factories.received(actor=agent)
    linking.merge(other.pk, into=complaint.pk, reason="同一件事", actor=agent, at=at_of(complaint, 40))
    with pytest.raises(CaseMerged):
        set_flag(other, "media", agent)
    Complaint.objects.filter(pk=complaint.pk).update(**{"state": "closed", "outcome": "withdrawn"})
    with pytest.raises(WrongState):
        set_flag(complaint, "media", agent)


def test_eng_15_an_interest_keeps_a_person_from_deciding(complaint, agent, supervisor, handler):
    declare(complaint, supervisor.person, agent)

    with pytest.raises(Exception) as refused:
        assignment.assign_handler(
            complaint.pk,
            department=handler.person.department,
            handler=handler.person,
            words=factories.OWNER_TELLS,
            actor=supervisor,
            at=at_of(complaint, 60),
        )

    assert refused.value.rule.code == "回避-01"
    assert kinds(sound(complaint))[-1] == "interest.declared"


def test_eng_15_everybody_declares_his_own(complaint, other_agent, handler):
    declare(complaint, handler.person, handler, reason="我负责出库")

    assert Interest.objects.get(complaint=complaint).person == handler.person
    with pytest.raises(WrongSeat):
        declare(complaint, handler.person, other_agent)


def test_eng_15_an_interest_of_the_owner_rings_the_supervisors(complaint, agent, supervisor):
    declare(complaint, agent.person, agent, reason="客户投诉的是我的态度")

    assert Notice.objects.get(kind="case.flagged").person == supervisor.person


def test_eng_15_an_interest_is_declared_once_with_what_it_is(complaint, agent, handler):
    with pytest.raises(InterestWithoutReason):
        declare(complaint, handler.person, agent, reason="")
    declare(complaint, handler.person, agent)

    with pytest.raises(InterestWithoutReason) as refused:
        declare(complaint, handler.person, agent)

    assert refused.value.rule.code == "回避-01"


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_eng_15_strangers_declare_nobodys_interest_but_their_own(complaint, handler, role):
    with pytest.raises(WrongSeat):
        declare(complaint, handler.person, factories.acting("somebody", role))


def test_a_customer_declares_no_interest(complaint, handler):
    with pytest.raises(WrongSeat):
        declare(complaint, handler.person, Actor.customer(complaint.customer))
