"""Scenario 3 in the room: installed three days late for a fee of 200, and he wants it fast, tenfold and a gift."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from huiyin.complaints import promises
from huiyin.complaints.models import Complaint, Expectation
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps import conceding, expectations, preparing
from huiyin.complaints.steps.expectations import Asked, NewExpectation, Ranked, Settlement
from huiyin.complaints.steps.planning import NewOption
from huiyin.complaints.steps.preparing import Sheet
from huiyin.complaints.steps.registration import DemandLine
from huiyin.people.actors import Actor
from huiyin.policy.packs.giving import Limit
from tests import factories, later
from tests.factories import at_of, when

FEE = Decimal(200)
TENFOLD = Decimal(2000)
SATURDAY_NOON = when(2025, 6, 7, 12)
DEMANDS = (
    DemandLine("快点给我装上"),
    DemandLine("安装费十倍赔偿", must=False, amount=TENFOLD),
    DemandLine("再送个礼品", must=False),
)


def late_installation(**changes: Any) -> Complaint:
    """In planning: founded, the carrier was late; four expectations are still to be noted."""
    return later.planning(**{"amount": FEE, "demands": DEMANDS, **changes})


def noted(complaint: Complaint, *, actor: Actor | None = None, minutes: int = 126, **changes: Any) -> Expectation:
    new = NewExpectation(**{"said": "快点给我装上", "fuzzy": True, **changes})
    return expectations.note_expectation(
        complaint.pk, new, actor=actor or factories.agent(), at=at_of(complaint, minutes)
    )


def asked(complaint: Complaint, kind: str, about: Expectation | None = None, **changes: Any) -> Any:
    given = {"question": "您最在意哪一件?", "answer": "当然是先装好", "via": "phone", **changes}
    words = Asked(kind=kind, expectation_id=about.pk if about else None, **given)
    return expectations.ask_question(complaint.pk, words, actor=factories.agent(), at=at_of(complaint, 127))


def ranked(complaint: Complaint, *order: tuple[Expectation, str]) -> list[Expectation]:
    given = [Ranked(row.pk, weight) for row, weight in order]
    return expectations.rank_expectations(complaint.pk, given, actor=factories.agent(), at=at_of(complaint, 128))


def four(complaint: Complaint) -> tuple[Expectation, Expectation, Expectation, Expectation]:
    """E1 fast, made precise; E3 an explanation, asked and confirmed; E2 tenfold, replaced; E4 a gift; all weighed."""
    fast = noted(complaint, source="advertised", source_note="24 小时上门")
    asked(complaint, "clarify", fast, precise="6月7日(周六)12:00前装好", due_at=SATURDAY_NOON)
    why = noted(complaint, said="", precise="说明为什么迟了三天", implicit=True, fuzzy=False)
    asked(complaint, "confirm", why, confirmed=True, answer="对,总得给个说法")
    tenfold = noted(
        complaint, said="安装费十倍赔偿", fuzzy=False, unrealistic=True, amount=TENFOLD, remedy="compensation"
    )
    settled(tenfold, replacement="按行业标准补偿 40 元")
    gift = noted(complaint, said="再送个礼品", fuzzy=False)
    for row in (fast, why, tenfold, gift):
        asked(complaint, "weigh", row)
    ranked(complaint, (fast, "must"), (why, "must"), (tenfold, "may"), (gift, "drop"))
    fast, why, tenfold, gift = Expectation.objects.filter(complaint=complaint).order_by("rank")
    return fast, why, tenfold, gift


def settled(row: Expectation, *, actor: Actor | None = None, **changes: Any) -> Expectation:
    given = Settlement(**{"unrealistic": True, **changes})
    return expectations.settle_expectation(
        row.pk, given, actor=actor or factories.agent(), at=at_of(row.complaint, 127)
    )


def option(complaint: Complaint, amount: int, expected: dict[int, tuple[str, str]], **changes: Any) -> NewOption:
    """A compensation of this amount that makes this of each expectation."""
    given = {
        "title": f"补偿 {amount} 元",
        "lines": (Line("compensation", Decimal(amount)),),
        "answers": later.answers(complaint, deviation="按行业标准"),
        "execute_within_minutes": 600,
        "expected": expected,
    }
    return NewOption(**{**given, **changes})


SHEET = Sheet(
    facts="安装迟了三天,排期出错",
    intent="想早点装好,要个说法",
    goal="周六装好,补偿不超过标准",
    opening=Decimal(20),
    steps="20 → 40,换周六上门",
    law="民法典第577条,按实际损失",
    evidence_request="方便的话请提供请假证明,我们据实核算",
    alternatives="周五提前装;周六装并回收旧机",
    gain_customer="早装好,有说法",
    gain_company="按标准补偿,保住老客户",
    long_term="十年老客户",
    checks=("read", "uncertain", "chance"),
    scenes=(("坚持十倍", "说明标准,给两个方案"), ("要求领导出面", "征得同意后转主管")),
)


def sheet(complaint: Complaint, *, actor: Actor | None = None, minutes: int = 128, **changes: Any) -> Any:
    given = Sheet(**{**SHEET.__dict__, **changes})
    return preparing.prepare(complaint.pk, given, actor=actor or factories.agent(), at=at_of(complaint, minutes))


def principled(complaint: Complaint, amount: int = 50, *, minutes: int = 128) -> Any:
    """A bottom line asked for by the agent and approved by the supervisor."""
    at = at_of(complaint, minutes)
    preparing.ask_principle(complaint.pk, amount=Decimal(amount), text="不付十倍", actor=factories.agent(), at=at)
    return preparing.decide_principle(complaint.pk, approved=True, comment="同意", actor=factories.supervisor(), at=at)


def prepared(complaint: Complaint, amount: int = 50, **changes: Any) -> Complaint:
    """Everything on the sheet, and a bottom line."""
    principled(complaint, amount)
    sheet(complaint, **changes)
    return Complaint.objects.get(pk=complaint.pk)


def conceded(complaint: Complaint, amount: int, *, reason: str = "行业标准", obtained: str = "接受周六上门") -> Any:
    return conceding.concede(
        complaint.pk,
        amount=Decimal(amount),
        reason=reason,
        obtained=obtained,
        actor=factories.agent(),
        at=at_of(complaint, 129),
    )


def limited(complaint: Complaint, **limits: int) -> Any:
    """The case's pack in which the agent has limits of their own for these remedies."""
    pack = promises.base_pack(complaint)
    own = tuple(Limit("agent", remedy, Decimal(amount), 30, None) for remedy, amount in limits.items())
    return replace(pack, authority=(*pack.authority, *own))
