"""What outside bodies settle."""

from huiyin.complaints.states import State
from huiyin.complaints.steps import (
    attachments,
    external,
    flags,
)
from huiyin.interfaces.jobs.demo import aftercare, drawing
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Clue, Inquiry, Matter, must, yuan
from huiyin.interfaces.jobs.demo.path import Way, walk
from huiyin.interfaces.jobs.demo.world import ZONE, Story, World

AUTHORITY = Matter(
    code="authority",
    customer="邱桂花",
    contacts=(("phone", "13800000509"),),
    channel="letter",
    title="12315转来：老人被推销延保",
    text="消费者反映：电话推销延保服务398元，老人不知情。请贵司核实处理并回复。",
    category="service.attitude",
    about="电话推销延保",
    feeling="子女代为投诉，态度坚决",
    emotion=4,
    demands=(must("退延保费", 398), must("不再电话推销")),
    heard="老人不知情就被收了延保费，做子女的着急生气都是应该的。我们今天调推销录音，",
    restated="您是说老人在不知情下被收延保费398元，要求退费并停止推销，对吗？",
    owner="zhoumin",
    handler="penghui",
    inquiry=Inquiry(
        clues=(
            Clue("call_recording", "推销通话录音", "呼叫系统", "未说明收费"),
            Clue("order_record", "延保订单", "订单系统", "代下单"),
        ),
        cause="wrong_information",
        side="company",
        grounds="录音中未说明收费，属告知不清",
        told="",
        nobody="外包坐席已停岗",
    ),
)


def authority(world: World) -> Story:
    """Passed on by an authority, mediated there, and settled as agreed; now it is reviewed."""
    agreed = "退还全部费用398元，书面致歉，停止电话推销。"
    told = "按调解协议：延保费398元已退，致歉信随信寄出，今后不再向老人电话推销。"
    yield from _settled_outside(Casework(world, AUTHORITY), 9, agreed, told)


def _settled_outside(work: Casework, day: int, agreed: str, told: str) -> Story:
    """An outside body deals with it until both sides agree."""
    world = work.world
    yield from walk(work, Way(world.day(day, "09:30"), State.ANALYSED))
    yield world.day(day - 2, "11:00")
    flags.set_flag(work.id, "external", True, reason="12315转办，正在调解", actor=work.supervisor, at=world.at)
    yield world.day(day - 5, "15:00")
    sheet = attachments.attach_file(work.id, drawing.draw("调解协议书.pdf"), actor=work.owner, at=world.at)
    decision = external.NewDecision(
        body="区消费者权益保护委员会",
        agreement=True,
        summary=agreed,
        document=sheet,
        decided_on=world.at.astimezone(ZONE).date(),
    )
    external.record_decision(work.id, decision, actor=work.owner, at=world.at)
    yield world.day(day - 5, "16:30")
    external.settle_externally(work.id, work.say(told), actor=work.leader, at=world.at)


PLATFORM = Matter(
    code="platform",
    customer="段文",
    contacts=(("phone", "13800000510"), ("email", "duan.wen@example.com")),
    channel="email",
    title="赠品未发，平台已介入",
    text="下单送的手环一直没发，平台已经介入了。",
    category="communication.promotion",
    about="赠品未发",
    feeling="不耐烦",
    emotion=3,
    demands=(must("补发赠品", 129),),
    heard="冲着赠品下的单，赠品却一直没发，换谁都会觉得不值。我们核对活动名单，",
    restated="您是说赠品手环没有发出，要求补发，对吗？",
    order="E-1777",
    product="平板电脑",
    amount=yuan(129),
    owner="liuyang",
    handler="penghui",
    inquiry=Inquiry(
        clues=(
            Clue("service_log", "赠品发放日志", "营销系统", "名单漏推一百二十单"),
            Clue("listing_snapshot", "活动页快照", "产品部存档", "写明下单即送"),
        ),
        cause="unclear_rule",
        side="company",
        grounds="赠品名单漏推",
        told="",
        nobody="系统漏推",
    ),
)


def platform(world: World) -> Story:
    """Decided by the platform, carried out, closed."""
    work = Casework(world, PLATFORM)
    agreed = "商家补发赠品手环，平台结案。"
    yield from _settled_outside(work, 22, agreed, "按平台的判定：赠品手环今天补发，运单号随短信告知。")
    yield world.day(16, "15:00")
    aftercare.look_back(work)
    aftercare.settle_questions(work)
    yield world.day(15, "15:00")
    aftercare.close(work)


ALL = (
    authority,
    platform,
)
