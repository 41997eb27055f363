"""Goods that are not what the page said."""

from huiyin.complaints.states import State
from huiyin.complaints.steps import offering, portal
from huiyin.complaints.steps.planning import Line
from huiyin.interfaces.jobs.demo import aftercare
from huiyin.interfaces.jobs.demo.cases.damaged import VIDEO
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Clue, Inquiry, Matter, Offer, must, wish, yuan
from huiyin.interfaces.jobs.demo.path import Way, before, walk
from huiyin.interfaces.jobs.demo.world import Story, World

MONITOR_PIXELS = Matter(
    code="monitor_pixels",
    customer="许志远",
    contacts=(("phone", "13800000103"), ("email", "xu.zhiyuan@example.com")),
    channel="portal",
    title="显示器有两处亮点，与“无亮点保证”不符",
    text="你们页面写着“无亮点保证”，我收到的显示器左下方有两个亮点，做设计根本没法用。要么换，要么退。",
    category="quality.not_as_described",
    about="显示器亮点",
    feeling="失望，认为宣传不实",
    emotion=3,
    demands=(must("换一台没有亮点的"), wish("补偿往返时间", 200)),
    heard="做设计的人对亮点最敏感，页面又写着无亮点保证，您的失望我能理解。我们马上核对检测记录，",
    restated="您是说收到的显示器左下方有两个亮点，与页面的无亮点保证不符，希望换新，对吗？",
    order="E-2207",
    product="27寸显示器",
    amount=yuan(1899),
    owner="lina",
    handler="zhengjie",
    inquiry=Inquiry(
        clues=(
            Clue("listing_snapshot", "商品页面快照", "产品部存档", "确有“无亮点保证”字样", file="商品页截图.png"),
            Clue("test_report", "同批次抽检记录", "质量管理部", "抽检十台，一台有亮点", file="抽检记录.pdf"),
        ),
        cause="picture_display",
        side="company",
        grounds="页面承诺无亮点，而该批次出厂标准允许两个以内亮点，页面展示有误",
        told="核查清楚了：页面写了“无亮点保证”，而这批显示器的出厂标准允许有亮点，是我们页面写错了，为此向您道歉，责任在我们。",
        responsible="yexin",
    ),
    offers=(
        Offer(
            "顺丰加急换一台逐台检测过的显示器，另赠50元券",
            (Line("exchange", yuan(1899)), Line("coupon", yuan(50))),
            (("逐台检测，确认无亮点后发出", ""), ("赠50元无门槛券", "往返时间按券补偿，未达200元")),
            hours=24,
        ),
        Offer(
            "全额退款，我们承担退货运费",
            (Line("full_refund", yuan(1899)), Line("freight", yuan(36))),
            (("改为全额退款", "不再换新"), ("承担运费36元", "未另付200元")),
            hours=48,
        ),
    ),
)


def monitor_pixels(world: World) -> Story:
    """Two options are on offer; the complainant's own page waits for the choice."""
    work = Casework(world, MONITOR_PIXELS)
    yield from walk(work, Way(before(world.ago(hours=20), State.OFFERING), State.OFFERING, office=False))
    world.links["offering"] = portal.open_access(work.complaint, world.at)


PROJECTOR = Matter(
    code="projector",
    customer="高明",
    contacts=(("phone", "13800000105"),),
    channel="ticket",
    title="投影仪亮度远低于宣传",
    text="页面写2000流明，实际白天拉上窗帘都看不清，找人测了只有九百多。这不是虚假宣传吗？退货退款，三倍赔偿。",
    category="quality.not_as_described",
    about="投影仪亮度不符",
    feeling="愤怒，提到三倍赔偿",
    emotion=4,
    demands=(must("退货退款", 3299), wish("三倍赔偿", 9897)),
    heard="白天看不清，实测又和页面写的2000流明差这么多，换谁都会生气。我们马上送检并核对页面，",
    restated="您是说投影仪实测亮度只有九百多流明，与页面2000流明不符，要求退款和三倍赔偿，对吗？",
    order="E-2190",
    product="家用投影仪",
    amount=yuan(3299),
    owner="lina",
    handler="zhengjie",
    inquiry=Inquiry(
        clues=(
            Clue("test_report", "亮度检测报告", "质量管理部实验室", "实测910流明", file="亮度检测.pdf"),
            Clue("listing_snapshot", "页面快照", "产品部存档", "标注为光源亮度，未注明换算", file="页面截图.png"),
        ),
        cause="picture_display",
        side="company",
        grounds="页面标的是光源流明，未注明与常用口径的区别，足以使人误解",
        told="检测结果出来了：实测910流明，页面标的2000是光源亮度，没有写清口径，容易让人误解。投影仪页面的这个标法是我们的错，向您道歉。",
        responsible="yexin",
        demand_reasonable=False,
        loss=yuan(3299),
    ),
    offers=(
        Offer(
            "退货退款，承担运费，另补偿300元",
            (Line("full_refund", yuan(3299)), Line("freight", yuan(50)), Line("compensation", yuan(300))),
            (("全额退款3299元", ""), ("补偿300元", "未认定欺诈，三倍赔偿依据不足")),
            hours=24,
        ),
        Offer(
            "折价1000元，保留使用",
            (Line("price_cut", yuan(1000)),),
            (("不退货，折价1000元", "按亮度差距折算"), ("不另赔偿", "同上")),
            hours=24,
        ),
    ),
)


def projector(world: World) -> Story:
    """Waits for the supervisor's signature."""
    yield from walk(
        Casework(world, PROJECTOR),
        Way(before(world.ago(hours=2), State.APPROVING), State.APPROVING, office=False, left=95),
    )


LENS = Matter(
    code="lens",
    customer="邵峰",
    contacts=(("phone", "13800000106"), ("email", "shao.feng@example.com")),
    channel="email",
    title="镜头疑似二手翻新，要求十倍赔偿",
    text="镜头卡口有安装痕迹，肯定是翻新货。我要求退款并按十倍赔偿，否则在各平台曝光。",
    category="quality.not_as_described",
    about="镜头卡口痕迹",
    feeling="敌对，以曝光相威胁",
    emotion=5,
    demands=(must("退货退款", 4580), must("十倍赔偿", 45800)),
    heard="新镜头卡口上有安装痕迹，怀疑翻新很自然。我们调序列号和验货视频来核对，",
    restated="您怀疑镜头是翻新货，要求退款和十倍赔偿，对吗？",
    order="E-1873",
    product="定焦镜头",
    amount=yuan(4580),
    owner="zhoumin",
    handler="zhengjie",
    inquiry=Inquiry(
        clues=(
            Clue("test_report", "序列号与快门数查询", "厂家服务中心", "首次激活日为签收次日", file="序列号查询.pdf"),
            VIDEO,
        ),
        cause="transport_damage",
        side="third_party",
        grounds="序列号首次激活在签收之后，痕迹为运输震动使卡口盖摩擦所致，并非翻新",
        told="核查结果：序列号首次激活在您签收之后，不是翻新；卡口痕迹是运输震动造成的，由承运环节负责。",
        demand_reasonable=False,
        nobody="责任在承运商",
    ),
    offers=(
        Offer(
            "退货退款并承担运费",
            (Line("full_refund", yuan(4580)), Line("freight", yuan(28))),
            (("全额退款4580元", ""), ("不支持", "不存在翻新，十倍赔偿没有依据")),
        ),
        Offer(
            "换一支新镜头，另赠50元券",
            (Line("exchange", yuan(4580)), Line("coupon", yuan(50))),
            (("换新", "不退款"), ("赠50元券", "十倍赔偿没有依据")),
        ),
    ),
)


def lens(world: World) -> Story:
    """What is demanded lies above the standard: the leader refuses, with an alternative, and the case is closed."""
    work = Casework(world, LENS)
    yield from walk(work, Way(world.day(19, "09:40"), State.OFFERING))
    yield world.day(16, "10:10")
    portal.customer_object(
        work.id, text="不接受，就是十倍，少一分都不行。", customer=work.complaint.customer, at=world.at
    )
    yield world.day(16, "15:30")
    words = work.say(
        "退货退款和换新两个方案一直为您保留；镜头不是翻新，十倍赔偿我们不能支持。您也可以向平台或12315反映。"
    )
    offering.refuse_above_standard(
        work.id,
        reason="经核查不是翻新，十倍赔偿没有事实和法律依据",
        alternative="退货退款或换新，任选其一",
        words=words,
        actor=work.leader,
        at=world.at,
    )
    yield world.day(15, "10:00")
    aftercare.look_back(work)
    aftercare.settle_questions(work)
    yield world.day(15, "11:30")
    aftercare.close(work)


OFFICE = Matter(
    code="office",
    customer="远望设计工作室",
    contacts=(("phone", "13800000507"), ("email", "office@example.com")),
    channel="email",
    title="二十台显示器色差严重，整批退换",
    text="采购的二十台专业显示器，出厂校色报告与实测不符，色差肉眼可见，项目已经停了两天。要求整批退货并赔偿停工损失。",
    category="quality.not_as_described",
    about="显示器色差",
    feeling="强硬，由法务出面",
    emotion=4,
    demands=(must("整批退货", 25980), must("赔停工损失", 6000)),
    heard="二十台显示器色差不一，项目停了两天，损失实实在在。质量管理部今天就上门复测，",
    restated="您是说二十台显示器校色报告与实测不符，要求整批退货并赔偿停工损失，对吗？",
    order="B-0102",
    product="专业显示器",
    amount=yuan(25980),
    owner="zhoumin",
    handler="zhengjie",
    inquiry=Inquiry(
        clues=(
            Clue("test_report", "上门复测报告", "质量管理部", "十七台色差超标", file="复测报告.pdf"),
            Clue("third_party", "厂家校色记录", "厂家", "校色仪未定期标定"),
        ),
        cause="picture_display",
        side="company",
        grounds="复测十七台超标，随附校色报告与实物不符",
        told="复测结果：二十台中十七台色差超标，随附的校色报告与实物不符。显示器色差的责任在我们，向贵司道歉。",
        responsible="liangchen",
        loss=yuan(28980),
    ),
    offers=(
        Offer(
            "整批退货退款，赔偿停工损失3000元",
            (Line("full_refund", yuan(25980)), Line("compensation", yuan(3000))),
            (("整批退款25980元", ""), ("赔3000元", "按两天实际停工工位核算")),
            hours=72,
            recovery=yuan(20000),
        ),
        Offer(
            "十七台换新并现场校色，赔偿3000元",
            (Line("exchange", yuan(22083)), Line("compensation", yuan(3000))),
            (("十七台换新", "三台合格，不换"), ("赔3000元", "按两天实际停工工位核算")),
            hours=96,
        ),
    ),
)


def office(world: World) -> Story:
    """Beyond supervisor and manager: the leader signs, on a telephone perhaps."""
    work = Casework(world, OFFICE)
    start = before(world.ago(hours=2), State.APPROVING)
    yield from walk(work, Way(start, State.APPROVING, office=False, left=200))


ALL = (
    monitor_pixels,
    projector,
    lens,
    office,
)
