"""Prices, coupons, invoices and what was promised for buying."""

from huiyin.complaints.conversation import Skip
from huiyin.complaints.states import State
from huiyin.complaints.steps import (
    explanation,
    messages,
    portal,
    registration,
)
from huiyin.interfaces.jobs.demo import aftercare
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Clue, Ending, Inquiry, Matter, must, yuan
from huiyin.interfaces.jobs.demo.path import Way, walk
from huiyin.interfaces.jobs.demo.world import Story, World

PRICE = Matter(
    code="price",
    customer="金玲",
    contacts=(("phone", "13800000502"), ("email", "jin.ling@example.com")),
    channel="email",
    title="买完一周降价，要求价保",
    text="上周买的耳机这周便宜了一百，你们有价保吧？补差价。",
    category="communication.promotion",
    about="耳机价保",
    feeling="平静",
    emotion=1,
    demands=(must("补差价", 100),),
    heard="刚买一周就便宜一百，心里确实不平衡。我们核对价保规则和您的订单，",
    restated="您是说上周购买的耳机本周降价100元，希望按价保补差，对吗？",
    order="E-1808",
    product="蓝牙耳机",
    amount=yuan(100),
    owner="liuyang",
    handler="penghui",
    inquiry=Inquiry(
        clues=(
            Clue("listing_snapshot", "价保规则页", "产品部存档", "写明限时抢购不参加价保", file="规则截图.png"),
            Clue("order_record", "订单明细", "订单系统", "本周为限时抢购"),
        ),
        cause="misread_rule",
        side="customer",
        grounds="价保规则写明限时抢购价不参加价保",
        told="",
        founded=False,
        demand_reasonable=False,
        nobody="规则清楚，无个人责任",
    ),
    ending=Ending(improvement="订单页直接显示是否参加价保"),
)


def price(world: World) -> Story:
    """Not founded, explained, understood, closed; it still counts as a complaint."""
    work = Casework(world, PRICE)
    yield from _explained(work, world, day=13)
    explanation.record_answer(
        work.id, kind="understood", text="明白了，下次我看清楚规则。", via="email", actor=work.owner, at=world.at
    )
    explanation.conclude_explanation(work.id, Skip("客户已当面表示理解"), actor=work.owner, at=world.at)
    yield world.day(10, "15:00")
    aftercare.look_back(work)
    aftercare.settle_questions(work)
    yield world.day(10, "17:00")
    aftercare.close(work)


def _explained(work: Casework, world: World, day: int) -> Story:
    """Not founded, confirmed by a second person, and explained."""
    yield from walk(work, Way(world.day(day, "09:20"), State.ANALYSED))
    yield world.day(day - 2, "09:30")
    explanation.ask_unfounded(work.id, reason=work.inquiry.grounds, actor=work.owner, at=world.at)
    yield world.day(day - 2, "10:10")
    explanation.confirm_unfounded(work.id, Skip("由责任人说明"), actor=world.actor("hewei"), at=world.at)
    yield world.day(day - 2, "10:40")
    work.send(
        f"关于{work.matter.about}，核查结果是：{work.inquiry.grounds}。规则页面随信附上。下次活动上线前我们可以提醒您。"
    )
    yield world.day(day - 2, "16:00")


COUPON = Matter(
    code="coupon",
    customer="夏雨",
    contacts=(("phone", "13800000503"),),
    channel="portal",
    title="满减券付款时用不了",
    text="领了满500减80的券，付款时说不符合条件，活动页根本没写哪些不能用。",
    category="communication.promotion",
    about="满减券不能用",
    feeling="疑惑、有点气",
    emotion=2,
    demands=(must("补80元", 80),),
    heard="券领到手付款却用不了，确实扫兴。我们核对活动规则和券面说明，",
    restated="您是说满500减80的券付款时不能用，活动页没写限制，要求补80元，对吗？",
    order="E-2133",
    product="移动硬盘",
    amount=yuan(80),
    owner="lina",
    handler="penghui",
    inquiry=Inquiry(
        clues=(
            Clue("listing_snapshot", "活动页快照", "产品部存档", "写明存储类商品除外", file="活动页截图.png"),
            Clue("service_log", "领券记录", "营销系统", "券面同样写明"),
        ),
        cause="misread_rule",
        side="customer",
        grounds="活动页与券面均写明存储类商品除外",
        told="",
        founded=False,
        demand_reasonable=False,
        nobody="规则清楚",
    ),
)


def coupon(world: World) -> Story:
    """The customer understood on his own page; the owner has yet to conclude."""
    work = Casework(world, COUPON)
    yield from _explained(work, world, day=3)
    yield world.ago(minutes=100)
    portal.customer_understood(
        work.id, text="看到券面那行小字了，好吧。", customer=work.complaint.customer, at=world.at
    )


INVOICE = Matter(
    code="invoice",
    customer="薛刚",
    contacts=(("phone", "13800000504"), ("email", "xue.gang@example.com")),
    channel="email",
    title="发票抬头开错，说一个月后才能重开",
    text="公司采购的五台平板，发票抬头少了“有限”两个字，财务不给报。客服说重开要一个月，月底前必须给我。",
    category="payment.invoice",
    about="发票抬头开错",
    feeling="着急",
    emotion=3,
    demands=(must("月底前重开发票"),),
    heard="抬头少两个字公司就不给报销，月底又近了，着急是应该的。我们正在和财务核对，",
    restated="您是说五台平板的发票抬头少了“有限”二字，要求月底前重开，对吗？",
    order="E-2290",
    product="平板电脑",
    amount=yuan(10995),
    owner="lina",
)


def invoice(world: World) -> Story:
    """Answered first; the form is half written, and so is a message."""
    work = Casework(world, INVOICE)
    yield world.ago(minutes=58)
    work.receive()
    yield world.ago(minutes=36)
    work.acknowledge(world.ahead(minutes=55))
    yield world.ago(minutes=15)
    half = registration.Form(
        complainant=INVOICE.customer,
        object=INVOICE.about,
        matter=INVOICE.text,
        emotion=None,
        emotion_note="",
        demands=INVOICE.demands,
        category=INVOICE.category,
    )
    registration.save_form(work.id, half, actor=work.owner, at=world.at)
    messages.save_draft(
        work.id, slot="message", text="财务确认可以当月红冲重开，请您回传", actor=work.owner, at=world.at
    )


ALL = (
    price,
    coupon,
    invoice,
)
