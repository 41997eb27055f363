"""Where the system moves a case for the customer, nobody is left waiting without a time (S2-23, S2-24)."""

import pytest

from huiyin.complaints import promises
from huiyin.complaints.conversation import Say
from huiyin.complaints.models import Action
from huiyin.complaints.steps import messages, portal
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
    complaint = later.offering()
    before = running(complaint)["spoken"]

    portal.customer_choose(
        complaint.pk, later.option(complaint).pk, customer=complaint.customer, at=at_of(complaint, 150)
    )

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
