"""What a merge must not swallow: another customer, what is to be carried out, a broken promise, an open task."""

import pytest

from huiyin.complaints.lifecycle import OwnMatter
from huiyin.complaints.models import Interest, Task
from huiyin.complaints.steps import linking
from huiyin.complaints.steps.linking import AnotherCustomer, BegunToCarryOut
from tests import factories, later
from tests.complaints.checks import running, sound
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db
STRANGER = {"name": "李四", "identities": (("phone", "13900000000"),)}


def merge(complaint, into, actor, *, minutes=60):
    return linking.merge(complaint.pk, into=into.pk, reason="同一台手机", actor=actor, at=at_of(complaint, minutes))


def test_s2_24_a_case_of_another_customer_is_not_merged_away(agent):
    complaint, other = factories.acknowledged(**STRANGER), factories.investigating()

    with pytest.raises(AnotherCustomer) as refused:
        merge(complaint, other, agent)

    assert refused.value.rule.code == "合并-01"
    assert "spoken" in running(complaint)


def test_one_customer_under_two_names_with_one_telephone_may_be_merged(agent):
    complaint, other = factories.acknowledged(name="张先生"), factories.investigating()
    assert complaint.customer != other.customer

    assert merge(complaint, other, agent) == other


@pytest.mark.parametrize("make", [later.executing, later.following_up, later.reviewing])
def test_s2_24_what_was_chosen_is_carried_out_and_not_merged_away(agent, make):
    complaint, other = make(), factories.investigating()

    with pytest.raises(BegunToCarryOut) as refused:
        merge(complaint, other, agent, minutes=60 * 24 * 10)

    assert refused.value.rule.code == "合并-01"


def test_s2_24_a_promise_broken_before_the_merge_stays_broken_and_news_is_promised_on(agent):
    complaint, target = factories.acknowledged(), factories.received()

    merge(complaint, target, agent, minutes=200)

    assert complaint.promises.get(kind="spoken").status == "breached"
    assert running(sound(target))["spoken"] == when(2025, 3, 4, 18)
    sound(complaint)


def test_s4_33_no_open_task_stays_behind_in_a_merged_case(agent):
    complaint, target = factories.registered(), factories.investigating()
    assert Task.objects.filter(complaint=complaint, status="open").exists()

    merge(complaint, target, agent)

    assert not Task.objects.filter(complaint=complaint, status="open").exists()
    assert complaint.events.get(kind="case.merged").data["cancelled"] == {"tasks": 1}


def test_eng_15_nobody_merges_into_a_case_he_has_an_interest_in(agent):
    complaint, target = factories.received(), factories.investigating()
    Interest.objects.create(complaint=target, person=agent.person, reason="被投诉", declared_at=at_of(target, 45))

    with pytest.raises(OwnMatter):
        merge(complaint, target, agent)


def test_s2_23_after_a_merge_undone_the_customer_is_promised_the_same_time_again(agent):
    complaint, target = factories.acknowledged(), factories.investigating()
    promised = running(complaint)["spoken"]
    merge(complaint, target, agent)

    linking.unmerge(complaint.pk, reason="是两台手机", actor=agent, at=at_of(complaint, 70))

    assert running(sound(complaint))["spoken"] == promised
    sound(target)
