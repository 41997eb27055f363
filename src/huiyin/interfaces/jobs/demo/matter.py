"""What a case of the demo is about: the words and facts, apart from how far it has come."""

from dataclasses import dataclass, field
from decimal import Decimal

from huiyin.complaints.steps.planning import Line
from huiyin.complaints.steps.registration import DemandLine
from huiyin.complaints.steps.review import Answers


def yuan(amount: str | int) -> Decimal:
    return Decimal(amount).quantize(Decimal("0.01"))


def must(text: str, amount: str | int | None = None) -> DemandLine:
    """A demand the customer cannot do without."""
    return DemandLine(text, amount=None if amount is None else yuan(amount))


def wish(text: str, amount: str | int | None = None) -> DemandLine:
    """A demand the customer would like to see met."""
    return DemandLine(text, must=False, amount=None if amount is None else yuan(amount))


@dataclass(frozen=True)
class Clue:
    """A piece of evidence; `by` names who brings it when it is not the handler, `file` what is drawn for it."""

    kind: str
    title: str
    source: str
    note: str = ""
    file: str = ""
    by: str = ""


@dataclass(frozen=True)
class Inquiry:
    """What the investigation shows, and how the customer is told: conclusion, basis, what happens next."""

    clues: tuple[Clue, ...]
    cause: str
    side: str
    grounds: str
    told: str
    ruled_out: str = "核对记录后排除"
    founded: bool = True
    demand_reasonable: bool = True
    responsible: str = ""
    nobody: str = ""
    loss: Decimal = field(default_factory=Decimal)
    # What of the customer's own account is believed; empty for the usual words.
    account: str = ""


@dataclass(frozen=True)
class Offer:
    """One option: its remedies, how it answers each demand in their order (with the reason where it departs)."""

    title: str
    lines: tuple[Line, ...]
    answers: tuple[tuple[str, str], ...]
    hours: int = 24
    recovery: Decimal = field(default_factory=Decimal)


@dataclass(frozen=True)
class Ending:
    """How the customer takes it, and what the review learns from it."""

    choice: str = "就按第一个方案办吧。"
    chosen: int = 1
    comment: str = "处理得挺快，没有别的问题了。"
    scores: tuple[int, int] = (5, 4)
    trust: bool = False
    review: Answers | None = None
    improvement: str = ""
    penalty: str = ""
    case_study: str = ""


@dataclass(frozen=True)
class Matter:
    """One complaint in the words of the customer and of those who work on it."""

    code: str
    customer: str
    contacts: tuple[tuple[str, str], ...]
    channel: str
    title: str
    text: str
    category: str
    about: str
    feeling: str
    emotion: int
    demands: tuple[DemandLine, ...]
    heard: str
    restated: str
    order: str = ""
    product: str = ""
    amount: Decimal | None = None
    owner: str = "lina"
    handler: str = "zhoujianguo"
    card: str = ""
    where: str = ""
    minor: bool = False
    compound: bool = False
    pack: str = ""
    inquiry: Inquiry | None = None
    offers: tuple[Offer, ...] = ()
    single_reason: str = ""
    mode: str = ""
    ending: Ending = field(default_factory=Ending)
