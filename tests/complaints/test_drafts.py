"""What is only half written, and which cases somebody follows."""

import pytest

from huiyin.complaints.lifecycle import WrongSeat
from huiyin.complaints.models import Draft, Follow
from huiyin.complaints.steps import messages
from huiyin.people.roles import Role
from tests import factories
from tests.factories import TUESDAY_10, at_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(agent):
    return factories.investigating(actor=agent)


def test_a_draft_is_kept_per_person_and_slot_and_forgotten_when_empty(complaint, agent, supervisor):
    at = at_of(complaint, 60)
    messages.save_draft(complaint.pk, slot="message", text="写到一半", actor=agent, at=at)
    messages.save_draft(complaint.pk, slot="message", text="写到一大半", actor=agent, at=at)

    assert messages.drafts(complaint.pk, agent.person) == {"message": "写到一大半"}
    assert messages.drafts(complaint.pk, supervisor.person) == {}

    messages.save_draft(complaint.pk, slot="message", text=" ", actor=agent, at=at)
    assert Draft.objects.count() == 0


def test_a_case_is_followed_once_and_left(complaint, other_agent):
    messages.follow(complaint.pk, actor=other_agent)
    messages.follow(complaint.pk, actor=other_agent)
    assert Follow.objects.count() == 1

    messages.unfollow(complaint.pk, actor=other_agent)

    assert Follow.objects.count() == 0


@pytest.mark.parametrize("role", [Role.HANDLER, Role.ADMINISTRATOR])
def test_who_does_not_see_the_case_neither_drafts_nor_follows(complaint, role):
    stranger = factories.acting("somebody", role, of="finance")

    with pytest.raises(WrongSeat):
        messages.follow(complaint.pk, actor=stranger)
    with pytest.raises(WrongSeat):
        messages.save_draft(complaint.pk, slot="note", text="看看", actor=stranger, at=TUESDAY_10)
