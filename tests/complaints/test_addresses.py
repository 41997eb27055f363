"""What was said in a case goes to no address somebody added afterwards in the customer's name."""

from datetime import timedelta

import pytest

from huiyin.complaints import addresses
from huiyin.complaints.conversation import Say
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import reception
from huiyin.messaging.models import Outgoing
from huiyin.people import customers
from tests import factories
from tests.factories import at_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(agent):
    return factories.received(channel="portal")


def add(complaint, value, *, verified=False, days=0):
    at = complaint.received_at + timedelta(days=days, minutes=1)
    customers.add_identity(complaint.customer, "email", value, at=at, verified=verified)


def test_a_message_is_not_mailed_to_an_address_added_after_the_case_came_in(complaint):
    add(complaint, "stranger@example.com")
    words = Say(
        "您收到的新手机有划痕，肯定很失望。我们两小时内告诉您核查结果。",
        next=Spoken("核查结果", at_of(complaint, 120)),
    )

    reception.acknowledge(complaint.pk, words, actor=factories.agent(), at=at_of(complaint, 10))

    assert not Outgoing.objects.filter(to="stranger@example.com").exists()


def test_a_verified_address_is_written_to_whenever_it_came(complaint):
    add(complaint, "zhang@example.com", verified=True, days=3)

    assert [row.value for row in addresses.known(complaint, ["email"])] == ["zhang@example.com"]


def test_what_was_given_with_the_case_is_known_even_when_it_was_received_earlier_than_written(agent):
    given = reception.NewComplaint(
        title="划痕",
        text="划痕",
        channel="email",
        name="李四",
        identities=(("email", "li@example.com"),),
        received_at=factories.TUESDAY_10 - timedelta(hours=5),
    )
    complaint = reception.receive(given, actor=agent, at=factories.TUESDAY_10)

    assert [row.value for row in addresses.known(complaint, ["email"])] == ["li@example.com"]
