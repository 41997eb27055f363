"""What stands beside a plan: like cases, their middle, how long things took, cost and satisfaction, split amounts."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints import avoidable, balance, durations, similar, splitting
from huiyin.complaints.models import Action, AuthorityUse, Callback, Complaint, Option
from huiyin.complaints.states import Outcome
from huiyin.complaints.steps import callers, flags, planning
from huiyin.complaints.steps.callers import HandUp
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints import bargain
from tests.complaints.settings import setting
from tests.factories import at_of

pytestmark = pytest.mark.django_db


def codes(plan, **more):
    return [warning.rule.code for warning in planning.warnings(plan, **more)]


def closed_at(*amounts):
    """Closed cases of the same category in which a coupon of each amount was taken."""
    found = []
    for amount in amounts:
        case = later.closed()
        Option.objects.filter(plan__complaint=case, status="executed").get().lines.filter(remedy="coupon").update(
            amount=amount
        )
        Option.objects.filter(plan__complaint=case, status="executed").get().lines.filter(remedy="full_refund").update(
            amount=0
        )
        found.append(case)
    return found


# --- Like cases


def test_s1_35_like_closed_cases_say_what_was_decided_and_its_middle(agent):
    first, second, third = closed_at(30, 60, 50)
    complaint = later.planning()

    alike = similar.to(complaint, agent.person)

    assert {(row.complaint.pk, row.cost) for row in alike.rows} == {
        (first.pk, Decimal(30)),
        (second.pk, Decimal(60)),
        (third.pk, Decimal(50)),
    }
    assert (alike.median, alike.decided) == (Decimal("50.00"), 3)
    assert {row.outcome for row in alike.rows} == {str(Outcome.RESOLVED_ACCEPTED.label)}
    assert all(row.satisfied and row.same_cause for row in alike.rows)


@pytest.mark.parametrize(
    ("cost", "stands_out"), [("100", False), ("100.01", True), ("25", False), ("24.99", True), ("50", False)]
)
def test_eng_17_far_above_or_below_the_middle_stands_out(cost, stands_out):
    alike = similar.Similar(tuple(row(50) for _ in range(3)), Decimal(50))

    assert alike.stands_out(Decimal(cost), 200) is stands_out


def row(cost, *, satisfied=None, remedies=("coupon",)):
    return similar.Alike(
        Complaint(), "", "", frozenset(remedies), Decimal(cost), False, satisfied, factories.TUESDAY_10
    )


def test_eng_17_few_cases_have_no_middle():
    assert not similar.Similar((row(50), row(50)), Decimal(50)).stands_out(Decimal(500), 200)


def test_eng_17_an_outlier_is_warned_about_for_whoever_may_open_the_like_cases(agent):
    closed_at(30, 40, 50)
    complaint = later.planning()
    plan = later.drafted(complaint, later.small_coupon(complaint, 100), later.small_coupon(complaint, 40))
    stranger = factories.person("fremder", Role.HANDLER, of="quality")

    assert "方案-10" in codes(plan, reader=agent.person)
    assert "方案-10" not in codes(plan, reader=stranger)
    assert "方案-10" not in codes(plan)


def test_eng_17_like_cases_cost_the_same_few_queries_at_any_number(agent, django_assert_max_num_queries):
    closed_at(30)
    complaint = later.planning()
    with CaptureQueriesContext(
        connection,
    ) as one:
        similar.to(complaint, agent.person)
    closed_at(40, 50, 60)

    with django_assert_max_num_queries(len(one)):
        alike = similar.to(complaint, agent.person)

    assert (len(alike.rows), len(one) <= 3) == (4, True)


def test_eng_17_other_categories_and_open_cases_are_not_alike(agent):
    closed_at(30)
    later.executing()

    complaint = later.planning()
    assert len(similar.to(complaint, agent.person).rows) == 1
    complaint.category = "transport.delay"

    assert similar.to(complaint, agent.person).rows == ()


# --- How long it takes


def done(remedy, *hours):
    """Actions of a remedy that took so long from the customer's choice."""
    for many in hours:
        case = later.executing()
        action = Action.objects.get(complaint=case, remedy=remedy)
        chosen_at = action.due_at - timedelta(minutes=action.line.option.execute_within_minutes)
        Action.objects.filter(pk=action.pk).update(status="done", done_at=chosen_at + timedelta(hours=many))


def test_s3_30_a_time_shorter_than_the_past_ever_held_is_warned_about(agent):
    done("coupon", 1, 2, 3, 4, 30)
    complaint = later.planning()
    plan = later.drafted(
        complaint,
        later.small_coupon(complaint, execute_within_minutes=29 * 60),
        later.small_coupon(complaint, execute_within_minutes=30 * 60),
    )

    told = [str(one.sentence) for one in planning.warnings(plan) if one.rule.code == "方案-09"]

    assert len(told) == 1
    assert "30" in told[0]


@pytest.mark.parametrize(("percentile", "hours"), [(50, 3), (80, 4), (90, 30), (99, 30)])
def test_s3_30_amb_10_the_share_that_must_have_been_in_time_is_the_packs(agent, percentile, hours):
    done("coupon", 4, 1, 30, 2, 3)

    assert durations.realistic("coupon", percentile) == timedelta(hours=hours)


def test_s3_30_few_cases_say_nothing(agent):
    done("coupon", 1, 2, 3, 4)

    assert durations.realistic("coupon", 90) is None
    assert durations.realistic("exchange", 90) is None


# --- Cost and satisfaction


def test_s2_51_cost_and_satisfaction_stand_side_by_side(agent):
    complaint = bargain.late_installation()
    fast, why, tenfold, gift = bargain.four(complaint)
    serving = {fast.pk: ("met", ""), why.pk: ("met", ""), tenfold.pk: ("instead", "标准"), gift.pk: ("dropped", "")}
    plan = later.drafted(complaint, bargain.option(complaint, 40, serving, recovery=Decimal(15)))
    alike = similar.Similar(
        (row(40, satisfied=True, remedies=("compensation",)), row(40, satisfied=False, remedies=("compensation",))),
        Decimal(40),
    )

    option = plan.options.prefetch_related("lines", "answers", "expected").get()
    weighed = balance.of(option, ranked=4, demands=3, alike=alike)

    assert (weighed.cost, weighed.net, weighed.kindness) == (Decimal(40), Decimal(25), Decimal(0))
    assert (weighed.met, weighed.asked, weighed.share_met) == (3, 4, 75)
    assert (weighed.content, weighed.answered) == (1, 2)


def test_s2_51_without_expectations_the_demands_are_counted(agent):
    complaint = later.planning()
    plan = later.drafted(complaint)
    nobody = similar.Similar((), None)

    weighed = [
        balance.of(one, ranked=0, demands=2, alike=nobody)
        for one in plan.options.prefetch_related("lines", "answers", "expected")
    ]

    assert [(one.met, one.asked, one.share_met) for one in weighed] == [(2, 2, 100), (0, 2, 0)]
    assert [one.answered for one in weighed] == [0, 0]


# --- Split amounts


def test_s2_49_amounts_cut_over_cases_are_noticed(agent):
    complaint = later.planning()
    plan = later.drafted(complaint, later.small_coupon(complaint, 300), later.small_coupon(complaint, 200))
    at = at_of(complaint, 130)
    assert "方案-11" not in codes(plan, at=at)
    other = factories.received(order_number="E-3003")
    AuthorityUse.objects.create(
        person=agent.person, complaint=other, remedy="coupon", amount=Decimal(201), at=at - timedelta(days=2)
    )

    (told,) = [one for one in planning.warnings(plan, at=at) if one.rule.code == "方案-11"]

    assert "501.00" in str(told.sentence)
    AuthorityUse.objects.update(at=at - timedelta(days=31))
    assert "方案-11" not in codes(plan, at=at)


def test_s2_49_amounts_cut_over_remedies_with_limits_of_their_own_are_noticed(agent):
    complaint = later.planning()
    plan = later.drafted(complaint, later.small_coupon(complaint, 400))
    pack = bargain.limited(complaint, coupon=400, price_cut=300)
    assert splitting.over_remedies(pack, agent.person, plan) is None

    lines = (later.Line("coupon", Decimal(400)), later.Line("price_cut", Decimal(200)))
    plan = later.drafted(complaint, later.small_coupon(complaint, lines=lines), minutes=128)

    assert splitting.over_remedies(pack, agent.person, plan) == Decimal(600)


# --- Avoidable escalations


def month(complaint):
    return complaint.received_at - timedelta(days=1), complaint.received_at + timedelta(days=30)


def taken(*, amount, escalate=True, minutes=141):
    """A case whose customer took a coupon of this amount; escalated on its way."""
    complaint = later.offering_within_authority(amount, amount)
    if escalate:
        flags.set_flag(
            complaint.pk, "escalated", True, reason="客户找领导", actor=factories.agent(), at=at_of(complaint, minutes)
        )
        bargain.prepared(complaint, 500, opening=Decimal(amount), minutes=minutes)
    return later.chosen(complaint)


def test_s4_132_an_escalation_that_lay_within_authority_and_had_an_option_is_listed_as_avoidable(agent, supervisor):
    case = taken(amount=40)
    taken(amount=30, escalate=False)

    found = avoidable.listed(supervisor.person, *month(case))

    assert [(one.complaint.pk, one.cost) for one in found] == [(case.pk, Decimal(40))]


def test_s4_132_what_was_beyond_the_owner_or_had_no_option_was_not_avoidable(agent, supervisor):
    beyond = later.executing()
    flags.set_flag(beyond.pk, "escalated", True, reason="客户找领导", actor=agent, at=at_of(beyond, 170))
    none = factories.registered()
    flags.set_flag(none.pk, "escalated", True, reason="客户找领导", actor=agent, at=at_of(none, 50))

    assert avoidable.listed(supervisor.person, *month(beyond)) == []


def test_s4_132_a_conversation_handed_up_counts_as_escalated(agent, supervisor):
    case = taken(amount=40, escalate=False)
    handed = HandUp(supervisor.person, True, "请主管")
    callers.hand_up(case.pk, handed, actor=agent, at=at_of(case, 170))

    assert [one.complaint.pk for one in avoidable.listed(supervisor.person, *month(case))] == [case.pk]


def test_s4_132_the_list_costs_the_same_queries_at_any_length_and_shows_what_one_may_open(
    agent, supervisor, django_assert_max_num_queries
):
    case = taken(amount=40)
    with CaptureQueriesContext(connection) as one:
        avoidable.listed(supervisor.person, *month(case))
    for _ in range(3):
        taken(amount=40)

    with django_assert_max_num_queries(len(one)):
        found = avoidable.listed(supervisor.person, *month(case))

    stranger = factories.person("fremder", Role.HANDLER, of="quality")
    assert (len(found), avoidable.listed(stranger, *month(case))) == (4, [])


def test_s4_132_another_month_is_another_list(agent, supervisor):
    case = taken(amount=40)
    _start, end = month(case)

    assert avoidable.listed(supervisor.person, end, end + timedelta(days=30)) == []
    assert Callback.objects.count() == 0


def test_s3_30_amb_10_the_percentile_is_read_from_the_pack_of_the_case(agent):
    done("coupon", 1, 2, 3, 4, 30)
    complaint = later.planning()
    plan = later.drafted(complaint, later.small_coupon(complaint, execute_within_minutes=4 * 60))

    with setting(complaint, promise_percentile=80):
        assert "方案-09" not in codes(plan)
    assert "方案-09" in codes(plan)
