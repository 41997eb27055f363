from datetime import timedelta

import pytest

from huiyin.complaints.lifecycle import CaseMerged, WrongSeat
from huiyin.complaints.models import Complaint
from huiyin.complaints.steps import linking, reception
from huiyin.complaints.steps.linking import NotEarlier, NotMergeable, NotMerged
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, running, sound
from tests.factories import TUESDAY_10, at_of

pytestmark = pytest.mark.django_db
STRANGERS = (Role.AGENT, Role.HANDLER, Role.LEADER, Role.AUDITOR, Role.ADMINISTRATOR)


@pytest.fixture
def first(agent):
    return factories.registered(actor=agent)


@pytest.fixture
def second(agent):
    return factories.acknowledged(actor=agent, channel="phone")


def merge(complaint, into, actor, *, reason="同一台手机", minutes=40):
    return linking.merge(complaint.pk, into=into.pk, reason=reason, actor=actor, at=at_of(complaint, minutes))


def close(complaint, at=TUESDAY_10):
    Complaint.objects.filter(pk=complaint.pk).update(
        **{"state": "closed", "outcome": "resolved_accepted", "closed_at": at}
    )


def test_a_merged_case_stops_and_what_was_promised_in_it_is_promised_on(first, second, agent):
    promised = running(second)["spoken"]
    target = merge(second, first, agent)

    assert sound(second).merged_into == target == first
    assert running(second) == {}
    assert promised in [row.due_at for row in first.promises.filter(kind="spoken", ended_at=None)]
    assert (kinds(second)[-1], kinds(sound(first))[-1]) == ("case.merged", "case.linked")
    assert Complaint.objects.get(pk=second.pk).next_due_at is None


def test_s0_01_a_merged_case_does_not_move(first, agent):
    other = factories.received(actor=agent)
    merge(other, first, agent)

    with pytest.raises(CaseMerged) as refused:
        reception.acknowledge(other.pk, factories.promised(other, "划痕已收到", 120), actor=agent, at=at_of(other, 45))

    assert (refused.value.rule.code, refused.value.params) == ("流程-03", {"number": first.number})


def test_undoing_a_merge_lets_the_clocks_run_to_the_same_times(first, second, agent):
    before = running(second)
    merge(second, first, agent)

    linking.unmerge(second.pk, reason="是两台手机", actor=agent, at=at_of(second, 50))

    assert sound(second).merged_into is None
    assert running(second) == before
    assert kinds(second)[-1] == "case.unmerged"
    with pytest.raises(NotMerged) as refused:
        linking.unmerge(second.pk, reason="再来", actor=agent, at=at_of(second, 55))
    assert refused.value.rule.code == "合并-01"


def test_a_merge_needs_two_open_cases_and_a_reason(first, second, agent):
    third = factories.received(actor=agent)
    with pytest.raises(NotMergeable) as refused:
        merge(second, first, agent, reason=" ")
    assert refused.value.rule.code == "合并-01"
    with pytest.raises(NotMergeable):
        merge(second, second, agent)
    merge(second, first, agent)
    with pytest.raises(NotMergeable):
        merge(third, second, agent)
    with pytest.raises(NotMergeable):
        merge(first, third, agent)
    with pytest.raises(CaseMerged):
        merge(second, third, agent)
    close(first)
    with pytest.raises(NotMergeable):
        merge(third, first, agent)


@pytest.mark.parametrize("role", STRANGERS)
def test_only_owner_and_supervisor_merge_and_undo(first, second, agent, role):
    stranger = factories.acting("somebody", role)
    with pytest.raises(WrongSeat) as refused:
        merge(second, first, stranger)
    assert refused.value.rule.code == "流程-02"
    merge(second, first, agent)
    with pytest.raises(WrongSeat):
        linking.unmerge(second.pk, reason="不对", actor=stranger, at=at_of(second, 50))


def test_s3_41_a_repeat_points_to_the_case_before_it(first, agent):
    later = factories.received(actor=agent, at=TUESDAY_10 + timedelta(days=3))

    linking.link_repeat(later.pk, earlier=first.pk, actor=agent, at=at_of(later, 5))

    assert sound(later).repeat_of == first
    assert kinds(later)[-1] == "case.linked"


def test_s3_41_a_repeat_points_neither_to_itself_nor_to_a_later_case_nor_in_a_circle(first, agent):
    later = factories.received(actor=agent, at=TUESDAY_10 + timedelta(days=3))
    twin = factories.received(actor=agent)
    linking.link_repeat(twin.pk, earlier=first.pk, actor=agent, at=at_of(later, 5))

    for complaint, earlier in ((later, later), (first, later), (first, twin)):
        with pytest.raises(NotEarlier) as refused:
            linking.link_repeat(complaint.pk, earlier=earlier.pk, actor=agent, at=at_of(later, 5))
        assert refused.value.rule.code == "合并-02"


def test_s3_41_a_link_is_taken_back_with_a_reason(first, agent):
    later = factories.received(actor=agent, at=TUESDAY_10 + timedelta(days=3))
    linking.link_repeat(later.pk, earlier=first.pk, actor=agent, at=at_of(later, 5))
    with pytest.raises(NotEarlier):
        linking.unlink_repeat(later.pk, reason="", actor=agent, at=at_of(later, 6))

    linking.unlink_repeat(later.pk, reason="另一台手机", actor=agent, at=at_of(later, 6))

    assert sound(later).repeat_of is None


@pytest.mark.parametrize("role", STRANGERS)
def test_only_owner_and_supervisor_link(first, agent, role):
    later = factories.received(actor=agent, at=TUESDAY_10 + timedelta(days=3))

    with pytest.raises(WrongSeat):
        linking.link_repeat(later.pk, earlier=first.pk, actor=factories.acting("somebody", role), at=at_of(later, 5))


@pytest.mark.parametrize(("days", "linked"), [(29, True), (31, False)])
def test_s0_50_the_same_order_again_within_the_window_is_linked_at_receipt(agent, days, linked):
    first = factories.received(actor=agent)
    close(first)

    again = factories.received(actor=agent, at=TUESDAY_10 + timedelta(days=days))

    assert again.repeat_of == (first if linked else None)
    assert list(reception.possible_duplicates(again)) == ([first] if linked else [])
