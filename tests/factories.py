"""People, packs and cases for tests: real rows made by the real steps, at times the test chooses."""

from datetime import datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from zlib import crc32
from zoneinfo import ZoneInfo

from huiyin.complaints import admission, promises
from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.models import Complaint
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import assignment, explanation, investigation, reception, registration
from huiyin.complaints.steps.investigation import NewEvidence, NewFinding
from huiyin.complaints.steps.registration import DemandLine, Form
from huiyin.knowledge import loading
from huiyin.people.actors import Actor
from huiyin.people.models import Customer, Department, Person, PersonRole
from huiyin.people.roles import Role
from huiyin.policy import calendars
from huiyin.policy.models import PackVersion
from huiyin.policy.packs import store
from huiyin.workforce import availability
from tests.remembering import remembered

ZONE = ZoneInfo("Asia/Shanghai")
when = partial(datetime, tzinfo=ZONE)
# Scenario 0 begins on this Tuesday.
TUESDAY_10 = when(2025, 3, 4, 10)
LONG_AGO = when(2025, 1, 2, 9)


def load_policy() -> None:
    """Load the shipped calendars and packs as `make run` does, unless they are there."""
    if PackVersion.objects.exists():
        return
    calendars.load_shipped(LONG_AGO)
    store.load_shipped(at=LONG_AGO)


def load_knowledge() -> None:
    """Put the shipped entries on their shelves as `make run` does, unless they are there."""
    loading.load_shipped(at=LONG_AGO)


def key_of(name: str) -> int:
    """The same primary key for the same name, in whatever order a test makes people (see `remembering`)."""
    return 1_000 + crc32(name.encode()) % 1_000_000


def department(code: str, name: str = "") -> Department:
    return Department.objects.get_or_create(code=code, defaults={"pk": key_of(code), "name": name or code})[0]


def person(username: str, *roles: Role, name: str = "", of: str = "customer_service") -> Person:
    """A person with these roles in a department; asking twice gives the same person."""
    row, made = Person.objects.get_or_create(
        username=username, defaults={"pk": key_of(username), "name": name or username, "department": department(of)}
    )
    if made:
        PersonRole.objects.bulk_create([PersonRole(person=row, role=role) for role in roles])
    return row


def acting(username: str, *roles: Role, **more: str) -> Actor:
    return Actor.of(person(username, *roles, **more))


# --- Cases, one helper per state -----------------------------------------------------------------------------------

SCRATCHED = "全新未拆却有划痕,感觉被欺骗"


def at_of(complaint: Complaint, minutes: int) -> datetime:
    """So many minutes after the complaint was received."""
    return complaint.received_at + timedelta(minutes=minutes)


def agent() -> Actor:
    return acting("xiaoli", Role.AGENT, name="李娜")


def supervisor() -> Actor:
    return acting("chenzhuguan", Role.SUPERVISOR, name="陈静")


def handler() -> Actor:
    return acting("laozhou", Role.HANDLER, name="周建国", of="warehouse")


@remembered()
def received(*, actor: Actor | None = None, at: datetime = TUESDAY_10, **changes: Any) -> Complaint:
    """The scratched device of scenario 0, received; any field of NewComplaint can be given another value."""
    new = reception.NewComplaint(
        **{
            "title": "收到的手机外壳有划痕",
            "text": SCRATCHED,
            "channel": "ticket",
            "name": "张三",
            "identities": (("phone", "13812341234"),),
            "order_number": "E-1001",
            "product": "手机",
            "amount": Decimal("1299.00"),
            **changes,
        }
    )
    return reception.receive(new, actor=actor or agent(), at=at)


def promised(complaint: Complaint, text: str, minutes: int, *, what: str = "核查结果") -> Say:
    """Words that name the next time, so many minutes after receipt."""
    return Say(text, next=Spoken(what, at_of(complaint, minutes)))


@remembered()
def acknowledged(*, actor: Actor | None = None, minutes: int = 15, **changes: Any) -> Complaint:
    """Received, and answered first a quarter of an hour later with a promise two hours ahead."""
    complaint = received(actor=actor, **changes)
    words = promised(
        complaint, "您期待收到完美的商品,结果出现划痕,肯定很失望。我们两小时内给您核查结果。", minutes + 120
    )
    return reception.acknowledge(complaint.pk, words, actor=actor or agent(), at=at_of(complaint, minutes))


def away(who: Person, since: datetime, *, by: Person, hours: int = 8) -> None:
    """Somebody is away for so many hours."""
    availability.record_absence(who, (since, since + timedelta(hours=hours)), by=by, at=since)


@remembered()
def admitted(
    state: str, *, owner: Person, promised: tuple[Spoken, ...] = (), pack: str = "retail", **fields: Any
) -> Complaint:
    """A case taken over in this state, for what does not depend on how it got there."""
    customer = Customer.objects.create(name="赵敏", created_at=LONG_AGO)
    running = Complaint.objects.count() + 1
    case = Complaint(
        number=fields.pop("number", f"OLD-{running}"),
        title=fields.pop("title", "全新平板有划痕"),
        state=state,
        channel="import",
        received_at=TUESDAY_10,
        stage_since=TUESDAY_10,
        customer=customer,
        owner=owner,
        **fields,
    )
    one = admission.Admission(case, store.current(pack, TUESDAY_10), original=case.number, promised=promised)
    return admission.admit(one, actor=Actor.system("import"), at=TUESDAY_10)


def form(**changes: Any) -> Form:
    """The registration of scenario 0, complete; any field can be given another value."""
    return Form(
        **{
            "complainant": "张三",
            "object": "手机外壳",
            "matter": SCRATCHED,
            "emotion": 4,
            "emotion_note": "语气强硬",
            "demands": (DemandLine("全额退款", amount=Decimal("1299.00")), DemandLine("补偿损失", must=False)),
            "category": "quality.damage",
            "happened_where": "家中签收",
            "happened_step": "拆封",
            "restated": "您的意思是说,全新未拆的手机拆开就有划痕,对吗?",
            "confirmed": True,
            **changes,
        }
    )


@remembered()
def registered(*, actor: Actor | None = None, minutes: int = 30, **changes: Any) -> Complaint:
    """Acknowledged and registered half an hour after receipt; changes are fields of the form."""
    complaint = acknowledged(actor=actor)
    words = Say("您反映的划痕已登记,正在安排核查。")
    return registration.register(
        complaint.pk, form(**changes), words, actor=actor or agent(), at=at_of(complaint, minutes)
    )


@remembered(agent, supervisor, handler)
def investigating(
    *, actor: Actor | None = None, minutes: int = 40, to: Actor | None = None, **changes: Any
) -> Complaint:
    """Registered and given to the warehouse's handler; changes are fields of the form."""
    complaint = registered(actor=actor, **changes)
    person = (to or handler()).person
    assert person is not None
    return assignment.assign_handler(
        complaint.pk,
        department=person.department,
        handler=person,
        words=Say("划痕一事已交仓库周师傅核查,核查结果仍按原定时间告诉您。"),
        actor=supervisor(),
        at=at_of(complaint, minutes),
    )


def evidence(kind: str = "outbound_video", **changes: Any) -> NewEvidence:
    return NewEvidence(
        **{"kind": kind, "title": f"证据 {kind}", "source": "仓库", "obtained_at": TUESDAY_10, **changes}
    )


@remembered(agent, supervisor, handler)
def with_evidence(
    *, actor: Actor | None = None, minutes: int = 60, to: Actor | None = None, **changes: Any
) -> Complaint:
    """Investigating, with the outbound video, the delivery record, and a verdict on each listed cause."""
    complaint = investigating(actor=actor, to=to, **changes)
    by, at = to or handler(), at_of(complaint, minutes)
    for kind in ("outbound_video", "delivery_record"):
        investigation.add_evidence(complaint.pk, evidence(kind), actor=by, at=at)
    leaves = {leaf.code: leaf for leaf in promises.pack_of(complaint).leaves}
    for cause in leaves[complaint.category].causes:
        investigation.judge_cause(
            complaint.pk,
            cause=cause,
            ruled_in=cause in RULED_IN,
            grounds="出库视频与签收记录",
            actor=by,
            at=at,
        )
    return Complaint.objects.get(pk=complaint.pk)


RULED_IN = ("transport_damage", "carrier_delay", "attitude", "misread_rule")


def finding(**changes: Any) -> NewFinding:
    """Transport damage by the engaged carrier, founded, as in scenario 0."""
    return NewFinding(
        **{
            "cause": "transport_damage",
            "side": "third_party",
            "reasons_sufficient": True,
            "demand_reasonable": True,
            "grounds": "出库视频显示外观完好,签收记录注明外箱破损",
            "no_person_reason": "责任在承运商",
            "account_weighed": "客户所说拆开即有划痕,与签收记录一致;所说我方有意隐瞒,出库视频不支持",
            **changes,
        }
    )


OWNER_TELLS = Skip("由责任人统一告知客户")


@remembered(agent, supervisor, handler)
def analysed(
    *,
    actor: Actor | None = None,
    minutes: int = 90,
    to: Actor | None = None,
    found: NewFinding | None = None,
    **changes: Any,
) -> Complaint:
    """Evidence gathered and the finding issued; changes are fields of the form."""
    complaint = with_evidence(actor=actor, to=to, **changes)
    return investigation.issue_finding(
        complaint.pk, found or finding(), OWNER_TELLS, actor=to or handler(), at=at_of(complaint, minutes)
    )


def unfounded(**changes: Any) -> NewFinding:
    """The customer misread the rule: not founded."""
    return finding(
        **{
            "cause": "misread_rule",
            "side": "customer",
            "reasons_sufficient": False,
            "demand_reasonable": False,
            "grounds": "活动规则写明仅限新品",
            "no_person_reason": "客户误读规则",
            **changes,
        }
    )


@remembered(agent, supervisor, handler)
def explaining(*, actor: Actor | None = None, minutes: int = 100) -> Complaint:
    """Not founded, asked for by the owner and confirmed by the supervisor."""
    complaint = analysed(actor=actor, found=unfounded(), category="communication.promotion")
    at = at_of(complaint, minutes)
    explanation.ask_unfounded(complaint.pk, reason="客户误读了活动规则", actor=actor or agent(), at=at)
    return explanation.confirm_unfounded(complaint.pk, OWNER_TELLS, actor=supervisor(), at=at)
