"""What comes back: work that drags on, second rounds, complaints about complaints."""

from huiyin.complaints import promises
from huiyin.complaints.models import Task
from huiyin.complaints.states import State
from huiyin.complaints.steps import (
    coordination,
    flags,
    followup,
    messages,
    portal,
    reopening,
    tasks,
)
from huiyin.complaints.steps.coordination import Decided, NewMeeting
from huiyin.complaints.steps.planning import Line
from huiyin.complaints.tasking import NewTask
from huiyin.interfaces.jobs.demo import aftercare
from huiyin.interfaces.jobs.demo.cases.service import LOG
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Clue, Ending, Inquiry, Matter, Offer, must, wish, yuan
from huiyin.interfaces.jobs.demo.path import Way, before, walk
from huiyin.interfaces.jobs.demo.world import Story, World

RETURNS = Matter(
    code="returns",
    customer="钟伟",
    contacts=(("phone", "13800000404"),),
    channel="ticket",
    title="退货签收八天还没验货",
    text="退货你们八天前就签收了，页面一直写“待验货”。验个货要多久？",
    category="service.return",
    about="退货迟迟不验",
    feeling="不耐烦",
    emotion=3,
    demands=(must("今天完成验货", 888), wish("说明原因")),
    heard="退货签收八天还停在待验货，换谁都等不住。我们请仓库查这一单，",
    restated="您是说退货八天前已签收，至今未验货，要求尽快验货退款，对吗？",
    order="E-1966",
    product="运动相机",
    amount=yuan(888),
    owner="lina",
    handler="xuqiang",
    inquiry=Inquiry(clues=(LOG,), cause="process_gap", side="company", grounds="退货区积压", told=""),
)


def returns(world: World) -> Story:
    """No result at the time promised: said before it passed, with another time."""
    work = Casework(world, RETURNS)
    start = before(world.ago(hours=28), State.INVESTIGATING)
    yield from walk(work, Way(start, State.INVESTIGATING, office=False, left=-60))
    yield world.ago(hours=2)
    row = promises.running_spoken(work.complaint)[0]
    due = world.ahead(hours=2, minutes=20)
    words = work.say("退货件已在退货区找到，正在验货，结果比原先说的晚一点，今天一定给您。", keep=False)
    messages.replace_promise(
        row.pk, due_at=due, reason="退货区积压，找件多花半天", words=words, actor=work.owner, at=world.at
    )
    yield world.ago(hours=1)
    work.prove(LOG)


SLOW = Matter(
    code="slow",
    customer="任杰",
    contacts=(("phone", "13800000405"),),
    channel="ticket",
    title="维修拖了二十天，仓库和质检互相推",
    text="送修二十天，问仓库说在质检，问质检说没收到，两边推来推去。到底在谁那里？",
    category="service.after_sales",
    about="维修件下落不明",
    feeling="强烈不满",
    emotion=4,
    demands=(must("找到并修好"), wish("补偿等待", 200)),
    heard="送修二十天，两边都说不在自己那里，换谁都窝火。今天由我一个人对您负责到底，",
    restated="您是说送修二十天没有结果，两个部门互相推，要求找到并修好、给予补偿，对吗？",
    order="E-1588",
    product="笔记本电脑",
    amount=yuan(4999),
    owner="zhoumin",
    handler="penghui",
    compound=True,
    inquiry=Inquiry(clues=(LOG,), cause="process_gap", side="company", grounds="交接无签字", told=""),
)


def slow(world: World) -> Story:
    """Two departments: a coordination meeting, and a task that went back and forth."""
    work = Casework(world, SLOW)
    start = before(world.ago(hours=25), State.INVESTIGATING)
    yield from walk(work, Way(start, State.INVESTIGATING, office=False, left=210))
    yield world.ago(hours=24)
    warehouse, quality = world.people["xuqiang"], world.people["zhengjie"]
    new = NewTask(Task.Kind.OTHER, "查找维修件并报位置", warehouse.department, warehouse, world.ahead(hours=1))
    task = tasks.make_task(work.id, new, actor=work.owner, at=world.at)
    yield world.ago(hours=21)
    tasks.bounce_task(task.pk, reason="系统显示已交质检", to=quality, actor=world.actor("xuqiang"), at=world.at)
    yield world.ago(hours=18)
    tasks.bounce_task(task.pk, reason="质检台没有签收记录", to=warehouse, actor=world.actor("zhengjie"), at=world.at)
    yield world.ago(hours=5)
    tasks.acknowledge_task(task.pk, actor=world.actor("xuqiang"), at=world.at)
    meeting = Task.objects.get(complaint=work.id, kind=Task.Kind.COORDINATE)
    yield world.ago(hours=4)
    decisions = (
        Decided("到退货区逐件找，找到即送质检", warehouse, world.ahead(hours=3)),
        Decided("找到当天开工，每日十七点报进度", quality, world.ahead(hours=20)),
    )
    people = (work.owner.person, warehouse, quality)
    record = NewMeeting(
        held_at=world.at,
        people=[one for one in people if one is not None],
        decisions=decisions,
        voice="两个部门已一起去找；无论找到与否，每天十七点由我告诉您进展。",
        summary="交接时没有签收记录，责任另行查明，先找到件。",
    )
    coordination.record_meeting(meeting.pk, record, actor=work.owner, at=world.at)


HANDLING = Matter(
    code="handling",
    customer="马晓东",
    contacts=(("phone", "13800000303"),),
    channel="phone",
    title="上次投诉说要改进，这次又没核验取件码",
    text="上次相机被人误取，你们说会要求核验取件码，这次买镜头又是随便拿。说的改进在哪里？我要找领导。",
    category="handling",
    about="上次承诺的改进没有落实",
    feeling="失望转愤怒，要求领导出面",
    emotion=5,
    demands=(must("领导说明改进情况"), wish("确保这次不出问题")),
    heard="上次答应的改进没有看到，您再次遇到同样的情形，失望完全可以理解。我已把上次的案件调出来，",
    restated="您是说上次答应核验取件码没有落实，要求领导说明，对吗？",
    owner="lina",
    handler="penghui",
)


def handling(world: World) -> Story:
    """A complaint about a complaint: linked to the first case, escalated."""
    work = Casework(world, HANDLING)
    start = before(world.ago(minutes=50), State.REGISTERED)
    yield from walk(work, Way(start, State.REGISTERED, office=False, left=40))
    yield world.ago(minutes=45)
    flags.set_flag(work.id, "escalated", True, reason="客户要求领导出面", actor=work.owner, at=world.at)


BATTERY = Matter(
    code="battery",
    customer="顾海",
    contacts=(("phone", "13800000406"),),
    channel="phone",
    title="换完电池一天还是要充三次",
    text="手机电池不耐用，要求彻底解决。",
    category="service.after_sales",
    about="手机电池不耐用",
    feeling="不满",
    emotion=3,
    demands=(must("彻底解决续航"),),
    heard="电池一天充三次，出门都不踏实。我们查维修记录，",
    restated="您是说手机电池不耐用，希望彻底解决，对吗？",
    order="E-1777",
    product="手机",
    amount=yuan(2599),
    owner="liuyang",
    handler="penghui",
    inquiry=Inquiry(
        clues=(LOG, Clue("interview", "维修师傅询问记录", "维修站", "更换时未做容量测试")),
        cause="process_gap",
        side="company",
        grounds="更换电池后没有做容量测试，装上了老化件",
        told="查清楚了：换电池后没有做容量测试，手机电池装的是老化件，这是我们的疏漏，向您道歉。",
        nobody="流程没有规定容量测试",
    ),
    offers=(
        Offer(
            "免费再换原厂电池，赠50元券",
            (Line("coupon", yuan(50)), Line("process_improvement")),
            (("换原厂电池并测容量", ""),),
            hours=26,
        ),
        Offer("补偿150元自行更换", (Line("compensation", yuan(150)),), (("补贴更换", "由您自行更换"),)),
    ),
    ending=Ending(choice="再换一次试试。"),
)


def battery(world: World) -> Story:
    """Not satisfied when called back: the second round is on its way."""
    work = Casework(world, BATTERY)
    yield from walk(work, Way(world.day(8, "10:00"), State.FOLLOWING_UP))
    yield world.day(3, "10:20")
    aftercare.call_back(work, content=False, comment="还是一天三充，你们到底测没测？")
    yield world.day(3, "10:50")
    words = work.say("电池仍不耐用，说明第一轮没有查到底。案件转入第二轮，换人复核，结果尽快告诉您。{by}前先报进度。",
                     world.ahead(minutes=170), what="第二轮核查结果")  # fmt: skip
    followup.restart(work.id, words, actor=work.owner, at=world.at)


REOPENED = Matter(
    code="reopened",
    customer="倪萍",
    contacts=(("phone", "13800000407"),),
    channel="phone",
    title="换货办了两次都寄错地址",
    text="换货申请写的是公司地址，两次都寄到家里，家里没人收。",
    category="service.return",
    about="换货寄错地址",
    feeling="无奈",
    emotion=3,
    demands=(must("寄到公司"),),
    heard="换货两次都寄错，白跑两趟确实恼火。我们核对换货单地址，",
    restated="您是说换货申请填公司地址，两次都寄到家里，要求寄到公司，对吗？",
    order="E-1699",
    product="键盘",
    amount=yuan(299),
    owner="zhoumin",
    handler="xuqiang",
    inquiry=Inquiry(
        clues=(LOG, Clue("order_record", "换货单", "仓储系统", "面单取的是默认地址")),
        cause="process_gap",
        side="company",
        grounds="面单取默认地址，没有取换货单上的地址",
        told="查到了：打面单时取了默认地址，没有取您换货单上的地址，换货寄错是我们的错，向您道歉。",
        responsible="xuqiang",
    ),
    offers=(
        Offer("今天寄到公司", (Line("exchange", yuan(299)),), (("寄到公司", ""),), hours=24),
        Offer("退款", (Line("full_refund", yuan(299)),), (("退款", "不再寄"),)),
    ),
)


def reopened(world: World) -> Story:
    """Closed, and open again: the third parcel went home as well."""
    work = Casework(world, REOPENED)
    yield from walk(work, Way(world.day(20, "14:00"), State.CLOSED))
    yield world.day(1, "16:30")
    portal.ask_reopening(work.id, text="第三次又寄到家里了！", customer=work.complaint.customer, at=world.at)
    yield world.day(1, "17:20")
    words = work.say(
        "第三次又寄错，案件已重新打开，由仓库主管亲自核查。{by}前给您结果。", world.ahead(hours=3), what="核查结果"
    )
    reopening.reopen(work.id, reason="同一问题第三次出现", words=words, actor=work.supervisor, at=world.at)


ALL = (
    returns,
    slow,
    handling,
    battery,
    reopened,
)
