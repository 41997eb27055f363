"""What those who bring the goods do wrong."""

from huiyin.complaints.states import State
from huiyin.complaints.steps import execution
from huiyin.complaints.steps.planning import Line
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Clue, Ending, Inquiry, Matter, Offer, must, wish, yuan
from huiyin.interfaces.jobs.demo.path import Way, before, usual, walk
from huiyin.interfaces.jobs.demo.world import Story, World

COURIER = Matter(
    code="courier",
    customer="严芳",
    contacts=(("phone", "13800000304"),),
    channel="phone",
    title="快递员摔箱子还骂人，显示器也碎了",
    text="快递员把箱子往地上一摔，我说两句他就骂人。开箱显示器屏幕碎了。人的态度和货的损失都要给说法。",
    category="transport.courier",
    about="快递员摔箱骂人",
    feeling="愤怒，要求道歉",
    emotion=5,
    demands=(must("快递员道歉"), must("换新显示器"), wish("处理该快递员")),
    heard="箱子当面被摔，还挨了骂，换谁都咽不下这口气。我们同时联系承运商和仓库，",
    restated="您是说快递员摔箱并辱骂，显示器屏幕碎裂，要求道歉、换新并处理，对吗？",
    order="E-2299",
    product="显示器",
    amount=yuan(1299),
    owner="lina",
    handler="malin",
    compound=True,
)


def courier(world: World) -> Way:
    start = before(world.ago(minutes=96), State.REGISTERED)
    return Way(start, State.REGISTERED, office=False, left=35)


CABINET = Matter(
    code="cabinet",
    customer="王慧敏",
    contacts=(("phone", "13800000306"), ("email", "wang.huimin@example.com")),
    channel="phone",
    title="文件柜到货柜门凹陷、玻璃破碎",
    text="公司订的六组文件柜，到货三组柜门凹陷，一块玻璃碎了。要求退货，另赔三千元误工损失。",
    category="transport.damage",
    about="文件柜破损",
    feeling="不满，要求书面答复",
    emotion=3,
    demands=(must("退货", 4800), wish("赔误工损失", 3000)),
    heard="六组文件柜坏了三组，办公室都摆不开，肯定着急。储运部今天就核对装车记录，",
    restated="您是说六组文件柜三组破损，要求退货并赔偿三千元，对吗？",
    order="B-0088",
    product="文件柜",
    amount=yuan(4800),
    owner="lina",
    handler="malin",
    pack="enterprise_8_steps",
    inquiry=Inquiry(
        clues=(
            Clue("loading_record", "装车加固记录", "储运部", "加固一栏空白", file="装车记录.pdf"),
            Clue("delivery_record", "运输交接单", "储运部", "收货人注明三组破损"),
        ),
        cause="no_straps",
        side="company",
        grounds="装车加固记录空白，司机证实未绑扎，柜体在车厢内移位碰撞",
        told="查清楚了：文件柜装车时没有绑扎加固，途中移位碰坏，这是我们储运环节的责任，向您道歉。",
        responsible="dinghao",
        demand_reasonable=False,
        loss=yuan(2000),
    ),
    offers=(
        Offer(
            "破损三组换新，三天内送到并摆放到位",
            (Line("exchange", yuan(2400)),),
            (("换新三组", "三组完好，不退整单"), ("免费摆放到位", "误工损失未见凭证")),
            hours=72,
        ),
        Offer(
            "上门维修更换柜门和玻璃",
            (Line("repair", yuan(600)),),
            (("维修三组", "不退货"), ("不另赔", "误工损失未见凭证")),
            hours=96,
        ),
        Offer(
            "折价300元，保留使用",
            (Line("price_cut", yuan(300)),),
            (("不退货", "折价保留"), ("折价300元", "误工损失未见凭证")),
            hours=48,
        ),
    ),
)


def cabinet(world: World) -> Story:
    """Eight steps, every plan signed before: waits for a signature, and longer than the clock allows."""
    work = Casework(world, CABINET)
    yield from walk(work, Way(world.day(7, "09:30"), State.APPROVING, left=180, late=frozenset({"plan"})))


STAIRS = Matter(
    code="stairs",
    customer="史春燕",
    contacts=(("phone", "13800000308"), ("card", "VIP-30007")),
    channel="phone",
    title="电视不送上楼，自己搬伤了腰",
    text="买电视时客服说送货上楼，师傅到楼下就走，我自己搬扭了腰。",
    category="transport.courier",
    about="电视未送上楼",
    feeling="委屈",
    emotion=3,
    demands=(must("赔医药费", 320), wish("道歉")),
    heard="说好送货上楼，却让您自己搬电视还扭了腰，身体要紧，请先去看看。我们核对送货单，",
    restated="您是说客服承诺送货上楼而师傅没送，您自己搬时扭伤，要求医药费和道歉，对吗？",
    order="E-2145",
    product="液晶电视",
    amount=yuan(2699),
    card="VIP-30007",
    owner="lina",
    handler="malin",
    inquiry=Inquiry(
        clues=(
            Clue("call_recording", "售前通话录音", "呼叫系统", "确有“送货上楼”"),
            Clue("interview", "送货师傅询问记录", "承运商", "称派单未注明上楼"),
        ),
        cause="process_gap",
        side="company",
        grounds="售前承诺上楼，派单系统没有上楼字段，承诺没有传到承运商",
        told="查清楚了：售前确实承诺送货上楼，但派单没有写明。电视没送上楼、让您受了伤，是我们的责任，向您道歉。",
        nobody="派单系统缺少字段，无个人责任",
        loss=yuan(370),
    ),
    offers=(
        Offer(
            "凭票报销医药费320元，经理当面致歉",
            (Line("compensation", yuan(320)), Line("apology"), Line("process_improvement")),
            (("报销320元", ""), ("经理致歉", "")),
            hours=30,
        ),
        Offer(
            "补偿400元，由您自行支配",
            (Line("compensation", yuan(400)),),
            (("补偿400元", ""), ("电话致歉", "不上门")),
        ),
    ),
    ending=Ending(choice="报销就行，道歉电话里说。"),
)


def stairs(world: World) -> Story:
    """A small kindness was added; the money is paid, but the customer has not been told."""
    work = Casework(world, STAIRS)
    start = before(world.ago(hours=20), State.EXECUTING)
    yield from walk(work, Way(start, State.EXECUTING, office=False, left=190))
    yield world.ago(hours=19)
    execution.grant_goodwill(work.id, item="handwritten_card", actor=work.owner, at=world.at)
    yield world.ago(hours=2)
    paid = next(action for action in work.to_do if action.proof_kind == "payment_reference")
    work.carry_out(paid, tell=False)


ALL = (
    usual(COURIER, courier),
    cabinet,
    stairs,
)
