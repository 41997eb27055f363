"""Parcels that are late, lost or wet."""

from decimal import Decimal

from huiyin.complaints.conversation import Skip
from huiyin.complaints.models import Claim
from huiyin.complaints.states import State
from huiyin.complaints.steps import approval, claims, explanation, followup, linking
from huiyin.complaints.steps.planning import Line
from huiyin.interfaces.jobs.demo.casework import OWNER_TELLS, Casework
from huiyin.interfaces.jobs.demo.matter import Clue, Ending, Inquiry, Matter, Offer, must, wish, yuan
from huiyin.interfaces.jobs.demo.path import Way, before, usual, walk
from huiyin.interfaces.jobs.demo.world import Story, World

TRACK = Clue("delivery_record", "物流轨迹", "承运商系统", "中转站滞留记录完整", file="物流轨迹.pdf")


DISPATCH = Clue("order_record", "出库记录", "仓储系统", "按时出库")


RAIN = Matter(
    code="rain",
    customer="乔雨",
    contacts=(("phone", "13800000301"),),
    channel="phone",
    title="快递放在门外淋湿，音箱进水",
    text="快递员没打电话，直接把箱子放在院子里，下了一夜雨，音箱外箱全湿透，机器也进水了。",
    category="transport.courier",
    about="音箱淋湿",
    feeling="生气",
    emotion=4,
    demands=(must("换一台新的"),),
    heard="",
    restated="",
    order="E-2316",
    product="蓝牙音箱",
    amount=yuan(499),
)


def rain(world: World) -> Way:
    return Way(world.ago(minutes=72), State.RECEIVED)


BIRTHDAY = Matter(
    code="birthday",
    customer="姚琳",
    contacts=(("phone", "13800000302"), ("email", "yao.lin@example.com")),
    channel="ticket",
    title="生日礼物说好今天到，还停在中转站",
    text="给女儿的生日礼物，下单时写着今天到，物流三天没动。孩子等了一晚上，你们让我怎么跟她说？",
    category="transport.delay",
    about="生日礼物延误",
    feeling="又气又急",
    emotion=4,
    demands=(must("今天送到"), wish("给孩子一个交代")),
    heard="孩子等了一晚上生日礼物，做父母的心里一定不好受。我正在联系中转站主管，",
    restated="",
    order="E-2288",
    product="儿童平板",
    amount=yuan(999),
    owner="zhoumin",
)


def birthday(world: World) -> Story:
    """The time promised in the first answer has passed without a word."""
    work = Casework(world, BIRTHDAY)
    start = world.ago(hours=3, minutes=40)
    yield start
    work.receive()
    yield world.later(minutes=14)
    work.acknowledge(world.ago(minutes=25))
    yield world.ago(minutes=12)
    work.customer_says("说好的时间已经过了，到底查得怎么样？", where_is_it=True)


BIRTHDAY_AGAIN = Matter(
    code="birthday_again",
    customer="姚琳",
    contacts=(("phone", "13800000302"),),
    channel="phone",
    title="来电催问生日礼物到哪了",
    text="工单没人回，打电话来问：生日礼物到底今天能不能到？",
    category="transport.delay",
    about="生日礼物延误",
    feeling="更急",
    emotion=4,
    demands=(must("今天送到"),),
    heard="",
    restated="",
    order="E-2288",
    product="儿童平板",
    amount=yuan(999),
    owner="liuyang",
)


def birthday_again(world: World) -> Story:
    """The same matter by another way, merged into the first case."""
    work = Casework(world, BIRTHDAY_AGAIN)
    yield world.ago(hours=2)
    work.receive()
    yield world.ago(hours=1, minutes=48)
    linking.merge(
        work.id, into=world.cases["birthday"], reason="同一订单同一问题，先有工单", actor=work.supervisor, at=world.at
    )


LOST = Matter(
    code="lost",
    customer="马晓东",
    contacts=(("phone", "13800000303"),),
    channel="phone",
    title="相机包裹显示签收，本人没收到",
    text="物流显示昨天已签收，可我根本没收到。相机五千多块，谁签的？",
    category="transport.lost",
    about="相机包裹丢失",
    feeling="焦虑",
    emotion=4,
    demands=(must("补发或退款", 5680), wish("查清谁签收")),
    heard="五千多的相机包裹显示签收，人却没收到，谁都会焦虑。我们马上调签收监控，",
    restated="您是说包裹显示签收但您没收到，希望补发或退款，并查清谁签收，对吗？",
    order="E-1801",
    product="微单相机",
    amount=yuan(5680),
    owner="lina",
    handler="malin",
    inquiry=Inquiry(
        clues=(
            TRACK,
            Clue("third_party", "驿站监控截图", "承运商", "被同楼住户误取", file="驿站监控.png"),
        ),
        cause="carrier_delay",
        side="third_party",
        grounds="驿站监控显示被同楼住户误取，承运商未核验取件码",
        told="查到了：驿站没有核验取件码，相机包裹被同楼住户误取，责任在承运环节。",
        nobody="责任在承运商",
        loss=yuan(5680),
    ),
    offers=(
        Offer(
            "今天补发新相机，顺丰保价",
            (Line("resend", yuan(5680)),),
            (("补发同款", ""), ("监控截图已查明并告知", "")),
            recovery=yuan(5680),
        ),
        Offer("全额退款", (Line("full_refund", yuan(5680)),), (("全额退款", ""), ("已查明", ""))),
    ),
    ending=Ending(
        choice="补发吧，旅行要用。",
        comment="第二天就收到了，谢谢。",
        scores=(5, 5),
        trust=True,
        improvement="高价包裹要求承运商核验取件码并拍照",
    ),
)


def lost(world: World) -> Story:
    """Sent again, closed, and the carrier paid."""
    work = Casework(world, LOST)
    walking = walk(work, Way(world.day(16, "10:15"), State.CLOSED, signed_by="sunli"))
    claim: Claim | None = None
    for moment in walking:
        yield moment
        if claim is None and work.id and work.complaint.state == State.PLANNING:
            new = claims.NewClaim("顺达快运", yuan(5680), "未核验取件码致包裹被误取", world.ahead(days=2))
            claim = claims.open_claim(work.id, new, actor=work.handler, at=world.at)
    assert claim is not None
    for days, status, note, back in (
        (10, Claim.Status.EVIDENCE_SENT, "监控截图与保价单已提交", None),
        (8, Claim.Status.ACKNOWLEDGED, "承运商受理", None),
        (5, Claim.Status.AGREED, "承运商同意全额赔付", None),
        (2, Claim.Status.RECOVERED, "赔款到账", Decimal("5680.00")),
    ):
        yield world.day(days, "15:40")
        claims.move_claim(claim.pk, status, note=note, recovered=back, actor=world.actor("qianhong"), at=world.at)


SNOW = Matter(
    code="snow",
    customer="贺磊",
    contacts=(("phone", "13800000305"), ("email", "he.lei@example.com")),
    channel="email",
    title="加急单晚了六天，耽误展会",
    text="买投影幕参加展会，付了加急费，结果晚到六天，展会都撤了。退加急费，赔我临时租设备的钱。",
    category="transport.delay",
    about="加急单延误",
    feeling="不满，附有租赁发票",
    emotion=3,
    demands=(must("退加急费", 60), must("赔租赁费", 380)),
    heard="付了加急费还晚六天，展会都撤了，白忙一场。我们对照出库和中转记录，",
    restated="您是说加急单晚到六天，要求退加急费60元、赔租赁费380元，对吗？",
    order="E-2171",
    product="投影幕",
    amount=yuan(760),
    owner="zhoumin",
    handler="malin",
    inquiry=Inquiry(
        clues=(DISPATCH, TRACK),
        cause="late_dispatch",
        side="company",
        grounds="加急标记未同步到仓库，按普通单排队，晚出库五天",
        told="查清楚了：加急标记没有同步到仓库，加急单晚出库五天，责任在我们。让您错过展会，向您道歉。",
        responsible="xuqiang",
        loss=yuan(440),
    ),
    offers=(
        Offer(
            "退加急费60元，另赔200元",
            (Line("compensation", yuan(260)), Line("process_improvement")),
            (("退加急费60元", ""), ("赔200元", "租赁发票超出必要天数")),
        ),
        Offer(
            "退加急费60元，另给450元券",
            (Line("coupon", yuan(510)),),
            (("以券退还", "以券代现金"), ("以券代赔", "以券代现金")),
        ),
    ),
)


def snow(world: World) -> Story:
    """The supervisor returned the plan with a comment; it is to be drawn up anew."""
    work = Casework(world, SNOW)
    start = before(world.ago(hours=5), State.APPROVING)
    yield from walk(work, Way(start, State.APPROVING, office=False, left=170))
    yield world.ago(hours=3)
    comment = "租赁费有发票，二百元说不过去；以券代现金客户不会接受。请按票据重算。"
    approval.return_plan(work.id, comment=comment, words=OWNER_TELLS, actor=work.supervisor, at=world.at)


ADDRESS = Matter(
    code="address",
    customer="常远",
    contacts=(("phone", "13800000307"),),
    channel="phone",
    title="快递送到老地址，要求免费改派",
    text="我早搬家了，快递还送到老地址，退回去又要重新等。要求免费改派并赔偿。",
    category="transport.delay",
    about="快递送到老地址",
    feeling="抱怨",
    emotion=2,
    demands=(must("免费改派"), wish("赔偿", 50)),
    heard="搬了家快递还送老地址，来回折腾确实烦。我们核对下单地址和改派记录，",
    restated="您是说已搬家，快递送到老地址，要求免费改派并赔偿，对吗？",
    order="E-2088",
    product="充电器",
    amount=yuan(129),
    owner="liuyang",
    handler="dinghao",
    inquiry=Inquiry(
        clues=(Clue("order_record", "下单地址记录", "订单系统", "下单时选择老地址"), TRACK),
        cause="wrong_address",
        side="customer",
        grounds="下单时选择了老地址，发货前两次短信确认未更改",
        told="",
        founded=False,
        demand_reasonable=False,
        nobody="非我方人员责任",
    ),
)


def address(world: World) -> Story:
    """Explained, but the customer does not pick up the telephone."""
    work = Casework(world, ADDRESS)
    yield from walk(work, Way(world.day(5, "09:15"), State.ANALYSED))
    yield world.day(3, "09:40")
    explanation.ask_unfounded(work.id, reason="下单地址为客户自选，两次短信确认", actor=work.owner, at=world.at)
    yield world.day(3, "11:00")
    explanation.confirm_unfounded(work.id, Skip("由责任人说明"), actor=world.actor("hewei"), at=world.at)
    yield world.day(3, "11:30")
    work.send(
        "核对结果：下单时选的是老地址，发货前两次短信确认也未更改。改派费10元，我们可以先为您安排改派。您看可以吗？"
    )
    for days, note in ((2, "响铃无人接听"), (1, "占线")):
        yield world.day(days, "15:20")
        followup.record_contact_attempt(
            work.id, medium="phone", note=note, final_notice=None, actor=work.owner, at=world.at
        )


ALL = (
    usual(RAIN, rain),
    birthday,
    birthday_again,
    lost,
    snow,
    address,
)
