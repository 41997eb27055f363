import pytest

from huiyin.complaints.conversation import Say
from huiyin.complaints.guards.closing import NotConfirmedByTwo, WithdrawalMissing
from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import Confirmation, CustomerAnswer, Promise, Task
from huiyin.complaints.steps import withdrawal
from huiyin.complaints.steps.withdrawal import AskedAlready, DeclinedWithoutComment
from huiyin.messaging.models import Notice
from tests import factories, later
from tests.complaints.checks import kinds, running, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db
WORDS = Say("已按您的意思撤回投诉，划痕问题今后仍可再提。")
MAKERS = [
    factories.received,
    factories.acknowledged,
    factories.registered,
    factories.investigating,
    factories.analysed,
    factories.explaining,
    later.planning,
    later.approving,
    later.offering,
]


def ask(complaint, actor, *, said="问题自己解决了，撤回", minutes=300):
    return withdrawal.ask_withdrawal(complaint.pk, said=said, via="phone", actor=actor, at=at_of(complaint, minutes))


def confirm(complaint, actor, *, minutes=310):
    return withdrawal.confirm_withdrawal(complaint.pk, WORDS, actor=actor, at=at_of(complaint, minutes))


@pytest.mark.parametrize("make", MAKERS, ids=lambda make: make.__name__)
def test_t23_a_withdrawal_confirmed_by_a_second_person_ends_any_stage_before_the_execution(agent, supervisor, make):
    complaint = make()
    ask(complaint, agent)

    confirm(complaint, supervisor)

    fresh = sound(complaint)
    assert (fresh.state, fresh.outcome) == ("reviewing", "withdrawn")
    assert not Promise.objects.filter(complaint=complaint, kind="spoken", ended_at=None).exists()
    assert not Task.objects.filter(complaint=complaint, status="open").exists()
    assert not fresh.plans.exclude(status="superseded").exists()


def test_t23_promises_to_the_customer_are_moot_not_kept(agent, supervisor):
    complaint = factories.investigating()
    ask(complaint, agent, minutes=50)

    confirm(complaint, supervisor, minutes=60)

    assert list(complaint.promises.filter(kind="spoken").values_list("status", flat=True)) == ["moot"]
    assert "review" in running(complaint)


def test_t23_the_supervisors_are_asked_and_the_customers_words_kept(agent, supervisor, other_supervisor):
    complaint = factories.registered()

    row = ask(complaint, agent)

    assert (row.move, row.asked_by, row.confirmed) == ("withdraw", agent.person, None)
    assert CustomerAnswer.objects.get(complaint=complaint, kind="withdraw").text == "问题自己解决了，撤回"
    asked = Notice.objects.filter(kind="confirmation.asked").values_list("person", flat=True)
    assert set(asked) == {supervisor.person_id, other_supervisor.person_id}
    assert kinds(complaint)[-1] == "confirmation.asked"


def test_t23_without_the_customers_words_there_is_no_withdrawal(agent):
    complaint = factories.registered()

    with pytest.raises(WithdrawalMissing):
        ask(complaint, agent, said=" ")

    assert not Confirmation.objects.exists()


def test_t23_whoever_asked_does_not_confirm(supervisor, other_supervisor):
    complaint = factories.registered()
    ask(complaint, supervisor)

    with pytest.raises(NotConfirmedByTwo) as refused:
        confirm(complaint, supervisor)
    confirm(complaint, other_supervisor)

    assert refused.value.rule.code == "流程-05"
    assert sound(complaint).outcome == "withdrawn"


def test_t23_nobody_confirms_what_nobody_asked_for(supervisor):
    with pytest.raises(NotConfirmedByTwo):
        confirm(factories.registered(), supervisor)


def test_t23_one_question_at_a_time(agent):
    complaint = factories.registered()
    ask(complaint, agent)

    with pytest.raises(AskedAlready):
        ask(complaint, agent)


def test_t23_a_supervisor_may_decline_with_a_comment_and_be_asked_again(agent, supervisor):
    complaint = factories.registered()
    row = ask(complaint, agent)
    at = at_of(complaint, 305)

    with pytest.raises(DeclinedWithoutComment):
        withdrawal.decline_withdrawal(complaint.pk, comment="", actor=supervisor, at=at)
    withdrawal.decline_withdrawal(complaint.pk, comment="客户未明确表示", actor=supervisor, at=at)
    ask(complaint, agent)

    row.refresh_from_db()
    assert (row.confirmed, row.decided_by, row.comment) == (False, supervisor.person, "客户未明确表示")
    assert sound(complaint).state == "registered"


@pytest.mark.parametrize("make", [later.executing, later.following_up, later.reviewing, later.closed])
def test_t23_after_the_choice_there_is_nothing_to_withdraw(agent, make):
    complaint = make()

    with pytest.raises(WrongState):
        ask(complaint, agent)


@pytest.mark.parametrize("who", ["agent", "other_agent", "handler", "leader", "duty_agent"])
def test_t23_only_a_supervisor_confirms(who, request, agent):
    complaint, actor = factories.registered(), request.getfixturevalue(who)
    ask(complaint, agent)

    with pytest.raises(WrongSeat):
        confirm(complaint, actor)


@pytest.mark.parametrize("who", ["other_agent", "handler", "leader"])
def test_t23_others_do_not_ask(who, request, policy):
    complaint, actor = factories.registered(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        ask(complaint, actor)
