"""Frequent complaints are grouped and reported, and the delivery is kept (S2-17)."""

from datetime import timedelta

import pytest

from huiyin.complaints.models import Complaint
from huiyin.improvement import groups
from huiyin.improvement.groups import Group, NoRecipient
from huiyin.improvement.models import Delivery
from huiyin.messaging.models import Notice
from huiyin.people.roles import NotYourDuty
from tests import factories

WEEK = timedelta(days=7)
MONDAY = factories.when(2025, 3, 3)


def filed(category, at, count=1):
    for _time in range(count):
        case = factories.admitted("received", owner=factories.agent().person, category=category)
        Complaint.objects.filter(pk=case.pk).update(received_at=at)


def made(leader, supervisor, recipients=None):
    people = [leader.person] if recipients is None else recipients
    return groups.report(
        MONDAY, MONDAY + WEEK, recipients=people, remark="弱覆盖集中", actor=supervisor, at=MONDAY + WEEK
    )


@pytest.fixture
def cases(policy):
    filed("network.coverage", MONDAY + timedelta(days=1), 3)
    filed("billing", MONDAY + timedelta(days=2), 1)
    filed("network.coverage", MONDAY - timedelta(days=1), 1)
    filed("billing", MONDAY - timedelta(days=3), 2)


def test_s2_17_the_report_lists_group_count_trend_and_recipient(cases, leader, supervisor):
    report = made(leader, supervisor)

    found = groups.groups_of(report)
    assert found == (Group("network.coverage", 3, 1), Group("billing", 1, 2))
    assert [group.trend for group in found] == [2, -1]
    assert [delivery.person for delivery in report.deliveries.all()] == [leader.person]
    assert Notice.objects.get(person=leader.person).kind == "group.reported"


def test_s2_17_the_report_stays_as_it_was_sent(cases, leader, supervisor):
    report = made(leader, supervisor)
    filed("billing", MONDAY + timedelta(days=1), 5)

    report.refresh_from_db()
    assert groups.groups_of(report)[0] == Group("network.coverage", 3, 1)
    assert groups.grouped(MONDAY, MONDAY + WEEK)[0] == Group("billing", 6, 2)


def test_s2_17_when_a_recipient_first_read_it_is_kept(cases, leader, supervisor):
    report = made(leader, supervisor)

    for hours in (1, 5):
        groups.read(report.pk, leader.person, MONDAY + WEEK + timedelta(hours=hours))

    assert Delivery.objects.get().read_at == MONDAY + WEEK + timedelta(hours=1)


def test_s2_17_a_report_to_nobody_and_one_that_ends_before_it_begins_are_refused(cases, leader, supervisor):
    with pytest.raises(NoRecipient) as refused:
        made(leader, supervisor, recipients=[])
    assert refused.value.rule.code == "归类-01"

    with pytest.raises(NoRecipient):
        groups.report(MONDAY, MONDAY, recipients=[leader.person], remark="", actor=supervisor, at=MONDAY)


def test_s2_17_only_those_who_read_reports_make_and_receive_them(cases, agent, leader, supervisor):
    with pytest.raises(NotYourDuty):
        made(leader, agent)
    with pytest.raises(NotYourDuty):
        made(leader, supervisor, recipients=[agent.person])


def test_grouping_costs_two_queries_however_many_cases(cases, django_assert_num_queries):
    filed("service.attitude", MONDAY + timedelta(days=1), 20)

    with django_assert_num_queries(2):
        groups.grouped(MONDAY, MONDAY + WEEK)
