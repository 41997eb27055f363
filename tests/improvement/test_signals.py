"""Early warning: raised once, ended once, counted beside the complaints (S2-18, S2-19)."""

from datetime import timedelta

import pytest

from huiyin.complaints.steps import enquiries
from huiyin.complaints.steps.enquiries import NewEnquiry
from huiyin.improvement import signals
from huiyin.improvement.models import Signal
from huiyin.improvement.signals import NothingNoticed, NotSettled, SettledAlready
from huiyin.messaging.models import Notice
from huiyin.people.roles import NotYourDuty
from tests import factories

AT = factories.TUESDAY_10
DAY = timedelta(hours=24)


def asked(agent, after=timedelta(0), phone="13812345678", department="finance"):
    new = NewEnquiry("刘女士", phone, "上月账单多了三十元", factories.department(department))
    return enquiries.pass_on(new, actor=agent, at=AT + after)


def test_s2_18_two_contacts_on_one_matter_within_24_hours_raise_one_signal(agent):
    asked(agent)
    asked(agent, timedelta(hours=20), phone="138 1234 5678")

    assert signals.watch(AT + timedelta(hours=21)) == 1
    assert signals.watch(AT + timedelta(hours=21)) == 0
    (raised,) = Signal.objects.all()
    assert (raised.kind, raised.status, raised.owner) == ("repeated", "open", agent.person)
    assert Notice.objects.filter(person=agent.person, kind="signal.raised").count() == 1


@pytest.mark.parametrize(
    ("after", "phone", "department", "raised"),
    [
        (DAY, "13812345678", "finance", 1),
        (DAY + timedelta(minutes=1), "13812345678", "finance", 0),
        (timedelta(hours=1), "13812345679", "finance", 0),
        (timedelta(hours=1), "13812345678", "quality", 0),
    ],
)
def test_s2_18_another_caller_another_matter_or_another_day_raises_nothing(agent, after, phone, department, raised):
    asked(agent)
    asked(agent, after, phone, department)

    assert signals.watch(AT + after) == raised


def test_s2_18_a_third_contact_is_another_signal(agent):
    for hours in (0, 5, 10):
        asked(agent, timedelta(hours=hours))

    assert signals.watch(AT + timedelta(hours=11)) == 2


def test_s2_19_a_signal_settled_without_a_complaint_counts_as_prevented(agent):
    asked(agent)
    asked(agent, timedelta(hours=3))
    signals.watch(AT + timedelta(hours=4))
    factories.received()

    signals.settle(Signal.objects.get().pk, done="当场核对账单并退还三十元。", complaint=None, actor=agent, at=AT + DAY)

    counted = signals.prevented(AT, AT + 2 * DAY)
    assert (counted.prevented, counted.complaints) == (1, 1)
    assert signals.prevented(AT, AT + DAY).prevented == 0


def test_s2_19_a_signal_that_became_a_complaint_is_not_prevented(agent):
    noticed = signals.notice("老人连问三次怎么退订", None, actor=agent, at=AT)
    case = factories.received()

    settled = signals.settle(noticed.pk, done="", complaint=case, actor=agent, at=AT)

    assert (settled.status, settled.complaint) == ("complaint", case)
    assert signals.prevented(AT, AT + DAY).prevented == 0


def test_a_signal_ends_once_and_with_words(agent):
    noticed = signals.notice("语气不耐烦，重复问了两遍", None, actor=agent, at=AT)

    with pytest.raises(NotSettled) as refused:
        signals.settle(noticed.pk, done=" ", complaint=None, actor=agent, at=AT)
    assert refused.value.rule.code == "预警-01"

    signals.settle(noticed.pk, done="回电解释清楚", complaint=None, actor=agent, at=AT)
    with pytest.raises(SettledAlready):
        signals.settle(noticed.pk, done="再次", complaint=None, actor=agent, at=AT)


def test_a_signal_without_words_and_one_by_somebody_without_customers_is_refused(agent, handler):
    with pytest.raises(NothingNoticed):
        signals.notice("", None, actor=agent, at=AT)
    with pytest.raises(NotYourDuty):
        signals.notice("客户着急", None, actor=handler, at=AT)
