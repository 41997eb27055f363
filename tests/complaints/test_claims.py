from datetime import timedelta
from decimal import Decimal

import pytest

from huiyin.complaints import watch
from huiyin.complaints.lifecycle import WrongSeat
from huiyin.complaints.models import Claim, Complaint, Event
from huiyin.complaints.steps import claims, execution
from huiyin.complaints.steps.claims import ClaimGoesStepByStep, ClaimTooEarly, ClaimUnclear, NewClaim, RecoveryUnclear
from huiyin.people.roles import Role
from tests import factories
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(agent):
    return factories.analysed(actor=agent, found=factories.finding(loss=Decimal("2000.00")))


def open_claim(complaint, actor, **changes):
    new = NewClaim(
        **{
            "party": "顺丰速运",
            "amount": Decimal("1299.00"),
            "basis": "签收记录注明外箱破损",
            "due_at": at_of(complaint, 60 * 24 * 14),
            **changes,
        }
    )
    return claims.open_claim(complaint.pk, new, actor=actor, at=at_of(complaint, 91))


def step(claim, status, actor, *, minutes=200, **changes):
    more = {"note": "已办", **changes}
    return claims.move_claim(claim.pk, status, actor=actor, at=at_of(claim.complaint, minutes), **more)


def test_s0_53_a_claim_is_opened_at_the_finding(complaint, agent):
    claim = open_claim(complaint, agent)

    assert (claim.status, claim.amount, claim.owner) == ("opened", Decimal("1299.00"), agent.person)
    assert kinds(complaint)[-1] == "claim.opened"
    sound(complaint)


def test_s0_53_a_claim_before_any_finding_is_refused(agent):
    with pytest.raises(ClaimTooEarly) as refused:
        open_claim(factories.with_evidence(actor=agent), agent)

    assert refused.value.rule.code == "追责-01"


def test_s0_55_a_claim_says_whom_how_much_why_and_until_when(complaint, agent):
    for changes in (
        {"party": " "},
        {"amount": Decimal(0)},
        {"basis": ""},
        {"due_at": complaint.received_at},
    ):
        with pytest.raises(ClaimUnclear) as refused:
            open_claim(complaint, agent, **changes)
        assert refused.value.rule.code == "追责-01"


def test_s0_55_closing_the_complaint_leaves_the_claim_open_and_listed(complaint, agent):
    claim = open_claim(complaint, agent)
    later = open_claim(complaint, agent, due_at=claim.due_at + timedelta(days=1))
    Complaint.objects.filter(pk=complaint.pk).update(**{"state": "closed", "outcome": "resolved_accepted"})

    assert list(claims.open_claims()) == [claim, later]
    step(claim, "evidence_sent", agent)
    assert Claim.objects.get(pk=claim.pk).status == "evidence_sent"


def test_s0_55_a_claim_goes_its_own_way_to_the_recovery(complaint, agent):
    claim = open_claim(complaint, agent)

    for status in ("evidence_sent", "acknowledged", "disputed", "agreed"):
        step(claim, status, agent)
    step(claim, "recovered", agent, recovered=Decimal("800.00"))

    claim.refresh_from_db()
    assert (claim.status, claim.recovered, list(claims.open_claims())) == ("recovered", Decimal("800.00"), [])
    assert claim.ended_at == at_of(complaint, 200)
    sound(complaint)


def test_s1_37_what_a_claim_brings_back_lowers_the_net_loss(complaint, agent):
    claim = open_claim(complaint, agent, party="保险公司", amount=Decimal("800.00"))
    for status in ("evidence_sent", "acknowledged", "agreed"):
        step(claim, status, agent)

    step(claim, "recovered", agent, recovered=Decimal("800.00"))

    assert execution.net_loss(complaint) == Decimal("1200.00")
    assert kinds(complaint)[-1] == "recovery.recorded"


@pytest.mark.parametrize("status", ["acknowledged", "agreed", "recovered", "opened", "forgotten"])
def test_s0_55_a_claim_takes_no_step_out_of_turn(complaint, agent, status):
    claim = open_claim(complaint, agent)

    with pytest.raises(ClaimGoesStepByStep) as refused:
        step(claim, status, agent)

    assert refused.value.rule.code == "追责-03"


@pytest.mark.parametrize("recovered", [None, Decimal(0), Decimal("1299.01"), Decimal(-1)])
def test_s1_37_a_recovery_is_an_amount_within_the_claim(complaint, agent, recovered):
    claim = open_claim(complaint, agent)
    for status in ("evidence_sent", "acknowledged", "agreed"):
        step(claim, status, agent)

    with pytest.raises(RecoveryUnclear) as refused:
        step(claim, "recovered", agent, recovered=recovered)

    assert refused.value.rule.code == "追责-03"


def test_s1_37_a_write_off_needs_a_note_and_brings_nothing(complaint, agent):
    claim = open_claim(complaint, agent)
    with pytest.raises(RecoveryUnclear):
        step(claim, "written_off", agent, note="")
    with pytest.raises(RecoveryUnclear):
        step(claim, "written_off", agent, recovered=Decimal(1))

    assert step(claim, "written_off", agent, note="承运商破产").ended_at is not None


def test_s0_55_finance_follows_a_claim_of_any_case(complaint, agent):
    claim = open_claim(complaint, agent)

    step(claim, "evidence_sent", factories.acting("caiwu", Role.FINANCE, of="finance"))

    sound(complaint)


@pytest.mark.parametrize("role", [Role.AGENT, Role.HANDLER, Role.AUDITOR, Role.ADMINISTRATOR, Role.TRAINER])
def test_s0_55_strangers_neither_open_nor_move_a_claim(complaint, agent, role):
    stranger = factories.acting("somebody", role, of="quality")
    claim = open_claim(complaint, agent)

    with pytest.raises(WrongSeat) as refused:
        open_claim(complaint, stranger)
    assert refused.value.rule.code == "流程-02"
    with pytest.raises(WrongSeat):
        step(claim, "evidence_sent", stranger)


def test_s4_33_a_claim_past_its_time_is_marked_once(complaint, agent):
    claim = open_claim(complaint, agent)
    late = claim.due_at + timedelta(minutes=1)

    for _turn in range(2):
        watch.mark_late(late)

    claim.refresh_from_db()
    complaint.refresh_from_db()
    assert claim.breached_at == late
    told = Event.objects.filter(complaint=complaint, kind="due.breached", data__what="claim")
    assert [event.data["id"] for event in told] == [claim.pk]
    sound(complaint)
