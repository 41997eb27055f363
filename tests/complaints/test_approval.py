from contextlib import contextmanager
from decimal import Decimal

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st

from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.guards.money import BeyondAuthority
from huiyin.complaints.guards.solution import OwnPlan
from huiyin.complaints.lifecycle import OwnMatter, WrongSeat, WrongState
from huiyin.complaints.models import Approval, AuthorityUse, Interest, Override
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps import approval, investigation, planning, registration
from huiyin.complaints.steps.approval import (
    CommentMissing,
    DecidedAlready,
    NotOverridable,
    OverrideWithoutReason,
)
from huiyin.complaints.steps.registration import Settlement
from huiyin.messaging.models import Notice
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints.checks import kinds, running, sound
from tests.complaints.settings import setting
from tests.factories import at_of

pytestmark = pytest.mark.django_db
LATER = Skip("责任人随后告知")


def approve(complaint, actor, *, minutes=140, comment="同意"):
    return approval.approve_plan(
        complaint.pk, comment=comment, words=later.OFFER, actor=actor, at=at_of(complaint, minutes)
    )


def send_back(complaint, actor, *, comment="优惠券太多", minutes=140):
    return approval.return_plan(complaint.pk, comment=comment, words=LATER, actor=actor, at=at_of(complaint, minutes))


def submitted(amount, *, prepared_by=None, **changes):
    """A plan with one dear and one cheap option, put up for approval by the agent."""
    complaint = later.planning(**changes)
    dear = later.small_coupon(complaint, lines=(Line("compensation", Decimal(amount)),))
    later.drafted(complaint, dear, later.small_coupon(complaint))
    return planning.submit_plan(complaint.pk, LATER, actor=factories.agent(), at=at_of(complaint, 130))


def test_s1_36_approval_stores_approver_and_time_and_puts_the_options_on_offer(supervisor, agent):
    complaint = later.approving()

    approve(complaint, supervisor)

    row = Approval.objects.get(complaint=complaint)
    assert (row.decision, row.decided_by, row.decided_at, row.comment) == (
        "approved",
        supervisor.person,
        at_of(complaint, 140),
        "同意",
    )
    assert sound(complaint).state == "offering"
    assert list(complaint.plans.get().options.values_list("status", flat=True)) == ["offered", "offered"]
    assert list(Notice.objects.filter(kind="approval.decided").values_list("person", flat=True)) == [agent.person_id]
    assert set(running(complaint)) >= {"offer", "whole_case"}


@pytest.mark.parametrize("who", ["agent", "other_agent", "handler", "duty_agent", "other_handler"])
def test_t13_only_supervisor_and_leader_approve(who, request, policy):
    complaint, actor = later.approving(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        approve(complaint, actor)
    with pytest.raises(WrongSeat):
        send_back(complaint, actor)


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.AUDITOR, Role.FINANCE])
def test_t13_administrator_auditor_and_finance_decide_nothing(policy, role):
    complaint = later.approving()

    with pytest.raises(WrongSeat):
        approve(complaint, factories.acting("somebody", role))


@pytest.mark.parametrize("who", ["supervisor", "other_supervisor", "leader"])
def test_t13_supervisor_and_leader_approve_within_their_limits(who, request, policy):
    complaint, actor = later.approving(), request.getfixturevalue(who)

    assert approve(complaint, actor).state == "offering"
    sound(complaint)


def test_s2_49_an_amount_above_the_supervisors_limit_needs_the_next_role(supervisor, leader):
    complaint = submitted("5000.01")

    with pytest.raises(BeyondAuthority) as refused:
        approve(complaint, supervisor)
    approve(complaint, leader)

    assert refused.value.rule.code == "批示-01"
    assert sound(complaint).state == "offering"


def test_s1_36_nobody_approves_or_returns_his_own_plan(policy):
    boss = factories.acting("zuzhang", Role.AGENT, Role.SUPERVISOR, name="组长")
    complaint = later.planning()
    complaint.owner = boss.person
    complaint.save(update_fields=["owner"])
    plan = planning.NewPlan("", (later.refund_and_coupon(complaint), later.exchange_and_coupon(complaint)))
    planning.draft_plan(complaint.pk, plan, actor=boss, at=at_of(complaint, 127))
    planning.submit_plan(complaint.pk, LATER, actor=boss, at=at_of(complaint, 130))

    with pytest.raises(OwnPlan) as refused:
        approve(complaint, boss)
    with pytest.raises(OwnPlan):
        send_back(complaint, boss)

    assert refused.value.rule.code == "批示-03"
    assert not approval.waiting_approvals(boss.person).exists()


def test_eng_15_who_is_complained_about_approves_nothing(supervisor):
    complaint = later.approving()
    Interest.objects.create(
        complaint=complaint, person=supervisor.person, reason="被投诉", declared_at=at_of(complaint, 131)
    )

    with pytest.raises(OwnMatter):
        approve(complaint, supervisor)

    assert not approval.waiting_approvals(supervisor.person).exists()


def test_t14_a_return_needs_a_comment_and_is_counted(supervisor, agent):
    complaint = later.approving()

    with pytest.raises(CommentMissing) as refused:
        send_back(complaint, supervisor, comment=" ")
    send_back(complaint, supervisor)

    fresh = sound(complaint)
    assert refused.value.rule.code == "批示-04"
    assert (fresh.state, fresh.returned_count, fresh.plans.get().status) == ("planning", 1, "returned")
    assert kinds(complaint)[-1] == "plan.returned"
    assert complaint.approvals.get().decision == "returned"


def test_t14_each_return_is_counted(supervisor, agent):
    complaint = later.approving()
    send_back(complaint, supervisor)
    later.drafted(complaint, minutes=145)
    planning.submit_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 146))

    send_back(complaint, supervisor, minutes=150)

    assert sound(complaint).returned_count == 2
    assert list(complaint.plans.values_list("status", flat=True)) == ["superseded", "returned"]


def test_a_plan_is_decided_on_in_its_stage_alone(supervisor):
    complaint = later.offering()

    with pytest.raises(WrongState):
        approve(complaint, supervisor, minutes=150)


def test_s1_36_all_before_needs_the_signature_even_for_a_small_amount(agent, supervisor):
    complaint = later.planning()
    later.drafted(complaint, later.small_coupon(complaint, 40), later.small_coupon(complaint, 30))

    with setting(complaint, approval_mode="all_before"):
        planning.submit_plan(complaint.pk, LATER, actor=agent, at=at_of(complaint, 130))
        approve(complaint, supervisor)

    assert sound(complaint).state == "offering"
    assert not complaint.approvals.filter(afterwards=True).exists()


# --- Looked at afterwards


def test_amb_05_the_leader_looks_at_what_was_offered_within_authority(leader, agent):
    complaint = later.offering_within_authority()
    row = complaint.approvals.get()
    assert list(approval.waiting_approvals(leader.person)) == [row]

    approval.review_afterwards(row.pk, objected=False, comment="", actor=leader, at=at_of(complaint, 300))

    row.refresh_from_db()
    assert (row.decision, row.decided_by) == ("reviewed", leader.person)
    assert kinds(complaint)[-1] == "approval.reviewed"
    assert not approval.waiting_approvals(leader.person).exists()
    assert sound(complaint).state == "offering"


def test_amb_05_an_objection_afterwards_says_why_and_reaches_the_owner(leader, agent):
    complaint = later.offering_within_authority()
    row = complaint.approvals.get()

    with pytest.raises(CommentMissing):
        approval.review_afterwards(row.pk, objected=True, comment="", actor=leader, at=at_of(complaint, 300))
    approval.review_afterwards(row.pk, objected=True, comment="下次先报批", actor=leader, at=at_of(complaint, 300))

    row.refresh_from_db()
    assert row.decision == "objected"
    assert Notice.objects.filter(person=agent.person, kind="approval.decided").count() == 1
    sound(complaint)


@pytest.mark.parametrize("who", ["agent", "supervisor", "handler"])
def test_amb_05_the_look_afterwards_is_the_leaders(who, request, policy):
    complaint, actor = later.offering_within_authority(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        approval.review_afterwards(
            complaint.approvals.get().pk, objected=False, comment="", actor=actor, at=at_of(complaint, 300)
        )


def test_amb_05_a_plan_is_looked_at_once_and_an_approval_before_is_none_for_afterwards(leader):
    complaint = later.offering_within_authority()
    row = complaint.approvals.get()
    approval.review_afterwards(row.pk, objected=False, comment="", actor=leader, at=at_of(complaint, 300))

    with pytest.raises(DecidedAlready):
        approval.review_afterwards(row.pk, objected=False, comment="", actor=leader, at=at_of(complaint, 301))
    other = later.approving()
    with pytest.raises(DecidedAlready):
        approval.review_afterwards(
            other.approvals.get().pk, objected=False, comment="", actor=leader, at=at_of(other, 301)
        )


def test_s2_22_what_was_settled_at_once_waits_for_the_leaders_look(leader, agent):
    complaint = factories.registered(minor=True)
    settlement = Settlement(
        "20元优惠券", (Line("coupon", Decimal(20)),), "照片可见", "wrong_stock", 120, "可以", "phone"
    )
    words = factories.promised(complaint, "券已为您申请，划痕给您添麻烦了。", 180)
    registration.settle_at_once(complaint.pk, settlement, words, actor=agent, at=at_of(complaint, 40))

    assert [row.complaint_id for row in approval.waiting_approvals(leader.person)] == [complaint.pk]


# --- What waits


def test_s1_36_each_boss_sees_what_his_signature_suffices_for(supervisor, leader, agent, django_assert_num_queries):
    manager = factories.acting("jingli", Role.MANAGER)
    for amount in (600, 6000, 30000):
        submitted(amount)
    leaders = list(approval.waiting_approvals(leader.person))
    queries = len(leaders)

    seen = {actor.name: [int(row.amount) for row in approval.waiting_approvals(actor.person)]
            for actor in (supervisor, manager, leader, agent)}  # fmt: skip

    assert queries == 3
    assert seen == {"陈静": [600], "jingli": [600, 6000], "王志远": [600, 6000, 30000], "李娜": []}
    leader.person.role_codes  # noqa: B018 - read once before counting
    with django_assert_num_queries(1):
        list(approval.waiting_approvals(leader.person))


def test_a_withdrawn_or_returned_plan_waits_for_nobody(supervisor):
    complaint = later.approving()
    send_back(complaint, supervisor)

    assert not approval.waiting_approvals(supervisor.person).exists()


# --- Letting a rule pass


def test_s0_14_a_leader_lets_a_rule_pass_with_a_reason_in_the_timeline(leader, handler):
    complaint = factories.investigating()

    approval.override_rule(
        complaint.pk, rule="证据-01", reason="仓库停电,无录像", actor=leader, at=at_of(complaint, 60)
    )

    row = Override.objects.get()
    assert (row.rule, row.approver, row.round) == ("证据-01", leader.person, 1)
    assert kinds(complaint)[-1] == "rule.overridden"
    for cause in ("picture_display", "wrong_stock", "transport_damage"):
        investigation.judge_cause(
            complaint.pk,
            cause=cause,
            ruled_in=cause == "transport_damage",
            grounds="访谈",
            actor=handler,
            at=at_of(complaint, 61),
        )
    investigation.issue_finding(
        complaint.pk, factories.finding(), factories.OWNER_TELLS, actor=handler, at=at_of(complaint, 62)
    )
    assert sound(complaint).state == "analysed"


@pytest.mark.parametrize(
    ("rule", "reason", "refusal"),
    [("证据-01", " ", OverrideWithoutReason), ("批示-01", "急", NotOverridable), ("无此-99", "急", NotOverridable)],
)
def test_an_override_needs_a_reason_and_a_rule_that_may_pass(leader, rule, reason, refusal):
    complaint = factories.investigating()

    with pytest.raises(refusal) as refused:
        approval.override_rule(complaint.pk, rule=rule, reason=reason, actor=leader, at=at_of(complaint, 60))

    assert refused.value.rule.code == "批示-07"
    assert not Override.objects.exists()


@pytest.mark.parametrize("who", ["agent", "supervisor", "handler"])
def test_an_override_is_a_leaders(who, request, policy):
    complaint, actor = factories.investigating(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        approval.override_rule(complaint.pk, rule="证据-01", reason="急", actor=actor, at=at_of(complaint, 60))


# --- Never beyond a limit


@contextmanager
def taken_back():
    """Whatever happens inside did not happen: an example costs no new case."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


def offers(complaint, lines):
    """Whether the agent's offer of these remedies goes through."""
    option = later.small_coupon(complaint, lines=tuple(Line(code, Decimal(amount)) for code, amount in lines))
    later.drafted(complaint, option, later.small_coupon(complaint, lines=(Line("apology"),)))
    try:
        planning.offer_within_authority(complaint.pk, later.OFFER, actor=factories.agent(), at=at_of(complaint, 130))
    except BeyondAuthority:
        return False
    return True


def test_s2_49_an_offer_never_exceeds_the_limit_of_whoever_grants_it(policy):
    complaint = later.planning()
    line = st.tuples(st.sampled_from(("coupon", "compensation", "price_cut")), st.integers(1, 700))

    @settings(max_examples=40, deadline=None)
    @given(lines=st.lists(line, min_size=1, max_size=4))
    def never(lines):
        with taken_back():
            assert offers(complaint, lines) == (sum(amount for _code, amount in lines) <= 500)

    never()


def test_s2_49_grants_and_open_offers_together_never_exceed_the_budget_of_the_period(agent):
    cases = [later.planning() for _ in range(4)]
    earlier = factories.received()

    @settings(max_examples=10, deadline=None)
    @given(amounts=st.lists(st.integers(1, 500), min_size=4, max_size=4), spent=st.integers(8500, 10_000))
    def never(amounts, spent):
        with taken_back():
            AuthorityUse.objects.create(
                person=agent.person, complaint=earlier, remedy="coupon", amount=spent, at=at_of(earlier, -60)
            )
            granted = spent
            for complaint, amount in zip(cases, amounts, strict=True):
                within = granted + amount <= 10_000
                assert offers(complaint, [("compensation", amount)]) == within
                granted += amount if within else 0

    never()


def test_s2_49_money_granted_before_the_period_is_free_again(agent):
    earlier = later.planning()
    AuthorityUse.objects.create(
        person=agent.person, complaint=earlier, remedy="coupon", amount=10_000, at=at_of(earlier, -60 * 24 * 31)
    )

    assert later.offering_within_authority().state == "offering"


def test_s2_49_another_round_of_the_same_case_does_not_open_the_limit_anew(agent):
    complaint = later.planning()
    AuthorityUse.objects.create(
        person=agent.person, complaint=complaint, remedy="coupon", amount=480, at=at_of(complaint, 1)
    )
    later.drafted(complaint, later.small_coupon(complaint, 40), later.small_coupon(complaint, 30))

    with pytest.raises(BeyondAuthority):
        planning.offer_within_authority(complaint.pk, Say("划痕补偿方案如下。"), actor=agent, at=at_of(complaint, 130))
