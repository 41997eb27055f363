"""Goods that do not work, or not safely; still being looked into."""

from huiyin.complaints.conversation import Skip
from huiyin.complaints.states import State
from huiyin.complaints.steps import explanation, flags
from huiyin.complaints.steps.planning import Line
from huiyin.interfaces.jobs.demo.bargaining import prepare_in_public
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Clue, Ending, Inquiry, Matter, Offer, must, wish, yuan
from huiyin.interfaces.jobs.demo.path import Way, before, usual, walk
from huiyin.interfaces.jobs.demo.world import Story, World

EARPHONES = Matter(
    code="earphones",
    customer="唐心怡",
    contacts=(("phone", "13800000201"),),
    channel="ticket",
    title="蓝牙耳机右耳用了三天没声音",
    text="买来第三天右耳就没声音了，重新配对、恢复出厂都试过。通勤天天要用，希望直接换新，不想寄去修。",
    category="quality.fault",
    about="耳机右耳无声",
    feeling="有些烦躁，担心寄修耗时",
    emotion=3,
    demands=(must("直接换新"), wish("不要寄修")),
    heard="刚用三天右耳就没声音，通勤路上肯定很不方便。我们先核对序列号和检测记录，",
    restated="您是说右耳第三天起没声音，配对和恢复出厂都试过，希望直接换新，对吗？",
    order="E-2304",
    product="蓝牙耳机",
    amount=yuan(399),
    handler="zhengjie",
    inquiry=Inquiry(
        clues=(Clue("test_report", "同批次返修率统计", "质量管理部", "该批次右耳返修率偏高", file="返修率统计.pdf"),),
        cause="batch_fault",
        side="partner",
        grounds="该批次右耳单元虚焊",
        told="",
    ),
)


def earphones(world: World) -> Story:
    """One kind of evidence so far, so a finding is refused; half the causes are judged."""
    work = Casework(world, EARPHONES)
    start = before(world.ago(hours=30), State.INVESTIGATING)
    yield from walk(work, Way(start, State.INVESTIGATING, office=False, left=135))
    yield world.ago(hours=26)
    work.prove(work.inquiry.clues[0])
    work.judge(2)
    yield world.ago(hours=3)
    work.note("已请客户补拍充电盒序列号，收到后转检测。", by="zhengjie")
    yield world.ago(minutes=84)
    work.customer_says("序列号照片发过去了，今天能有结论吗？")


FAN = Matter(
    code="fan",
    customer="郭建",
    contacts=(("phone", "13800000202"), ("email", "guo.jian@example.com")),
    channel="email",
    title="笔记本风扇一开机就狂响",
    text="新笔记本开机风扇就狂转，办公室同事都听得见，驱动重装过没用。希望换一台，或者给个能安静用的办法。",
    category="quality.fault",
    about="笔记本风扇噪音",
    feeling="克制，条理清楚",
    emotion=2,
    demands=(must("换一台，或彻底解决噪音"),),
    heard="风扇一开机就响，在办公室里确实尴尬。我们请质量管理部复测噪音，",
    restated="您是说开机后风扇一直高转、噪音很大，重装驱动无效，希望换机或彻底解决，对吗？",
    order="E-2231",
    product="笔记本电脑",
    amount=yuan(5299),
    owner="zhoumin",
    handler="zhengjie",
    inquiry=Inquiry(
        clues=(
            Clue("test_report", "噪音复测报告", "质量管理部实验室", "待机52分贝，超标准12分贝", file="噪音复测.pdf"),
            Clue("third_party", "厂家回函", "供应商品质部", "确认六月批次温控固件有误"),
        ),
        cause="batch_fault",
        side="partner",
        grounds="复测待机噪音超标，厂家确认六月批次温控固件有误",
        told="",
        nobody="责任在供应商",
        loss=yuan(260),
    ),
)


def fan(world: World) -> Way:
    return Way(before(world.ago(hours=2), State.ANALYSED), State.ANALYSED, office=False, left=75)


POWER_BANK = Matter(
    code="power_bank",
    customer="宋佳",
    contacts=(("phone", "13800000203"),),
    channel="social",
    title="充电宝鼓包，差点出事",
    text="用了两个月的充电宝鼓成面包了，放在床头想想都后怕！已经发了微博，你们必须给说法：退款、检测、全批次排查。",
    category="quality.safety",
    about="充电宝鼓包",
    feeling="后怕又愤怒，已在社交平台发布",
    emotion=5,
    demands=(must("退款", 159), must("出具检测结论"), wish("排查同批次")),
    heard="放在床头的充电宝鼓包，换谁都后怕，请先把它放到通风空旷处、不要再充电。我们马上启动安全核查，",
    restated="您是说充电宝使用两个月后鼓包，要求退款、检测并排查同批次，对吗？",
    order="E-1655",
    product="充电宝",
    amount=yuan(159),
    owner="lina",
    handler="zhengjie",
    inquiry=Inquiry(
        clues=(
            Clue("photo", "鼓包照片", "客户微博", "外壳开裂约3毫米", file="鼓包截图.png"),
            Clue("test_report", "电芯拆解检测", "质量管理部", "隔膜褶皱，属制造缺陷", file="电芯检测.pdf"),
            Clue("third_party", "供应商8D报告", "电芯供应商", "涉及一个班次产量"),
        ),
        cause="batch_fault",
        side="partner",
        grounds="拆解发现电芯隔膜褶皱，供应商8D报告确认一个班次受影响",
        told="检测结论出来了：充电宝鼓包是电芯隔膜褶皱造成的制造缺陷，与您的使用无关，同批次已全部下架排查。让您后怕了，我们向您道歉。",
        nobody="责任在电芯供应商",
        loss=yuan(359),
    ),
    offers=(
        Offer(
            "全额退款，上门回收鼓包产品，赔偿200元，检测报告副本寄送",
            (Line("full_refund", yuan(159)), Line("compensation", yuan(200)), Line("apology")),
            (("全额退款159元", ""), ("检测报告副本随信寄出", ""), ("同批次已下架并逐一通知", "")),
            hours=20,
        ),
        Offer(
            "换新款充电宝，上门回收，另赠50元券",
            (Line("exchange", yuan(159)), Line("coupon", yuan(50))),
            (("换新", "不退款"), ("检测报告副本寄送", ""), ("同批次已下架", "")),
        ),
    ),
    ending=Ending(choice="退款，报告要盖章的。", scores=(4, 4)),
)


def power_bank(world: World) -> Story:
    """Public and escalated; the money is late, which the clock has marked."""
    work = Casework(world, POWER_BANK)
    reached = world.ago(hours=24)
    walking = walk(work, Way(before(reached, State.EXECUTING), State.EXECUTING, office=False, left=-40))
    for moment in walking:
        yield moment
        if work.id and not work.complaint.media:
            flags.set_flag(work.id, "media", True, reason="微博已有二百余次转发", actor=work.supervisor, at=world.at)
        if work.id and not work.complaint.bargained and work.complaint.state == State.INVESTIGATING:
            prepare_in_public(work, world.at)
    yield world.ago(hours=6)
    apology = next(action for action in work.to_do if action.remedy == "apology")
    work.carry_out(apology)
    yield world.ago(minutes=50)
    work.customer_says("说好今天退的款呢？", where_is_it=True)


KEYBOARD = Matter(
    code="keyboard",
    customer="罗一鸣",
    contacts=(("phone", "13800000204"),),
    channel="portal",
    title="机械键盘一排按键失灵，要求保修",
    text="键盘下面一排按键突然全失灵了，才用半年，应该保修吧？",
    category="quality.fault",
    about="键盘按键失灵",
    feeling="平静",
    emotion=1,
    demands=(must("免费保修或换新"),),
    heard="正用着一排按键突然失灵，确实误事。我们先请质量管理部看返回件，",
    restated="您是说键盘最下面一排按键失灵，希望免费保修或换新，对吗？",
    order="E-1722",
    product="机械键盘",
    amount=yuan(349),
    owner="liuyang",
    handler="zhengjie",
    inquiry=Inquiry(
        clues=(
            Clue("test_report", "拆机检测报告", "质量管理部", "电路板有糖渍腐蚀", file="拆机检测.pdf"),
            Clue("interview", "收件员询问记录", "售后收件台", "拆封即闻到甜味，缝隙有糖渍"),
        ),
        cause="misuse",
        side="customer",
        grounds="电路板有饮料糖渍腐蚀，属液体侵入",
        told="",
        founded=False,
        demand_reasonable=False,
        nobody="非我方人员责任",
    ),
)


def keyboard(world: World) -> Story:
    """Not founded: explained with the evidence, and the answer is waited for."""
    work = Casework(world, KEYBOARD)
    start = before(world.ago(hours=30), State.ANALYSED)
    yield from walk(work, Way(start, State.ANALYSED, office=False, left=-24 * 60))
    yield world.ago(hours=28)
    explanation.ask_unfounded(work.id, reason="拆机见饮料腐蚀，属液体侵入，不在保修范围", actor=work.owner, at=world.at)
    yield world.ago(hours=26)
    explanation.confirm_unfounded(work.id, Skip("由责任人说明"), actor=work.supervisor, at=world.at)
    yield world.ago(hours=25)
    work.send(
        "检测结果：键盘电路板上有饮料糖渍，属液体侵入，保修不能覆盖。可以为您按成本价换板，85元，三天寄回。您看可以吗？"
    )


ROUTER = Matter(
    code="router",
    customer="蒋丽",
    contacts=(("phone", "13800000205"),),
    channel="phone",
    title="路由器说好覆盖三居室，卧室没信号",
    text="页面说覆盖120平，我家110平，卧室就是没信号，要求退货，已经用了二十天了。",
    category="communication.usage",
    about="路由器覆盖范围",
    feeling="焦急",
    emotion=2,
    demands=(must("退货退款", 269),),
    heard="三居室里偏偏卧室没信号，用着肯定闹心。我们对照页面说明和您家的摆放，",
    restated="您是说页面写覆盖120平，卧室却没信号，希望退货，对吗？",
    order="E-2015",
    product="路由器",
    amount=yuan(269),
    owner="zhoumin",
    handler="penghui",
    inquiry=Inquiry(
        clues=(
            Clue(
                "listing_snapshot",
                "商品页面快照",
                "产品部存档",
                "写明“空旷环境”，并提示承重墙影响",
                file="页面截图.png",
            ),
            Clue("service_log", "远程检测记录", "客服系统", "信号穿两道承重墙"),
        ),
        cause="misread_rule",
        side="customer",
        grounds="页面写明为空旷环境，且提示承重墙影响；设备检测正常",
        told="",
        founded=False,
        demand_reasonable=False,
        nobody="设备正常",
    ),
)


def router(world: World) -> Story:
    """Not founded, and a second person was asked to confirm it."""
    work = Casework(world, ROUTER)
    start = before(world.ago(hours=3), State.ANALYSED)
    yield from walk(work, Way(start, State.ANALYSED, office=False, left=100))
    yield world.ago(hours=1, minutes=10)
    explanation.ask_unfounded(
        work.id, reason="页面写明空旷环境并提示承重墙影响，设备检测正常", actor=work.owner, at=world.at
    )


ALL = (
    earphones,
    usual(FAN, fan),
    power_bank,
    keyboard,
    router,
)
