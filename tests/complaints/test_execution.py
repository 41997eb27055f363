from io import BytesIO

import pytest

from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.lifecycle import OwnMatter, WrongSeat
from huiyin.complaints.models import Action, Complaint, Interest
from huiyin.complaints.participation import NotTheContact
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import execution
from huiyin.complaints.steps.execution import (
    ActionEnded,
    NotSentYet,
    NotYourAction,
    Proof,
    ProofMissing,
    WrongProof,
)
from huiyin.files import store
from huiyin.messaging.models import Notice
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints.checks import kinds, running, sound
from tests.complaints.settings import setting
from tests.factories import at_of, when

pytestmark = pytest.mark.django_db
SENT = Say("新机已发出，顺丰单号SF1234567890123，请您留意签收。")


def action(complaint, remedy):
    return Action.objects.get(complaint=complaint, remedy=remedy)


def finish(row, actor, *, kind="", reference="", minutes=200, **more):
    proof = Proof(kind, reference, **more)
    return execution.finish_action(row.pk, proof, actor=actor, at=at_of(row.complaint, minutes))


def attached(complaint, owner_id=None):
    upload = BytesIO(b"SF1234567890123\n")
    upload.name = "label.txt"
    return store.save(
        upload,
        owner_kind="complaint",
        owner_id=owner_id or complaint.pk,
        by=factories.agent(),
        at=at_of(complaint, 190),
        limits=store.FROM_STAFF,
    )


# --- Proof


def test_s0_20_shipped_without_a_tracking_number_is_refused(agent):
    row = action(later.executing(rank=2), "exchange")

    with pytest.raises(ProofMissing) as refused:
        finish(row, agent, kind="tracking_number", reference=" ")

    row.refresh_from_db()
    assert (refused.value.rule.code, row.status) == ("执行-01", "open")
    sound(row.complaint)


def test_s0_20_shipped_with_its_number_is_done_and_keeps_the_proof(agent):
    complaint = later.executing(rank=2)

    row = finish(action(complaint, "exchange"), agent, reference="SF1234567890123", file=attached(complaint))

    row.refresh_from_db()
    assert (row.status, row.proof_kind, row.proof_reference, row.done_by, row.done_at) == (
        "done",
        "tracking_number",
        "SF1234567890123",
        agent.person,
        at_of(complaint, 200),
    )
    assert row.proof_file.name == "label.txt"
    assert kinds(complaint)[-1] == "action.done"
    sound(complaint)


def test_s0_20_another_kind_of_proof_or_another_cases_file_is_none(agent):
    complaint = later.executing(rank=2)
    row = action(complaint, "exchange")

    with pytest.raises(WrongProof):
        finish(row, agent, kind="coupon_code", reference="C-1")
    with pytest.raises(WrongProof):
        finish(row, agent, reference="SF1", file=attached(complaint, owner_id=complaint.pk + 1))


def test_s0_20_what_is_done_is_not_done_again(agent):
    row = action(later.executing(rank=2), "exchange")
    finish(row, agent, reference="SF1")

    with pytest.raises(ActionEnded):
        finish(row, agent, reference="SF2")


def test_s0_20_an_option_is_executed_when_each_of_its_actions_is_done(agent):
    complaint = later.executing()
    finish(action(complaint, "coupon"), agent, reference="C-1")
    assert later.option(complaint).status == "chosen"

    finish(action(complaint, "full_refund"), agent, reference="PAY-1")

    assert later.option(complaint).status == "executed"


def test_a_refund_is_heard_by_the_clocks_that_wait_for_it(agent):
    complaint = later.executing()

    finish(action(complaint, "full_refund"), agent, reference="PAY-1")

    event = complaint.events.get(kind="action.done")
    assert event.data["signals"] == ["refund.paid"]
    sound(complaint)


def test_s0_20_the_remedy_is_executed_when_all_that_was_chosen_is_done(agent):
    complaint = later.executing(rank=2)

    finish(action(complaint, "coupon"), agent, reference="C-1")
    assert "quality_remedy_line" in running(complaint)
    finish(action(complaint, "exchange"), agent, reference="SF1")

    assert "quality_remedy_line" not in running(complaint)
    assert [event.data["signals"] for event in complaint.events.filter(kind="action.done")] == [[], ["remedy.executed"]]
    sound(complaint)


def test_s3_12_a_kindness_does_not_end_a_legal_clock(agent):
    complaint = factories.investigating()
    row = execution.grant_goodwill(complaint.pk, item="small_coupon", actor=agent, at=at_of(complaint, 60))

    finish(row, agent, reference="C-1")

    assert "quality_remedy_line" in running(complaint)


def test_eng_15_who_has_an_interest_carries_nothing_out(agent):
    keeper = factories.acting("caiwu", Role.FINANCE, of="finance")
    complaint = later.executing()
    Interest.objects.create(
        complaint=complaint, person=keeper.person, reason="被投诉", declared_at=at_of(complaint, 165)
    )

    with pytest.raises(OwnMatter):
        finish(action(complaint, "full_refund"), keeper, reference="PAY-1")


def test_the_nearest_due_time_follows_the_open_actions(agent):
    complaint = later.executing()
    coupon, refund = action(complaint, "coupon"), action(complaint, "full_refund")
    Action.objects.filter(pk=coupon.pk).update(due_at=at_of(complaint, 170))
    finish(refund, agent, reference="PAY-1", minutes=165)
    complaint.refresh_from_db()
    assert complaint.next_due_at == at_of(complaint, 170)

    finish(coupon, agent, reference="C-1", minutes=168)

    complaint.refresh_from_db()
    assert complaint.next_due_at > at_of(complaint, 170)


# --- Whose action


def test_s2_54_an_action_belongs_to_its_department(agent, other_agent, other_handler, supervisor):
    keeper = factories.acting("caiwu", Role.FINANCE, of="finance")
    complaint = later.executing()
    refund = action(complaint, "full_refund")
    assert refund.assignee == keeper.person

    for somebody in (other_agent, other_handler, supervisor):
        with pytest.raises(NotYourAction) as refused:
            finish(refund, somebody, reference="PAY-1")
        assert refused.value.rule.code == "任务-02"
    finish(refund, keeper, reference="PAY-1")

    assert sound(complaint).state == "executing"


def test_s2_54_a_colleague_of_the_department_may_finish_it(agent):
    factories.acting("caiwu", Role.FINANCE, of="finance")
    colleague = factories.acting("caiwu2", Role.FINANCE, of="finance")
    refund = action(later.executing(), "full_refund")

    assert finish(refund, colleague, reference="PAY-1").status == "done"


@pytest.mark.parametrize("who", ["agent", "handler"])
def test_t18_owner_and_handler_may_finish_any_action(who, request, policy):
    actor = request.getfixturevalue(who)
    factories.person("caiwu", Role.FINANCE, of="finance")

    assert finish(action(later.executing(), "full_refund"), actor, reference="PAY-1").status == "done"


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.LEADER, Role.TRAINER])
def test_t18_roles_that_carry_nothing_out_finish_nothing(policy, role):
    row = action(later.executing(), "coupon")

    with pytest.raises(NotYourAction):
        finish(row, factories.acting("somebody", role, of="nowhere"), reference="C-1")


# --- The customer hears


def test_s0_21_the_number_goes_to_the_customer_with_the_action(agent):
    complaint = later.executing(rank=2)

    row = finish(action(complaint, "exchange"), agent, reference="SF1234567890123", tell=SENT)

    assert row.customer_told_at == at_of(complaint, 200)
    assert complaint.interactions.filter(direction="out").last().text == SENT.text
    assert list(execution.missing_sends(Complaint.objects.all())) == []
    sound(complaint)


def test_s0_21_a_missing_message_is_listed_and_the_owner_told(agent, handler):
    complaint = later.executing(rank=2)

    row = finish(action(complaint, "exchange"), handler, reference="SF1234567890123")

    assert list(execution.missing_sends(Complaint.objects.all())) == [row]
    assert Notice.objects.get(kind="action.untold").person == agent.person
    execution.tell_done(row.pk, SENT, actor=agent, at=at_of(complaint, 210))
    assert list(execution.missing_sends(Complaint.objects.all())) == []
    sound(complaint)


def test_s0_34_only_the_owner_writes_to_the_customer(handler):
    row = action(later.executing(rank=2), "exchange")

    with pytest.raises(NotTheContact) as refused:
        finish(row, handler, reference="SF1", tell=SENT)

    row.refresh_from_db()
    assert (refused.value.rule.code, row.status) == ("告知-02", "open")


def test_s0_21_s0_56_the_arrival_reminds_the_customer_and_sets_the_callback_for_the_next_day(agent):
    complaint = later.executing()
    refund = later.finish_all(complaint)[0]

    words = Say("退款1299元已到账，请您核对。", next=Spoken("回访", when(2025, 3, 6, 18)))
    execution.record_arrival(refund.pk, words=words, actor=agent, at=when(2025, 3, 5, 15))

    refund.refresh_from_db()
    assert (refund.arrived_at, refund.arrival_told_at) == (when(2025, 3, 5, 15), when(2025, 3, 5, 15))
    assert list(complaint.callbacks.values_list("kind", "due_at")) == [("next_day", when(2025, 3, 6, 18))]
    assert kinds(complaint)[-1] == "action.arrived"
    sound(complaint)


def test_s0_21_an_arrival_without_a_reminder_is_listed(agent):
    complaint = later.executing()
    refund = later.finish_all(complaint)[0]

    execution.record_arrival(refund.pk, words=Skip("电话未通"), actor=agent, at=when(2025, 3, 5, 15))

    assert list(execution.missing_sends(Complaint.objects.all())) == [refund]


@pytest.mark.parametrize(
    ("arrived", "due"),
    [
        (when(2025, 3, 31, 23, 30), when(2025, 4, 1, 18)),
        (when(2025, 12, 31, 9), when(2026, 1, 1, 18)),
        (when(2028, 2, 28, 12), when(2028, 2, 29, 18)),
    ],
)
def test_s0_56_the_callback_day_is_right_across_the_end_of_a_month(agent, arrived, due):
    complaint = later.executing()
    refund = later.finish_all(complaint)[0]

    execution.record_arrival(refund.pk, words=Skip("随后致电"), actor=agent, at=arrived)

    assert complaint.callbacks.get(status="open").due_at == due


@pytest.mark.parametrize(("hour", "due"), [(15, when(2025, 3, 5, 18)), (20, when(2025, 3, 6, 18))])
def test_amb_14_a_pack_may_want_the_callback_on_the_same_day(agent, hour, due):
    complaint = later.executing()
    refund = later.finish_all(complaint)[0]

    with setting(complaint, followup_first="same_day"):
        execution.record_arrival(refund.pk, words=Skip("随后致电"), actor=agent, at=when(2025, 3, 5, hour))

    assert complaint.callbacks.get(status="open").due_at == due


def test_s0_56_the_last_arrival_counts(agent):
    complaint = later.executing()
    refund, coupon = later.finish_all(complaint)
    execution.record_arrival(coupon.pk, words=Skip("即时到账"), actor=agent, at=when(2025, 3, 4, 14))

    execution.record_arrival(refund.pk, words=Skip("随后致电"), actor=agent, at=when(2025, 3, 7, 9))

    assert list(complaint.callbacks.values_list("status", "due_at")) == [
        ("cancelled", when(2025, 3, 5, 18)),
        ("open", when(2025, 3, 8, 18)),
    ]


def test_s0_21_what_was_not_sent_has_not_arrived(agent):
    complaint = later.executing()
    refund = action(complaint, "full_refund")

    with pytest.raises(NotSentYet):
        execution.record_arrival(refund.pk, words=Skip("?"), actor=agent, at=at_of(complaint, 200))
    later.finish_all(complaint)
    execution.record_arrival(refund.pk, words=Skip("到账"), actor=agent, at=at_of(complaint, 210))
    with pytest.raises(NotSentYet):
        execution.record_arrival(refund.pk, words=Skip("又到"), actor=agent, at=at_of(complaint, 220))


@pytest.mark.parametrize("who", ["other_agent", "supervisor", "leader", "duty_agent"])
def test_t18_others_record_no_arrival(who, request, policy):
    complaint, actor = later.executing(), request.getfixturevalue(who)
    row = later.finish_all(complaint)[0]

    with pytest.raises(WrongSeat):
        execution.record_arrival(row.pk, words=Skip("到账"), actor=actor, at=at_of(complaint, 210))


# --- T18
