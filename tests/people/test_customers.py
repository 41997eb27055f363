from datetime import timedelta

import pytest

from huiyin.people import access_log, customers, merging
from huiyin.people.models import AccessKind, AccessLog, Customer, Identity, MergeProposal
from huiyin.people.roles import NotYourDuty, Role

ANYBODY = lambda person, identity: True  # noqa: E731
NOBODY = lambda person, identity: False  # noqa: E731


@pytest.fixture
def zhang(db, noon):
    return customers.find_or_create(
        name="张三", identities=[("phone", "138 1234 1234"), ("email", "ZhangSan@163.com")], at=noon, verified=True
    )


def pairs():
    return list(MergeProposal.objects.values_list("first_id", "second_id", "status"))


def test_c27_a_phone_is_kept_as_given_and_in_e164(zhang):
    phone = zhang.identities.get(kind="phone")

    assert (phone.value, phone.normalized, phone.verified) == ("138 1234 1234", "+8613812341234", True)


@pytest.mark.parametrize(
    ("given", "normalized"),
    [
        ("１３８１２３４１２３４", "+8613812341234"),
        ("0591-87654321", "+8659187654321"),
        ("+852 9123 4567", "+85291234567"),
        ("12345", "12345"),
        ("不知道", "不知道"),
    ],
)
def test_c27_a_number_that_cannot_be_read_is_kept_all_the_same(given, normalized):
    assert customers.normalise("phone", given) == normalized


def test_c27_the_same_person_calling_again_is_found_by_a_verified_identity(zhang, noon):
    again = customers.find_or_create(name="", identities=[("phone", "+86 13812341234")], at=noon, verified=True)

    assert (again, Customer.objects.count()) == (zhang, 1)


def test_c27_the_same_name_with_the_same_phone_is_found_though_only_claimed(db, noon):
    first = customers.find_or_create(name="張三", identities=[("phone", "13812341234")], at=noon)
    again = customers.find_or_create(name="张三", identities=[("phone", "13812341234")], at=noon)

    assert (again, Identity.objects.count()) == (first, 1)


def test_c27_somebody_claiming_a_verified_phone_is_proposed_for_merging_and_never_merged(zhang, noon):
    other = customers.find_or_create(name="李四", identities=[("phone", "13812341234")], at=noon)

    assert other != zhang
    assert pairs() == [(zhang.pk, other.pk, "proposed")]
    assert (customers.duplicates_of(zhang), customers.duplicates_of(other)) == ([other], [zhang])


def test_c27_two_strangers_claiming_one_phone_are_not_proposed_before_either_is_verified(db, noon):
    one = customers.find_or_create(name="张三", identities=[("phone", "13812341234")], at=noon)
    two = customers.find_or_create(name="李四", identities=[("phone", "13812341234")], at=noon)
    before = pairs()

    customers.verify_identity(two.identities.get().pk, at=noon)

    assert (before, pairs()) == ([], [(one.pk, two.pk, "proposed")])


def test_c27_an_identity_verified_by_another_stays_claimed(zhang, noon):
    other = customers.find_or_create(name="李四", identities=[("phone", "13812341234")], at=noon)

    assert customers.verify_identity(other.identities.get().pk, at=noon).verified is False


def test_c27_merging_needs_a_named_person_with_a_reason_and_can_be_undone(zhang, agent, supervisor, noon):
    other = customers.find_or_create(name="李四", identities=[("phone", "13812341234")], at=noon)
    proposal = MergeProposal.objects.get()
    with pytest.raises(NotYourDuty):
        merging.decide(proposal.pk, merge=True, person=agent, reason="同一人", at=noon)
    with pytest.raises(merging.MergeNeedsDecision):
        merging.decide(proposal.pk, merge=True, person=supervisor, reason=" ", at=noon)

    merging.decide(proposal.pk, merge=True, person=supervisor, reason="同一人", at=noon)
    other.refresh_from_db()
    merged = merging.survivor(other)
    with pytest.raises(merging.MergeAlreadyDecided):
        merging.decide(proposal.pk, merge=True, person=supervisor, reason="同一人", at=noon)
    merging.undo(proposal.pk, person=supervisor, reason="认错人", at=noon)
    other.refresh_from_db()

    assert (merged, merging.survivor(other), pairs()[0][2]) == (zhang, other, "proposed")


def test_c27_a_merged_customer_who_returns_is_the_one_they_were_merged_into(zhang, supervisor, noon):
    customers.find_or_create(name="李四", identities=[("phone", "13812341234")], at=noon)
    merging.decide(MergeProposal.objects.get().pk, merge=True, person=supervisor, reason="同一人", at=noon)

    assert customers.find_or_create(name="李四", identities=[("phone", "13812341234")], at=noon) == zhang


def test_c27_two_that_are_two_are_not_proposed_again(zhang, supervisor, noon):
    other = customers.find_or_create(name="李四", identities=[("phone", "13812341234")], at=noon)
    merging.decide(MergeProposal.objects.get().pk, merge=False, person=supervisor, reason="母子", at=noon)

    customers.add_identity(other, "email", "zhangsan@163.com", at=noon)

    assert pairs() == [(zhang.pk, other.pk, "rejected")]


def test_s0_06_contacts_are_masked_for_everybody_and_the_name_for_outsiders(zhang, agent, noon):
    zhang.card_number, zhang.address = "VIP-0012345", "福州市五四路158号"
    outside = customers.contact_view(zhang, agent, may_reveal=False)
    owner = customers.contact_view(zhang, agent, may_reveal=True)

    assert (outside.name, outside.masked, owner.name, owner.masked) == ("张*", True, "张三", False)
    assert (outside.card_number, outside.address) == ("****2345", "福州市五四路****")
    assert [row.shown for row in owner.identities] == ["138****1234", "Z***@163.com"]
    assert [row.may_reveal for row in (*outside.identities, *owner.identities)] == [False, False, True, True]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.INSPECTOR, Role.TRAINER, Role.FINANCE])
def test_s0_06_roles_that_never_reveal_see_masks_even_if_the_case_were_theirs(zhang, make_person, role):
    view = customers.contact_view(zhang, make_person("x", role), may_reveal=True)

    assert (view.name, [row.may_reveal for row in view.identities]) == ("张*", [False, False])


def test_s0_06_revealing_leaves_an_entry_with_the_reason_and_lasts_ten_minutes(zhang, agent, noon):
    phone = zhang.identities.get(kind="phone")

    value = customers.reveal(phone.pk, person=agent, reason="回拨", at=noon, may_see=ANYBODY, complaint_id=7)

    row = AccessLog.objects.get()
    assert value == "138 1234 1234"
    assert (row.person, row.kind, row.customer, row.complaint_id) == (agent, AccessKind.REVEAL, zhang, 7)
    assert (row.field, row.reason, row.at) == (f"phone:{phone.pk}", "回拨", noon)
    soon = customers.revealed_to(agent, zhang, noon + timedelta(minutes=9))
    view = customers.contact_view(zhang, agent, may_reveal=True, revealed=soon)
    assert [row.shown for row in view.identities] == ["138 1234 1234", "Z***@163.com"]
    assert customers.revealed_to(agent, zhang, noon + timedelta(minutes=10)) == frozenset()


def test_s0_06_revealing_without_a_reason_is_refused_and_leaves_no_value(zhang, agent, noon):
    with pytest.raises(customers.RevealWithoutReason) as refused:
        customers.reveal(zhang.identities.first().pk, person=agent, reason="  ", at=noon, may_see=ANYBODY)

    assert (refused.value.rule.code, refused.value.missing, AccessLog.objects.count()) == ("隐私-01", ("reason",), 0)


def test_amb_13_revealing_is_refused_to_whoever_has_no_part_in_the_case(zhang, agent, make_person, noon):
    auditor = make_person("audit", Role.AUDITOR)
    for person, may_see in ((agent, NOBODY), (auditor, ANYBODY)):
        with pytest.raises(customers.RevealNotYours):
            customers.reveal(zhang.identities.first().pk, person=person, reason="看看", at=noon, may_see=may_see)


def test_s0_06_a_view_is_logged_once_per_person_case_and_hour(agent, supervisor, noon):
    for minute in (0, 10, 59, 60):
        access_log.record_view(agent, 7, noon + timedelta(minutes=minute))
    access_log.record_view(agent, 8, noon)
    access_log.record_view(supervisor, 7, noon)

    assert [(row.person_id, row.complaint_id) for row in access_log.entries(kind="view")] == [
        (agent.pk, 7),
        (supervisor.pk, 7),
        (agent.pk, 8),
        (agent.pk, 7),
    ]
    assert access_log.entries(complaint_id=7, to_at=noon + timedelta(minutes=30)).count() == 2


def test_s0_06_an_export_needs_a_reason(supervisor, noon):
    with pytest.raises(access_log.ExportWithoutReason):
        access_log.record_export(supervisor, what="cases", reason="", at=noon)

    assert access_log.record_export(supervisor, what="cases", reason="月报", at=noon).kind == AccessKind.EXPORT
