"""Scenario 0 by the forms of the pages: from the first answer to the closed case, by five people."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

import pytest

from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.models import Action, Callback, Claim, Complaint, EmotionEntry, Finding, Option, Promise
from huiyin.complaints.states import Outcome, State
from huiyin.complaints.steps import execution, offering, planning
from huiyin.complaints.steps.planning import Line, NewOption, NewPlan
from huiyin.people.roles import Role
from tests import factories
from tests.factories import at_of
from tests.interfaces.web.case.desks import SAYS_NOTHING, Desk, local, says

REGISTRATION = {
    "complainant": "张三",
    "object": "手机外壳",
    "matter": "全新未拆却有划痕,感觉被欺骗",
    "emotion": "4",
    "emotion_note": "语气强硬",
    "category": "quality.damage",
    "restated": "您的意思是说,全新未拆的手机拆开就有划痕,对吗?",
    "confirmed": "on",
    "compound": "on",
    "amount": "1,299.00",
    "demands-count": "3",
    "demands-0-text": "全额退款",
    "demands-0-must": "must",
    "demands-0-amount": "1299",
    "demands-1-text": "补偿损失",
    "demands-1-must": "may",
    "demands-2-text": "",
}


CAUSES = {
    "cause-picture_display-verdict": "out",
    "cause-picture_display-grounds": "页面图文一致",
    "cause-wrong_stock-verdict": "out",
    "cause-wrong_stock-grounds": "出库视频型号一致",
    "cause-transport_damage-verdict": "in",
    "cause-transport_damage-grounds": "签收记录注明外箱破损",
}
FINDING = {
    "cause": "transport_damage",
    "side": "third_party",
    "reasons_sufficient": "yes",
    "demand_reasonable": "yes",
    "within_control": "no",
    "grounds": "出库时完好,签收时外箱破损",
    "no_person_reason": "责任在承运商",
    "account_weighed": "客户所说拆开即有划痕,与签收记录一致",
    "loss": "1,299",
    "responsible-count": "1",
}


def option(place: int, title: str, remedies: list[tuple[str, str]], answers: dict[int, tuple[str, str]]) -> dict:
    """The fields of one option card."""
    prefix = f"options-{place}"
    given = {f"{prefix}-title": title, f"{prefix}-quantity": "24", f"{prefix}-unit": "hour"}
    given[f"{prefix}-lines-count"] = str(len(remedies))
    for line, (remedy, amount) in enumerate(remedies):
        given |= {f"{prefix}-lines-{line}-remedy": remedy, f"{prefix}-lines-{line}-amount": amount}
    for demand, (text, deviation) in answers.items():
        given |= {f"{prefix}-answer{demand}-text": text, f"{prefix}-answer{demand}-deviation": deviation}
    return given


@dataclass(frozen=True)
class Cast:
    """The case, its people, and the clock they live by."""

    case: Complaint
    agent: Desk
    supervisor: Desk
    handler: Desk
    live: Callable[[Complaint, int], datetime]

    def until(self, minutes: int) -> datetime:
        return at_of(self.case, minutes)


@pytest.fixture
def cast(agent, supervisor, handler, at_minute):
    return Cast(factories.received(), agent, supervisor, handler, at_minute)


def test_s0_52_a_scratched_device_goes_from_first_answer_to_closed_by_pages(cast):
    promise = it_is_answered_and_registered(cast)
    it_is_investigated(cast)
    the_cause_is_told(cast, promise)
    the_plan_is_drawn_up_and_approved(cast)
    the_choice_is_carried_out(cast)
    the_customer_is_called_back(cast)
    the_review_is_written_and_another_person_closes(cast)

    claim = Claim.objects.get(complaint=cast.case)
    assert (cast.case.outcome, claim.ended_at) == (Outcome.RESOLVED_ACCEPTED, None)
    cast.handler.take(cast.case, "claim_move", item=claim.pk, status="evidence_sent", note="视频已发承运商")
    again = says("划痕再次核查。", until=cast.until(48 * 60 + 120))
    assert cast.supervisor.take(cast.case, "reopen", reason="同一部手机又发现划痕", **again) == State.INVESTIGATING
    assert cast.case.round == 2


def it_is_answered_and_registered(cast):
    case = cast.case
    cast.live(case, 15)
    first = says("您期待收到完美的商品,结果出现划痕,肯定很失望。", until=cast.until(135), what="核查结果")
    assert cast.agent.take(case, "acknowledge", **first) == State.ACKNOWLEDGED
    cast.live(case, 30)
    registered = cast.agent.take(case, "register", **REGISTRATION, **says("您反映的划痕已登记,正在安排核查。"))
    demands = list(case.demands.values_list("text", "must", "amount"))
    assert (registered, demands) == (
        State.REGISTERED,
        [("全额退款", True, Decimal("1299.00")), ("补偿损失", False, None)],
    )
    emotion = EmotionEntry.objects.get(complaint=case)
    promise = Promise.objects.get(complaint=case, kind="spoken")
    assert (emotion.level, emotion.note) == (4, "语气强硬")
    assert (promise.what, promise.due_at) == ("核查结果", cast.until(135))  # two hours after the first answer
    return promise


def it_is_investigated(cast):
    case, handler = cast.case, cast.handler
    given = {"department": handler.person.department_id, "handler": handler.person.pk}
    assert cast.supervisor.take(case, "investigate", **given, **says("划痕已交仓库核查。")) == State.INVESTIGATING
    cast.live(case, 60)
    video = {"kind": "outbound_video", "title": "出库验货视频", "source": "仓库", "obtained_at": local(cast.until(50))}
    handler.take(case, "evidence", **video)
    handler.take(case, "cause", **CAUSES)
    early = handler.send(case, "find", **FINDING, **SAYS_NOTHING)
    assert (early.status_code, "证据-01" in early.text, case.state) == (409, True, State.INVESTIGATING)
    handler.take(case, "evidence", **{**video, "kind": "delivery_record", "title": "签收记录", "source": "承运商"})
    assert handler.take(case, "find", **FINDING, **SAYS_NOTHING) == State.ANALYSED
    assert Finding.objects.get(complaint=case).loss == Decimal("1299.00")
    claim = {"party": "承运商", "amount": "1299", "basis": "运输损坏", "due_at": local(cast.until(60 * 24 * 10))}
    handler.take(case, "claim", **claim)


def the_cause_is_told(cast, promise):
    cast.live(cast.case, 125)
    news = says("结论:运输途中造成划痕。依据:出库视频与签收记录。行动:今天给您方案。", until=cast.until(400))
    cast.agent.take(cast.case, "message", keeps=[promise.pk], **news)
    promise.refresh_from_db()
    assert promise.kept_early_seconds == 600


def the_plan_is_drawn_up_and_approved(cast):
    case, agent = cast.case, cast.agent
    assert agent.take(case, "plan", **says("划痕的责任不在您,正在拟定方案。")) == State.PLANNING
    refund, loss = case.demands.all()
    remedies = [("full_refund", "1299"), ("coupon", "50"), ("", "")]
    answers = {refund.pk: ("全额退款", ""), loss.pk: ("50元无门槛优惠券", "以券代替现金")}
    both = option(0, "全额退款并补券", remedies, answers)
    answers = {refund.pk: ("换同款新机", "不退款,换新"), loss.pk: ("50元无门槛优惠券", "")}
    both |= option(1, "换新机并补券", [("exchange", "1299"), ("coupon", "50")], answers)
    agent.take(case, "draft_plan", **both, **{"options-count": "2", "mode": "parallel"})
    offered = agent.send(case, "offer", **says("两个方案请您选择。", until=cast.until(300)))
    assert (offered.status_code, "批示-01" in offered.text, case.state) == (409, True, State.PLANNING)
    assert agent.take(case, "submit", **SAYS_NOTHING) == State.APPROVING
    assert cast.supervisor.take(case, "approve", comment="同意", **SAYS_NOTHING) == State.OFFERING


def the_choice_is_carried_out(cast):
    case, agent = cast.case, cast.agent
    cast.live(case, 160)
    chosen = Option.objects.get(plan__complaint=case, rank=1)
    promised = says("好的,划痕这台全额退款,24小时内办妥。", until=cast.until(1600), what="退款到账")
    choice = {"option": chosen.pk, "via": "phone", "said": "选退款"}
    assert agent.take(case, "choose", **choice, **promised) == State.EXECUTING
    for number, action in enumerate(Action.objects.filter(complaint=case)):
        unproved = agent.send(case, "action", item=action.pk, kind=action.proof_kind, **SAYS_NOTHING)
        assert (unproved.status_code, "执行-01" in unproved.text) == (422, True)
        proof = {"item": action.pk, "kind": action.proof_kind, "reference": f"PAY-{number}"}
        agent.take(case, "action", **proof, **says(f"划痕退款已办,凭证 PAY-{number}。"))
    assert agent.take(case, "finish_execution", **says("划痕一事的退款与券均已办妥。")) == State.FOLLOWING_UP


def the_customer_is_called_back(cast):
    case, agent = cast.case, cast.agent
    cast.live(case, 29 * 60)
    paid = Action.objects.get(complaint=case, remedy="full_refund")
    agent.take(case, "arrival", item=paid.pk, **says("退款已到账,请您查收。"))
    callback = Callback.objects.get(complaint=case, status=Callback.Status.OPEN)
    asked = {"item": callback.pk, "reached": "yes", "medium": "phone", "satisfied": "yes", "end_condition_met": "yes"}
    early = agent.send(case, "callback", **asked)
    assert (early.status_code, "回访-04" in early.text) == (409, True)
    cast.live(case, 48 * 60)
    praise = {"matter_score": "5", "feeling_score": "5", "comment": "追究承运商做得好", "trust_gained": "yes"}
    agent.take(case, "callback", **asked, **praise)
    running = Promise.objects.filter(complaint=case, kind="spoken", ended_at=None)
    thanks = says("感谢您,划痕一事到此办结。", keeps=list(running.values_list("pk", flat=True)))
    assert agent.take(case, "accept", **thanks) == State.REVIEWING


def the_review_is_written_and_another_person_closes(cast):
    review = {
        "what_caused_it": "运输防护不足",
        "what_we_learnt": "先看出库视频",
        "how_to_avoid": "加固包装",
        "what_to_improve": "与承运商约定",
    }
    for question in ("improvement", "penalty", "case_study"):
        review |= {f"question-{question}-choice": "none", f"question-{question}-text": "本案无"}
    cast.agent.take(cast.case, "review", **review)
    assert cast.agent.open(cast.case, "close").status_code == 403
    assert cast.supervisor.take(cast.case, "close", **SAYS_NOTHING) == State.CLOSED


def test_s0_23_a_dissatisfied_customer_goes_into_another_round(agent, at_minute):
    case = followed_up()
    at_minute(case, 60 * 48)
    callback = Callback.objects.get(complaint=case, status=Callback.Status.OPEN)

    agent.take(case, "callback", item=callback.pk, reached="no", medium="phone", note="无人接听")
    agent.take(case, "callback", item=callback.pk, reached="yes", medium="phone", satisfied="no",
               end_condition_met="no", trust_gained="no", comment="券没有用")  # fmt: skip
    concluded = agent.send(case, "accept", **SAYS_NOTHING)
    state = agent.take(case, "dissatisfied", **says("划痕一事我们重新核查。", until=at_of(case, 60 * 50)))

    assert (concluded.status_code, "回访-03" in concluded.text) == (409, True)
    assert (state, case.round, callback.attempts.count()) == (State.INVESTIGATING, 2, 2)


def followed_up():
    """Offered within the agent's authority, chosen and carried out by the real steps."""
    case, by = factories.analysed(), factories.agent()
    at = at_of(case, 100)
    planning.start_plan(case.pk, Say("划痕的责任不在您,正在拟定方案。"), actor=by, at=at)
    answers = {demand.pk: ("优惠券", "以券补偿") for demand in case.demands.all()}
    options = (NewOption("优惠券", (Line("coupon", Decimal(50)),), answers, 60),)
    planning.draft_plan(case.pk, NewPlan("", options, "客户只要券"), actor=by, at=at)
    planning.offer_within_authority(case.pk, Say("划痕补偿一张优惠券,您看是否满意?"), actor=by, at=at)
    chosen = Option.objects.get(plan__complaint=case)
    offering.confirm_choice(case.pk, offering.Choice(chosen.pk, "phone"), Skip("电话中已说"), actor=by, at=at)
    for action in case.actions.all():
        execution.finish_action(
            action.pk, execution.Proof("", "C-1", None, Say("划痕补偿券 C-1 已发。")), actor=by, at=at
        )
    return execution.finish_execution(case.pk, Skip("已随券告知"), actor=by, at=at_of(case, 110))


def test_s2_22_a_small_matter_is_settled_on_the_spot_and_looked_at_afterwards(agent, leader, at_minute):
    case = factories.registered(minor=True)
    at_minute(case, 40)
    given = {
        "title": "发一张优惠券",
        "lines-count": "1",
        "lines-0-remedy": "coupon",
        "lines-0-amount": "50",
        "cause": "wrong_stock",
        "grounds": "仓库已确认",
        "quantity": "2",
        "unit": "hour",
        "customer_said": "可以",
        "via": "phone",
    }

    unsaid = agent.send(case, "settle_at_once", **{**given, "customer_said": ""}, **SAYS_NOTHING)
    settled = agent.take(case, "settle_at_once", **given, **says("划痕补偿券两小时内发您。", until=at_of(case, 160)))
    entry = case.approvals.get()
    leader.take(case, "look_afterwards", item=entry.pk, comment="")

    assert (unsaid.status_code, "登记-05" in unsaid.text) == (422, True)
    entry.refresh_from_db()
    assert (settled, entry.decision) == (State.EXECUTING, "reviewed")


def test_s4_32_another_handler_and_owner_by_the_supervisor_with_a_reason(supervisor, other_agent, at_minute):
    case = factories.investigating()
    at_minute(case, 60)
    quality = Desk(factories.person("zhijian", Role.HANDLER, name="郑洁", of="quality")).person

    other = {"department": quality.department_id, "handler": quality.pk}
    unexplained = supervisor.send(case, "handler", **other)
    supervisor.take(case, "handler", reason="涉及质检", **other)
    supervisor.take(case, "owner", owner=other_agent.person.pk, reason="原责任人调岗")

    assert (unexplained.status_code, list(unexplained.context["form"].errors)) == (422, ["reason"])
    assert (case.handler, case.owner) == (quality, other_agent.person)
