"""A wide case: the department or superior hears of it, and the customer how we handle and improve it (S4-121)."""

import pytest

from huiyin.complaints.conversation import Say
from huiyin.complaints.guards.wide import ScopeUntold
from huiyin.complaints.lifecycle import WrongSeat
from huiyin.complaints.steps import flags, review, wide
from huiyin.complaints.steps.wide import HalfTold, NotWide
from huiyin.messaging.models import Notice
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints.checks import kinds, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db
HANDLING = "本批次全部召回重检"
IMPROVEMENT = "今后出库加装缓冲材料"
WORDS = Say(f"我们的处理:{HANDLING}。我们的改进:{IMPROVEMENT}。")


@pytest.fixture
def complaint(agent, supervisor):
    complaint = reviewed()
    return flags.set_flag(complaint.pk, "wide", True, reason="同批次多位客户", actor=agent, at=after(complaint))


def reviewed():
    """The review is written and the closing questions are answered."""
    complaint = later.reviewing()
    return later.reviewed(complaint, at=complaint.stage_since + later.HOUR)


def after(complaint):
    return complaint.stage_since + 2 * later.HOUR


def tell(complaint, actor, say=WORDS, *, handling=HANDLING, improvement=IMPROVEMENT):
    return wide.tell_scope(
        complaint.pk, handling=handling, improvement=improvement, say=say, actor=actor, at=after(complaint)
    )


def close(complaint, actor):
    return review.close(complaint.pk, Say("您的投诉已办结,感谢您的信任。"), actor=actor, at=after(complaint))


def test_s4_121_a_wide_case_goes_to_the_superior(complaint, supervisor):
    assert Notice.objects.filter(kind="case.flagged", person=supervisor.person).exists()
    assert sound(complaint).wide is True


def test_s4_121_without_the_message_it_is_not_closed(complaint, agent, supervisor):
    with pytest.raises(ScopeUntold) as refused:
        close(complaint, supervisor)
    tell(complaint, agent)

    assert refused.value.rule.code == "告知-03"
    assert close(complaint, supervisor).state == "closed"
    sound(complaint)


def test_s4_121_the_message_holds_both(complaint, agent):
    for gap in ({"handling": " "}, {"improvement": ""}, {"improvement": "别的改进"}, {"say": Say("我们会改进。")}):
        with pytest.raises(HalfTold):
            tell(complaint, agent, **gap)
    row = tell(complaint, agent)

    assert HANDLING in row.interaction.text
    assert kinds(complaint)[-2:] == ["message.sent", "scope.told"]


def test_s4_121_only_the_customers_contact_tells_it_and_only_of_a_wide_case(complaint, agent):
    with pytest.raises(WrongSeat):
        tell(complaint, factories.acting("fremder", Role.HANDLER, of="quality"))
    other = factories.registered()

    with pytest.raises(NotWide):
        wide.tell_scope(
            other.pk, handling=HANDLING, improvement=IMPROVEMENT, say=WORDS, actor=agent, at=at_of(other, 50)
        )


def test_s4_121_a_case_of_one_customer_needs_no_such_message(supervisor):
    complaint = reviewed()

    assert close(complaint, supervisor).state == "closed"
