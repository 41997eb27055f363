from datetime import timedelta

import pytest

from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.guards.closing import NotConfirmedByTwo
from huiyin.complaints.guards.inquiry import NotAnsweredYet, StillFounded
from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import Confirmation, ContactAttempt, CustomerAnswer
from huiyin.complaints.steps import explanation, messages
from huiyin.complaints.steps.explanation import AnswerUnclear, AskedAlready, NobodyAsked, ReasonForSecond
from huiyin.messaging.models import Notice
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, running, sound
from tests.factories import OWNER_TELLS, at_of

pytestmark = pytest.mark.django_db
TACTFUL = Say("您说的活动规则确实容易看漏,优惠仅限新品,这次为您做了说明标注。")
STRANGERS = (Role.AGENT, Role.HANDLER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR)


@pytest.fixture
def unfounded(agent):
    return factories.analysed(actor=agent, found=factories.unfounded(), category="communication.promotion")


@pytest.fixture
def explaining(agent):
    return factories.explaining(actor=agent)


def ask(complaint, actor, *, reason="客户误读了活动规则"):
    return explanation.ask_unfounded(complaint.pk, reason=reason, actor=actor, at=at_of(complaint, 95))


def confirm(complaint, actor, *, words=OWNER_TELLS):
    return explanation.confirm_unfounded(complaint.pk, words, actor=actor, at=at_of(complaint, 100))


def answer(complaint, actor, *, kind="understood", text="明白了", via="phone", minutes=120):
    return explanation.record_answer(
        complaint.pk, kind=kind, text=text, via=via, actor=actor, at=at_of(complaint, minutes)
    )


def explain(complaint, actor, *, minutes=105):
    messages.send_message(complaint.pk, TACTFUL, actor=actor, at=at_of(complaint, minutes))


def conclude(complaint, actor, *, words=OWNER_TELLS, minutes=130):
    return explanation.conclude_explanation(complaint.pk, words, actor=actor, at=at_of(complaint, minutes))


def test_s1_30_the_owner_asks_and_another_supervisor_confirms(unfounded, agent, supervisor):
    ask(unfounded, agent)
    assert Notice.objects.get(kind="confirmation.asked").person == supervisor.person

    complaint = sound(confirm(unfounded, supervisor))

    row = Confirmation.objects.get(complaint=complaint)
    assert (complaint.state, row.asked_by, row.decided_by, row.confirmed) == (
        "explaining",
        agent.person,
        supervisor.person,
        True,
    )
    assert kinds(complaint)[-2:] == ["confirmation.asked", "explanation.started"]
    assert "explanation" in running(complaint)


def test_s1_30_nobody_confirms_what_he_asked_for_himself(supervisor, policy):
    complaint = factories.analysed(actor=supervisor, found=factories.unfounded(), category="communication.promotion")
    ask(complaint, supervisor)

    with pytest.raises(NotConfirmedByTwo) as refused:
        confirm(complaint, supervisor)

    assert (refused.value.rule.code, sound(complaint).state) == ("流程-05", "analysed")


def test_s1_30_what_nobody_asked_for_is_not_confirmed(unfounded, supervisor):
    with pytest.raises(NobodyAsked) as refused:
        confirm(unfounded, supervisor)

    assert refused.value.rule.code == "流程-05"


def test_s1_30_a_founded_complaint_is_not_explained_away(agent):
    founded = factories.analysed(actor=agent)

    with pytest.raises(StillFounded) as refused:
        ask(founded, agent)

    assert refused.value.rule.code == "定性-04"


def test_s4_119_the_customers_own_cause_goes_to_explain_even_with_good_reasons(agent):
    own = factories.analysed(actor=agent, found=factories.finding(side="customer"))

    assert ask(own, agent).confirmed is None


def test_s1_30_the_second_person_is_asked_once_and_with_a_reason(unfounded, agent):
    with pytest.raises(ReasonForSecond):
        ask(unfounded, agent, reason=" ")
    ask(unfounded, agent)

    with pytest.raises(AskedAlready) as refused:
        ask(unfounded, agent)

    assert refused.value.rule.code == "流程-05"


def test_s1_30_a_supervisor_who_declines_says_why_and_the_owner_hears(unfounded, agent, supervisor):
    ask(unfounded, agent)
    decline = {"actor": supervisor, "at": at_of(unfounded, 100)}
    with pytest.raises(ReasonForSecond):
        explanation.decline_unfounded(unfounded.pk, comment="", **decline)

    explanation.decline_unfounded(unfounded.pk, comment="页面写得确实不清楚", **decline)

    assert (sound(unfounded).state, kinds(unfounded)[-1]) == ("analysed", "confirmation.declined")
    assert Notice.objects.get(kind="approval.decided").person == agent.person
    assert ask(unfounded, agent).pk


@pytest.mark.parametrize("role", [*STRANGERS, Role.SUPERVISOR])
def test_t7_only_the_owner_asks(unfounded, role):
    with pytest.raises(WrongSeat):
        ask(unfounded, factories.acting("somebody", role))


@pytest.mark.parametrize("role", STRANGERS)
def test_t7_only_a_supervisor_decides(unfounded, agent, role):
    ask(unfounded, agent)
    stranger = factories.acting("somebody", role)

    with pytest.raises(WrongSeat) as refused:
        confirm(unfounded, stranger)
    assert refused.value.rule.code == "流程-02"
    with pytest.raises(WrongSeat):
        explanation.decline_unfounded(unfounded.pk, comment="不行", actor=stranger, at=at_of(unfounded, 100))


def test_s1_19_s1_30_no_conclusion_before_reply_and_answer(explaining, agent):
    with pytest.raises(NotAnsweredYet) as refused:
        conclude(explaining, agent)
    assert (refused.value.rule.code, sound(explaining).state) == ("定性-06", "explaining")

    answer(explaining, agent)
    with pytest.raises(NotAnsweredYet):
        conclude(explaining, agent, words=Skip("电话里说过了"))
    with pytest.raises(NotAnsweredYet):
        conclude(explaining, agent, words=TACTFUL)


def test_t8_a_tactful_reply_and_then_the_answer_end_the_explanation(explaining, agent):
    explain(explaining, agent)
    answer(explaining, agent)

    complaint = sound(conclude(explaining, agent))

    assert (complaint.state, complaint.outcome) == ("reviewing", "unfounded_explained")
    assert kinds(complaint)[-2:] == ["customer.answered", "explanation.concluded"]


def silence(complaint, agent, *, tries=3, days=3, final=True):
    start = at_of(complaint, 110)
    for number in range(tries):
        ContactAttempt.objects.create(
            complaint=complaint,
            round=1,
            medium="phone",
            person=agent.person,
            at=start + timedelta(days=number * days // tries),
        )
    if final:
        ContactAttempt.objects.create(
            complaint=complaint,
            round=1,
            medium="email",
            person=agent.person,
            final_notice=True,
            at=start + timedelta(days=days),
        )


def test_amb_40_silence_long_enough_ends_it_as_an_outcome_of_its_own(explaining, agent):
    explain(explaining, agent)
    silence(explaining, agent)

    complaint = sound(conclude(explaining, agent, minutes=60 * 24 * 5))

    assert (complaint.state, complaint.outcome) == ("reviewing", "closed_no_answer")


@pytest.mark.parametrize("short", [{"tries": 2}, {"days": 1}, {"final": False}])
def test_amb_40_too_little_silence_ends_nothing(explaining, agent, short):
    explain(explaining, agent)
    silence(explaining, agent, **short)

    with pytest.raises(NotAnsweredYet):
        conclude(explaining, agent, minutes=60 * 24 * 5)


def test_s1_30_the_silence_of_somebody_who_was_told_nothing_ends_nothing(explaining, agent):
    silence(explaining, agent)

    with pytest.raises(NotAnsweredYet):
        conclude(explaining, agent, words=TACTFUL, minutes=60 * 24 * 5)


@pytest.mark.parametrize("wrong", [{"kind": "choice"}, {"text": " "}, {"via": "pigeon"}])
def test_the_customers_answer_is_one_of_two_in_his_words(explaining, agent, wrong):
    with pytest.raises(AnswerUnclear) as refused:
        answer(explaining, agent, **wrong)

    assert refused.value.rule.code == "定性-06"
    assert not CustomerAnswer.objects.filter(complaint=explaining, kind="understood").exists()


def test_an_answer_belongs_to_the_explanation(unfounded, agent):
    with pytest.raises(WrongState):
        answer(unfounded, agent)


@pytest.mark.parametrize("role", STRANGERS)
def test_t8_only_the_owner_concludes_and_records(explaining, agent, role):
    stranger = factories.acting("somebody", role)
    with pytest.raises(WrongSeat):
        answer(explaining, stranger)
    answer(explaining, agent)

    with pytest.raises(WrongSeat) as refused:
        conclude(explaining, stranger)

    assert refused.value.rule.code == "流程-02"
