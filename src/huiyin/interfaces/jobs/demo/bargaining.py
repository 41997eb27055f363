"""Hard conversations of the demo: prepared with a bottom line, and expectations asked about one by one."""

from datetime import datetime
from decimal import Decimal

from huiyin.complaints.models import Expectation, Weight
from huiyin.complaints.steps import conceding, expectations, preparing
from huiyin.complaints.steps.expectations import Asked, NewExpectation, Ranked, Settlement
from huiyin.complaints.steps.preparing import Sheet
from huiyin.interfaces.jobs.demo.casework import Casework

PUBLIC = Sheet(
    facts="充电宝鼓包，客户已在微博发布；拆解与供应商报告都指向电芯批次问题。",
    intent="怕出事，要一个说法，也要别人不再碰到。",
    goal="退款、检测结论和批次排查三件事当面说清，请客户同意回收鼓包产品。",
    opening=Decimal(200),
    steps="先给检测结论和下架安排，再谈补偿；补偿到位即止。",
    law="消费者权益保护法第18、19条（2025年核对）：危险缺陷要停售、警示、召回。",
    evidence_request="方便的话请把充电宝放在通风处拍张照片，我们上门回收检测，路费由我们承担。",
    alternatives="退款加补偿；换新款加券；两者都附检测报告副本。",
    gain_customer="拿到结论和退款，隐患被排除。",
    gain_company="同批次及时下架，避免更多人受伤。",
    long_term="公开把事情做好，比删帖更能留住人。",
    checks=("read", "uncertain", "chance"),
    scenes=(
        ("客户要求公开道歉", "说明结论后公开致歉，写明批次和联系方式。"),
        ("客户索要高额赔偿", "请出示损失凭证，据实核算，同时给出两个方案。"),
    ),
)


def prepare_in_public(work: Casework, at: datetime) -> None:
    """The sheet of a case in the media, its bottom line approved by the leader."""
    preparing.ask_principle(
        work.id, amount=Decimal(300), text="不以撤帖为条件；损失凭凭证据实核算。", actor=work.owner, at=at
    )
    preparing.decide_principle(work.id, approved=True, comment="同意，先把安全说清。", actor=work.leader, at=at)
    preparing.prepare(work.id, PUBLIC, actor=work.owner, at=at)


def ask_and_rank(work: Casework, at: datetime) -> None:
    """Three expectations of a customer whose trade-in was marked down: asked about, made clear, ranked."""
    paid = _noted(work, at, said="差价赶紧给我补上", fuzzy=True, remedy="price_cut")
    clear = {"precise": "本周五18:00前补足400元到账", "amount": Decimal(400)}
    _asked(work, at, "clarify", paid, "最晚哪天到账合适？", "这周五之前到账就行。", **clear)
    why = _noted(work, at, precise="说明为什么和估价不一样", implicit=True)
    _asked(work, at, "confirm", why, "您是不是也想知道估价为什么变了？", "对，总得有个说法。", confirmed=True)
    double = _noted(work, at, said="再赔我双倍", unrealistic=True, amount=Decimal(2400), remedy="compensation")
    given = Settlement(True, replacement="按保价规则补足差价，另送一次免费清洁")
    expectations.settle_expectation(double.pk, given, actor=work.owner, at=at)
    for row, answer in ((paid, "这个最要紧。"), (why, "说清楚就行。"), (double, "能有点表示就行。")):
        _asked(work, at, "weigh", row, "如果只能先办一件，您最在意哪一件？", answer)
    order = [Ranked(paid.pk, Weight.MUST), Ranked(why.pk, Weight.MUST), Ranked(double.pk, Weight.DROP)]
    expectations.rank_expectations(work.id, order, actor=work.owner, at=at)
    conceding.supply_reason(
        work.id,
        reason="您最在意的差价按原估价补足，本周五前到账。",
        bottom_line_met=True,
        needs="打算月底再换一台平板",
        actor=work.owner,
        at=at,
    )


def _noted(work: Casework, at: datetime, **changes: object) -> Expectation:
    new = NewExpectation(**changes)  # type: ignore[arg-type]  # the fields are written where it is called
    return expectations.note_expectation(work.id, new, actor=work.owner, at=at)


def _asked(work: Casework, at: datetime, kind: str, about: Expectation, *words: str, **made_clear: object) -> None:
    question, answer = words
    asked = Asked(kind, question, answer, "phone", about.pk, **made_clear)  # type: ignore[arg-type]  # as above
    expectations.ask_question(work.id, asked, actor=work.owner, at=at)
