"""What the living page shows: one small invented case, said in Chinese or English."""

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.rules import Rule

from ..forms import FilesField
from . import shapes
from .clocks import Clock
from .rails import STATES

EVIDENCE_RULE = Rule("证据-02", _("cross-checking"), ("S1-34",))
WORDING_RULE = Rule("用语-11", _("set phrase"), ("S0-11",))
WRONG_INPUT = {"wrong-name": "", "wrong-phone": "12", "wrong-matter": "", "wrong-remedies": []}


def said(chinese: str, english: str) -> str:
    """The sample's words in the page's language."""
    return chinese if (get_language() or "").startswith("zh") else english


def toast_words() -> str:
    """What the sample toast says."""
    return said("已登记，编号 HY-250304-00185。", "Registered as HY-250304-00185.")


class SampleForm(forms.Form):
    """One field of every kind."""

    name = forms.CharField(label=_("Name"), max_length=40)
    phone = forms.CharField(
        label=_("Phone"), min_length=8, help_text=_("We call only about this complaint."), required=True
    )
    matter = forms.CharField(label=_("What happened"), widget=forms.Textarea)
    channel = forms.ChoiceField(label=_("Channel"), choices=[("phone", _("Phone")), ("web", _("Web"))])
    remedies = forms.MultipleChoiceField(
        label=_("What would put it right"),
        choices=[("refund", _("Refund")), ("exchange", _("Exchange")), ("apology", _("Apology"))],
        widget=forms.CheckboxSelectMultiple,
    )
    urgency = forms.ChoiceField(
        label=_("How urgent it is"), choices=[("1", _("Can wait")), ("2", _("Today"))], widget=forms.RadioSelect
    )
    photos = FilesField(label=_("Photos and papers"), required=False, accept="image/*,.pdf")
    agreed = forms.BooleanField(label=_("I have read what my data is used for."))


class SampleRefusal:
    """A refusal as rooms raise it."""

    def __init__(self, text: str, unblock_text: str, rule: Rule) -> None:
        self.text, self.unblock_text, self.rule = text, unblock_text, rule


class SamplePromise:
    """A promise row."""

    def __init__(self, text: str, clock: Clock) -> None:
        self.text = text
        self.due_at, self.started_at, self.status = clock.due_at, clock.started_at, clock.status
        self.kept_at, self.pause_reason = clock.ended_at, clock.reason


def everything(now: datetime) -> dict[str, Any]:
    """All samples by the name the page uses."""
    return {
        "clocks": clocks(now),
        "case_clocks": case_clocks(now),
        "promises": promises(now),
        "rows": rows(now),
        "items": timeline(now),
        "states": list(STATES),
        "refusal": SampleRefusal(
            said(
                "现在还不能定性：独立证据只有 1 种，至少要 2 种。",
                "Not yet: there is 1 independent kind of evidence, 2 are needed.",
            ),
            said(
                "再补 1 种即可定性，例如物流签收记录。", "Add one more kind, for example the carrier's delivery record."
            ),
            EVIDENCE_RULE,
        ),
        "why": why(now),
        "rule_sample": EVIDENCE_RULE,
        "to": said("赵女士，138****6620 短信和工单", "Ms Zhao, 138****6620 by text message and ticket"),
        "moments": [now + timedelta(minutes=m) for m in (-1500, -12, 0, 42, 68, 400, 1500, 8000, 600000)],
        "seconds": [38, 42 * 60, 68 * 60, 7200, 198000, 6 * 86400],
        "series": [58, 50, 63, 43, 38, 46, 30, 37, 28, 19, 29, 24],
        **compared(),
    }


def clocks(now: datetime) -> list[tuple[str, Clock]]:
    """One clock in each phase."""

    def at(start: float, due: float, **more: Any) -> Clock:
        return Clock(now + timedelta(hours=due), now + timedelta(hours=start), **more)

    return [
        ("running", at(-1, 1.15)),
        ("running, far", at(-1, 30)),
        ("soon", at(-0.8, 0.2)),
        ("kept", at(-2, 0, status="kept", ended_at=now - timedelta(minutes=45))),
        ("broken", at(-2, -0.2)),
        ("paused", at(-2, 5, status="paused", reason=said("等客户", "waiting for the customer"))),
        ("replaced", at(-2, 5, status="replaced")),
        ("provisional", at(-2, 24 * 300, provisional=True)),
    ]


def why(now: datetime) -> shapes.Why:
    """A statutory deadline explained."""
    return shapes.Why(
        title=said("为什么是 3月10日 24:00？", "Why Mar 10, 24:00?"),
        shown=said("3月10日", "Mar 10"),
        start=said("3月3日 16:20 签收，次日起算", "Delivered Mar 3, 16:20; counted from the next day"),
        length=said("7 个自然日", "7 natural days"),
        skipped=said("无，自然日不跳过周末", "none, natural days include weekends"),
        paused=said("无，挂起不停法定期限", "none, suspension does not stop a legal deadline"),
        basis=said("消费者权益保护法第二十五条", "Consumer Rights Protection Law, article 25"),
        source=said("电商零售包 2025.2，3月1日生效", "Retail pack 2025.2, in force since Mar 1"),
    )


def case_clocks(now: datetime) -> list[shapes.CaseClock]:
    """The three clocks of a case."""
    spans = [(-1, 0.9), (-3, 55), (-24, 144)]
    kinds = [said("阶段", "Stage"), said("全案", "Case"), said("法定", "Legal")]
    return [
        shapes.CaseClock(
            kind, Clock(now + timedelta(hours=due), now + timedelta(hours=start)), why(now), f"why-{place}"
        )
        for place, (kind, (start, due)) in enumerate(zip(kinds, spans, strict=True))
    ]


def promises(now: datetime) -> list[SamplePromise]:
    """Promises of a case."""
    texts = [
        said("12:15 前告知核查结果", "Tell the result of the check by 12:15"),
        said("18:00 前给出处理方案", "Offer a plan by 18:00"),
        said("奶粉检测报告 24 小时内", "Test report within 24 hours"),
        said("1 小时内首次回应", "First answer within an hour"),
        said("昨天 18:00 前回电", "Call back by 18:00 yesterday"),
        said("等发票照片后重算", "Work it out again when the invoice arrives"),
        said("11:00 前回电", "Call back by 11:00"),
    ]
    return [SamplePromise(text, clock) for text, (_name, clock) in zip(texts, clocks(now), strict=False)]


def rows(now: datetime) -> list[shapes.QueueRow]:
    """A queue."""
    phases = dict(clocks(now))
    told = [
        ("订座说好 8.8 折，结账不给", "Promised discount refused at the till", "周女士 金卡", "Ms Zhou gold", "executing", "broken"),
        ("奶粉罐签收时漏液，担心孩子", "Milk powder tin leaked, fears for the child", "孙女士 产品质量", "Ms Sun quality", "acknowledged", "soon"),
        ("全新平板有划痕，要求退款并赔偿", "New tablet scratched, wants refund and damages", "赵女士 质量＋物流", "Ms Zhao quality, carrier", "investigating", "running"),
        ("浴室柜门开裂，已投诉消协", "Cabinet door cracked, consumer association told", "谢女士 外部", "Ms Xie external", "approving", "running, far"),
        ("宽带断网三天，要求减免月租", "No internet for three days, wants a reduction", "陈女士 服务流程", "Ms Chen process", "explaining", "paused"),
    ]  # fmt: skip
    return [
        shapes.QueueRow(
            url="?frame=case",
            title=said(zh, en),
            meta=said(meta_zh, meta_en).split(" ", 1),
            state=state,
            clock=phases[phase],
            unread=place < 2,
            current=place == 2,
            watchers=[said("陈敏", "Chen")] if place == 0 else [],
            number="HY-250304-00185" if place == 2 else "",
        )
        for place, (zh, en, meta_zh, meta_en, state, phase) in enumerate(told)
    ]


def timeline(now: datetime) -> list[shapes.Entry]:
    """A course of events with one entry of each kind."""
    ms_zhao, li = said("赵女士", "Ms Zhao"), said("小李", "Li")

    def at(minutes: int) -> datetime:
        return now - timedelta(minutes=minutes)

    return [
        shapes.Entry(at(1500), "system", "", said("从工单渠道收到", "Received by ticket"), who_sees="system"),
        shapes.Entry(at(70), "customer", ms_zhao, said("工单", "ticket"), said("全新未拆却有划痕，感觉被欺骗。\n要求全额退款，还要赔偿！", "Brand new, sealed, and scratched. I feel cheated.\nI want a full refund and damages!")),
        shapes.Entry(at(55), "ours", li, said("回复客户", "replied"), said("您期待收到完美的商品，结果出现划痕，肯定很失望。", "You expected a flawless product; the scratch must be a disappointment.")),
        shapes.Entry(at(50), "promise", "", said("答应 12:15 前告知核查结果", "Promised the result by 12:15"), who_sees="public", tone="acc"),
        shapes.Entry(at(30), "internal", said("小李 → 仓储部 老周", "Li → Warehouse, Zhou"), said("请调 E-1001 出库录像，11:00 前要", "Please send the dispatch video of E-1001 by 11:00"), who_sees="internal"),
        shapes.Entry(at(20), "fact", said("证据 E1", "Evidence E1"), said("出库验货视频 02:14，外观完好", "Dispatch video 02:14, no damage"), who_sees="internal", icon="film", link="#", link_label=said("播放", "play")),
        shapes.Entry(at(12), "refusal", said("决定", "Decision"), said("定性被拒：只有 1 种独立证据", "Finding refused: only 1 independent kind"), who_sees="internal", rule=EVIDENCE_RULE),
        shapes.Entry(at(5), "decision", said("批示", "Approval"), said("陈主管同意加急调取签收记录，费用 20.00 元", "Chen approved an express request for the delivery record, 20.00"), who_sees="internal", new=True),
    ]  # fmt: skip


def compared() -> dict[str, Any]:
    """Evidence, demands, options, authority, tiles, signatures."""
    return {
        "evidence": [
            shapes.Evidence(said("E1 出库验货视频", "E1 Dispatch video"), said("仓储部 11:00", "Warehouse 11:00"), "independent", "film"),
            shapes.Evidence(said("E2 开箱照片 4 张", "E2 Four photos"), said("客户 10:00", "Customer 10:00"), "statement", "image"),
            shapes.Evidence(said("物流签收记录", "Delivery record"), said("11:05 已向承运商索取", "asked for at 11:05"), "missing", "truck", until=said("等到 11:30", "until 11:30")),
        ],
        "demands": [
            shapes.Demand(1, said("全额退款", "Full refund")),
            shapes.Demand(2, said("赔偿损失", "Damages"), must=False),
        ],
        "options": options(),
        "zones": [
            shapes.Zone(said("坐席，到 100", "Agent, up to 100"), Decimal(100), mine=True),
            shapes.Zone(said("主管，到 500", "Supervisor, up to 500"), Decimal(500)),
            shapes.Zone(said("领导，500 以上", "Leader, above 500"), None),
        ],
        "dots": [
            shapes.Dot("B 40", Decimal(40)), shapes.Dot("A 60", Decimal(60)), shapes.Dot("C 200", Decimal(200), refused=True),
        ],
        "tiles": [
            shapes.Tile(said("承诺兑现率", "Promises kept"), said("按时给了客户消息的承诺 ÷ 到期的承诺。改期的算没兑现。", "Promises kept in time ÷ promises due. A moved one counts as not kept."), "96.4%", url="#", link=said("打开没兑现的 48 个", "Open the 48 not kept"), foot="1,272 ÷ 1,320", tag=said("升 3.2 点", "up 3.2"), tone="ok", series=[41, 50, 37, 56, 61, 54, 69, 63, 71, 80, 70, 76], middle=61),
            shapes.Tile(said("重复投诉率", "Repeat complaints"), said("结案后 30 天内同一件事再投诉 ÷ 同期结案。", "Complaints again within 30 days ÷ cases closed."), "8.1%", url="#", link=said("打开重复的 21 件", "Open the 21"), foot="21 ÷ 259", tag=said("升 1.9 点", "up 1.9"), tone="bad", series=[37, 47, 35, 32, 50, 40, 53, 57, 52, 65, 68], middle=50),
        ],
        "signatures": [
            shapes.Signature(said("李娜", "Li Na"), said("交班人", "hands over"), said("清单 9 / 9，17:02 已签", "list 9 / 9, signed 17:02"), signed=True),
            shapes.Signature(said("郭涛", "Guo Tao"), said("接班人", "takes over"), said("17:00 应到，晚 4 分钟", "due 17:00, 4 min late"), tone="bad", waiting=said("等他到岗", "not here yet")),
        ],
        "tab_entries": [
            shapes.Tab("overview", said("概览", "Overview"), "#"), shapes.Tab("promises", said("承诺", "Promises"), "#", 3),
            shapes.Tab("evidence", said("证据", "Evidence"), "#"), shapes.Tab("history", said("历史", "History"), "#"),
        ],
    }  # fmt: skip


def options() -> list[shapes.Option]:
    """Two options and a refused one."""
    yes, instead, no, left = "yes", "instead", "no", "open"
    answers = [
        [(yes, "早于周六 12:00", "before Saturday noon"), (yes, "书面说明", "in writing"), (instead, "用行业标准替代", "the standard instead"), (left, "可放下，不回答", "may be dropped")],
        [(yes, "周六 12:00 前", "by Saturday noon"), (yes, "电话说明", "by telephone"), (instead, "部分替代", "in part"), (instead, "以回收代替礼品", "take-back instead")],
        [(yes, "周六 12:00 前", "by Saturday noon"), (no, "没有说明原因", "no reason given"), (instead, "以免费替代", "free instead"), (yes, "送礼品", "a gift")],
    ]  # fmt: skip
    made = [[shapes.Answer(rank, kind, said(zh, en)) for rank, (kind, zh, en) in enumerate(row, 1)] for row in answers]
    can = said("小李可直接给", "Li may give it")
    return [
        shapes.Option(said("A　周五提前装", "A　Install on Friday"), Decimal(60), net=Decimal(60), text=said("6月6日 16:00 上门安装，书面说明原因，补偿 60 元。", "Installed Jun 6, 16:00, reason in writing, 60 in compensation."), answers=made[0], level=said("规范服务", "standard"), approver=can, status="on", status_word=said("推荐", "recommended")),
        shapes.Option(said("B　周六装，回收旧机", "B　Saturday, old one taken back"), Decimal(40), net=Decimal(75), text=said("6月7日 10:00 安装，补偿 40 元，另自愿免费回收旧机。", "Installed Jun 7, 10:00, 40 in compensation, old one taken back."), answers=made[1], level=said("增值服务", "value added"), approver=can),
        shapes.Option(said("C　免安装费", "C　Free installation"), Decimal(200), net=Decimal(200), text=said("6月7日 12:00 安装，免去全部安装费。", "Installed Jun 7, 12:00, free of charge."), answers=made[2], status="no", status_word=said("发不出去", "cannot be sent"), refused=said("丢了第 2 项却留着第 4 项；超过底线 100 元。", "Drops demand 2 but keeps 4; above the limit of 100.")),
    ]  # fmt: skip
