from datetime import timedelta

import pytest

from huiyin.complaints import promises
from huiyin.complaints.callbacks import CallbackResult, ScoreOutOfRange
from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.guards.closing import WithdrawalMissing
from huiyin.complaints.guards.solution import ObjectionMissing
from huiyin.complaints.lifecycle import WrongState
from huiyin.complaints.models import Action, AuthorityUse, Callback, Complaint, CustomerAnswer, Event
from huiyin.complaints.steps import execution, linking, messages, planning, portal, withdrawal
from huiyin.complaints.steps.portal import NothingWritten, NotHisCase, OptionGone
from huiyin.messaging.models import Notice
from huiyin.people.models import Customer
from tests import factories, later
from tests.complaints.checks import kinds, sound
from tests.complaints.settings import setting
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db
CONTENT = CallbackResult(
    satisfied=True, end_condition_met=True, matter_score=5, feeling_score=5, comment="好", via="portal"
)
NEXT_DAY = when(2025, 3, 5, 16)


def told(complaint):
    """Kinds of notices and who got them."""
    return sorted(Notice.objects.filter(data__number=complaint.number).exclude(kind__in=EARLIER).values_list(
        "kind", "person__username"
    ))  # fmt: skip


EARLIER = ("case.owned", "case.assigned", "approval.asked", "approval.decided", "task.made", "promise.warned",
           "confirmation.asked", "case.moved")  # fmt: skip


def mover(complaint):
    """Who made the newest move: kind and name of the actor."""
    moves = Event.objects.filter(complaint=complaint, data__has_key="from").order_by("-number")
    return (moves[0].actor_kind, moves[0].actor_name)


# --- Choosing and objecting


def test_s2_27_the_customers_choice_is_his_row_and_the_systems_move(agent):
    complaint = later.offering()
    option = later.option(complaint, 1)

    done = portal.customer_choose(
        complaint.pk, option.pk, said="选退款", customer=complaint.customer, at=at_of(complaint, 150)
    )

    assert (done.moved, sound(complaint).state, mover(complaint)) == (True, "executing", ("system", "portal"))
    assert (done.answer.kind, done.answer.option, done.answer.via, done.answer.recorded_by) == (
        "choice",
        option,
        "portal",
        None,
    )
    assert kinds(complaint)[-2:] == ["customer.answered", "option.chosen"]
    assert Event.objects.filter(complaint=complaint, kind="customer.answered").get().actor_kind == "customer"
    assert Action.objects.filter(complaint=complaint).count() == 2
    assert AuthorityUse.objects.filter(complaint=complaint).count() == 2
    assert told(complaint) == [("customer.answered", "xiaoli")]


def test_s2_23_after_his_choice_the_customer_is_promised_news_until_it_is_carried_out(agent):
    complaint = later.offering()
    earlier = complaint.promises.get(kind="spoken", ended_at=None)
    at = at_of(complaint, 150)
    assert earlier.due_at > at

    portal.customer_choose(complaint.pk, later.option(complaint, 1).pk, customer=complaint.customer, at=at)

    until = at + timedelta(minutes=later.DAY_MINUTES)
    case = sound(complaint)
    assert [row.due_at for row in promises.ahead(case, at)] == [earlier.due_at, until]
    assert case.next_due_at == earlier.due_at
    words = Say("您选的退款正在办理，按约定时间告诉您结果。", keeps=(earlier.pk,))
    messages.send_message(case.pk, words, actor=agent, at=at_of(complaint, 155))
    assert sound(complaint).next_due_at == until


def test_s2_27_what_is_not_offered_cannot_be_chosen(agent):
    complaint = later.offering(mode="sequential")

    with pytest.raises(OptionGone):
        portal.customer_choose(
            complaint.pk, later.option(complaint, 2).pk, customer=complaint.customer, at=at_of(complaint, 150)
        )

    assert sound(complaint).state == "offering"
    assert not CustomerAnswer.objects.filter(kind="choice").exists()


def test_the_customer_never_moves_a_case_that_waits_for_somebody_else(agent):
    complaint = later.approving()
    option = later.option(complaint)

    with pytest.raises(WrongState):
        portal.customer_choose(complaint.pk, option.pk, customer=complaint.customer, at=at_of(complaint, 150))


def test_s2_27_an_objection_on_the_portal_waits_for_the_owner_who_records_it_no_second_time(agent):
    complaint = later.offering(mode="sequential")
    with pytest.raises(ObjectionMissing):
        portal.customer_object(complaint.pk, text=" ", customer=complaint.customer, at=at_of(complaint, 150))

    done = portal.customer_object(complaint.pk, text="太少", customer=complaint.customer, at=at_of(complaint, 150))
    assert (done.moved, sound(complaint).state) == (False, "offering")
    words = factories.promised(complaint, "我们再为您想办法。", 260)
    planning.take_objection(
        complaint.pk, objection="", via="portal", words=words, actor=agent, at=at_of(complaint, 160)
    )

    assert CustomerAnswer.objects.filter(complaint=complaint, kind="objection").count() == 1
    assert sound(complaint).state == "planning"
    assert told(complaint) == [("customer.answered", "xiaoli")]


# --- Accepting and rejecting


def test_s0_22_accepting_stands_for_the_callback_and_the_system_ends_the_follow_up(agent):
    complaint = later.following_up()

    done = portal.customer_accept(complaint.pk, CONTENT, customer=complaint.customer, at=NEXT_DAY)

    fresh = sound(complaint)
    assert (done.moved, fresh.state, fresh.outcome) == (True, "reviewing", "resolved_accepted")
    assert mover(complaint) == ("system", "portal")
    row = Callback.objects.get(complaint=complaint)
    assert (row.status, row.satisfied, row.end_condition_met, row.done_by) == ("reached", "yes", True, None)
    assert told(complaint) == [("customer.answered", "xiaoli")]


def test_s0_56_accepting_on_the_day_of_the_arrival_is_kept_and_the_callback_stays_due(agent):
    complaint = later.following_up()
    refund = complaint.actions.get(remedy="full_refund")
    execution.record_arrival(refund.pk, words=Skip("到账"), actor=agent, at=when(2025, 3, 5, 15))

    done = portal.customer_accept(complaint.pk, CONTENT, customer=complaint.customer, at=NEXT_DAY)

    assert (done.moved, sound(complaint).state) == (False, "following_up")
    assert CustomerAnswer.objects.get(kind="accept").text == "好"
    assert Callback.objects.get(complaint=complaint, status="open").due_at == when(2025, 3, 6, 18)


def test_s0_22_without_the_end_condition_or_with_another_callback_wanted_the_owner_goes_on(agent):
    complaint = later.following_up()
    partly = CallbackResult(satisfied=True, end_condition_met=False, via="portal")
    first = portal.customer_accept(complaint.pk, partly, customer=complaint.customer, at=NEXT_DAY)
    other = later.following_up()
    with setting(other, followup_count=2):
        second = portal.customer_accept(other.pk, CONTENT, customer=other.customer, at=NEXT_DAY)

        assert (first.moved, second.moved) == (False, False)
        assert Callback.objects.get(complaint=other, status="open").kind == "verify"
    assert [sound(case).state for case in (complaint, other)] == ["following_up", "following_up"]


def test_s0_23_rejecting_takes_the_case_into_another_round_as_the_system(agent):
    complaint = later.following_up()

    done = portal.customer_reject(complaint.pk, text="新机也有划痕", customer=complaint.customer, at=NEXT_DAY)

    fresh = sound(complaint)
    assert (done.moved, fresh.state, fresh.round) == (True, "investigating", 2)
    assert mover(complaint) == ("system", "portal")
    assert not Callback.objects.filter(complaint=complaint, status="open").exists()


def test_amb_15_when_the_rounds_are_used_up_the_leaders_hear_of_the_rejection(agent, leader):
    complaint = later.following_up()
    with setting(complaint, loop_max_rounds=1):
        portal.customer_reject(complaint.pk, text="不行", customer=complaint.customer, at=NEXT_DAY)
        later.second_round(complaint, since=NEXT_DAY)
        at = Callback.objects.get(complaint=complaint, status="open").due_at

        done = portal.customer_reject(complaint.pk, text="还是不行", customer=complaint.customer, at=at)

    fresh = sound(complaint)
    assert (done.moved, fresh.state, fresh.round) == (False, "following_up", 2)
    assert ("leader.decides", "wangzong") in told(complaint)


@pytest.mark.parametrize(("score", "state"), [(1, "investigating"), (2, "investigating"), (3, "following_up")])
def test_s2_57_a_low_rating_reopens_and_a_good_one_is_stored(agent, score, state):
    complaint = later.following_up()

    done = portal.rate(complaint.pk, score=score, text="", customer=complaint.customer, at=NEXT_DAY)

    assert (done.answer.score, sound(complaint).state) == (score, state)


def test_s2_57_a_low_rating_after_the_end_reaches_owner_and_supervisors(agent, supervisor):
    complaint = later.closed()
    at = complaint.closed_at + later.HOUR

    portal.rate(complaint.pk, score=1, customer=complaint.customer, at=at)

    assert told(complaint)[-2:] == [("customer.rated_low", "chenzhuguan"), ("customer.rated_low", "xiaoli")]
    assert sound(complaint).state == "closed"
    with pytest.raises(ScoreOutOfRange):
        portal.rate(complaint.pk, score=9, customer=complaint.customer, at=at)


# --- Explained, withdrawn, reopened


def test_t8_that_he_understood_is_a_row_for_the_owner(agent):
    complaint = factories.explaining()

    done = portal.customer_understood(
        complaint.pk, text="明白了", customer=complaint.customer, at=at_of(complaint, 110)
    )

    assert (done.answer.kind, done.moved, sound(complaint).state) == ("understood", False, "explaining")


def test_t9_new_evidence_reopens_the_investigation_as_the_system(agent):
    complaint = factories.explaining()

    portal.add_message(
        complaint.pk,
        "这是活动页面截图",
        new_evidence=True,
        customer=complaint.customer,
        at=at_of(complaint, 110),
    )

    fresh = sound(complaint)
    assert (fresh.state, fresh.round, mover(complaint)) == ("investigating", 2, ("system", "portal"))
    assert CustomerAnswer.objects.get(kind="new_evidence").text == "这是活动页面截图"


def test_t23_a_withdrawal_on_the_portal_still_needs_owner_and_supervisor(agent, supervisor):
    complaint = factories.registered()
    with pytest.raises(WithdrawalMissing):
        portal.customer_withdraw(complaint.pk, text="", customer=complaint.customer, at=at_of(complaint, 40))
    portal.customer_withdraw(complaint.pk, text="撤回", customer=complaint.customer, at=at_of(complaint, 40))

    withdrawal.ask_withdrawal(complaint.pk, said="", via="portal", actor=agent, at=at_of(complaint, 50))
    withdrawal.confirm_withdrawal(complaint.pk, Skip("客户自行撤回"), actor=supervisor, at=at_of(complaint, 60))

    assert CustomerAnswer.objects.filter(kind="withdraw").count() == 1
    assert sound(complaint).outcome == "withdrawn"


def test_t22_asking_to_reopen_reaches_the_supervisors_and_moves_nothing(agent, supervisor):
    complaint = later.closed()
    at = complaint.closed_at + later.HOUR
    with pytest.raises(NothingWritten):
        portal.ask_reopening(complaint.pk, text="", customer=complaint.customer, at=at)

    row = portal.ask_reopening(complaint.pk, text="又坏了", customer=complaint.customer, at=at)

    assert (row.kind, sound(complaint).state) == ("reopen", "closed")
    assert told(complaint)[-2:] == [("customer.asks_reopening", "chenzhuguan"), ("customer.asks_reopening", "xiaoli")]


# --- Writing, nudging, asking for a person


def test_s2_30_a_nudge_counts_as_where_is_it(agent):
    complaint = factories.investigating()

    portal.nudge(complaint.pk, customer=complaint.customer, at=at_of(complaint, 50))

    message = complaint.interactions.filter(direction="in").last()
    assert (message.asks_where_it_stands, message.medium) == (True, "portal")
    assert kinds(complaint)[-2:] == ["message.received", "customer.nudged"]
    assert told(complaint) == [("customer.nudged", "xiaoli")]
    assert sound(complaint).waiting_since is not None


def test_a_wish_for_a_person_reaches_owner_and_supervisors(agent, supervisor):
    complaint = factories.investigating()

    portal.ask_person(complaint.pk, text="请来电", customer=complaint.customer, at=at_of(complaint, 50))

    assert told(complaint) == [("customer.asked_person", "chenzhuguan"), ("customer.asked_person", "xiaoli")]
    assert sound(complaint).state == "investigating"


def test_s1_04_a_message_waits_for_an_answer_and_the_owner_hears_of_it(agent):
    complaint = factories.investigating()
    with pytest.raises(NothingWritten):
        portal.add_message(complaint.pk, "  ", customer=complaint.customer, at=at_of(complaint, 50))

    portal.add_message(complaint.pk, "补充一张照片", customer=complaint.customer, at=at_of(complaint, 50))

    assert complaint.interactions.filter(direction="in", answered_at=None).count() >= 1
    assert told(complaint) == [("customer.wrote", "xiaoli")]
    sound(complaint)


def test_notices_name_nobody(agent):
    complaint = factories.investigating()

    portal.ask_person(complaint.pk, text="我是张三 13812341234", customer=complaint.customer, at=at_of(complaint, 50))

    assert Notice.objects.get(kind="customer.asked_person", person=agent.person).data == {"number": complaint.number}


# --- His own case alone

CALLS = [
    lambda case, who, at: portal.nudge(case.pk, customer=who, at=at),
    lambda case, who, at: portal.ask_person(case.pk, customer=who, at=at),
    lambda case, who, at: portal.add_message(case.pk, "好", customer=who, at=at),
    lambda case, who, at: portal.customer_choose(case.pk, later.option(case).pk, customer=who, at=at),
    lambda case, who, at: portal.customer_object(case.pk, text="少", customer=who, at=at),
    lambda case, who, at: portal.customer_accept(case.pk, CONTENT, customer=who, at=at),
    lambda case, who, at: portal.customer_reject(case.pk, text="不", customer=who, at=at),
    lambda case, who, at: portal.customer_withdraw(case.pk, text="撤", customer=who, at=at),
    lambda case, who, at: portal.rate(case.pk, score=5, customer=who, at=at),
    lambda case, who, at: portal.ask_reopening(case.pk, text="又", customer=who, at=at),
]


def test_s0_06_another_customers_case_does_not_exist_for_him(agent):
    complaint = later.offering()
    stranger = Customer.objects.create(name="李四", created_at=complaint.received_at)
    before = complaint.last_number

    for call in CALLS:
        with pytest.raises(NotHisCase) as refused:
            call(complaint, stranger, at_of(complaint, 150))
        assert refused.value.rule.code == "门户-01"

    assert Complaint.objects.get(pk=complaint.pk).last_number == before


def test_what_he_says_on_a_merged_case_reaches_the_surviving_one(agent, supervisor):
    complaint, other = factories.investigating(), factories.received()
    assert complaint.customer == other.customer
    linking.merge(other.pk, into=complaint.pk, reason="同一事", actor=supervisor, at=at_of(complaint, 60))

    message = portal.add_message(other.pk, "补充", customer=other.customer, at=at_of(complaint, 70))

    assert message.complaint == complaint
