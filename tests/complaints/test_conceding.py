"""Giving way step by step: with a reason, never beyond the bottom line; and the reason that lets him say yes."""

from decimal import Decimal

import pytest

from huiyin.complaints.honesty import Invented
from huiyin.complaints.lifecycle import WrongSeat
from huiyin.complaints.models import Concession, Negotiation
from huiyin.complaints.steps import conceding
from huiyin.complaints.steps.conceding import (
    BelowBottomLine,
    ConcessionWithoutReason,
    NoBottomLine,
    NoStep,
    NothingOpened,
    ReasonMissing,
)
from huiyin.people.roles import Role
from tests import factories
from tests.complaints import bargain
from tests.complaints.bargain import conceded
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def complaint(agent):
    """Opened with 20, the bottom line is 50."""
    return bargain.prepared(bargain.late_installation())


def test_s3_25_each_step_says_from_what_to_what_why_and_what_was_obtained(complaint):
    conceded(complaint, 40)
    conceded(complaint, 50, reason="多等了一天", obtained="不再要求十倍")

    steps = Concession.objects.filter(complaint=complaint)
    assert list(steps.values_list("number", "before", "amount", "reason", "obtained")) == [
        (1, Decimal(20), Decimal(40), "行业标准", "接受周六上门"),
        (2, Decimal(40), Decimal(50), "多等了一天", "不再要求十倍"),
    ]
    assert kinds(complaint)[-1] == "concession.made"
    sound(complaint)


def test_s3_25_a_concession_without_reason_is_refused(complaint):
    with pytest.raises(ConcessionWithoutReason) as refused:
        conceded(complaint, 40, reason=" ")

    assert (refused.value.rule.code, refused.value.missing) == ("谈判-04", ("reason",))
    assert not Concession.objects.exists()


@pytest.mark.parametrize("amount", [51, 120])
def test_s2_10_s3_25_a_concession_beyond_the_bottom_line_is_refused(complaint, amount):
    with pytest.raises(BelowBottomLine) as refused:
        conceded(complaint, amount)

    assert (refused.value.rule.code, refused.value.params["limit"]) == ("谈判-02", Decimal(50))


@pytest.mark.parametrize("amount", [20, 19, 0])
def test_s3_25_what_was_offered_is_not_taken_back(complaint, amount):
    with pytest.raises(NoStep):
        conceded(complaint, amount)


def test_s3_25_an_amount_that_is_none_is_no_step(complaint, agent):
    with pytest.raises(NoStep):
        conceding.concede(complaint.pk, amount=Decimal("NaN"), reason="x", actor=agent, at=at_of(complaint, 130))


def test_s2_10_without_a_bottom_line_nobody_gives_way(agent):
    complaint = bargain.late_installation()
    with pytest.raises(NothingOpened):
        conceded(complaint, 40)
    bargain.sheet(complaint)

    with pytest.raises(NoBottomLine) as refused:
        conceded(complaint, 40)

    assert refused.value.rule.code == "谈判-02"


def test_s3_25_a_new_bottom_line_lets_one_go_on(complaint):
    conceded(complaint, 50)
    bargain.principled(complaint, 80, minutes=130)

    assert conceded(complaint, 80).before == Decimal(50)


def test_s3_25_strangers_give_nothing_away(complaint):
    stranger = factories.acting("fremder", Role.HANDLER, of="quality")

    with pytest.raises(WrongSeat):
        conceding.concede(complaint.pk, amount=Decimal(40), reason="x", actor=stranger, at=at_of(complaint, 130))


def test_s3_40_the_reason_the_met_bottom_line_and_what_he_turned_out_to_need(agent):
    complaint = bargain.late_installation()
    with pytest.raises(ReasonMissing):
        supply(complaint, agent, reason=" ")
    with pytest.raises(Invented):
        supply(complaint, agent, reason="其他客户都接受了这个价")

    supply(complaint, agent)

    row = Negotiation.objects.get(complaint=complaint)
    assert (row.reason, row.bottom_line_met, row.needs) == ("您最在意的周六装好,我们做到了", True, "老人要看电视")
    assert kinds(complaint)[-1] == "negotiation.reasoned"
    sound(complaint)


def supply(complaint, actor, *, reason="您最在意的周六装好,我们做到了"):
    return conceding.supply_reason(
        complaint.pk,
        reason=reason,
        bottom_line_met=True,
        needs="老人要看电视",
        actor=actor,
        at=at_of(complaint, 130),
    )


def test_s3_40_the_reason_leaves_the_rest_of_the_sheet_as_it_was(complaint, agent):
    supply(complaint, agent)
    bargain.sheet(complaint, goal="周五装好", minutes=131)

    row = Negotiation.objects.get(complaint=complaint)
    assert (row.goal, row.reason, row.opening) == ("周五装好", "您最在意的周六装好,我们做到了", Decimal(20))
