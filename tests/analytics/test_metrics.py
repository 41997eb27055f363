"""The registry of metrics: each number is the count of the rows it opens."""

from datetime import timedelta
from decimal import Decimal

import pytest

from huiyin.analytics import metrics
from huiyin.analytics.metrics import METRICS
from huiyin.complaints.models import Callback, Complaint
from huiyin.complaints.states import Outcome, State
from huiyin.improvement import signals
from tests import factories, later

BEGINS = factories.when(2025, 3, 1)
ENDS = factories.when(2025, 4, 1)


@pytest.fixture(autouse=True)
def _policy(db):
    factories.load_policy()


def figure(code):
    return METRICS[code].figure(BEGINS, ENDS)


def closed(outcome=Outcome.RESOLVED_ACCEPTED, **fields):
    """A case of the house that ended in the middle of the period."""
    case = factories.admitted("reviewing", owner=factories.agent().person)
    Complaint.objects.filter(pk=case.pk).update(
        state=State.CLOSED, outcome=outcome, closed_at=factories.when(2025, 3, 10), admitted=False, **fields
    )
    return case


def rated(case, satisfied):
    reached = factories.when(2025, 3, 12)
    Callback.objects.create(
        complaint=case,
        round=1,
        kind="next_day",
        due_at=reached,
        status="reached",
        satisfied=satisfied,
        reached_at=reached,
    )


def test_s0_50_ten_closed_eight_rated_six_satisfied_one_repeat_are_75_and_10_percent():
    cases = [closed() for _number in range(10)]
    for place, case in enumerate(cases[:8]):
        rated(case, "yes" if place < 6 else "no")
    Complaint.objects.filter(pk=cases[0].pk).update(repeat_of=cases[1].pk)

    assert figure("satisfied").share == Decimal("75.0")
    assert (figure("repeated").counted, figure("repeated").among) == (1, 10)
    assert figure("repeated").share == Decimal("10.0")


def test_s2_02_an_unfounded_case_stays_in_the_figures_under_its_own_heading():
    closed()
    closed(Outcome.UNFOUNDED_EXPLAINED)

    assert (figure("unfounded").counted, figure("unfounded").among, figure("closed").counted) == (1, 2, 2)


def test_s2_46_attitude_as_second_cause_is_counted_apart_and_the_case_carries_both():
    first, _other = factories.analysed(found=factories.finding(secondary_cause="attitude")), factories.analysed()

    found = first.findings.get()
    assert (found.cause, found.secondary_cause) == ("transport_damage", "attitude")
    assert (figure("attitude").counted, figure("attitude").among) == (1, 2)


def test_s2_19_prevented_signals_stand_beside_the_complaints():
    agent = factories.agent()
    noticed = signals.notice("客户着急", None, actor=agent, at=factories.TUESDAY_10)
    signals.settle(noticed.pk, done="当场解决", complaint=None, actor=agent, at=factories.TUESDAY_10)
    factories.received()

    assert (figure("prevented").counted, figure("received").counted) == (1, 1)
    assert figure("prevented").share is None


def test_s3_03_the_share_of_kept_promises_counts_broken_ones_for_ever():
    case = later.following_up()
    spoken = case.promises.filter(kind="spoken")
    late = spoken.filter(kept_at__isnull=False).latest("due_at")
    before = figure("promises_kept")

    spoken.filter(pk=late.pk).update(breached_at=late.due_at)

    after = figure("promises_kept")
    assert (after.counted, after.among) == (before.counted - 1, before.among)
    assert before.counted > 0


def test_nothing_to_divide_by_gives_no_share():
    assert figure("satisfied").share is None


@pytest.mark.parametrize("code", METRICS)
def test_decision_11_what_a_number_opens_is_what_it_counts(code):
    later.reviewing()
    closed(Outcome.UNFOUNDED_EXPLAINED)
    metric, found = METRICS[code], figure(code)

    assert metric.rows(BEGINS, ENDS).count() == found.counted
    if found.among is not None:
        assert metric.rows(BEGINS, ENDS, among=True).count() == found.among
        assert found.counted <= found.among or code == "repeated"


@pytest.mark.parametrize("code", METRICS)
def test_decision_11_a_period_takes_its_first_moment_and_leaves_its_last(code):
    """The rows of one period and of the next add up to those of both."""
    later.reviewing()
    middle = factories.TUESDAY_10 + timedelta(hours=1)
    halves = METRICS[code].figure(BEGINS, middle).counted + METRICS[code].figure(middle, ENDS).counted

    assert halves == figure(code).counted


def test_the_figures_of_two_periods_cost_one_query(django_assert_num_queries):
    later.reviewing()

    with django_assert_num_queries(1):
        found = metrics.compared(BEGINS, ENDS)

    assert [one.now for one in found] == [figure(code) for code in METRICS]
    assert [one.now for one in found] == list(metrics.figures(BEGINS, ENDS))
    assert metrics.figures(BEGINS, ENDS, ()) == ()


def compared(code):
    return metrics.compared(BEGINS, ENDS, (code,))[0]


def test_a_count_changes_by_rows_and_a_share_by_points():
    earlier, now = closed(), [closed(), closed(Outcome.UNFOUNDED_EXPLAINED)]
    Complaint.objects.filter(pk=earlier.pk).update(closed_at=factories.when(2025, 2, 10))

    assert (compared("closed").now.counted, compared("closed").before.counted) == (len(now), 1)
    assert compared("closed").change == 1
    assert compared("unfounded").change == Decimal("50.0")
    assert compared("satisfied").change is None
