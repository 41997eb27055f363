from decimal import Decimal

import pytest

from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.guards.inquiry import CausesOpen, FindingIncomplete, NobodyResponsible, NothingNew, TooFewKinds
from huiyin.complaints.lifecycle import NotTold, WrongSeat, WrongState
from huiyin.complaints.models import CauseVerdict, Complaint, Finding, Override
from huiyin.complaints.participation import NotTheContact
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import explanation, investigation
from huiyin.complaints.steps.investigation import (
    UnknownCause,
    VerdictWithoutGrounds,
)
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, running, sound
from tests.factories import OWNER_TELLS, at_of, evidence, finding

pytestmark = pytest.mark.django_db
LISTED = ("picture_display", "wrong_stock", "transport_damage")
STRANGERS = (Role.AGENT, Role.HANDLER, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR, Role.INSPECTOR)


@pytest.fixture
def complaint(agent):
    return factories.investigating(actor=agent)


@pytest.fixture
def ready(agent):
    return factories.with_evidence(actor=agent)


def add(complaint, actor, kind="outbound_video", *, minutes=60, **changes):
    return investigation.add_evidence(
        complaint.pk, evidence(kind, **changes), actor=actor, at=at_of(complaint, minutes)
    )


def judge(complaint, actor, cause="wrong_stock", *, ruled_in=False, grounds="出库视频"):
    return investigation.judge_cause(
        complaint.pk, cause=cause, ruled_in=ruled_in, grounds=grounds, actor=actor, at=at_of(complaint, 70)
    )


def find(complaint, actor, *, words=OWNER_TELLS, minutes=90, **changes):
    return investigation.issue_finding(
        complaint.pk, finding(**changes), words, actor=actor, at=at_of(complaint, minutes)
    )


# --- Causes --------------------------------------------------------------------------------------------------------


def test_s0_33_the_causes_of_the_problem_type_appear_and_a_finding_waits_for_each_verdict(complaint, handler):
    add(complaint, handler, "outbound_video")
    add(complaint, handler, "delivery_record")
    judge(complaint, handler, "wrong_stock")

    with pytest.raises(CausesOpen) as refused:
        find(complaint, handler)

    assert refused.value.rule.code == "定性-01"
    assert {*refused.value.missing, "wrong_stock"} == set(LISTED)


def test_s0_33_a_verdict_can_be_changed_and_the_timeline_keeps_both(complaint, handler):
    judge(complaint, handler, ruled_in=True)
    judge(complaint, handler, ruled_in=False)

    assert CauseVerdict.objects.get(complaint=complaint).ruled_in is False
    assert kinds(complaint)[-2:] == ["cause.judged", "cause.judged"]
    sound(complaint)


def test_s0_33_a_cause_off_the_list_and_a_verdict_without_grounds_are_refused(complaint, handler):
    for changes, refusal in (({"cause": "bad_luck"}, UnknownCause), ({"grounds": " "}, VerdictWithoutGrounds)):
        with pytest.raises(refusal) as refused:
            judge(complaint, handler, **changes)
        assert refused.value.rule.code == "定性-01"


@pytest.mark.parametrize("role", [*STRANGERS, Role.SUPERVISOR])
def test_s2_54_only_the_cases_handler_or_a_leader_judges(complaint, role):
    with pytest.raises(WrongSeat):
        judge(complaint, factories.acting("somebody", role, of="quality"))


def test_causes_are_judged_only_while_investigating(agent, handler):
    with pytest.raises(WrongState):
        judge(factories.analysed(actor=agent), handler)


# --- The finding ---------------------------------------------------------------------------------------------------


def test_s1_34_a_finding_names_cause_side_and_grounds_and_moves_the_case(ready, handler):
    complaint = sound(find(ready, handler, secondary_cause="attitude", loss=Decimal("1299.00")))

    row = Finding.objects.get(complaint=complaint)
    assert (complaint.state, row.cause, row.side, row.round) == ("analysed", "transport_damage", "third_party", 1)
    assert (row.founded, row.secondary_cause, row.loss) == (True, "attitude", Decimal("1299.00"))
    assert "conclusion" in running(complaint)


def test_s0_14_one_kind_of_evidence_is_refused(complaint, handler):
    add(complaint, handler, "outbound_video")
    for cause in LISTED:
        judge(complaint, handler, cause, ruled_in=cause == "transport_damage")

    with pytest.raises(TooFewKinds) as refused:
        find(complaint, handler)

    assert (refused.value.rule.code, refused.value.params) == ("证据-01", {"have": 1, "need": 2})
    assert not Finding.objects.exists()


def test_s0_14_two_of_the_same_kind_are_refused(complaint, handler):
    add(complaint, handler, "outbound_video")
    add(complaint, handler, "outbound_video", title="另一段")
    for cause in LISTED:
        judge(complaint, handler, cause, ruled_in=cause == "transport_damage")

    with pytest.raises(TooFewKinds):
        find(complaint, handler)


def test_s0_14_the_customers_own_account_is_no_independent_kind(complaint, agent, handler):
    add(complaint, handler, "outbound_video")
    add(complaint, agent, "customer_account")
    add(complaint, agent, "photo")

    with pytest.raises(TooFewKinds):
        find(complaint, handler)


def test_s0_14_a_leaders_override_lets_one_kind_pass(complaint, handler, leader):
    add(complaint, handler, "outbound_video")
    for cause in LISTED:
        judge(complaint, handler, cause, ruled_in=cause == "transport_damage")
    Override.objects.create(
        complaint=complaint,
        round=1,
        rule="证据-01",
        reason="承运商拒绝提供",
        approver=leader.person,
        at=at_of(complaint, 80),
    )

    assert sound(find(complaint, handler)).state == "analysed"


@pytest.mark.parametrize(
    "changes", [{"grounds": " "}, {"side": "nobody"}, {"cause": "wrong_stock"}, {"cause": ""}, {"loss": Decimal(-1)}]
)
def test_s1_29_an_incomplete_finding_is_refused(ready, handler, changes):
    with pytest.raises(FindingIncomplete) as refused:
        find(ready, handler, **changes)

    assert refused.value.rule.code == "定性-03"


def test_s1_34_somebody_is_responsible_or_it_is_said_why_nobody_is(ready, handler):
    with pytest.raises(NobodyResponsible) as refused:
        find(ready, handler, no_person_reason="")
    assert refused.value.rule.code == "定性-02"

    find(ready, handler, no_person_reason="", responsible=((None, "顺丰网点钱某"), (handler.person_id, "周建国")))
    names = Finding.objects.get(complaint=ready).responsible.order_by("pk").values_list("name", flat=True)
    assert list(names) == ["顺丰网点钱某", "周建国"]


def test_s1_29_founded_with_an_unreasonable_demand_can_be_said(ready, handler):
    find(ready, handler, demand_reasonable=False)

    row = Finding.objects.get(complaint=ready)
    assert (row.founded, row.reasons_sufficient, row.demand_reasonable) == (True, True, False)


@pytest.mark.parametrize(
    ("side", "founded"),
    [("company", True), ("partner", True), ("third_party", True), ("handling", True), ("customer", False)],
)
def test_s4_119_amb_38_which_sides_make_a_complaint_valid(ready, handler, side, founded):
    find(ready, handler, side=side)

    assert Finding.objects.get(complaint=ready).founded is founded


def test_s0_34_a_second_department_does_not_speak_to_the_customer(ready, handler):
    with pytest.raises(NotTheContact) as refused:
        find(ready, handler, words=Say("划痕是运输造成的,明天给您退款。", next=Spoken("退款", at_of(ready, 2000))))

    assert refused.value.rule.code == "告知-02"


def test_s2_30_a_finding_is_told_or_the_reason_is_given(ready, handler):
    with pytest.raises(NotTold):
        find(ready, handler, words=Skip(""))


@pytest.mark.parametrize("role", [*STRANGERS, Role.SUPERVISOR, Role.DUTY_AGENT])
def test_t6_only_the_cases_handler_or_a_leader_issues_it(ready, role):
    with pytest.raises(WrongSeat) as refused:
        find(ready, factories.acting("somebody", role, of="quality"))

    assert refused.value.rule.code == "流程-02"


def test_t6_a_leader_may_issue_it(ready, leader):
    assert sound(find(ready, leader)).state == "analysed"


def test_t6_one_finding_per_round(agent, handler):
    with pytest.raises(WrongState):
        find(factories.analysed(actor=agent), handler)


# --- New evidence --------------------------------------------------------------------------------------------------


def again(complaint, actor):
    words = Say("您补充的材料已收到,我们重新核查。", next=Spoken("复查结果", at_of(complaint, 600)))
    return investigation.reinvestigate(complaint.pk, words, actor=actor, at=at_of(complaint, 130))


def test_t9_new_evidence_from_the_customer_begins_another_round(agent):
    complaint = factories.explaining(actor=agent)
    with pytest.raises(NothingNew) as refused:
        again(complaint, agent)
    assert refused.value.rule.code == "定性-06"
    explanation.record_answer(
        complaint.pk, kind="new_evidence", text="我有下单截图", via="phone", actor=agent, at=at_of(complaint, 120)
    )

    complaint = sound(again(complaint, agent))

    assert (complaint.state, complaint.round) == ("investigating", 2)
    assert "investigation" in running(complaint)
    assert kinds(complaint)[-1] == "investigation.reopened"


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.LEADER, Role.AUDITOR])
def test_t9_only_the_owner_reopens_the_inquiry(agent, role):
    complaint = factories.explaining(actor=agent)
    explanation.record_answer(
        complaint.pk, kind="new_evidence", text="我有下单截图", via="phone", actor=agent, at=at_of(complaint, 120)
    )

    with pytest.raises(WrongSeat):
        again(Complaint.objects.get(pk=complaint.pk), factories.acting("somebody", role, of="quality"))
