"""How people were treated: waiting, attitude, wrong words."""

from huiyin.complaints.states import State
from huiyin.complaints.steps import callers, flags, withdrawal
from huiyin.complaints.steps.planning import Line
from huiyin.interfaces.jobs.demo import aftercare
from huiyin.interfaces.jobs.demo.bargaining import ask_and_rank
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Clue, Inquiry, Matter, Offer, must, wish, yuan
from huiyin.interfaces.jobs.demo.path import Way, before, usual, walk
from huiyin.interfaces.jobs.demo.world import Story, World

RECORDING = Clue("call_recording", "通话录音", "呼叫系统", "全程录音可听")


LOG = Clue("service_log", "客服系统日志", "客服系统", "接入与转接时间完整", file="系统日志截图.png")


WAITING = Matter(
    code="waiting",
    customer="秦岚",
    contacts=(("phone", "13800000401"),),
    channel="phone",
    title="客服电话等了四十分钟没人接",
    text="打了三次客服电话，每次都排队，最后一次等了四十分钟自己断了。就想问个保修，怎么这么难？",
    category="service.after_sales",
    about="客服电话难接通",
    feeling="疲惫、不满",
    emotion=3,
    demands=(must("有人回电解决保修"),),
    heard="",
    restated="",
    product="平板电脑",
    owner="zhoumin",
)


def waiting(world: World) -> Way:
    return Way(world.ago(minutes=113), State.RECEIVED)


ATTITUDE = Matter(
    code="attitude",
    customer="温婷",
    contacts=(("phone", "13800000402"),),
    channel="phone",
    title="客服说“你自己不会看说明书吗”",
    text="我问怎么设置，客服直接来一句“你自己不会看说明书吗”。我母亲也在旁边听着，太不尊重人了。",
    category="service.attitude",
    about="客服言语不当",
    feeling="受辱，要求当事人道歉",
    emotion=4,
    demands=(must("当事人道歉"), wish("说明如何处理")),
    heard="当着母亲的面被说“不会看说明书”，心里一定很不舒服。我们今天就调录音核实，",
    restated="您是说客服以不尊重的口气回应，要求当事人道歉并说明处理，对吗？",
    owner="lina",
    handler="penghui",
    inquiry=Inquiry(clues=(RECORDING,), cause="attitude", side="company", grounds="录音证实原话", told=""),
)


def attitude(world: World) -> Story:
    """The agent complained about is kept out of the case."""
    work = Casework(world, ATTITUDE)
    start = before(world.ago(hours=22), State.INVESTIGATING)
    yield from walk(work, Way(start, State.INVESTIGATING, office=False, left=55))
    yield world.ago(hours=21)
    flags.declare_interest(
        work.id,
        person=world.people["liuyang"],
        complained_about=True,
        reason="录音显示为其本人接听",
        actor=work.supervisor,
        at=world.at,
    )
    yield world.ago(hours=4)
    work.prove(RECORDING)
    yield world.ago(hours=3)
    work.note("录音第2分14秒，原话属实。已请当事人写情况说明。", by="penghui")


TRADE_IN = Matter(
    code="trade_in",
    customer="韩雪",
    contacts=(("phone", "13800000403"), ("email", "han.xue@example.com")),
    channel="email",
    title="以旧换新报价前后差四百",
    text="客服在线报价旧手机可抵1200，寄到后只给800，理由是有划痕，可当时照片我都发了。",
    category="communication.promotion",
    about="以旧换新报价",
    feeling="觉得被忽悠",
    emotion=3,
    demands=(must("按1200元抵扣", 400),),
    heard="照片都提前发了，报价却差四百，确实难以接受。我们核对聊天记录和检测标准，",
    restated="您是说报价1200元，寄到后改为800元，要求按原报价抵扣，对吗？",
    order="E-2222",
    product="手机",
    amount=yuan(400),
    owner="zhoumin",
    handler="penghui",
    inquiry=Inquiry(
        clues=(
            Clue("service_log", "在线报价聊天记录", "客服系统", "客服看过照片后报1200元", file="聊天截图.png"),
            Clue("listing_snapshot", "以旧换新规则页", "产品部存档", "未写明划痕扣减"),
        ),
        cause="unclear_rule",
        side="company",
        grounds="规则页没有写明划痕扣减，客服看过照片后报价1200元，应按报价执行",
        told="核对过了：规则页没有写明划痕怎么扣，客服看过照片才报的价。以旧换新的报价我们应当算数，前后不一是我们的错，向您道歉。",
        nobody="规则缺失，无个人责任",
        loss=yuan(400),
    ),
    offers=(
        Offer(
            "补足差价400元",
            (Line("price_cut", yuan(400)),),
            (("按1200元抵扣", ""),),
            hours=24,
        ),
    ),
)


def trade_in(world: World) -> Story:
    """A plan with one option, which wants a reason or another option."""
    work = Casework(world, TRADE_IN)
    start = before(world.ago(hours=3), State.PLANNING)
    yield from walk(work, Way(start, State.PLANNING, office=False, left=80))
    yield world.ago(hours=1, minutes=30)
    work.draft()
    yield world.ago(hours=1, minutes=10)
    ask_and_rank(work, world.at)


WEIBO = Matter(
    code="weibo",
    customer="微博用户“橙子汽水”",
    contacts=(("handle", "chengzi_qishui"),),
    channel="social",
    title="发帖称客服已读不回",
    text="晨光的客服已读不回三天了，买了个手环像丢进了水里。大家避雷！",
    category="service.after_sales",
    about="客服不回消息",
    feeling="公开指责",
    emotion=4,
    demands=(must("有人回应"),),
    heard="",
    restated="",
    product="智能手环",
    owner="wudi",
)


def weibo(world: World) -> Story:
    """In public, and the golden hours of the first answer are over."""
    work = Casework(world, WEIBO)
    yield world.ago(hours=3, minutes=10)
    work.receive()
    yield world.ago(hours=2)
    callers.note_caller(work.id, "media", "自称财经号记者，转发已过百", actor=work.owner, at=world.at)
    yield world.ago(minutes=40)
    work.customer_says("还是没人理？截图留着了。", where_is_it=True)


WITHDRAWN = Matter(
    code="withdrawn",
    customer="葛明",
    contacts=(("phone", "13800000408"),),
    channel="phone",
    title="投诉门店不给开保修卡",
    text="自提门店不给开保修卡。",
    category="service.after_sales",
    about="未开保修卡",
    feeling="平静",
    emotion=1,
    demands=(must("补开保修卡"),),
    heard="没有保修卡，以后维修没凭证，确实不放心。我们联系门店，",
    restated="您是说自提门店没有开保修卡，要求补开，对吗？",
    order="E-2044",
    product="耳机",
    owner="liuyang",
    handler="penghui",
)


def withdrawn(world: World) -> Story:
    """The customer found the card in the box and took the complaint back."""
    work = Casework(world, WITHDRAWN)
    yield from walk(work, Way(world.day(6, "11:00"), State.INVESTIGATING))
    yield world.day(5, "10:00")
    withdrawal.ask_withdrawal(
        work.id, said="保修卡夹在说明书里，是我没看到，不投诉了。", via="phone", actor=work.owner, at=world.at
    )
    yield world.day(5, "10:30")
    words = work.say("好的，按您的意思撤销投诉。保修卡请收好，需要维修时凭卡联系我们。")
    withdrawal.confirm_withdrawal(work.id, words, actor=work.supervisor, at=world.at)
    yield world.day(5, "15:00")
    aftercare.look_back(work)
    aftercare.settle_questions(work)
    yield world.day(4, "11:00")
    aftercare.close(work)


ALL = (
    usual(WAITING, waiting),
    attitude,
    trade_in,
    weibo,
    withdrawn,
)
