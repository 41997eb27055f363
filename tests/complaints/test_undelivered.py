"""A mail that never arrived told nobody anything (S2-24, S2-30)."""

import pytest

from huiyin.complaints.conversation import Say
from huiyin.complaints.steps import messages
from huiyin.messaging import do_not_contact
from huiyin.messaging.models import Notice, Outgoing
from huiyin.queue import worker
from tests import factories
from tests.complaints.checks import kinds, running, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db
BY_MAIL = {"channel": "email", "identities": (("email", "zhang@example.com"),)}


def write(complaint, actor):
    words = factories.promised(complaint, "划痕还在核查，五点前告诉您。", 420)
    messages.send_message(
        complaint.pk,
        Say(words.text, next=words.next, keeps=tuple(row.pk for row in complaint.promises.filter(kind="spoken"))),
        actor=actor,
        at=at_of(complaint, 100),
    )


def test_s2_24_a_mail_that_is_held_back_leaves_the_customer_waiting_and_the_owner_hears(agent):
    complaint = factories.acknowledged(**BY_MAIL)
    worker.run_once(at_of(complaint, 20))
    do_not_contact.add("email", "zhang@example.com", reason="退订", by=agent.person, at=at_of(complaint, 90))
    write(complaint, agent)
    assert "unanswered_message" not in running(complaint)

    worker.run_once(at_of(complaint, 101))

    assert Outgoing.objects.latest("pk").status == "blocked"
    assert kinds(complaint)[-1] == "message.undelivered"
    assert sound(complaint).waiting_since >= at_of(complaint, 101)
    assert "unanswered_message" in running(complaint)
    assert Notice.objects.get(kind="message.undelivered").person == agent.person


def test_s2_24_a_mail_that_is_sent_changes_nothing(agent):
    complaint = factories.acknowledged(**BY_MAIL)
    write(complaint, agent)

    worker.run_once(at_of(complaint, 101))

    assert Outgoing.objects.latest("pk").status == "sent"
    assert sound(complaint).waiting_since is None
