"""Goods that arrived scratched or incomplete."""

from datetime import timedelta

from huiyin.complaints.models import Claim, OfferMode
from huiyin.complaints.states import State
from huiyin.complaints.steps import claims, planning
from huiyin.complaints.steps.planning import Line
from huiyin.complaints.steps.review import Answers
from huiyin.interfaces.jobs.demo import aftercare
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Clue, Ending, Inquiry, Matter, Offer, must, wish, yuan
from huiyin.interfaces.jobs.demo.path import Way, before, usual, walk
from huiyin.interfaces.jobs.demo.world import Story, World

VIDEO = Clue("outbound_video", "出库验货视频", "仓库三号验货台", "封箱前外观完好，屏幕无划痕", file="出库验货监控.png")


SIGNED = Clue("delivery_record", "签收底单", "承运商系统", "签收备注：外箱右下角破损", file="签收底单.pdf")


SCRATCHED_PHONE = Matter(
    code="scratched_phone",
    customer="张晓宇",
    contacts=(("phone", "13800000101"), ("email", "zhang.xiaoyu@example.com")),
    channel="ticket",
    title="新手机拆封就有划痕",
    text="昨天收到的手机，全新未拆，一打开屏幕边上就有一道明显的划痕。感觉被欺骗了，要求全额退款并赔偿。",
    category="quality.damage",
    about="手机划痕",
    feeling="语气强硬，多次强调“被欺骗”",
    emotion=4,
    demands=(must("全额退款", 1299), wish("补偿损失")),
    heard="您期待收到完美的手机，拆开却看到划痕，肯定很失望。我们马上调出库视频和签收记录，",
    restated="您的意思是说，全新未拆的手机打开就有划痕，您希望退款并得到补偿，对吗？",
    order="E-1001",
    product="手机",
    amount=yuan(1299),
    where="家中签收",
    compound=True,
    inquiry=Inquiry(
        clues=(VIDEO, SIGNED),
        cause="transport_damage",
        side="third_party",
        grounds="出库视频显示外观完好，签收底单注明外箱破损，划痕产生于运输途中",
        told="查清了：手机是在运输途中被划伤的。出库视频里它完好无损，签收底单注明外箱破损。责任在我们委托的承运商，与您无关。",
        nobody="责任在承运商，已向其追偿",
        loss=yuan(1349),
    ),
    offers=(
        Offer(
            "全额退款，另赠50元无门槛券，我们向承运商追责",
            (Line("full_refund", yuan(1299)), Line("coupon", yuan(50))),
            (("全额退还1299元", ""), ("赠50元无门槛券", "")),
            recovery=yuan(1299),
        ),
        Offer(
            "顺丰加急换新，24小时内发出，另赠50元无门槛券",
            (Line("exchange", yuan(1299)), Line("coupon", yuan(50))),
            (("换一台全新手机", "不退款，改为换新"), ("赠50元无门槛券", "")),
        ),
    ),
    ending=Ending(
        choice="我选退款，券也收下。",
        comment="钱到账了。没想到你们真去追究快递公司，这点我认可。",
        scores=(5, 5),
        trust=True,
        review=Answers(
            what_caused_it="承运商分拣时外箱受压，内衬缓冲不足，屏幕边缘被划伤。",
            what_we_learnt="先给证据再谈方案，客户的对立情绪明显下降。",
            how_to_avoid="高价电子产品加厚缓冲内衬，外箱加贴防压标识。",
            what_to_improve="与承运商约定外箱破损必须拍照留存。",
            lesson="主动追责承运商，比多给券更能换回信任。",
        ),
        improvement="电子产品包装加固，缓冲内衬加厚一层",
        case_study="响应及时、用词贴近场景、仓库与物流配合紧密，适合入案例库",
    ),
)


def scratched_phone(world: World) -> Story:
    """From the first word to the closed case; the claim against the carrier goes on."""
    work = Casework(world, SCRATCHED_PHONE)
    yield from walk(work, Way(world.day(12, "10:02"), State.ANALYSED))
    world.at += timedelta(minutes=1)
    due = world.ahead(days=6)
    new = claims.NewClaim("顺达快运", yuan(1299), "签收底单注明外箱破损，出库视频完好", due)
    claim = claims.open_claim(work.id, new, actor=work.handler, at=world.at)
    yield from _after_finding(work, world)
    for days, status, note in (
        (6, Claim.Status.EVIDENCE_SENT, "出库视频与签收底单已发承运商理赔邮箱"),
        (3, Claim.Status.ACKNOWLEDGED, "承运商确认收到，答复七个工作日内核定"),
    ):
        yield world.day(days, "11:20")
        claims.move_claim(claim.pk, status, note=note, actor=work.handler, at=world.at)


def _after_finding(work: Casework, world: World) -> Story:
    """Plan, signature, choice, refund, callback, review and closing within two days."""
    yield world.later(minutes=20)
    work.start_plan(world.later(hours=3))
    work.draft()
    yield world.later(minutes=15)
    work.submit()
    yield world.later(minutes=15)
    work.approve("退款属客户应有权利，券在额度内，同意。")
    yield world.later(minutes=20)
    work.choose(world.later(hours=24))
    yield world.later(minutes=50)
    for action in work.to_do:
        work.carry_out(action)
    yield world.later(minutes=10)
    work.finish_execution()
    yield world.day(11, "15:00")
    work.arrive()
    yield world.day(10, "10:30")
    aftercare.call_back(work)
    aftercare.conclude(work)
    yield world.day(10, "14:00")
    aftercare.look_back(work)
    aftercare.settle_questions(work)
    yield world.day(10, "16:40")
    aftercare.close(work)


TABLET_JUST_NOW = Matter(
    code="tablet_just_now",
    customer="林若溪",
    contacts=(("phone", "13800000102"),),
    channel="portal",
    title="平板屏幕右上角有裂纹",
    text="今天中午签收的平板，拆开保护膜就看到右上角有一条裂纹，照片已经上传。这是给孩子上网课用的，明天就要用，请尽快处理。",
    category="quality.damage",
    about="平板屏幕裂纹",
    feeling="着急，担心耽误孩子上课",
    emotion=2,
    demands=(must("明天前换一台新的"),),
    heard="",
    restated="",
    order="E-2318",
    product="平板电脑",
    amount=yuan(2199),
    owner="zhoumin",
)


def tablet_just_now(world: World) -> Story:
    yield world.ago(minutes=6)
    Casework(world, TABLET_JUST_NOW).receive()


WRONG_COLOUR = Matter(
    code="wrong_colour",
    customer="何雨桐",
    contacts=(("phone", "13800000104"),),
    channel="phone",
    title="手表表带颜色发错",
    text="我订的是深蓝色表带，收到的是黑色，送人用的，包装都拆了。",
    category="quality.missing",
    about="手表表带发错颜色",
    feeling="平静但有些着急",
    emotion=2,
    demands=(must("换成深蓝色"), wish("周末前送到")),
    heard="送人的礼物颜色不对确实扫兴。我马上请仓库核对拣货记录，",
    restated="您订的是深蓝色，收到黑色，希望周末前换到，对吗？",
    order="E-2251",
    product="智能手表",
    amount=yuan(468),
    owner="zhoumin",
    handler="xuqiang",
    inquiry=Inquiry(
        clues=(
            Clue("order_record", "订单明细", "订单系统", "下单颜色：深蓝"),
            Clue("outbound_video", "拣货复核视频", "仓库二号台", "复核时未核对颜色", file="复核监控.png"),
        ),
        cause="wrong_stock",
        side="company",
        grounds="订单为深蓝，复核视频显示放入黑色表带，仓库错发",
        told="查到了：您订的是深蓝色，仓库复核时没有核对颜色，发成了黑色。表带发错是我们的责任，向您道歉。",
        responsible="xuqiang",
    ),
    offers=(
        Offer(
            "今天补发深蓝色表带，黑色的不用退",
            (Line("resend", yuan(129)),),
            (("补发深蓝色", ""), ("顺丰次日达，周末前到", "")),
            hours=5,
        ),
        Offer("退回表带部分货款", (Line("full_refund", yuan(129)),), (("退表带款", "不换货"), ("不涉及配送", ""))),
    ),
    ending=Ending(choice="补发吧，能赶上周末就行。"),
)


def wrong_colour(world: World) -> Story:
    """Offered within the agent's own authority, chosen, and due to leave the warehouse in two hours."""
    work = Casework(world, WRONG_COLOUR)
    reached = world.ago(hours=3)
    way = Way(before(reached, State.EXECUTING), State.EXECUTING, office=False, left=150)
    yield from walk(work, way)


PRINTER = Matter(
    code="printer",
    customer="丁小满",
    contacts=(("phone", "13800000107"),),
    channel="phone",
    title="打印机进纸轮划伤相纸",
    text="新打印机每张相纸都有一道压痕，进纸轮那里明显有毛刺，做证件照没法用。",
    category="quality.damage",
    about="打印机压痕",
    feeling="无奈，要求给个说法",
    emotion=3,
    demands=(must("能正常打印相纸"), wish("赔浪费的相纸", 60)),
    heard="证件照上每张都有压痕，生意都耽误了，换谁都着急。我先请质量管理部看照片，",
    restated="您是说打印机进纸轮有毛刺，在相纸上留下压痕，希望能正常打印，对吗？",
    order="E-2164",
    product="照片打印机",
    amount=yuan(899),
    owner="liuyang",
    handler="zhengjie",
    mode=OfferMode.SEQUENTIAL,
    inquiry=Inquiry(
        clues=(
            Clue("outbound_video", "出库验货视频", "仓库一号台", "只验外观，未试打"),
            Clue("third_party", "承运商异常登记", "承运商", "途中翻倒一次", file="异常登记.pdf"),
            Clue("photo", "压痕照片", "客户上传", "每张同一位置", file="压痕截图.png"),
        ),
        cause="transport_damage",
        side="third_party",
        grounds="承运商登记途中翻倒，进纸轮支架移位产生毛刺",
        told="查到了：打印机在途中翻倒过一次，进纸轮支架移位，才会在相纸上留下压痕，由承运环节负责。",
        nobody="责任在承运商",
    ),
    offers=(
        Offer(
            "上门维修，更换进纸组件，赔相纸60元",
            (Line("repair", yuan(0)), Line("compensation", yuan(60))),
            (("更换进纸组件", ""), ("赔60元", "")),
            hours=72,
        ),
        Offer(
            "折价180元，由您自行更换进纸轮",
            (Line("price_cut", yuan(180)), Line("compensation", yuan(60))),
            (("补贴更换费用", "由您自行更换"), ("赔60元", "")),
            hours=24,
        ),
    ),
)


def printer(world: World) -> Story:
    """The best option was declined; the next in the row is on offer."""
    work = Casework(world, PRINTER)
    yield from walk(work, Way(before(world.ago(hours=44), State.OFFERING), State.OFFERING, office=False))
    yield world.ago(hours=21)
    words = work.say("明白了，您等不了三天上门。{by}前给您另一个方案。", world.later(hours=2), what="另一个方案")
    planning.take_objection(
        work.id, objection="三天太久，耽误生意", via="phone", words=words, actor=work.owner, at=world.at
    )
    yield world.ago(hours=20)
    work.offer()


CHARGER = Matter(
    code="charger",
    customer="郝强",
    contacts=(("phone", "13800000209"),),
    channel="ticket",
    title="少发了一个充电头",
    text="订单写着含充电头，包裹里没有，其他都在。补一个就行。",
    category="quality.missing",
    about="少发充电头",
    feeling="平和",
    emotion=1,
    demands=(must("补一个充电头", 79),),
    heard="拆开包裹少了充电头，手机都没法充。我马上核对装箱单，",
    restated="您是说订单含充电头但包裹里没有，补一个就行，对吗？",
    order="E-2312",
    product="手机",
    amount=yuan(79),
    owner="liuyang",
    minor=True,
)


def charger(world: World) -> Way:
    return Way(before(world.ago(minutes=34), State.REGISTERED), State.REGISTERED, office=False, left=50)


ALL = (
    scratched_phone,
    tablet_just_now,
    wrong_colour,
    printer,
    usual(CHARGER, charger),
)
