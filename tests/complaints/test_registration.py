from datetime import timedelta
from decimal import Decimal

import pytest

from huiyin.complaints.conversation import NoNextTime, Say, Skip
from huiyin.complaints.guards.intake import (
    CardMissing,
    ElementsMissing,
    NotAgreed,
    NotCategorised,
    NotRestated,
    NotSmall,
    UnknownEmotion,
)
from huiyin.complaints.guards.money import BeyondAuthority
from huiyin.complaints.lifecycle import NotTold, WrongSeat, WrongState
from huiyin.complaints.models import (
    Action,
    Approval,
    AuthorityUse,
    CustomerAnswer,
    Demand,
    EmotionEntry,
    Finding,
    Promise,
    Registration,
    Task,
)
from huiyin.complaints.remedies import Line, UnknownRemedy
from huiyin.complaints.steps import registration
from huiyin.complaints.steps.registration import Settlement, SettlementUnclear
from huiyin.people.models import Tier
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, running, sound
from tests.factories import TUESDAY_10, at_of, when

pytestmark = pytest.mark.django_db
WORDS = Say("您反映的划痕已登记,正在安排核查。")


def register(complaint, actor, *, minutes=30, words=WORDS, **changes):
    form = factories.form(**changes)
    return registration.register(complaint.pk, form, words, actor=actor, at=at_of(complaint, minutes))


def test_s0_05_a_form_with_its_four_blocks_registers_the_case(agent):
    complaint = factories.registered(actor=agent)

    assert (complaint.state, complaint.category) == ("registered", "quality.damage")
    assert kinds(complaint) == [
        "complaint.received",
        "complaint.acknowledged",
        "complaint.registered",
        "task.made",
    ]
    sound(complaint)


@pytest.mark.parametrize(
    ("block", "empty"),
    [("complainant", " "), ("object", ""), ("matter", ""), ("emotion", None), ("demands", ())],
)
def test_s0_05_s1_28_a_missing_block_is_listed_and_leaves_the_case_unregistered(agent, block, empty):
    complaint = factories.acknowledged(actor=agent)

    with pytest.raises(ElementsMissing) as refused:
        register(complaint, agent, **{block: empty})

    assert (refused.value.rule.code, refused.value.missing) == ("登记-01", (block,))
    assert sound(complaint).state == "acknowledged"
    assert not Registration.objects.exists()


def test_s0_05_all_missing_blocks_are_listed_together(agent):
    complaint = factories.acknowledged(actor=agent)

    with pytest.raises(ElementsMissing) as refused:
        register(complaint, agent, object="", demands=())

    assert refused.value.missing == ("object", "demands")


def test_s0_09_the_demands_become_separate_rows_in_the_customers_order(agent):
    complaint = factories.registered(actor=agent)

    rows = list(Demand.objects.filter(complaint=complaint).values_list("rank", "text", "must", "amount"))
    assert rows == [(1, "全额退款", True, Decimal("1299.00")), (2, "补偿损失", False, None)]


def test_s0_10_a_case_without_a_leaf_category_is_not_registered(agent):
    complaint = factories.acknowledged(actor=agent)

    for category in ("", "quality", "nonsense"):
        with pytest.raises(NotCategorised) as refused:
            register(complaint, agent, category=category)
        assert refused.value.rule.code == "登记-02"


def test_s2_21_a_matter_not_restated_or_not_confirmed_is_refused(agent):
    complaint = factories.acknowledged(actor=agent)

    for changes in ({"restated": ""}, {"confirmed": False}):
        with pytest.raises(NotRestated) as refused:
            register(complaint, agent, **changes)
        assert refused.value.rule.code == "登记-03"


def test_s2_21_the_customers_yes_to_the_restatement_is_an_answer_of_his(agent):
    complaint = factories.registered(actor=agent)

    answer = CustomerAnswer.objects.get(complaint=complaint)
    assert (answer.kind, answer.recorded_by) == ("restatement", agent.person)


def test_s4_115_a_members_card_number_is_asked_for_and_nobody_elses(agent):
    complaint = factories.acknowledged(actor=agent)
    type(complaint.customer).objects.update(tier=Tier.GOLD)

    with pytest.raises(CardMissing) as refused:
        register(complaint, agent)
    assert refused.value.rule.code == "登记-04"

    assert register(complaint, agent, card_number="6666 0001").state == "registered"
    assert complaint.customer.identities.filter(kind="card", normalized="66660001").exists()


def test_s2_56_triage_is_due_by_the_clock_of_the_stage(agent):
    complaint = factories.registered(actor=agent)

    task = Task.objects.get(complaint=complaint)
    # Two service hours from 10:30: half past eleven, then the lunch hour, then half past thirteen.
    assert (task.kind, task.assignee, task.due_at) == ("triage", agent.person, when(2025, 3, 4, 13, 30))
    assert running(complaint)["triage"] == task.due_at


def test_s2_23_registration_may_not_leave_the_customer_without_a_time(agent):
    complaint = factories.acknowledged(actor=agent)
    spoken = Promise.objects.get(complaint=complaint, kind="spoken")

    with pytest.raises(NoNextTime) as refused:
        register(complaint, agent, words=Say("划痕一事已登记。", keeps=(spoken.pk,)))

    assert refused.value.rule.code == "承诺-01"
    spoken.refresh_from_db()
    assert spoken.status == "open"


def test_s2_30_registration_is_told_or_the_reason_is_given(agent):
    complaint = factories.acknowledged(actor=agent)
    with pytest.raises(NotTold) as refused:
        register(complaint, agent, words=Skip(" "))
    assert refused.value.rule.code == "告知-01"

    done = register(complaint, agent, words=Skip("已在电话中当面告知"))
    assert sound(done).state == "registered"


def test_a_demand_starts_the_legal_clock_of_a_quality_case_and_of_no_other(agent):
    quality = factories.registered(actor=agent)
    service = factories.registered(actor=agent, category="service.attitude")

    # Fifteen natural days end with 19 March, which is the instant before 20 March begins.
    assert running(quality)["quality_remedy_line"] == when(2025, 3, 20)
    assert "quality_remedy_line" not in running(service)


def test_amb_02_a_minor_case_takes_the_short_profile(agent):
    assert factories.registered(actor=agent, minor=True).profile == "short"
    assert factories.registered(actor=agent).profile == "six_step"


def test_a_half_filled_form_is_kept_without_a_move(agent):
    complaint = factories.acknowledged(actor=agent)
    half = factories.form(matter="", demands=(), confirmed=False, emotion=None)

    registration.save_form(complaint.pk, half, actor=agent, at=at_of(complaint, 20))

    kept = Registration.objects.get(complaint=complaint)
    assert (kept.object, kept.matter, sound(complaint).state) == ("手机外壳", "", "acknowledged")
    assert register(complaint, agent).state == "registered"


def test_a_registered_case_can_be_corrected_and_the_timeline_says_so(agent):
    complaint = factories.registered(actor=agent)
    corrected = factories.form(matter="背面有两道划痕", category="quality.not_as_described")

    registration.save_form(complaint.pk, corrected, actor=agent, at=at_of(complaint, 35))

    assert sound(complaint).category == "quality.not_as_described"
    assert kinds(complaint)[-1] == "registration.corrected"


def test_s0_05_a_correction_may_not_take_a_block_away(agent):
    complaint = factories.registered(actor=agent)

    with pytest.raises(ElementsMissing):
        registration.save_form(complaint.pk, factories.form(object=""), actor=agent, at=at_of(complaint, 35))

    assert complaint.registration.object == "手机外壳"


def test_s0_08_a_later_reading_shows_the_change(agent):
    complaint = factories.registered(actor=agent)

    registration.note_emotion(complaint.pk, 1, "语气平和", actor=agent, at=at_of(complaint, 90))

    series = list(EmotionEntry.objects.filter(complaint=complaint).values_list("level", flat=True))
    assert series == [4, 1]
    sound(complaint)


def test_s0_08_an_emotion_off_the_list_is_refused(agent):
    complaint = factories.registered(actor=agent)

    with pytest.raises(UnknownEmotion) as refused:
        registration.note_emotion(complaint.pk, 6, "", actor=agent, at=at_of(complaint, 90))

    assert refused.value.rule.code == "登记-06"


def test_s3_41_a_complaint_about_handling_is_linked_to_the_customers_case_before_it(agent):
    first = factories.received(actor=agent, at=TUESDAY_10 - timedelta(days=2))

    second = factories.registered(actor=agent, category="handling")

    assert second.repeat_of == first


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.HANDLER, Role.AUDITOR, Role.ADMINISTRATOR])
def test_t3_only_the_owner_registers(agent, role):
    complaint = factories.acknowledged(actor=agent)
    other = factories.acting("somebody", role, of="warehouse")

    with pytest.raises(WrongSeat) as refused:
        register(complaint, other)
    assert refused.value.rule.code == "流程-02"
    with pytest.raises(WrongSeat):
        registration.save_form(complaint.pk, factories.form(), actor=other, at=at_of(complaint, 20))


def test_t3_a_case_not_answered_yet_is_not_registered(agent):
    with pytest.raises(WrongState):
        register(factories.received(actor=agent), agent)


# --- T4: at once ---------------------------------------------------------------------------------------------------


def settlement(**changes):
    return Settlement(
        **{
            "title": "退还差价",
            "lines": (Line("price_cut", Decimal("50.00")),),
            "grounds": "活动页面与结算页价格不一致",
            "cause": "picture_display",
            "execute_within_minutes": 24 * 60,
            "customer_said": "可以",
            "via": "phone",
            **changes,
        }
    )


def settle(complaint, actor, **changes):
    words = Say("划痕差价五十元明天前退到您的账户。")
    return registration.settle_at_once(complaint.pk, settlement(**changes), words, actor=actor, at=at_of(complaint, 40))


@pytest.fixture
def minor(agent):
    return factories.registered(actor=agent, minor=True)


def test_s2_22_a_minor_matter_is_settled_at_once_and_a_leader_looks_afterwards(agent, minor):
    complaint = sound(settle(minor, agent))

    assert complaint.state == "executing"
    action = Action.objects.get(complaint=complaint)
    assert (action.amount, action.due_at) == (Decimal("50.00"), at_of(complaint, 40 + 24 * 60))
    assert AuthorityUse.objects.get(complaint=complaint).person == agent.person
    after = Approval.objects.get(complaint=complaint)
    assert (after.afterwards, after.needed_role, after.decision) == (True, "leader", "pending")
    assert CustomerAnswer.objects.filter(complaint=complaint, kind="choice", text="可以").exists()
    assert Finding.objects.get(complaint=complaint).founded is True
    assert Task.objects.get(complaint=complaint, kind="triage").status == "done"


def test_s2_22_the_fast_track_above_authority_is_refused_and_spends_nothing(agent, minor):
    with pytest.raises(BeyondAuthority) as refused:
        settle(minor, agent, lines=(Line("punitive", Decimal("10.00")),))

    assert refused.value.rule.code == "批示-01"
    assert (sound(minor).state, AuthorityUse.objects.count(), Action.objects.count()) == ("registered", 0, 0)


def test_s4_120_only_a_minor_case_is_settled_at_once(agent):
    complaint = factories.registered(actor=agent)

    with pytest.raises(NotSmall) as refused:
        settle(complaint, agent)

    assert refused.value.rule.code == "登记-05"


def test_amb_35_more_than_the_minor_amount_is_refused(agent, minor):
    with pytest.raises(NotSmall):
        settle(minor, agent, lines=(Line("price_cut", Decimal("200.01")),))


def test_t4_without_the_customers_yes_nothing_is_settled(agent, minor):
    with pytest.raises(NotAgreed) as refused:
        settle(minor, agent, customer_said="")

    assert refused.value.rule.code == "登记-05"


def test_t4_the_customers_own_cause_is_not_settled_at_once(agent, minor):
    with pytest.raises(SettlementUnclear):
        settle(minor, agent, cause="misuse")


def test_s2_09_only_a_remedy_from_the_catalogue_is_agreed(agent, minor):
    with pytest.raises(UnknownRemedy):
        settle(minor, agent, lines=(Line("a_moon", Decimal("1.00")),))


@pytest.mark.parametrize("role", [Role.AGENT, Role.SUPERVISOR, Role.LEADER, Role.HANDLER, Role.AUDITOR])
def test_t4_only_the_owner_settles_at_once(minor, role):
    with pytest.raises(WrongSeat):
        settle(minor, factories.acting("somebody", role, of="warehouse"))
