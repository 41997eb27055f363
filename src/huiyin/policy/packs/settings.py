"""The keys that settle what the sources leave open (AMB-01 … AMB-40): type, default and allowed values of each.

One field is one key. The type of the field says what is allowed, so a pack, the program and the page that lists the
keys can never disagree.
"""

# ruff: noqa: RUF009 (key gives a dataclass field, which is what belongs there)

from dataclasses import Field, dataclass, fields
from datetime import time
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal, get_args, get_origin, get_type_hints

from huiyin.policy.packs.declaring import key
from huiyin.policy.packs.titles import Title
from huiyin.policy.packs.wording import PREFIX, Wording


@dataclass(frozen=True)
class Settings(Wording):
    # AMB-01 to AMB-05: manner and merits, clocks, approval
    customer_first_scope: Literal["manner", "full_below_amount"] = key(
        "customer_first.scope", "AMB-01", "manner", "“客户永远是对的”的适用范围", "How far the customer is always right"
    )
    customer_first_amount: Decimal = key(
        "customer_first.amount", "AMB-01", Decimal(0), "免举证的小额上限", "Amount accepted without proof", low=0
    )
    profile_default: str = key("profile.default", "AMB-02", "six_step", "流程样式", "Profile")
    profile_minor: str = key("profile.minor", "AMB-02", "short", "轻微投诉的流程样式", "Profile of a minor case")
    external_days: int = key(
        "external.days",
        "AMB-03",
        15,
        "外部机构案件办理天数",
        "Days to conclude an outside case",
        low=1,
        stricter="less",
    )
    clock_calendar: Literal["wall", "service"] = key(
        "clock.calendar", "AMB-04", "wall", "响应与承诺的计时方式", "How response and promise clocks count"
    )
    clock_external: Literal["natural_days", "working_days"] = key(
        "clock.external", "AMB-04", "natural_days", "外部机构期限的计日方式", "How the days of an outside case count"
    )
    approval_mode: Literal["within_authority_post_review", "all_before"] = key(
        "approval.mode",
        "AMB-05",
        "within_authority_post_review",
        "批示方式",
        "When a leader sees a plan",
        order=("within_authority_post_review", "all_before"),
        stricter="more",
    )
    # AMB-06 to AMB-10: the words of a promise
    ack_cutoff: time = key(
        "ack.cutoff", "AMB-06", time(16), "当日答复的截止受理时间", "Latest receipt for an answer today"
    )
    ack_same_day_due: time = key("ack.same_day_due", "AMB-06", time(18), "当日答复时间", "When today's answer is due")
    ack_late_due: time = key(
        "ack.late_due", "AMB-06", time(12), "次一工作日答复时间", "When the next working day's is due"
    )
    apology_liability: Literal["after_finding", "any_time"] = key(
        "apology.liability",
        "AMB-07",
        "after_finding",
        "责任性道歉的时机",
        "When an apology may admit fault",
        order=("any_time", "after_finding"),
        stricter="more",
    )
    apology_scene_words: bool = key(
        "apology.scene_words", "AMB-07", True, "道歉须提及具体情境", "An apology names the scene"
    )
    negotiation_first_demand: Literal["warn_above_norm", "off"] = key(
        "negotiation.first_demand", "AMB-08", "warn_above_norm", "首个条件的提醒", "Warning on the first demand"
    )
    attitude_score: Literal["checklist_share"] = key(
        "attitude.score", "AMB-09", "checklist_share", "服务态度的评分方式", "How attitude is scored"
    )
    promise_percentile: int = key(
        "promise.percentile",
        "AMB-10",
        90,
        "承诺时间参考的历史分位",
        "Percentile of past durations behind a promise",
        low=50,
        high=99,
        stricter="more",
    )
    # AMB-11 to AMB-15: offers, ownership, callbacks, rounds
    plan_offer_mode: Literal["parallel", "sequential", "single"] = key(
        "plan.offer_mode", "AMB-11", "parallel", "方案提供方式", "How options are offered"
    )
    plan_min_options: int = key(
        "plan.min_options", "AMB-11", 2, "最少方案数", "Fewest options without a reason", low=1, high=6
    )
    plan_target_options: int = key("plan.target_options", "AMB-11", 3, "建议方案数", "Options to aim at", low=1, high=6)
    owner_absence: Literal["duty_agent", "supervisor"] = key(
        "owner.absence", "AMB-12", "duty_agent", "责任人缺席时的代理人", "Who acts for an absent owner"
    )
    privacy_full_view: Literal["owner_and_handler", "owner"] = key(
        "privacy.full_view",
        "AMB-13",
        "owner_and_handler",
        "可查看完整联系方式的人",
        "Who may see full contacts",
        order=("owner_and_handler", "owner"),
        stricter="more",
    )
    followup_count: int = key("followup.count", "AMB-14", 1, "回访次数", "Callbacks", low=1, high=5, stricter="more")
    followup_count_company_fault: int = key(
        "followup.count_company_fault",
        "AMB-14",
        2,
        "我方过错时的回访次数",
        "Callbacks when the company is at fault",
        low=1,
        high=5,
        stricter="more",
    )
    followup_count_escalated: int = key(
        "followup.count_escalated",
        "AMB-14",
        2,
        "升级案件的回访次数",
        "Callbacks for an escalated case",
        low=1,
        high=5,
        stricter="more",
    )
    followup_first: Literal["next_day", "same_day"] = key(
        "followup.first", "AMB-14", "next_day", "首次回访时间", "First callback"
    )
    followup_verify_days: int = key(
        "followup.verify_days", "AMB-14", 3, "再次回访间隔（天）", "Days until the second callback", low=1, high=60
    )
    loop_max_rounds: int = key(
        "loop.max_rounds", "AMB-15", 3, "最多轮次", "Rounds before a leader decides", low=1, high=9
    )
    # AMB-16 to AMB-20
    media_escalation: Literal["immediate", "supervisor_decides"] = key(
        "media.escalation",
        "AMB-16",
        "immediate",
        "媒体介入时的升级",
        "Escalation when the media call",
        order=("supervisor_decides", "immediate"),
        stricter="more",
    )
    recommend_max_emotion: Literal["calm", "anxious"] = key(
        "recommend.max_emotion", "AMB-17", "calm", "可作推荐的情绪上限", "Highest emotion at which to recommend"
    )
    escalation_customer_consent: bool = key(
        "escalation.customer_consent", "AMB-18", True, "转上级沟通须客户同意", "Handing on needs the customer's consent"
    )
    recommend_discount_low: Literal["cheaper", "smaller_reduction"] = key(
        "recommend.discount_low", "AMB-19", "cheaper", "“折扣较低”的含义", "What a low discount means"
    )
    exam_second_fail: Literal["replace", "add"] = key(
        "exam.second_fail", "AMB-20", "replace", "连续第二次不及格的处理", "Second failure in a row"
    )
    # AMB-21 to AMB-25: pay, orders, points
    penalty_money: Literal["off", "on"] = key("penalty.money", "AMB-21", "off", "是否启用扣款", "Penalties in money")
    penalty_cap: int = key(
        "penalty.cap",
        "AMB-21",
        20,
        "扣款占当月工资上限（%）",
        "Cap in percent of the wage",
        low=0,
        high=20,
        stricter="less",
    )
    bonus_floor: Decimal = key("bonus.floor", "AMB-21", Decimal(0), "奖金下限", "Lowest bonus", low=0)
    wage_minimum: Decimal = key(
        "wage.minimum", "AMB-21", Decimal(0), "最低工资（0 为待填）", "Lowest wage, 0: not set", low=0
    )
    order_incomplete: Literal["no_commission_and_deduct", "no_commission", "deduct"] = key(
        "order.incomplete", "AMB-22", "no_commission_and_deduct", "订单信息不全的处理", "An incomplete order"
    )
    order_cancelled_effective: bool = key(
        "order.cancelled_effective", "AMB-22", False, "退订订单计入有效单", "A cancelled order counts"
    )
    points_rounding: Literal["floor_per_order", "proportional", "floor_total"] = key(
        "points.rounding", "AMB-23", "floor_per_order", "积分取整方式", "How points are rounded"
    )
    penalty_overlap: Literal["highest", "sum"] = key(
        "penalty.overlap", "AMB-24", "highest", "同一事件多项处罚", "Several penalties for one event"
    )
    callback_week_target: int = key("callback.week_target", "AMB-25", 20, "每周回访目标", "Callbacks a week", low=0)
    callback_month_target: int = key("callback.month_target", "AMB-25", 80, "每月回访目标", "Callbacks a month", low=0)
    callback_effective: Literal["reached_and_complete", "reached"] = key(
        "callback.effective", "AMB-25", "reached_and_complete", "有效回访的标准", "When a callback counts"
    )
    # AMB-26 to AMB-30: telephone, jurisdiction, shifts
    call_max_rings: int = key("call.max_rings", "AMB-26", 3, "接听铃声上限", "Rings before answering", low=1, high=10)
    jurisdiction_place: Literal["respondent_habitual", "respondent_registered"] = key(
        "jurisdiction.place", "AMB-27", "respondent_habitual", "管辖地依据", "Place that settles jurisdiction"
    )
    jurisdiction_home_province: str = key("jurisdiction.home_province", "AMB-27", "", "所在省份", "Home province")
    swap_month_limit: int = key("swap.month_limit", "AMB-28", 3, "每月换班上限", "Swaps a month", low=0, high=31)
    swap_counts_for: Literal["requester", "both"] = key(
        "swap.counts_for", "AMB-28", "requester", "换班计入谁的次数", "Whose count a swap adds to"
    )
    swap_return_counts: bool = key("swap.return_counts", "AMB-28", False, "还班是否计次", "A return shift counts")
    exam_rule: Literal["fourth_tuesday", "tuesday_of_fourth_week"] = key(
        "exam.rule", "AMB-29", "fourth_tuesday", "月度考核日", "Day of the monthly exam"
    )
    shift_day_means: Literal["early_and_mid", "own_shift"] = key(
        "shift.day_means", "AMB-30", "early_and_mid", "“白班”的含义", "What the day shift is"
    )
    # AMB-31 to AMB-35: enquiries, talk time, honesty, missing numbers
    enquiry_ceiling_hours: int = key(
        "enquiry.ceiling_hours",
        "AMB-31",
        24,
        "转交咨询的答复上限（小时）",
        "Hours to answer a transferred enquiry",
        low=1,
        high=72,
        stricter="less",
    )
    talk_over_limit: Literal["flag", "off"] = key(
        "talk.over_limit", "AMB-32", "flag", "通话超时的处理", "A call over its time"
    )
    phone_private_minutes: int = key(
        "phone.private_minutes", "AMB-33", 5, "私人通话上限（分钟）", "Minutes of a private call", low=0, high=60
    )
    tactics: Literal["training_text"] = key("tactics", "AMB-34", "training_text", "心理策略的用途", "Use of tactics")
    minor_amount: Decimal = key("minor.amount", "AMB-35", Decimal(200), "小额投诉上限", "Amount of a minor case", low=0)
    product_rate_threshold: Decimal = key(
        "analysis.product_rate_threshold",
        "AMB-35",
        Decimal("1.0"),
        "产品投诉率预警（%）",
        "Product rate that warns, %",
        low=0,
        high=100,
    )
    rating_scale: int = key("rating.scale", "AMB-35", 100, "评分满分", "Top of the rating scale", low=5, high=100)
    ranking_tie: Literal["share_rank_and_prize", "split_prize"] = key(
        "ranking.tie", "AMB-35", "share_rank_and_prize", "并列名次", "A tie"
    )
    typing_target: int = key(
        "typing.target", "AMB-35", 50, "打字速度目标（字/分）", "Characters a minute", low=1, high=300
    )
    # AMB-36 to AMB-40
    contacts_source: Literal["pack_only"] = key(
        "contacts.source", "AMB-36", "pack_only", "姓名与号码的来源", "Where names and numbers live"
    )
    appearance_make_up: bool = key("appearance.make_up", "AMB-37", False, "仪容检查含妆容", "Make-up on the checklist")
    validity_handling: bool = key(
        "validity.handling", "AMB-38", True, "处理过程的投诉计入我方", "A complaint about handling is on our side"
    )
    validity_third_party: bool = key(
        "validity.third_party", "AMB-38", True, "受托第三方计入我方", "An engaged third party is on our side"
    )
    law_references: Literal["source_and_date_required"] = key(
        "law.references", "AMB-39", "source_and_date_required", "法规引用的要求", "What a legal reference needs"
    )
    contact_attempts: int = key(
        "contact.attempts", "AMB-40", 3, "联系尝试次数", "Attempts to reach", low=1, high=10, stricter="more"
    )
    contact_days: int = key(
        "contact.days", "AMB-40", 3, "尝试分布的天数", "Different days of them", low=1, high=30, stricter="more"
    )
    # Named by single requirements
    min_evidence_kinds: int = key(
        "investigation.min_evidence_kinds",
        "S0-14",
        2,
        "最少证据种类",
        "Fewest kinds of evidence",
        low=1,
        high=5,
        stricter="more",
    )
    marketing_cases: int = key(
        "marketing.cases", "S3-22", 3, "转市场部的案件数", "Cases that ask marketing", low=1, high=50, stricter="less"
    )
    conduct_days: int = key(
        "conduct.days",
        "S4-11",
        30,
        "不当行为措施的最长天数",
        "Days hard conduct stands",
        low=1,
        high=180,
        stricter="less",
    )
    site_radius_m: int = key(
        "network.site_radius_m", "S2-61", 500, "弱覆盖归并半径（米）", "Metres of one place", low=50, high=20_000
    )
    site_complaints: int = key(
        "network.site_complaints", "S2-61", 3, "列入选址的投诉数", "Complaints for a station", low=2, high=50
    )
    handover_minutes: int = key(
        "handover.minutes",
        "S2-52",
        30,
        "上级接手时限（分钟）",
        "Minutes for a superior",
        low=5,
        high=1440,
        stricter="less",
    )
    similar_outlier: int = key(
        "similar.outlier",
        "C07",
        200,
        "偏离同类中位数的提醒（%）",
        "Percent of the median that stands out",
        low=101,
        high=1000,
    )
    repeat_window_days: int = key(
        "repeat.window_days", "S0-50", 30, "重复投诉窗口（天）", "Days that make a repeat", low=1, high=365
    )
    signal_contacts: int = key(
        "signal.contacts", "S2-18", 2, "预警的联系次数", "Contacts that raise a signal", low=2, high=10
    )
    signal_hours: int = key(
        "signal.hours", "S2-18", 24, "预警的时间窗（小时）", "Hours of the signal window", low=1, high=168
    )
    bounce_alert: int = key(
        "bounce.alert", "S4-114", 2, "推诿预警次数", "Bounces that alert a supervisor", low=1, high=9
    )
    privacy_retention_years: int = key(
        "privacy.retention_years", "C27", 3, "结案后资料保存年限", "Years kept after closing", low=1, high=30
    )
    outside_phone: str = key("outside.phone", "S1-18", "12315", "外部投诉电话", "Telephone of the outside body")


@dataclass(frozen=True)
class Key:
    """One key as a page, a pack or an error shows it."""

    code: str
    field: str
    amb: str
    title: Title
    kind: str
    default: Any
    choices: tuple[str, ...]
    low: int | None
    high: int | None
    stricter: str
    order: tuple[str, ...]

    @property
    def allowed(self) -> str:
        """What may stand in a pack, in the words of a pack."""
        if self.choices:
            return " | ".join(self.choices)
        if self.kind in ("int", "Decimal"):
            top = "…" if self.high is None else str(self.high)
            return f"{self.low} … {top}"
        return {"bool": "true | false", "time": '"HH:MM"', "str": '"…"'}[self.kind]


def _key_of(declared: "Field[Any]", hint: Any) -> Key:
    meta = declared.metadata
    literal = get_origin(hint) is Literal
    return Key(
        code=meta["code"],
        field=declared.name,
        amb=meta["amb"],
        title=meta["title"],
        kind="choice" if literal else hint.__name__,
        default=declared.default,
        choices=get_args(hint) if literal else (),
        low=meta.get("low"),
        high=meta.get("high"),
        stricter=meta.get("stricter", ""),
        order=meta.get("order", ()),
    )


@lru_cache(maxsize=1)
def keys() -> dict[str, Key]:
    """Every key by its code."""
    hints = get_type_hints(Settings)
    ordered = sorted(fields(Settings), key=lambda declared: declared.name.startswith(PREFIX))
    found = (_key_of(declared, hints[declared.name]) for declared in ordered)
    return {key.code: key for key in found}
