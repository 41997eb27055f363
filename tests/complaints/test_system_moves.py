"""Where the system moves a case for the customer, nobody is left waiting without a time (S2-23, S2-24)."""

import pytest

from huiyin.complaints import promises
from huiyin.complaints.conversation import Say
from huiyin.complaints.guards.closing import NotPutIntoEffect
from huiyin.complaints.models import Action
from huiyin.complaints.participation import NotTheContact
from huiyin.complaints.steps import investigation, messages, portal, withdrawal
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints.checks import running, sound
from tests.complaints.settings import setting
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db
NEXT_DAY = when(2025, 3, 5, 11)


def keep_all(complaint, actor, at):
    """Every promise to the customer kept by a message that names no other time."""
    kept = tuple(row.pk for row in promises.running_spoken(complaint))
    messages.send_message(complaint.pk, Say("划痕一事的进展如上。", keeps=kept), actor=actor, at=at)


def test_s2_23_a_choice_on_the_portal_is_promised_by_its_execution_time(agent):
    complaint = later.offering()
    keep_all(complaint, agent, at_of(complaint, 150))

    portal.customer_choose(
        complaint.pk, later.option(complaint).pk, customer=complaint.customer, at=at_of(complaint, 160)
    )

    last = Action.objects.filter(complaint=complaint).order_by("-due_at")[0]
    assert sound(complaint).state == "executing"
    assert running(complaint)["spoken"] == last.due_at


def test_s2_23_a_rejection_on_the_portal_is_promised_news_the_same_day(agent):
    complaint = later.following_up()

    portal.customer_reject(complaint.pk, text="又坏了", customer=complaint.customer, at=NEXT_DAY)

    assert sound(complaint).state == "investigating"
    assert running(complaint)["spoken"] == when(2025, 3, 5, 18)


def test_s2_24_new_evidence_on_the_portal_is_promised_news(agent):
    complaint = factories.explaining()
    keep_all(complaint, agent, at_of(complaint, 105))

    portal.add_message(
        complaint.pk, "我有聊天记录", new_evidence=True, customer=complaint.customer, at=at_of(complaint, 110)
    )

    assert sound(complaint).state == "investigating"
    assert running(complaint)["spoken"] == when(2025, 3, 4, 18)


def test_s2_24_a_promise_that_runs_ahead_is_enough(agent):
    complaint = factories.explaining()
    before = running(complaint)["spoken"]

    portal.add_message(
        complaint.pk, "我有聊天记录", new_evidence=True, customer=complaint.customer, at=at_of(complaint, 105)
    )

    assert before > at_of(complaint, 105)
    assert running(complaint)["spoken"] == before


def test_s2_23_an_objection_waits_for_us_with_a_clock_and_is_listed(agent):
    complaint = later.offering()

    portal.customer_object(complaint.pk, text="太少", customer=complaint.customer, at=at_of(complaint, 150))

    assert sound(complaint).waiting_since == at_of(complaint, 150)
    assert "unanswered_message" in running(complaint)


def test_s2_23_a_rejection_that_only_a_leader_can_follow_waits_for_us(agent, leader):
    complaint = later.following_up()
    with setting(complaint, loop_max_rounds=0):
        portal.customer_reject(complaint.pk, text="又坏了", customer=complaint.customer, at=NEXT_DAY)

    fresh = sound(complaint)
    assert (fresh.state, fresh.waiting_since) == ("following_up", NEXT_DAY)


def test_s2_23_whoever_asks_for_a_person_waits_for_us_with_a_clock(agent):
    complaint = factories.explaining()

    portal.ask_person(complaint.pk, customer=complaint.customer, at=at_of(complaint, 110))

    assert sound(complaint).waiting_since == at_of(complaint, 110)
    assert "unanswered_message" in running(complaint)


def test_s2_57_a_low_rating_during_the_review_is_answered_before_the_case_closes(agent, supervisor):
    complaint = later.reviewing()
    at = complaint.stage_since + later.HOUR
    later.reviewed(complaint, at=at)
    portal.rate(complaint.pk, score=1, customer=complaint.customer, at=at)

    with pytest.raises(NotPutIntoEffect) as refused:
        later.review.close(complaint.pk, later.Skip("已回访"), actor=supervisor, at=at)

    assert refused.value.missing == ("told",)


def test_s0_23_a_dissatisfied_customer_on_the_telephone_waits_for_us(agent):
    complaint = later.following_up()

    row = later.call_back(complaint, satisfied=False)

    assert sound(complaint).waiting_since == row.reached_at


def test_t23_what_is_promised_with_the_confirmation_itself_is_not_moot(agent, supervisor):
    complaint = factories.investigating()
    withdrawal.ask_withdrawal(complaint.pk, said="算了", via="phone", actor=agent, at=at_of(complaint, 50))
    words = factories.promised(complaint, "已撤回；划痕的发票明天寄出。", 60 * 24, what="寄出发票")

    withdrawal.confirm_withdrawal(complaint.pk, words, actor=supervisor, at=at_of(complaint, 60))

    assert [row.what for row in promises.running_spoken(complaint)] == ["寄出发票"]
    sound(complaint)


def test_s0_34_a_handler_of_the_first_contact_does_not_promise_without_the_owner(agent, supervisor):
    inside = factories.acting("neiqin", Role.HANDLER, name="彭慧")
    complaint = factories.with_evidence(to=inside)
    words = factories.promised(complaint, "划痕是运输造成的，今天给方案。", 300)

    with pytest.raises(NotTheContact) as refused:
        investigation.issue_finding(complaint.pk, factories.finding(), words, actor=inside, at=at_of(complaint, 90))

    assert refused.value.rule.code == "告知-02"
