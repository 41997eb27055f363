"""The preparation sheet: what it must hold, what it keeps from being said, and who approves the bottom line."""

from datetime import timedelta
from decimal import Decimal

import pytest

from huiyin.complaints import expecting, preparation
from huiyin.complaints.bottom_line import BeyondOwnLimit
from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.guards.bargaining import PlanUnprepared
from huiyin.complaints.honesty import Invented, Threatening
from huiyin.complaints.lifecycle import WrongSeat
from huiyin.complaints.models import Complaint, Interaction
from huiyin.complaints.preparation import NotPrepared
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import approval, callers, flags, followup, messages, planning, preparing, reception
from huiyin.complaints.steps.preparing import (
    NothingToDecide,
    OpeningTooHigh,
    OpeningUnclear,
    OwnPrinciple,
    PreferenceMissing,
    PrincipleUnclear,
    SceneIncomplete,
)
from huiyin.messaging.models import Notice
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints import bargain
from tests.complaints.bargain import principled, sheet
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db
EVERYTHING = [
    *("facts", "intent", "goal", "opening", "steps", "alternatives", "gain_customer", "gain_company", "law"),
    *("evidence_request", "scenes", "principle", "check_read", "check_uncertain", "check_chance"),
]


@pytest.fixture
def complaint(agent):
    """Escalated while it is planned."""
    complaint = bargain.late_installation()
    return flags.set_flag(
        complaint.pk, "escalated", True, reason="客户要求领导出面", actor=agent, at=at_of(complaint, 126)
    )


def write(complaint, actor, *, minutes=130):
    words = Say("我们正在核算,下午给您方案。", next=Spoken("方案", at_of(complaint, minutes + 60)))
    return messages.send_message(complaint.pk, words, actor=actor, at=at_of(complaint, minutes))


def fresh(complaint):
    return Complaint.objects.get(pk=complaint.pk)


def fields(complaint):
    return [gap.field for gap in preparation.of(complaint)]


def test_s3_27_s4_125_an_incomplete_sheet_blocks_every_message(complaint, agent):
    with pytest.raises(NotPrepared) as refused:
        write(complaint, agent)

    assert (refused.value.rule.code, list(refused.value.missing)) == ("谈判-01", EVERYTHING)
    bargain.prepared(complaint)
    write(complaint, agent)
    assert fields(complaint) == []
    sound(complaint)


@pytest.mark.parametrize(
    ("gap", "field"),
    [
        ({"facts": ""}, "facts"),
        ({"intent": " "}, "intent"),
        ({"opening": None}, "opening"),
        ({"gain_customer": ""}, "gain_customer"),
        ({"gain_company": ""}, "gain_company"),
        ({"scenes": bargain.SHEET.scenes[:1]}, "scenes"),
        ({"scenes": ()}, "scenes"),
        ({"checks": ("read", "chance")}, "check_uncertain"),
    ],
)
def test_s3_24_s2_11_s4_125_every_part_of_the_sheet_is_needed(complaint, agent, gap, field):
    bargain.prepared(complaint, **gap)

    with pytest.raises(NotPrepared) as refused:
        write(complaint, agent)

    assert refused.value.missing == (field,)


def test_s4_125_a_sheet_without_an_approved_bottom_line_is_not_complete(complaint, agent, supervisor):
    sheet(complaint)
    preparing.ask_principle(complaint.pk, amount=Decimal(50), text="不付十倍", actor=agent, at=at_of(complaint, 129))
    assert fields(complaint) == ["principle"]

    preparing.decide_principle(complaint.pk, approved=True, comment="", actor=supervisor, at=at_of(complaint, 129))

    assert fields(complaint) == []


def test_s4_125_calls_wait_for_the_sheet_too(agent):
    complaint = later.following_up()
    flags.set_flag(complaint.pk, "escalated", True, reason="客户找领导", actor=agent, at=at_of(complaint, 230))

    with pytest.raises(NotPrepared):
        later.call_back(complaint)
    bargain.prepared(complaint, minutes=240)

    assert later.call_back(complaint).status == "reached"


def test_s3_27_a_hard_customer_is_prepared_for_as_well(agent):
    complaint = bargain.late_installation()
    write(complaint, agent, minutes=126)
    bargain.noted(complaint, said="我妈等着用", fuzzy=False, source="personal")

    with pytest.raises(NotPrepared):
        write(complaint, agent)


def test_s4_125_the_plan_of_an_unprepared_case_is_not_put_up(complaint, agent):
    later.drafted(complaint, later.small_coupon(complaint), later.small_coupon(complaint, 20))

    with pytest.raises(PlanUnprepared) as refused:
        planning.submit_plan(complaint.pk, Skip("方案待批示"), actor=agent, at=at_of(complaint, 130))

    assert refused.value.rule.code == "谈判-01"


def test_s4_125_the_first_answer_and_what_is_carried_out_are_no_negotiation(agent):
    complaint = factories.received()
    flags.set_flag(complaint.pk, "escalated", True, reason="客户是记者", actor=agent, at=at_of(complaint, 1))
    words = factories.promised(complaint, "手机拆开就有划痕,我们两小时内给您核查结果。", 120)
    reception.acknowledge(complaint.pk, words, actor=agent, at=at_of(complaint, 15))
    executing = later.executing()
    flags.set_flag(executing.pk, "escalated", True, reason="客户找领导", actor=agent, at=at_of(executing, 170))

    assert len(later.finish_all(executing)) == 2


def test_s2_48_the_holding_message_needs_no_preparation_and_keeps_a_promise(complaint, agent):
    due = at_of(complaint, 300)
    running = complaint.promises.get(kind="spoken", ended_at=None)

    message = callers.send_holding(complaint.pk, due_at=due, keeps=(running.pk,), actor=agent, at=at_of(complaint, 130))

    assert "15:00" in message.text
    running.refresh_from_db()
    assert running.status == "kept"
    assert complaint.promises.get(kind="spoken", ended_at=None).due_at == due
    sound(complaint)


def test_s3_27_a_leader_lets_an_unprepared_conversation_pass_with_a_reason(complaint, agent, leader):
    approval.override_rule(
        complaint.pk, rule="谈判-01", reason="客户在现场,情况紧急", actor=leader, at=at_of(complaint, 129)
    )

    assert isinstance(write(complaint, agent), Interaction)


def test_s2_33_a_review_of_the_plan_lists_the_empty_fields(complaint, agent):
    sheet(complaint, long_term="", alternatives="")

    empty = preparation.empty_fields(expecting.talks(fresh(complaint)))

    assert [gap.field for gap in empty] == ["alternatives", "long_term"]


@pytest.mark.parametrize("scenes", [(("坚持十倍", ""),), (("", "说明标准"),)])
def test_s4_125_half_a_scene_is_none(complaint, scenes):
    with pytest.raises(SceneIncomplete):
        sheet(complaint, scenes=scenes)


def test_s4_125_the_sheet_is_written_again_and_its_scenes_with_it(complaint):
    sheet(complaint)
    row = sheet(complaint, goal="周五装好", scenes=(*bargain.SHEET.scenes, ("同意", "当场写下")))

    assert (row.goal, list(row.scenes.values_list("place", flat=True))) == ("周五装好", [1, 2, 3])
    assert kinds(complaint).count("negotiation.prepared") == 2


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ("您不撤诉就不退款", Threatening),
        ("先撤回投诉再退", Threatening),
        ("再投诉就拉黑", Threatening),
        ("後果自負", Threatening),
        ("Drop your complaint, or no refund", Threatening),
        ("其他客户都接受了", Invented),
        ("这是最后一次机会", Invented),
    ],
)
def test_amb_34_s3_29_nobody_prepares_a_threat_or_an_invention(complaint, words, refusal):
    with pytest.raises(refusal) as refused:
        sheet(complaint, steps=words)

    assert refused.value.rule.code == "谈判-08"


@pytest.mark.parametrize(
    "words",
    ["撤诉与否由您决定,该退的照退", "您可以继续投诉,也可以向12315反映", "不需要您撤诉", "标准是 20 元一天,共 60 元"],
)
def test_amb_34_honest_words_pass(complaint, words):
    assert sheet(complaint, steps=words).steps == words


# --- Opening and bottom line


@pytest.mark.parametrize(("opening", "fits"), [("500", True), ("500.01", False)])
def test_s2_37_one_opens_within_ones_authority(complaint, opening, fits):
    if fits:
        assert sheet(complaint, opening=Decimal(opening)).opening == Decimal(opening)
        return
    with pytest.raises(OpeningTooHigh) as refused:
        sheet(complaint, opening=Decimal(opening))
    assert (refused.value.rule.code, refused.value.missing) == ("谈判-05", ("opening",))


def test_s2_37_an_approved_bottom_line_widens_what_one_may_open_with(complaint):
    principled(complaint, 800)

    assert sheet(complaint, opening=Decimal(700)).opening == Decimal(700)
    with pytest.raises(OpeningTooHigh):
        sheet(complaint, opening=Decimal(801))


def test_s2_37_a_lower_bottom_line_holds_whatever_one_could_give_alone(complaint):
    principled(complaint, 50)

    with pytest.raises(OpeningTooHigh) as refused:
        sheet(complaint, opening=Decimal(60))
    assert "50" in refused.value.text


@pytest.mark.parametrize("opening", [Decimal(-1), Decimal("NaN")])
def test_s2_37_an_opening_is_an_amount(complaint, opening):
    with pytest.raises(OpeningUnclear):
        sheet(complaint, opening=opening)


def test_s3_25_the_opening_stays_once_somebody_gave_way(complaint):
    bargain.prepared(complaint)
    bargain.conceded(complaint, 40)

    with pytest.raises(OpeningUnclear):
        sheet(complaint, opening=Decimal(10))
    assert sheet(complaint, opening=Decimal(20)).opening == Decimal(20)


def test_s4_126_the_bottom_line_is_approved_by_somebody_else(complaint, agent, supervisor, other_supervisor):
    at = at_of(complaint, 129)
    preparing.ask_principle(complaint.pk, amount=Decimal(50), text="不付十倍", actor=supervisor, at=at)

    with pytest.raises(WrongSeat):
        preparing.decide_principle(complaint.pk, approved=True, comment="", actor=agent, at=at)
    with pytest.raises(OwnPrinciple) as refused:
        preparing.decide_principle(complaint.pk, approved=True, comment="", actor=supervisor, at=at)
    row = preparing.decide_principle(complaint.pk, approved=True, comment="同意", actor=other_supervisor, at=at)

    assert refused.value.rule.code == "谈判-03"
    assert (row.decision, row.decided_by) == ("approved", other_supervisor.person)
    assert Notice.objects.filter(kind="principle.decided", person=supervisor.person).exists()
    sound(complaint)


def test_s4_126_nobody_approves_a_bottom_line_beyond_his_own_limit(complaint, agent, supervisor, leader):
    at = at_of(complaint, 129)
    preparing.ask_principle(complaint.pk, amount=Decimal(6000), text="不付十倍", actor=agent, at=at)

    with pytest.raises(BeyondOwnLimit) as refused:
        preparing.decide_principle(complaint.pk, approved=True, comment="", actor=supervisor, at=at)
    preparing.decide_principle(complaint.pk, approved=True, comment="", actor=leader, at=at)

    assert refused.value.rule.code == "批示-01"
    assert expecting.talks(fresh(complaint)).principle.amount == Decimal(6000)


def test_s4_126_a_declined_bottom_line_leaves_the_last_one_and_says_why(complaint, agent, supervisor):
    principled(complaint, 50)
    at = at_of(complaint, 131)
    preparing.ask_principle(complaint.pk, amount=Decimal(90), text="再让一步", actor=agent, at=at)
    with pytest.raises(NothingToDecide):
        preparing.decide_principle(complaint.pk, approved=False, comment=" ", actor=supervisor, at=at)

    preparing.decide_principle(complaint.pk, approved=False, comment="守住", actor=supervisor, at=at)

    assert expecting.talks(fresh(complaint)).principle.amount == Decimal(50)
    with pytest.raises(NothingToDecide):
        preparing.decide_principle(complaint.pk, approved=True, comment="", actor=supervisor, at=at)


@pytest.mark.parametrize(("amount", "text"), [(Decimal(-1), "x"), (Decimal("NaN"), "x"), (Decimal(5), " ")])
def test_s4_126_a_bottom_line_is_an_amount_with_words(complaint, agent, amount, text):
    with pytest.raises(PrincipleUnclear):
        preparing.ask_principle(complaint.pk, amount=amount, text=text, actor=agent, at=at_of(complaint, 129))


def test_s4_126_one_bottom_line_waits_at_a_time(complaint, agent):
    at = at_of(complaint, 129)
    preparing.ask_principle(complaint.pk, amount=Decimal(50), text="不付十倍", actor=agent, at=at)

    with pytest.raises(PrincipleUnclear):
        preparing.ask_principle(complaint.pk, amount=Decimal(60), text="不付十倍", actor=agent, at=at)


def test_s3_11_what_the_customer_prefers_is_kept_with_him(complaint, agent):
    with pytest.raises(PreferenceMissing):
        preparing.note_preference(complaint.pk, " ", actor=agent, at=at_of(complaint, 129))
    preparing.note_preference(complaint.pk, "只在晚上接电话,喜欢短信", actor=agent, at=at_of(complaint, 129))

    assert Complaint.objects.get(pk=complaint.pk).customer.preferences == "只在晚上接电话,喜欢短信"
    assert kinds(complaint)[-1] == "preference.noted"


def test_s4_125_strangers_prepare_nothing(complaint):
    with pytest.raises(WrongSeat):
        sheet(complaint, actor=factories.acting("fremder", Role.HANDLER, of="quality"))


def test_amb_40_a_try_to_reach_a_prepared_customer_is_noted(complaint, agent):
    bargain.prepared(complaint)
    later.drafted(complaint, later.small_coupon(complaint, 20), later.small_coupon(complaint, 15))
    planning.offer_within_authority(complaint.pk, later.OFFER, actor=agent, at=at_of(complaint, 131))

    row = followup.record_contact_attempt(
        complaint.pk, medium="phone", note="未接", final_notice=None, actor=agent, at=at_of(complaint, 133)
    )

    assert (row.reached, row.at) == (False, sound(complaint).received_at + timedelta(minutes=133))
