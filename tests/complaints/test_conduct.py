"""Hard conduct: an agent alone changes nothing; two people, a time, an appeal, and nothing owed is lost."""

from datetime import timedelta

import pytest

from huiyin.complaints.conversation import Say
from huiyin.complaints.lifecycle import WrongSeat
from huiyin.complaints.models import Complaint, Conduct
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import conduct, flags
from huiyin.complaints.steps.conduct import (
    ConductNotOpen,
    ConductUndescribed,
    Measures,
    MeasuresUnclear,
    OwnJudgement,
    Unexplained,
)
from huiyin.complaints.steps.flags import JudgedStepByStep
from huiyin.messaging.models import Notice
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(agent):
    return factories.registered(actor=agent)


def propose(complaint, actor, *, described="连续辱骂客服,威胁上门"):
    return conduct.propose_conduct(complaint.pk, described, actor=actor, at=at_of(complaint, 40))


def confirm(complaint, actor, reviewer, *, days=30, measures="只用书面联系,每天一次"):
    at = at_of(complaint, 50)
    given = Measures(measures, reviewer.person, at + timedelta(days=days))
    words = Say(
        "今后我们以书面方式回复您,您可以对此申诉,由另一位主管复核。", next=Spoken("答复", at_of(complaint, 200))
    )
    return conduct.confirm_conduct(complaint.pk, given, words, actor=actor, at=at)


@pytest.fixture
def in_force(complaint, agent, supervisor, other_supervisor):
    propose(complaint, agent)
    return confirm(complaint, supervisor, other_supervisor)


def unreasonable(complaint):
    return Complaint.objects.get(pk=complaint.pk).unreasonable


def test_s4_11_reported_by_an_agent_alone_it_has_no_effect(complaint, agent, supervisor):
    row = propose(complaint, agent)

    assert (row.status, unreasonable(complaint)) == ("proposed", False)
    assert Notice.objects.filter(kind="conduct.proposed", person=supervisor.person).exists()
    with pytest.raises(WrongSeat):
        confirm(complaint, agent, supervisor)
    sound(complaint)


def test_s4_11_a_supervisor_a_reviewer_and_an_end_put_measures_in_force_and_the_customer_hears_it(
    complaint, in_force, agent, supervisor, other_supervisor
):
    assert (in_force.status, in_force.decided_by, in_force.reviewer) == (
        "in_force",
        supervisor.person,
        other_supervisor.person,
    )
    assert unreasonable(complaint) is True
    assert "申诉" in complaint.interactions.filter(direction="out").last().text
    assert kinds(complaint)[-2:] == ["message.sent", "conduct.decided"]
    assert sound(complaint).state == "registered"


@pytest.mark.parametrize("gap", [{"days": 31}, {"days": 0}, {"measures": " "}])
def test_s4_11_measures_without_an_end_or_words_are_refused(complaint, agent, supervisor, other_supervisor, gap):
    propose(complaint, agent)

    with pytest.raises(MeasuresUnclear) as refused:
        confirm(complaint, supervisor, other_supervisor, **gap)

    assert (refused.value.rule.code, unreasonable(complaint)) == ("来电-03", False)


def test_s4_11_the_reviewer_is_another_person_who_may_decide(complaint, agent, other_agent, supervisor):
    propose(complaint, agent)

    for reviewer in (supervisor, agent, other_agent):
        with pytest.raises(MeasuresUnclear):
            confirm(complaint, supervisor, reviewer)


def test_s4_11_who_reported_it_does_not_judge_it(complaint, supervisor, other_supervisor):
    propose(complaint, supervisor)

    with pytest.raises(WrongSeat):
        confirm(complaint, supervisor, other_supervisor)
    assert confirm(complaint, other_supervisor, factories.acting("wangzong", Role.LEADER)).status == "in_force"


def test_s4_11_a_report_says_what_happened_and_only_one_is_open(complaint, agent):
    with pytest.raises(ConductUndescribed):
        propose(complaint, agent, described=" ")
    propose(complaint, agent)
    with pytest.raises(ConductUndescribed):
        propose(complaint, agent)


def test_s4_11_a_declined_report_leaves_no_mark(complaint, agent, supervisor):
    propose(complaint, agent)
    with pytest.raises(Unexplained):
        conduct.decline_conduct(complaint.pk, " ", actor=supervisor, at=at_of(complaint, 50))

    row = conduct.decline_conduct(complaint.pk, "客户着急,不算过分", actor=supervisor, at=at_of(complaint, 50))

    assert (row.status, unreasonable(complaint)) == ("declined", False)
    with pytest.raises(ConductNotOpen):
        conduct.decline_conduct(complaint.pk, "再说一次", actor=supervisor, at=at_of(complaint, 51))


def appeal(complaint, actor, *, text="我只是声音大"):
    return conduct.appeal_conduct(complaint.pk, text, actor=actor, at=at_of(complaint, 60))


def decide(complaint, actor, *, upheld, comment="听了录音"):
    return conduct.decide_appeal(complaint.pk, upheld=upheld, comment=comment, actor=actor, at=at_of(complaint, 70))


def test_s4_11_the_customer_appeals_and_somebody_else_decides(complaint, in_force, agent, supervisor, other_supervisor):
    with pytest.raises(ConductNotOpen):
        decide(complaint, other_supervisor, upheld=True)
    appeal(complaint, agent)
    assert Notice.objects.filter(kind="conduct.appealed", person=other_supervisor.person).exists()

    with pytest.raises(OwnJudgement):
        decide(complaint, supervisor, upheld=False)
    with pytest.raises(Unexplained):
        decide(complaint, other_supervisor, upheld=True, comment="")
    row = decide(complaint, other_supervisor, upheld=True)

    assert (row.status, unreasonable(complaint)) == ("ended", False)
    assert kinds(complaint)[-2:] == ["conduct.reviewed", "conduct.ended"]
    sound(complaint)


def test_s4_11_a_rejected_appeal_leaves_the_measures_and_is_decided_once(complaint, in_force, agent, other_supervisor):
    appeal(complaint, agent)
    decide(complaint, other_supervisor, upheld=False)

    assert unreasonable(complaint) is True
    with pytest.raises(ConductNotOpen):
        decide(complaint, other_supervisor, upheld=True)
    with pytest.raises(ConductNotOpen):
        appeal(complaint, agent, text="再申诉")


def test_s4_11_measures_end_by_themselves_when_their_time_is_over(complaint, in_force):
    end = in_force.expires_at

    assert (conduct.end_expired(end - timedelta(minutes=1)), unreasonable(complaint)) == (0, True)
    assert (conduct.end_expired(end), unreasonable(complaint)) == (1, False)
    assert (conduct.end_expired(end), Conduct.objects.get().ended_at) == (0, end)
    sound(complaint)


def test_s4_11_a_supervisor_ends_them_earlier_with_a_reason(complaint, in_force, agent, supervisor):
    with pytest.raises(Unexplained):
        conduct.end_conduct(complaint.pk, " ", actor=supervisor, at=at_of(complaint, 80))
    with pytest.raises(WrongSeat):
        conduct.end_conduct(complaint.pk, "客户道歉了", actor=agent, at=at_of(complaint, 80))

    conduct.end_conduct(complaint.pk, "客户道歉了", actor=supervisor, at=at_of(complaint, 80))

    assert unreasonable(complaint) is False


@pytest.mark.parametrize("value", [True, False])
def test_s4_11_the_mark_is_not_set_or_taken_by_a_flag(complaint, in_force, supervisor, value):
    Complaint.objects.filter(pk=complaint.pk).update(unreasonable=not value)

    with pytest.raises(JudgedStepByStep) as refused:
        flags.set_flag(complaint.pk, "unreasonable", value, reason="过分", actor=supervisor, at=at_of(complaint, 80))

    assert refused.value.rule.code == "标记-02"


def test_s4_11_an_old_mark_without_measures_is_taken_away_by_a_supervisor(complaint, supervisor):
    Complaint.objects.filter(pk=complaint.pk).update(unreasonable=True)

    flags.set_flag(complaint.pk, "unreasonable", False, reason="旧标记", actor=supervisor, at=at_of(complaint, 80))

    assert unreasonable(complaint) is False


def test_amb_01_hard_conduct_takes_nothing_that_is_owed(complaint, in_force, agent):
    """Manner and merits are apart: the case goes its way, and the next news is still promised."""
    assert complaint.promises.filter(kind="spoken", ended_at=None).exists()
    assert sound(complaint).state == "registered"
