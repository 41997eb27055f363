"""Money that should have come back."""

from huiyin.complaints.states import State
from huiyin.complaints.steps import (
    portal,
    review,
)
from huiyin.complaints.steps.planning import Line
from huiyin.interfaces.jobs.demo import aftercare
from huiyin.interfaces.jobs.demo.aftercare import Question
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Clue, Ending, Inquiry, Matter, Offer, must, yuan
from huiyin.interfaces.jobs.demo.path import Way, before, walk
from huiyin.interfaces.jobs.demo.world import Story, World

LEDGER = Clue("order_record", "收支流水", "财务系统", "逐笔可查", file="收支流水.pdf")


SYSTEM = Clue("service_log", "支付网关日志", "支付系统", "请求与回执齐全")


REFUND = Matter(
    code="refund",
    customer="廖凡",
    contacts=(("phone", "13800000501"),),
    channel="phone",
    title="退款十二天没到账",
    text="退货验收都通过了，退款十二天没到账，问一次说三天，再问又说三天。",
    category="payment.refund",
    about="退款未到账",
    feeling="不信任",
    emotion=4,
    demands=(must("退款到账", 1088),),
    heard="一次次说三天，退款还是没到账，换谁都不再相信了。我直接查财务流水，",
    restated="您是说退货已验收，退款1088元十二天未到账，要求到账，对吗？",
    order="E-1850",
    product="显卡",
    amount=yuan(1088),
    owner="zhoumin",
    handler="fengtao",
    inquiry=Inquiry(
        clues=(LEDGER, SYSTEM),
        cause="late_refund",
        side="company",
        grounds="退款单卡在复核环节，复核人休假未移交",
        told="查清楚了：退款单停在复核环节，复核人休假没有移交。退款拖了十二天是我们的责任，向您道歉。",
        responsible="qianhong",
        loss=yuan(30),
    ),
    offers=(
        Offer(
            "今天退款1088元，另赠30元券",
            (Line("full_refund", yuan(1088)), Line("coupon", yuan(30))),
            (("今天到账", ""),),
        ),
        Offer(
            "退到储值并加赠60元", (Line("full_refund", yuan(1088)), Line("coupon", yuan(60))), (("退到储值", "不原路"),)
        ),
    ),
    ending=Ending(choice="原路退，今天。"),
)


def refund(world: World) -> Story:
    """Paid; called twice, nobody picked up."""
    work = Casework(world, REFUND)
    yield from walk(work, Way(world.day(5, "10:30"), State.FOLLOWING_UP))
    yield world.day(2, "15:00")
    work.arrive()
    yield world.day(1, "10:30")
    aftercare.miss(work, "响铃无人接听")
    yield world.ago(hours=2)
    aftercare.miss(work, "通话中，已发短信约时间")


DOUBLE = Matter(
    code="double",
    customer="尹浩",
    contacts=(("phone", "13800000505"),),
    channel="phone",
    title="同一订单扣了两次款",
    text="付款转圈，我点了第二次，结果银行卡扣了两笔。",
    category="payment.refund",
    about="重复扣款",
    feeling="紧张",
    emotion=3,
    demands=(must("退一笔", 699),),
    heard="同一笔钱扣了两次，谁看到短信都会紧张。我们马上对支付流水，",
    restated="您是说同一订单扣了两次款，要求退回一笔699元，对吗？",
    order="E-1933",
    product="智能门锁",
    amount=yuan(699),
    owner="lina",
    handler="fengtao",
    inquiry=Inquiry(
        clues=(LEDGER, SYSTEM),
        cause="system_error",
        side="company",
        grounds="支付回执超时后页面未锁定按钮，产生第二笔扣款",
        told="查清楚了：支付回执超时，页面没有锁住按钮，才扣了两次款。重复扣款是我们系统的问题，向您道歉。",
        nobody="系统缺陷，无个人责任",
    ),
    offers=(
        Offer("退回699元，另赠50元券", (Line("full_refund", yuan(699)), Line("coupon", yuan(50))), (("退回一笔", ""),)),
        Offer("转为储值799元", (Line("full_refund", yuan(699)), Line("coupon", yuan(50))), (("转储值", "不退回卡"),)),
    ),
    ending=Ending(
        choice="退回卡里。",
        review=review.Answers(
            "支付回执超时后页面未锁定按钮",
            "先确认钱在哪里，再谈原因，客户马上安心",
            "付款按钮按下后锁定，直到有回执",
            "对账改为每小时一次，重复扣款自动退回",
        ),
        improvement="付款按钮防重复提交，每小时对账",
        case_study="对“安心”的处理：先告知钱款去向",
    ),
)


def double(world: World) -> Story:
    """Everything is written; the supervisor closes."""
    work = Casework(world, DOUBLE)
    yield from walk(work, Way(world.day(11, "10:00"), State.REVIEWING))
    yield world.day(1, "16:00")
    aftercare.look_back(work)
    aftercare.settle_questions(work)


INSTALMENT = Matter(
    code="instalment",
    customer="莫莉",
    contacts=(("phone", "13800000506"),),
    channel="ticket",
    title="免息分期被收了手续费",
    text="页面写的三期免息，账单上每期多出8块3。",
    category="payment.price",
    about="分期手续费",
    feeling="较真",
    emotion=2,
    demands=(must("退回手续费", "24.90"),),
    heard="写的是免息，账单上每期却多出8块3，换谁都要问清楚。我们核对分期协议和账单，",
    restated="您是说三期免息分期每期多收8.3元，要求退回，对吗？",
    order="E-1921",
    product="平板电脑",
    amount=yuan("24.90"),
    owner="zhoumin",
    handler="fengtao",
    inquiry=Inquiry(
        clues=(LEDGER, Clue("listing_snapshot", "分期说明页", "产品部存档", "写三期免息")),
        cause="system_error",
        side="company",
        grounds="活动配置漏配一个商户号，未按免息入账",
        told="查清楚了：活动配置漏了一个商户号，分期没有按免息入账，多收的手续费是我们的错，向您道歉。",
        responsible="yexin",
    ),
    offers=(
        Offer(
            "退回24.90元，另赠20元券",
            (Line("compensation", yuan("24.90")), Line("coupon", yuan(20))),
            (("全额退回", ""),),
        ),
        Offer("赠50元券", (Line("coupon", yuan(50)),), (("以券退还", "以券代现金"),)),
    ),
    ending=Ending(
        choice="退钱就行。", improvement="活动上线前核对全部商户号", penalty="活动配置漏配，建议扣当月绩效2分"
    ),
)


def instalment(world: World) -> Story:
    """The review is written; two of the three questions are not settled yet."""
    work = Casework(world, INSTALMENT)
    yield from walk(work, Way(world.day(10, "11:00"), State.REVIEWING))
    yield world.day(1, "17:00")
    aftercare.look_back(work)
    aftercare.settle_questions(work, Question.IMPROVEMENT)


SHORT = Matter(
    code="short",
    customer="苗青",
    contacts=(("phone", "13800000508"), ("email", "miao.qing@example.com")),
    channel="portal",
    title="退款少了六十元",
    text="退货退款少退了60元，说是赠品折价，可赠品我一起寄回了。",
    category="payment.refund",
    about="退款少退",
    feeling="不满",
    emotion=2,
    demands=(must("补退60元", 60),),
    heard="赠品一起寄回了却还被扣钱，确实说不过去。我们核对入库清单，",
    restated="您是说赠品已一并寄回，退款却少了60元，要求补退，对吗？",
    order="E-2077",
    product="相机包",
    amount=yuan(60),
    owner="lina",
    handler="fengtao",
    inquiry=Inquiry(
        clues=(LEDGER, Clue("outbound_video", "退货拆包视频", "仓库", "赠品在内", file="拆包监控.png")),
        cause="system_error",
        side="company",
        grounds="拆包视频显示赠品在内，系统漏登导致误扣",
        told="查清楚了：拆包视频里赠品在内，是系统漏登。退款少退了60元是我们的错，向您道歉。",
        nobody="系统漏登",
    ),
    offers=(
        Offer("补退60元", (Line("compensation", yuan(60)),), (("补退60元", ""),), hours=8),
        Offer("补80元券", (Line("coupon", yuan(80)),), (("以券补退", "以券代现金"),)),
    ),
)


def short(world: World) -> Story:
    """Offered on the agent's authority, to be looked at afterwards; the customer objects on his page."""
    work = Casework(world, SHORT)
    yield from walk(work, Way(before(world.ago(hours=15), State.OFFERING), State.OFFERING, office=False))
    yield world.ago(minutes=62)
    portal.customer_object(
        work.id, text="60元可以，但请一起退来回运费12元。", customer=work.complaint.customer, at=world.at
    )
    yield world.ago(minutes=31)
    portal.nudge(work.id, text="在吗？", customer=work.complaint.customer, at=world.at)


ALL = (
    refund,
    double,
    instalment,
    short,
)
