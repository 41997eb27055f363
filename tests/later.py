"""Cases in the later states, from planning to closed, made by the real steps; the earlier ones are in factories."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from huiyin.complaints import promises
from huiyin.complaints.callbacks import CallbackResult
from huiyin.complaints.conversation import Say, Skip, Words
from huiyin.complaints.models import Action, Callback, Complaint, Option, Plan
from huiyin.complaints.promises import Spoken
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps import approval, execution, followup, investigation, messages, review
from huiyin.complaints.steps import offering as offer_steps
from huiyin.complaints.steps import planning as plan_steps
from huiyin.complaints.steps.execution import Proof
from huiyin.complaints.steps.offering import Choice
from huiyin.complaints.steps.planning import NewOption, NewPlan
from huiyin.complaints.steps.review import Answers
from huiyin.people.actors import Actor
from tests.factories import OWNER_TELLS, agent, analysed, at_of, finding, handler, promised, supervisor
from tests.remembering import remembered

HOUR = timedelta(hours=1)
REFUND = Decimal("1299.00")
DAY_MINUTES = 24 * 60


def answers(complaint: Complaint, text: str = "照此办理", *, deviation: str = "") -> dict[int, tuple[str, str]]:
    """The same answer to each demand of the case."""
    return {demand.pk: (text, deviation) for demand in complaint.demands.filter(dropped_at=None)}


def refund_and_coupon(complaint: Complaint, **changes: Any) -> NewOption:
    """Option A of scenario 0: full refund and a coupon of 50 yuan."""
    lines = (Line("full_refund", REFUND), Line("coupon", Decimal(50)))
    given = {"title": "全额退款加50元无门槛优惠券", "lines": lines, "answers": answers(complaint)}
    return NewOption(**{**given, "execute_within_minutes": DAY_MINUTES, **changes})


def exchange_and_coupon(complaint: Complaint, **changes: Any) -> NewOption:
    """Option B of scenario 0: a new device by urgent courier within 24 hours, and the same coupon."""
    lines = (Line("exchange"), Line("coupon", Decimal(50)))
    given = {"title": "换新机,顺丰加急", "lines": lines, "answers": answers(complaint, deviation="换同款新机,不退款")}
    return NewOption(**{**given, "execute_within_minutes": DAY_MINUTES, **changes})


def small_coupon(complaint: Complaint, amount: int = 30, **changes: Any) -> NewOption:
    """An option within an agent's own authority."""
    given = {
        "title": f"{amount}元优惠券",
        "lines": (Line("coupon", Decimal(amount)),),
        "answers": answers(complaint, deviation="划痕不影响使用,以券补偿"),
        "execute_within_minutes": 120,
    }
    return NewOption(**{**given, **changes})


@remembered(agent, supervisor, handler)
def planning(*, minutes: int = 125, words: Words | None = None, **changes: Any) -> Complaint:
    """A founded case whose plan has begun at 12:05; the first promise is kept, the next one made (scenario 0, 6)."""
    complaint = analysed(**changes)
    kept = tuple(promise.pk for promise in promises.running_spoken(complaint))
    say = Say(
        "经核查,手机出库时完好,划痕在运输途中造成,责任不在您。今天下午一点前给您处理方案。",
        keeps=kept,
        next=Spoken("处理方案", at_of(complaint, minutes + 60)),
    )
    return plan_steps.start_plan(complaint.pk, words or say, actor=agent(), at=at_of(complaint, minutes))


def drafted(complaint: Complaint, *options: NewOption, mode: str = "parallel", minutes: int = 127) -> Plan:
    """The options drawn up by the agent; without any, the two of scenario 0."""
    chosen = options or (refund_and_coupon(complaint), exchange_and_coupon(complaint))
    new = NewPlan(mode, chosen, single_reason="客户只要这一种" if len(chosen) == 1 else "")
    return plan_steps.draft_plan(complaint.pk, new, actor=agent(), at=at_of(complaint, minutes))


@remembered(agent, supervisor, handler)
def approving(*options: NewOption, mode: str = "parallel", minutes: int = 130, **changes: Any) -> Complaint:
    """A plan beyond the agent's authority put up for approval."""
    complaint = planning(**changes)
    drafted(complaint, *options, mode=mode)
    words = Skip("方案待批示,批示后告知")
    return plan_steps.submit_plan(complaint.pk, words, actor=agent(), at=at_of(complaint, minutes))


OFFER = Say("您可以选择全额退款加优惠券,或换新机顺丰加急。您看是否满意?")


@remembered(agent, supervisor, handler)
def offering(*, mode: str = "parallel", minutes: int = 140, **changes: Any) -> Complaint:
    """Approved by the supervisor at 12:20 and offered to the customer."""
    complaint = approving(mode=mode, **changes)
    return approval.approve_plan(
        complaint.pk, comment="同意", words=OFFER, actor=supervisor(), at=at_of(complaint, minutes)
    )


@remembered(agent, supervisor, handler)
def offering_within_authority(*amounts: int, mode: str = "parallel", minutes: int = 130, **changes: Any) -> Complaint:
    """Coupons within the agent's own authority, offered without approval; a leader looks at them afterwards."""
    complaint = planning(**changes)
    drafted(complaint, *(small_coupon(complaint, amount) for amount in amounts or (40, 30)), mode=mode)
    return plan_steps.offer_within_authority(complaint.pk, OFFER, actor=agent(), at=at_of(complaint, minutes))


def option(complaint: Complaint, rank: int = 1) -> Option:
    """The option of this rank in the newest plan."""
    return Option.objects.filter(plan__complaint=complaint, rank=rank).order_by("-plan__number")[0]


@remembered(agent, supervisor, handler)
def executing(*, rank: int = 1, minutes: int = 160, **changes: Any) -> Complaint:
    """The customer chose an option by telephone at 12:40; its remedies are actions now."""
    complaint = offering(**changes)
    return chosen(complaint, rank=rank, minutes=minutes)


@remembered()
def chosen(complaint: Complaint, *, rank: int = 1, minutes: int = 160) -> Complaint:
    """The customer's choice recorded, with a promise for the next news."""
    choice = Choice(option(complaint, rank).pk, "phone", said="就选这个")
    words = promised(complaint, "已为您办理,明天中午前告诉您办理结果。", minutes + DAY_MINUTES, what="办理结果")
    return offer_steps.confirm_choice(complaint.pk, choice, words, actor=agent(), at=at_of(complaint, minutes))


REFERENCES = {
    "payment_reference": "PAY-20250304-01",
    "coupon_code": "CPN-50-0001",
    "tracking_number": "SF1234567890123",
    "message_reference": "MSG-1",
    "repair_order": "REP-1",
    "improvement_number": "IMP-1",
}


def finish_all(complaint: Complaint, *, minutes: int = 200, actor: Actor | None = None) -> list[Action]:
    """Every open action done with its proof, and the customer told by the owner."""
    rows = list(Action.objects.filter(complaint=complaint, status=Action.Status.OPEN))
    for row in rows:
        reference = REFERENCES.get(row.proof_kind, "")
        proof = Proof(row.proof_kind, reference, tell=Say(f"{row.title}已办理,编号{reference},请您查收。"))
        execution.finish_action(row.pk, proof, actor=actor or agent(), at=at_of(complaint, minutes))
    return rows


@remembered(agent, supervisor, handler)
def following_up(*, rank: int = 1, minutes: int = 220, **changes: Any) -> Complaint:
    """Everything carried out and told; the callbacks are due."""
    complaint = executing(rank=rank, **changes)
    finish_all(complaint)
    return followed_up(complaint, minutes=minutes)


@remembered()
def followed_up(complaint: Complaint, *, minutes: int = 220) -> Complaint:
    """The end of the execution, told to the customer; what was promised to him is kept by it."""
    kept = tuple(promise.pk for promise in promises.running_spoken(complaint))
    words = Say("退款和优惠券都已办妥,到账后请您核对,明天我们再回访。", keeps=kept)
    return execution.finish_execution(complaint.pk, words, actor=agent(), at=at_of(complaint, minutes))


def call_back(complaint: Complaint, *, at: datetime | None = None, **changes: Any) -> Callback:
    """The callback that is due, made at its due time: satisfied, the end condition confirmed."""
    due = Callback.objects.filter(complaint=complaint, status=Callback.Status.OPEN)[0]
    given = {"satisfied": True, "end_condition_met": True, "matter_score": 5, "feeling_score": 5}
    result = CallbackResult(**{**given, "comment": "处理得很好", **changes})
    return followup.record_callback(due.pk, result, actor=agent(), at=at or due.due_at)


@remembered(agent, supervisor, handler)
def reviewing(*, at: datetime | None = None, **changes: Any) -> Complaint:
    """Called back as often as the case needs, and concluded."""
    complaint = following_up(**changes)
    while Callback.objects.filter(complaint=complaint, status=Callback.Status.OPEN).exists():
        last = call_back(complaint).reached_at
    assert last is not None
    words = Say("感谢您的认可,有任何问题随时找我。")
    return followup.conclude_followup(complaint.pk, words, actor=agent(), at=at or last + HOUR / 2)


@remembered()
def second_round(complaint: Complaint, *, since: datetime) -> Complaint:
    """The whole way from the investigation of another round to its follow-up, a few minutes each."""
    by, boss = agent(), supervisor()
    minutes = iter(range(0, 600, 5))

    def at() -> datetime:
        return since + timedelta(minutes=next(minutes))

    if not promises.running_spoken(complaint):
        say = Say("新机的划痕我们重新核查。", next=Spoken("核查结果", since + HOUR))
        messages.send_message(complaint.pk, say, actor=by, at=at())
    for cause in promises.pack_of(complaint).category(complaint.category).causes:
        investigation.judge_cause(
            complaint.pk, cause=cause, ruled_in=cause == "transport_damage", grounds="复核", actor=handler(), at=at()
        )
    investigation.issue_finding(complaint.pk, finding(), OWNER_TELLS, actor=handler(), at=at())
    skip = Skip("下一步一并告知")
    plan_steps.start_plan(complaint.pk, skip, actor=by, at=at())
    new = NewPlan("", (refund_and_coupon(complaint), exchange_and_coupon(complaint)))
    plan_steps.draft_plan(complaint.pk, new, actor=by, at=at())
    plan_steps.submit_plan(complaint.pk, skip, actor=by, at=at())
    approval.approve_plan(complaint.pk, comment="", words=OFFER, actor=boss, at=at())
    choice = Choice(option(complaint, 2).pk, "phone")
    offer_steps.confirm_choice(complaint.pk, choice, skip, actor=by, at=at())
    for row in Action.objects.filter(complaint=complaint, status=Action.Status.OPEN):
        proof = Proof(row.proof_kind, REFERENCES[row.proof_kind], tell=Say(f"{row.title}已办理，请您查收。"))
        execution.finish_action(row.pk, proof, actor=by, at=at())
    kept = tuple(promise.pk for promise in promises.running_spoken(complaint))
    return execution.finish_execution(complaint.pk, Say("新机已寄出。", keeps=kept), actor=by, at=at())


REVIEW = Answers("运输途中碰撞", "易损件需加固", "外箱加角护", "改进包装标准", lesson="先致歉再讲责任")


@remembered()
def reviewed(complaint: Complaint, *, at: datetime, actor: Actor | None = None) -> Complaint:
    """The four answers and the three closing questions, by the agent."""
    by = actor or agent()
    review.write_review(complaint.pk, REVIEW, actor=by, at=at)
    for question, proposed, text in (
        ("improvement", True, "加固包装"),
        ("penalty", False, "承运商责任,无人受罚"),
        ("case_study", False, "已有同类案例"),
    ):
        review.answer_question(complaint.pk, question=question, proposed=proposed, text=text, actor=by, at=at)
    return complaint


@remembered(agent, supervisor, handler)
def closed(**changes: Any) -> Complaint:
    """Reviewed by the agent and closed by the supervisor, an hour after the follow-up ended."""
    complaint = reviewing(**changes)
    at = complaint.stage_since + HOUR
    reviewed(complaint, at=at)
    return review.close(complaint.pk, Say("您的投诉已办结,感谢您的信任。"), actor=supervisor(), at=at)


@remembered(agent, supervisor, handler)
def closed_unanswered() -> Complaint:
    """Carried out for a customer who was never reached again, and closed as such (AMB-40)."""
    complaint = following_up()
    day = Callback.objects.get(complaint=complaint, status=Callback.Status.OPEN).due_at
    for later_by in range(3):
        followup.record_contact_attempt(
            complaint.pk,
            medium="phone",
            note="无人接听",
            final_notice=None,
            actor=agent(),
            at=day + timedelta(days=later_by),
        )
    final = Say(f"多次联系未果，先行结案；随时凭{complaint.number}联系我们。", medium="letter")
    at = day + timedelta(days=2, hours=1)
    followup.record_contact_attempt(complaint.pk, medium="letter", note="", final_notice=final, actor=agent(), at=at)
    followup.conclude_followup(complaint.pk, Skip("客户始终未应答"), actor=agent(), at=at)
    reviewed(complaint, at=at)
    return review.close(complaint.pk, Skip("已在最后通知中说明"), actor=supervisor(), at=at)
