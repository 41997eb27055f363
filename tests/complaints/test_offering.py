from datetime import timedelta
from decimal import Decimal

import pytest

from huiyin.complaints import callbacks
from huiyin.complaints.answers import UnknownWay
from huiyin.complaints.conversation import NoNextTime, Say, Skip
from huiyin.complaints.guards.silence import NoFinalMessage, NotSilentLongEnough
from huiyin.complaints.guards.solution import NoAlternative, RoundsLeft
from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import Action, AuthorityUse, CustomerAnswer, Interaction
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps import approval, followup, offering, planning
from huiyin.complaints.steps.offering import Choice, MoreThanOwed, NotOnOffer
from huiyin.people.roles import Role
from huiyin.workforce.availability import NotOnDuty
from tests import factories, later
from tests.complaints.checks import kinds, running, sound
from tests.factories import at_of

pytestmark = pytest.mark.django_db
DAY = 24 * 60
CHOSEN_AT = 160


def choose(complaint, actor, *, rank=1, words=None, via="phone", assignees=None, minutes=CHOSEN_AT):
    choice = Choice(later.option(complaint, rank).pk, via, "就选这个", assignees or {})
    words = words or factories.promised(complaint, "已为您办理。", minutes + DAY, what="办理结果")
    return offering.confirm_choice(complaint.pk, choice, words, actor=actor, at=at_of(complaint, minutes))


# --- T15


def test_s0_20_each_remedy_becomes_an_action_due_the_execution_time_after_the_choice(agent):
    complaint = later.executing()

    rows = Action.objects.filter(complaint=complaint).order_by("pk")
    due = at_of(complaint, CHOSEN_AT) + timedelta(hours=24)
    assert [(row.remedy, row.amount, row.proof_kind, row.due_at, row.assignee) for row in rows] == [
        ("full_refund", Decimal("1299.00"), "payment_reference", due, agent.person),
        ("coupon", Decimal("50.00"), "coupon_code", due, agent.person),
    ]
    assert sound(complaint).state == "executing"
    assert "execution" in running(complaint)


def test_s0_19_the_customers_choice_is_stored_and_the_other_option_declined(agent):
    complaint = later.executing(rank=2)

    answer = CustomerAnswer.objects.get(complaint=complaint, kind="choice")
    assert (answer.option.rank, answer.text, answer.via, answer.recorded_by) == (2, "就选这个", "phone", agent.person)
    plan = complaint.plans.get()
    assert (plan.status, list(plan.options.values_list("status", flat=True))) == ("chosen", ["declined", "chosen"])
    assert kinds(complaint)[-1] == "option.chosen"


def test_s2_49_the_choice_takes_its_amounts_from_the_budget_of_whoever_approved(agent, supervisor):
    complaint = later.executing()

    uses = AuthorityUse.objects.filter(complaint=complaint).values_list("person", "remedy", "amount", "goodwill")
    assert sorted(uses) == [
        (supervisor.person_id, "coupon", Decimal("50.00"), False),
        (supervisor.person_id, "full_refund", Decimal("1299.00"), False),
    ]


def test_s2_49_within_authority_the_owners_budget_is_taken_and_only_for_what_was_chosen(agent):
    complaint = later.offering_within_authority(40, 30)

    choose(complaint, agent, rank=2)

    assert list(AuthorityUse.objects.values_list("person", "amount")) == [(agent.person_id, Decimal("30.00"))]
    sound(complaint)


def test_s2_27_an_option_that_is_not_on_offer_cannot_be_carried_out(agent):
    complaint = later.offering(mode="sequential")

    with pytest.raises(NotOnOffer) as refused:
        choose(complaint, agent, rank=2)

    assert refused.value.rule.code == "沟通-01"
    assert sound(complaint).state == "offering"
    assert not Action.objects.exists()
    assert not CustomerAnswer.objects.filter(kind="choice").exists()


def test_s2_27_another_cases_option_cannot_be_chosen(agent):
    complaint, other = later.offering(), later.offering()
    words = factories.promised(complaint, "已为您办理。", CHOSEN_AT + DAY)

    with pytest.raises(NotOnOffer):
        offering.confirm_choice(
            complaint.pk,
            Choice(later.option(other).pk, "phone"),
            words,
            actor=agent,
            at=at_of(complaint, CHOSEN_AT),
        )


def test_s2_27_nothing_is_carried_out_before_the_offer(agent):
    complaint = later.approving()

    with pytest.raises(WrongState):
        choose(complaint, agent)


def test_s2_24_a_choice_leaves_the_customer_with_a_time(agent):
    complaint = later.offering(minutes=190)
    kept = tuple(complaint.promises.filter(kind="spoken", ended_at=None).values_list("pk", flat=True))

    with pytest.raises(NoNextTime):
        choose(complaint, agent, words=Say("划痕一事按您选的办理。", keeps=kept), minutes=200)


def test_the_way_the_choice_came_is_one_we_know(agent):
    with pytest.raises(UnknownWay):
        choose(later.offering(), agent, via="telepathy")


@pytest.mark.parametrize("who", ["other_agent", "handler", "supervisor", "leader", "duty_agent"])
def test_t15_only_the_owner_records_the_choice(who, request, policy):
    complaint, actor = later.offering(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        choose(complaint, actor)


def test_s0_20_a_remedy_falls_to_its_department_or_to_the_person_named(agent, handler):
    keeper = factories.person("caiwu", Role.FINANCE, name="钱会计", of="finance")
    complaint = later.offering()
    refund, coupon = later.option(complaint).lines.all()

    choose(complaint, agent, assignees={coupon.pk: handler.person_id})

    assert Action.objects.get(line=refund).assignee == keeper
    assert Action.objects.get(line=coupon).assignee == handler.person


def test_s0_20_whoever_is_absent_is_given_nothing(agent, handler, supervisor):
    complaint = later.offering()
    coupon = later.option(complaint).lines.last()
    factories.away(handler.person, at_of(complaint, 150), by=supervisor.person)

    with pytest.raises(NotOnDuty):
        choose(complaint, agent, assignees={coupon.pk: handler.person_id})


def test_s0_20_where_the_department_is_away_the_owner_takes_the_action(agent, supervisor):
    keeper = factories.person("caiwu", Role.FINANCE, of="finance")
    complaint = later.offering()
    factories.away(keeper, at_of(complaint, 150), by=supervisor.person)

    choose(complaint, agent)

    assert Action.objects.get(remedy="full_refund").assignee == agent.person


# --- AMB-40


def silence(complaint, actor, *, days=3, final=True):
    """A try on each of so many days, then the final message; gives the minutes after receipt."""
    minutes = 150
    for day in range(days):
        minutes = 150 + day * DAY
        followup.record_contact_attempt(
            complaint.pk, medium="phone", note="无人接听", final_notice=None, actor=actor, at=at_of(complaint, minutes)
        )
    if final:
        minutes += 10
        say = Say(f"多次联系未果，我们先办理应退款项。随时凭{complaint.number}联系我们。", medium="letter")
        followup.record_contact_attempt(
            complaint.pk, medium="letter", note="", final_notice=say, actor=actor, at=at_of(complaint, minutes)
        )
    return minutes + 10


def owed(complaint, **changes):
    given = {"title": "全额退款", "lines": (Line("full_refund", later.REFUND),)}
    return later.refund_and_coupon(complaint, **{**given, **changes})


def carry_out(complaint, actor, rank, minutes):
    words = factories.promised(complaint, "应退款项已为您办理。", minutes + DAY)
    return offering.carry_out_what_is_owed(
        complaint.pk,
        option_id=later.option(complaint, rank).pk,
        words=words,
        actor=actor,
        at=at_of(complaint, minutes),
    )


def silent_offer():
    complaint = later.planning()
    later.drafted(complaint, owed(complaint), later.refund_and_coupon(complaint))
    planning.submit_plan(complaint.pk, Skip("待批示"), actor=factories.agent(), at=at_of(complaint, 130))
    return approval.approve_plan(
        complaint.pk, comment="", words=later.OFFER, actor=factories.supervisor(), at=at_of(complaint, 140)
    )


def test_amb_40_what_is_owed_anyway_is_carried_out_for_a_customer_who_never_answers(agent):
    complaint = silent_offer()
    minutes = silence(complaint, agent)

    carry_out(complaint, agent, 1, minutes)

    assert sound(complaint).state == "executing"
    assert complaint.events.get(kind="option.chosen").data["no_answer"] is True
    assert not CustomerAnswer.objects.filter(kind="choice").exists()


def test_amb_40_what_is_not_owed_waits_for_his_choice(agent):
    complaint = silent_offer()
    minutes = silence(complaint, agent)

    with pytest.raises(MoreThanOwed) as refused:
        carry_out(complaint, agent, 2, minutes)

    assert refused.value.rule.code == "沟通-03"
    assert sound(complaint).state == "offering"


def test_amb_40_two_days_are_too_few_and_the_final_message_is_needed(agent):
    complaint = silent_offer()
    minutes = silence(complaint, agent, days=2)

    with pytest.raises(NotSilentLongEnough) as refused:
        carry_out(complaint, agent, 1, minutes)
    followup.record_contact_attempt(
        complaint.pk, medium="phone", note="", final_notice=None, actor=agent, at=at_of(complaint, 150 + 3 * DAY)
    )
    with pytest.raises(NoFinalMessage):
        carry_out(complaint, agent, 1, 160 + 3 * DAY)

    assert refused.value.rule.code == "回访-05"


# --- T17


def refuse(complaint, actor, *, reason="高于行业标准", alternative="仍可选50元券", words=None, minutes=150):
    said = words or Say("十倍赔偿超出标准，我们不能支持；您仍可选择退款或换新。")
    return offering.refuse_above_standard(
        complaint.pk, reason=reason, alternative=alternative, words=said, actor=actor, at=at_of(complaint, minutes)
    )


def test_s3_31_a_leader_refuses_above_the_standard_with_reason_alternative_and_reply(leader):
    complaint = later.offering()

    refuse(complaint, leader)

    fresh = sound(complaint)
    assert (fresh.state, fresh.outcome, fresh.plans.get().status) == (
        "reviewing",
        "refused_above_standard",
        "superseded",
    )
    texts = complaint.events.get(kind="complaint.refused_above_standard").texts.values_list("name", "text")
    assert dict(texts) == {"reason": "高于行业标准", "alternative": "仍可选50元券"}


@pytest.mark.parametrize("gap", [{"reason": " "}, {"alternative": ""}])
def test_s3_39_a_refusal_comes_with_a_reason_and_an_alternative(leader, gap):
    complaint = later.offering()

    with pytest.raises(NoAlternative) as refused:
        refuse(complaint, leader, **gap)

    assert refused.value.rule.code == "沟通-02"
    assert sound(complaint).state == "offering"


def test_s1_19_a_refusal_is_replied_to_in_words(leader):
    complaint = later.offering()
    Interaction.objects.filter(complaint=complaint, at__gte=complaint.stage_since).update(at=at_of(complaint, 1))

    with pytest.raises(NoAlternative):
        refuse(complaint, leader, words=Skip("电话里说过"))


@pytest.mark.parametrize("who", ["agent", "supervisor", "handler", "duty_agent"])
def test_t17_the_refusal_is_a_leaders(who, request, policy):
    complaint, actor = later.offering(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        refuse(complaint, actor)


def test_amb_15_from_the_callback_a_leader_refuses_only_after_the_last_round(leader):
    complaint = later.following_up()
    with pytest.raises(RoundsLeft) as refused:
        refuse(complaint, leader, minutes=300)
    complaint.refresh_from_db()
    complaint.round = 4
    complaint.save(update_fields=["round"])
    callbacks.schedule(complaint, actor=leader, at=at_of(complaint, 300))

    refuse(complaint, leader, minutes=310)

    complaint.refresh_from_db()
    assert refused.value.rule.code == "流程-06"
    assert (complaint.state, complaint.outcome) == ("reviewing", "refused_above_standard")
    assert not complaint.callbacks.filter(status="open").exists()
