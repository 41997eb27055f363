"""What else happens at the desk: questions passed on, people away, cases followed, plans looked at afterwards."""

from huiyin.complaints.models import Approval, Complaint
from huiyin.complaints.steps import approval, attachments, enquiries, messages
from huiyin.interfaces.jobs.demo.world import Story, World
from huiyin.people.models import IdentityKind
from huiyin.workforce import availability
from huiyin.workforce.models import AbsenceKind

ASKED = (
    ("丁女士", "13800000601", "企业采购五十台以上有没有专人对接？", "sales", 50, "zhoumin"),
    ("陆先生", "13800000602", "旧款扫地机的滤网还有没有卖？", "product", 28, "liuyang"),
    ("孟先生", "13800000603", "发票可以改成电子专票吗？", "finance", 4, "lina"),
)
ANSWERED = "可以，有企业采购专员，已请方圆今天下午回电。"


def questions(world: World) -> Story:
    """Three questions outside the desk's own scope: answered, overdue, and new."""
    passed = []
    for name, phone, question, department, hours, by in ASKED:
        yield world.ago(hours=hours)
        head = world.people[{"sales": "fangyuan", "product": "liangchen", "finance": "qianhong"}[department]]
        new = enquiries.NewEnquiry(name, phone, question, head.department)
        passed.append(enquiries.pass_on(new, actor=world.actor(by), at=world.at))
        if department == "sales":
            yield world.later(hours=5)
            enquiries.answer(passed[0].pk, answer=ANSWERED, actor=world.actor("fangyuan"), at=world.at)


def absences(world: World) -> Story:
    """One agent is at a training today, a handler on leave next week."""
    yield world.day(2, "16:00")
    supervisor = world.people["chenjing"]
    period = (world.ago(hours=1), world.ahead(hours=7))
    availability.record_absence(
        world.people["liuyang"],
        period,
        by=supervisor,
        at=world.at,
        substitute=world.people["wudi"],
        kind=AbsenceKind.TRAINING,
    )
    holiday = (world.ahead(days=5), world.ahead(days=8))
    malin = world.people["malin"]
    availability.record_absence(malin, holiday, by=malin, at=world.at, substitute=world.people["dinghao"])


def afterwards(world: World) -> Story:
    """The leader looks at what was offered without his signature: one in order, one objected to, the rest waits."""
    yield world.day(1, "18:30")
    rows = Approval.objects.filter(afterwards=True, decision=Approval.Decision.PENDING).order_by("pk")
    leader = world.actor("wangzhiyuan")
    for place, row in enumerate(rows[:2]):
        comment = "补偿方式合适。" if place == 0 else "券额偏高，下次先问主管。"
        approval.review_afterwards(row.pk, objected=place == 1, comment=comment, actor=leader, at=world.at)


def followed(world: World) -> Story:
    """The supervisor follows what is in public; an owner looks up a telephone number, with a reason."""
    yield world.ago(minutes=30)
    for code in ("power_bank", "weibo"):
        messages.follow(world.cases[code], actor=world.actor("chenjing"))
    case = Complaint.objects.get(pk=world.cases["birthday"])
    phone = case.customer.identities.get(kind=IdentityKind.PHONE)
    reason = "工单无人应答，回电核对地址"
    attachments.reveal_contact(case.pk, phone.pk, reason=reason, actor=world.actor("zhoumin"), at=world.at)


ALL = (questions, absences, afterwards, followed)
