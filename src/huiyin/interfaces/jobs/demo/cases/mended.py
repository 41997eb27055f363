"""Goods that did not work and were made good."""

from huiyin.complaints.conversation import Say
from huiyin.complaints.states import State
from huiyin.complaints.steps import followup
from huiyin.complaints.steps.planning import Line
from huiyin.complaints.steps.review import Answers
from huiyin.interfaces.jobs.demo import aftercare
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Clue, Ending, Inquiry, Matter, Offer, must, wish, yuan
from huiyin.interfaces.jobs.demo.path import Way, walk
from huiyin.interfaces.jobs.demo.world import Story, World

READER = Matter(
    code="reader",
    customer="谭勇",
    contacts=(("phone", "13800000206"),),
    channel="phone",
    title="电子书阅读器翻页键按不动",
    text="翻页键卡住了，按不动。",
    category="quality.fault",
    about="阅读器翻页键卡住",
    feeling="冷淡",
    emotion=2,
    demands=(must("修好或换新"),),
    heard="翻页键按不动，看书确实别扭。我们先查检测记录，",
    restated="您是说翻页键卡住，希望修好或换新，对吗？",
    order="E-1702",
    product="电子书阅读器",
    amount=yuan(399),
    owner="zhoumin",
    handler="zhengjie",
    inquiry=Inquiry(
        clues=(
            Clue("test_report", "按键寿命抽检", "质量管理部", "弹片装配偏移"),
            Clue("service_log", "报修通话记录", "呼叫系统", "描述与弹片偏移一致"),
        ),
        cause="batch_fault",
        side="partner",
        grounds="抽检发现按键弹片装配偏移",
        told="查到了：阅读器翻页键的弹片装偏了，属装配缺陷，由厂家承担。",
        nobody="责任在供应商",
    ),
    offers=(
        Offer("换一台新的", (Line("exchange", yuan(399)),), (("换新", ""),)),
        Offer("免费维修，七天寄回", (Line("repair"),), (("修好", ""),), hours=168),
    ),
)


def reader(world: World) -> Story:
    """Exchanged, but the customer never answered again: counted apart, never as satisfied."""
    work = Casework(world, READER)
    yield from walk(work, Way(world.day(24, "09:30"), State.FOLLOWING_UP))
    for days, note in ((20, "响铃无人接听"), (19, "接通后挂断"), (18, "关机")):
        yield world.day(days, "15:10")
        aftercare.miss(work, note)
    yield world.day(18, "16:00")
    text = "阅读器换新件已签收。多次电话未能接通，如还有问题，三十天内随时联系我们，案件可重新打开。"
    notice = Say(text, medium="portal")
    followup.record_contact_attempt(
        work.id, medium="portal", note="最后通知", final_notice=notice, actor=work.owner, at=world.at
    )
    aftercare.conclude(work)
    yield world.day(17, "10:00")
    aftercare.look_back(work)
    aftercare.settle_questions(work)
    yield world.day(17, "14:20")
    aftercare.close(work)


VACUUM = Matter(
    code="vacuum",
    customer="田甜",
    contacts=(("phone", "13800000207"), ("card", "VIP-20019")),
    channel="ticket",
    title="扫地机充不上电",
    text="扫地机回充座后充不上电，触点擦过也没用，家里有孩子每天都要扫。",
    category="quality.fault",
    about="扫地机充不上电",
    feeling="着急",
    emotion=3,
    demands=(must("尽快能用"), wish("期间有替代办法")),
    heard="家里有孩子，扫地机偏偏充不上电，一天都等不了。我们请质量管理部看日志，",
    restated="您是说扫地机回座后不充电，希望尽快能用，最好期间有替代，对吗？",
    order="E-2102",
    product="扫地机器人",
    amount=yuan(1699),
    card="VIP-20019",
    handler="zhengjie",
    inquiry=Inquiry(
        clues=(
            Clue("service_log", "设备云端日志", "设备平台", "充电座输出电压偏低"),
            Clue("test_report", "充电座检测", "质量管理部", "适配器虚焊", file="充电座检测.pdf"),
        ),
        cause="storage_fault",
        side="company",
        grounds="充电座适配器受潮虚焊，为仓储除湿不到位所致",
        told="查清楚了：充电座适配器在我们仓库受潮，导致扫地机充不上电，这是我们的责任，向您道歉。",
        responsible="zhoujianguo",
        loss=yuan(120),
    ),
    offers=(
        Offer(
            "当天寄出新充电座，另赠50元券",
            (Line("exchange", yuan(120)), Line("coupon", yuan(50))),
            (("换新充电座", ""), ("顺丰次日达，另赠券", "不另寄备用机")),
        ),
        Offer("上门检修", (Line("repair"),), (("上门检修", ""), ("三天内", "不另寄备用机")), hours=72),
    ),
    ending=Ending(choice="换充电座，越快越好。"),
)


def vacuum(world: World) -> Story:
    """Everything is done; the first of two callbacks is due today."""
    work = Casework(world, VACUUM)
    yield from walk(work, Way(world.day(4, "09:20"), State.FOLLOWING_UP))
    yield world.day(1, "18:10")
    work.arrive()


MOUSE = Matter(
    code="mouse",
    customer="梁静",
    contacts=(("phone", "13800000208"),),
    channel="phone",
    title="鼠标滚轮有异响",
    text="鼠标滚轮一滚就吱吱响，换个新的就行。",
    category="quality.fault",
    about="鼠标滚轮异响",
    feeling="平和",
    emotion=1,
    demands=(must("换个新的", 59),),
    heard="滚轮吱吱响，办公时听着确实烦。我马上查库存，",
    restated="您是说滚轮有异响，换一只新的就行，对吗？",
    order="E-1990",
    product="无线鼠标",
    amount=yuan(59),
    owner="liuyang",
    minor=True,
    inquiry=Inquiry(
        clues=(),
        cause="batch_fault",
        side="partner",
        grounds="同款已有三例，厂家同意换新",
        told="同款有过同样的情况，厂家同意换新，鼠标今天就给您寄出。",
    ),
    ending=Ending(
        choice="行，寄新的来。",
        review=Answers("同批次滚轮润滑脂不足", "小额换新当场办结，客户满意", "到货抽检增加滚轮手感", "抽检表加一项"),
    ),
)


def mouse(world: World) -> Story:
    """Settled at once within the agent's authority, looked at afterwards, closed."""
    work = Casework(world, MOUSE)
    yield from walk(work, Way(world.day(9, "13:30"), State.REGISTERED))
    yield world.later(minutes=20)
    work.settle("换新鼠标一只", Offer("换新", (Line("exchange", yuan(59)),), ()), world.day(8, "12:00"))
    yield world.day(8, "11:00")
    for action in work.to_do:
        work.carry_out(action)
    work.finish_execution()
    yield world.day(6, "15:00")
    work.arrive()
    yield world.day(5, "10:40")
    aftercare.call_back(work)
    aftercare.conclude(work)
    aftercare.look_back(work)
    aftercare.settle_questions(work)
    yield world.day(5, "17:00")
    aftercare.close(work)


ALL = (
    reader,
    vacuum,
    mouse,
)
