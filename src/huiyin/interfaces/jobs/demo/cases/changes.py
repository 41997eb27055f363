"""What complaints changed: improvements at every stage, signals, one report, and ratings of the service."""

from decimal import Decimal

from huiyin.complaints.models import ClosingQuestion, Complaint
from huiyin.complaints.states import State
from huiyin.complaints.steps import enquiries
from huiyin.improvement import groups, items, signals
from huiyin.improvement.items import Proposal
from huiyin.improvement.models import Item
from huiyin.interfaces.jobs.demo.world import Story, World
from huiyin.people.actors import Actor
from huiyin.quality import assessing
from huiyin.quality.assessing import Answer
from huiyin.quality.models import Assessment

DIMENSIONS = ("reliability", "responsiveness", "assurance", "empathy", "tangibles")
EXPECTED = (90, 80, 80, 80, 60)
# What the customers of the last closed cases felt, and what two inspectors saw.
FELT = ((80, 90, 85, 75, 70), (92, 85, 88, 90, 65), (60, 45, 70, 55, 60), (88, 92, 90, 86, 72))
SEEN = ((85, 90, 85, 70, 75), (85, 75, 80, 90, 75))
CORE = (
    ("accurate", True, "答复与订单、检测记录一致"),
    ("safe", True, "全程未在群里外传客户电话"),
    ("timely", False, "第二次回电比约定晚了四十分钟"),
    ("convenient", True, "客户未被要求重复说明"),
    ("standardised", True, "登记、复述、确认三步齐全"),
)
DAILY = Proposal("夜班交接加一张未回电清单", "夜班结束时口头交接，上周漏了两个回电。清单放在交接页，抽查一周看漏回数。")


def proposals(world: World) -> Story:
    """What closing questions proposed becomes items: late, in hand, waiting; one from daily work is verified."""
    yield world.day(21, "10:20")
    daily = items.propose(DAILY, actor=world.actor("wudi"), at=world.at)
    yield world.day(20, "09:40")
    owner = world.people["hewei"]
    items.accept(daily.pk, owner=owner, due_at=world.day(8, "18:00"), actor=world.actor("chenjing"), at=world.at)
    yield world.day(19, "09:30")
    items.begin(daily.pk, actor=Actor.of(owner), at=world.at)
    yield world.day(9, "16:00")
    found = "抽查七个夜班，未回电由每班三件降到零，清单保留。"
    items.verify(daily.pk, found=found, actor=world.actor("sunli"), at=world.at)
    yield world.day(5, "10:00")
    asked = ClosingQuestion.objects.filter(question=ClosingQuestion.Question.IMPROVEMENT, proposed=True)
    made = [_propose(world, row) for row in asked.select_related("complaint", "answered_by").order_by("pk")[:4]]
    yield world.day(5, "15:30")
    for item, owner_name, due in zip(
        made[:2], ("zhoujianguo", "liangchen"), (world.day(1, "18:00"), world.ahead(days=12)), strict=False
    ):
        owner, by = world.people[owner_name], world.actor("chenjing")
        items.accept(item.pk, owner=owner, due_at=due, actor=by, at=world.at)
    yield world.day(4, "09:50")
    for item in made[:1]:
        items.begin(item.pk, actor=world.actor("zhoujianguo"), at=world.at)
    yield world.day(0, "00:10") if world.day(0, "00:10") < world.now else world.now
    items.ring_overdue(world.at)


def _propose(world: World, row: ClosingQuestion) -> Item:
    why = f"{row.text}。出自投诉 {row.complaint.number} 的复盘；做成后看三十天内同类投诉是否减少。"
    new = Proposal(row.text, why, row.complaint)
    return items.propose(new, actor=Actor.of(row.answered_by), at=world.at)


def noticed(world: World) -> Story:
    """Slight dissatisfaction seen in time: settled, become a complaint, open; one raised by two questions in a day."""
    yield world.day(6, "11:10")
    lina = world.actor("lina")
    waiting = signals.notice("客户三天内两次问安装师傅何时上门，语气变急", None, actor=lina, at=world.at)
    yield world.day(6, "14:00")
    done = "改约次日上午，师傅出发前电话确认，客户表示可以。"
    signals.settle(waiting.pk, done=done, complaint=None, actor=lina, at=world.at)
    yield world.day(3, "10:15")
    price = signals.notice(
        "客户在咨询里说“又不是第一次了”，提到上月降价", None, actor=world.actor("zhoumin"), at=world.at
    )
    yield world.day(3, "16:40")
    became = Complaint.objects.filter(received_at__lt=world.at).order_by("-received_at", "-pk")[0]
    signals.settle(price.pk, done="", complaint=became, actor=world.actor("zhoumin"), at=world.at)
    head = world.people["malin"]
    for hours in (22, 5):
        yield world.ago(hours=hours)
        new = enquiries.NewEnquiry("齐女士", "13800000604", "大件配送能不能约晚上？", head.department)
        passed = enquiries.pass_on(new, actor=world.actor("lina"), at=world.at)
        yield world.later(minutes=40)
        enquiries.answer(passed.pk, answer="可以约到二十点，已转告配送站。", actor=world.actor("malin"), at=world.at)
    signals.watch(world.at)


def reported(world: World) -> Story:
    """The supervisor reports what is frequent; one of the two leaders has read it."""
    yield world.day(3, "17:20")
    begins, ends = world.day(33, "00:00"), world.day(3, "00:00")
    readers = [world.people["wangzhiyuan"], world.people["sunli"]]
    remark = "破损与配送两类最多，包装加固和取件码核验已列为改进。"
    made = groups.report(begins, ends, recipients=readers, remark=remark, actor=world.actor("chenjing"), at=world.at)
    yield world.day(2, "09:10")
    groups.read(made.pk, world.people["wangzhiyuan"], world.at)


def rated(world: World) -> Story:
    """The customers of the last closed cases rate the service, and two inspectors do."""
    yield world.day(1, "15:10")
    closed = Complaint.objects.filter(state=State.CLOSED, merged_into=None).select_related("owner")
    cases = list(closed.order_by("-closed_at", "-pk")[: len(FELT)])
    for case, felt in zip(cases, FELT, strict=False):
        by = Actor.of(case.owner)
        for side, given in ((Assessment.Side.EXPECTED, EXPECTED), (Assessment.Side.ACTUAL, felt)):
            _assess(world, case, side, given, by)
    for case in cases[:1]:
        for name, given in zip(("guoyan", "luojun"), SEEN, strict=True):
            _assess(world, case, Assessment.Side.ACTUAL, given, world.actor(name), Assessment.Rater.INSPECTOR)
        answers = {code: Answer(kept, evidence) for code, kept, evidence in CORE}
        by = world.actor("guoyan")
        assessing.fill_checklist(case.pk, code="core_service", answers=answers, actor=by, at=world.at)


def _assess(
    world: World,
    case: Complaint,
    side: Assessment.Side,
    given: tuple[int, ...],
    by: Actor,
    rater: str = Assessment.Rater.CUSTOMER,
) -> None:
    points = {code: Decimal(value) for code, value in zip(DIMENSIONS, given, strict=True)}
    assessing.assess(case.pk, side=side, rater=rater, points=points, actor=by, at=world.at)


ALL = (proposals, noticed, reported, rated)
