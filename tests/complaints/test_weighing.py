"""What the proof says, and how contradictions and the customer's own account are weighed (C04)."""

import pytest

from huiyin.complaints import promises
from huiyin.complaints.guards.weighing import AccountUnweighed, ContradictionOpen
from huiyin.complaints.lifecycle import OwnMatter, WrongSeat, WrongState
from huiyin.complaints.models import ACCOUNT, Bearing, Evidence, Interest, Weighing
from huiyin.complaints.register import MatterUnknown, WeighedInSilence
from huiyin.complaints.steps import approval, explanation, investigation, weighing
from huiyin.complaints.steps.weighing import StruckSaysNothing
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import OWNER_TELLS, at_of, evidence, finding

pytestmark = pytest.mark.django_db
DAMAGE = "transport_damage"
STRANGERS = (Role.AGENT, Role.HANDLER, Role.FINANCE, Role.AUDITOR, Role.ADMINISTRATOR, Role.INSPECTOR)


@pytest.fixture
def ready(agent):
    """Two kinds of proof, each cause judged, transport damage ruled in: nothing is weighed yet."""
    return factories.with_evidence(actor=agent)


def find(complaint, actor, *, minutes=90, **changes):
    at = at_of(complaint, minutes)
    return investigation.issue_finding(complaint.pk, finding(**changes), OWNER_TELLS, actor=actor, at=at)


def proof(complaint, kind="outbound_video"):
    return Evidence.objects.filter(complaint=complaint, kind=kind).latest("pk")


def says(complaint, actor, stance, *, kind="outbound_video", about=DAMAGE, minutes=65):
    row = proof(complaint, kind)
    return weighing.say_bearing(row.pk, about=about, stance=stance, actor=actor, at=at_of(complaint, minutes))


def weigh(complaint, actor, *, about=DAMAGE, text="签收记录当场所写,视频只到出库为止,以签收记录为准", minutes=80):
    return weighing.weigh(complaint.pk, about=about, text=text, actor=actor, at=at_of(complaint, minutes))


# --- What the proof says -------------------------------------------------------------------------------------------


def test_s0_14_each_piece_of_proof_says_what_it_supports_or_contradicts(ready, handler):
    says(ready, handler, "supports", kind="delivery_record")
    says(ready, handler, "contradicts", about=ACCOUNT)

    rows = Bearing.objects.filter(complaint=ready).order_by("pk").values_list("evidence__kind", "about", "stance")
    assert list(rows) == [("delivery_record", DAMAGE, "supports"), ("outbound_video", ACCOUNT, "contradicts")]
    assert kinds(ready)[-2:] == ["evidence.bears", "evidence.bears"]
    sound(ready)


def test_s0_14_what_proof_says_can_be_given_with_it_and_corrected_and_the_timeline_keeps_both(ready, handler):
    new = evidence("test_report", bears=((DAMAGE, "contradicts"),))
    row = investigation.add_evidence(ready.pk, new, actor=handler, at=at_of(ready, 62))

    weighing.say_bearing(row.pk, about=DAMAGE, stance="silent", actor=handler, at=at_of(ready, 63))

    assert [one.stance for one in row.bearings.all()] == ["silent"]
    assert kinds(ready)[-3:] == ["evidence.added", "evidence.bears", "evidence.bears"]
    sound(ready)


@pytest.mark.parametrize(("about", "stance"), [("bad_luck", "supports"), (DAMAGE, "perhaps"), ("", "supports")])
def test_s0_14_proof_bears_on_a_listed_cause_or_on_what_the_customer_says(ready, handler, about, stance):
    with pytest.raises(MatterUnknown) as refused:
        says(ready, handler, stance, about=about)

    assert refused.value.rule.code == "证据-02"
    assert not Bearing.objects.exists()


def test_s0_14_struck_proof_says_nothing_more(ready, handler):
    says(ready, handler, "contradicts")
    investigation.strike_evidence(proof(ready).pk, reason="不是这一单", actor=handler, at=at_of(ready, 66))

    with pytest.raises(StruckSaysNothing):
        says(ready, handler, "supports")


@pytest.mark.parametrize("role", STRANGERS)
def test_s2_54_others_do_not_say_what_the_proof_shows(ready, role):
    with pytest.raises(WrongSeat) as refused:
        says(ready, factories.acting("somebody", role, of="finance"), "supports")

    assert refused.value.rule.code == "流程-02"


def test_s0_14_after_the_finding_the_register_stands(agent, handler):
    with pytest.raises(WrongState):
        says(factories.analysed(actor=agent), handler, "supports")


# --- Contradictions ------------------------------------------------------------------------------------------------


def test_s0_14_no_finding_while_proof_stands_against_proof(ready, handler):
    says(ready, handler, "supports", kind="delivery_record")
    says(ready, handler, "contradicts")

    with pytest.raises(ContradictionOpen) as refused:
        find(ready, handler)
    assert (refused.value.rule.code, refused.value.missing) == ("证据-03", (DAMAGE,))

    weigh(ready, handler)
    assert sound(find(ready, handler)).state == "analysed"
    assert "evidence.weighed" in kinds(ready)


@pytest.mark.parametrize(("about", "stance"), [(DAMAGE, "contradicts"), ("wrong_stock", "supports")])
def test_s0_14_no_finding_while_proof_stands_against_a_verdict(ready, handler, about, stance):
    """Transport damage was ruled in, wrong stock ruled out."""
    says(ready, handler, stance, about=about)

    with pytest.raises(ContradictionOpen):
        find(ready, handler)


@pytest.mark.parametrize(
    ("about", "stance"), [(DAMAGE, "supports"), ("wrong_stock", "contradicts"), (DAMAGE, "silent")]
)
def test_s0_14_proof_that_agrees_needs_no_weighing(ready, handler, about, stance):
    says(ready, handler, stance, about=about)

    assert sound(find(ready, handler)).state == "analysed"


def test_s0_14_new_proof_opens_a_weighed_contradiction_again(ready, handler):
    says(ready, handler, "contradicts")
    weigh(ready, handler, minutes=70)
    says(ready, handler, "contradicts", kind="delivery_record", minutes=75)

    with pytest.raises(ContradictionOpen):
        find(ready, handler)


def test_s0_14_struck_proof_contradicts_no_more(ready, handler):
    new = evidence("test_report", bears=((DAMAGE, "contradicts"),))
    row = investigation.add_evidence(ready.pk, new, actor=handler, at=at_of(ready, 62))
    investigation.strike_evidence(row.pk, reason="测错了型号", actor=handler, at=at_of(ready, 66))

    assert find(ready, handler).state == "analysed"


def test_s0_14_no_leader_lets_an_open_contradiction_pass(ready, handler, leader):
    """Weighing is always possible, so nobody needs to be let off it."""
    says(ready, handler, "contradicts")

    with pytest.raises(approval.NotOverridable):
        approval.override_rule(ready.pk, rule="证据-03", reason="急", actor=leader, at=at_of(ready, 80))


# --- The customer's own account ------------------------------------------------------------------------------------


def test_s1_29_no_finding_passes_over_what_the_customer_says(ready, handler):
    with pytest.raises(AccountUnweighed) as refused:
        find(ready, handler, account_weighed=" ")
    assert refused.value.rule.code == "证据-04"

    find(ready, handler, account_weighed="客户所说签收时已有划痕,与记录一致")

    row = Weighing.objects.get(complaint=ready)
    assert (row.about, row.round, row.by, row.text) == (
        ACCOUNT,
        1,
        handler.person,
        "客户所说签收时已有划痕,与记录一致",
    )
    assert kinds(sound(ready))[-2:] == ["evidence.weighed", "finding.issued"]


def test_s1_29_the_account_may_be_weighed_before_the_finding(ready, handler):
    weigh(ready, handler, about=ACCOUNT, text="与签收记录一致")

    assert sound(find(ready, handler, account_weighed="")).state == "analysed"


def test_s1_29_in_another_round_the_account_is_weighed_anew(agent, handler):
    complaint = factories.explaining(actor=agent)
    said = {"kind": "new_evidence", "text": "我有下单截图", "via": "phone"}
    explanation.record_answer(complaint.pk, **said, actor=agent, at=at_of(complaint, 120))
    words = factories.promised(complaint, "您补充的材料已收到,我们重新核查。", 600)
    again = investigation.reinvestigate(complaint.pk, words, actor=agent, at=at_of(complaint, 130))
    for cause in promises.pack_of(again).category(again.category).causes:
        verdict = {"cause": cause, "ruled_in": cause == "misread_rule", "grounds": "截图"}
        investigation.judge_cause(again.pk, **verdict, actor=handler, at=at_of(again, 140))

    with pytest.raises(AccountUnweighed):
        investigation.issue_finding(
            again.pk, factories.unfounded(account_weighed=""), OWNER_TELLS, actor=handler, at=at_of(again, 150)
        )


# --- Who weighs ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("role", [*STRANGERS, Role.SUPERVISOR])
def test_s2_54_only_the_cases_handler_or_a_leader_weighs(ready, role):
    with pytest.raises(WrongSeat) as refused:
        weigh(ready, factories.acting("somebody", role, of="quality"))

    assert refused.value.rule.code == "流程-02"


def test_eng_15_nobody_with_an_interest_weighs(ready, handler):
    Interest.objects.create(complaint=ready, person=handler.person, reason="被投诉人", declared_at=ready.received_at)

    with pytest.raises(OwnMatter):
        weigh(ready, handler)


def test_s0_14_weighing_says_why(ready, leader):
    with pytest.raises(WeighedInSilence) as refused:
        weigh(ready, leader, text=" ")

    assert refused.value.rule.code == "证据-03"
