"""The shapes components read. A view may pass these, or any row that has the same attributes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Why:
    """Why a deadline is when it is; always these five, also when the answer is "none"."""

    title: Words
    shown: Words
    start: Words
    length: Words
    basis: Words
    skipped: Words = ""
    paused: Words = ""
    source: Words = ""


@dataclass(frozen=True)
class CaseClock:
    """One line of the clocks in a case header: its kind in a word, the clock, and why."""

    kind: Words
    clock: Any
    why: Why
    name: str


@dataclass(frozen=True)
class QueueRow:
    """One row of a queue."""

    url: str
    title: str
    meta: Sequence[Words]
    state: str
    clock: Any = None
    unread: bool = False
    current: bool = False
    watchers: Sequence[str] = ()
    number: str = ""


@dataclass(frozen=True)
class Note:
    """A small line under an item of a timeline: a promise made or kept, a reason."""

    text: Words
    icon: str = ""
    tone: str = ""


@dataclass(frozen=True)
class Entry:
    """One item of a timeline.

    `kind` decides the look: customer, ours, internal, fact, decision, refusal, promise, system. `who_sees` feeds the
    filter: public, internal or system.
    """

    at: datetime
    kind: str
    who: Words = ""
    what: Words = ""
    body: str = ""
    who_sees: str = "public"
    icon: str = ""
    tone: str = ""
    rule: Any = None
    link: str = ""
    link_label: Words = ""
    files: Sequence[Any] = ()
    new: bool = False
    number: int | None = None
    notes: Sequence[Note] = ()


@dataclass(frozen=True)
class Evidence:
    """One row of the register of proof; `standing` is independent, statement or missing."""

    title: Words
    meta: Words
    standing: str = "independent"
    icon: str = "file"
    url: str = ""
    until: Words = ""
    note: Words = ""


@dataclass(frozen=True)
class Demand:
    """What the customer asks for, by rank."""

    rank: int
    text: str
    must: bool = True
    word: Words = ""


@dataclass(frozen=True)
class Answer:
    """How an option answers one demand: yes, instead, no or open."""

    rank: int
    kind: str
    text: Words = ""


@dataclass(frozen=True)
class Option:
    """A remedy to compare."""

    name: Words
    amount: Decimal | None
    currency: str = "CNY"
    net: Decimal | None = None
    text: Words = ""
    answers: Sequence[Answer] = ()
    level: Words = ""
    # What it does for the customer, beside what it costs (S2-51).
    weighed: str = ""
    # The two levers of satisfaction: what raises the feeling, what manages the expectation (S3-20).
    feeling: Sequence[Words] = ()
    expectation: Sequence[Words] = ()
    approver: Words = ""
    status: str = ""  # on, no or empty
    status_word: Words = ""
    refused: Words = ""


@dataclass(frozen=True)
class Zone:
    """A role's reach on the authority bar; `upto` None is without limit."""

    label: Words
    upto: Decimal | None
    mine: bool = False


@dataclass(frozen=True)
class Dot:
    """An option on the authority bar."""

    label: Words
    amount: Decimal
    refused: bool = False


@dataclass(frozen=True)
class Tab:
    """A tab that is a link."""

    key: str
    label: Words
    url: str
    count: int | None = None


@dataclass(frozen=True)
class Tile:
    """A figure with its definition and the cases behind it."""

    title: Words
    definition: Words
    value: Words
    unit: Words = ""
    url: str = ""
    link: Words = ""
    foot: Words = ""
    tag: Words = ""
    tone: str = ""
    series: Sequence[float] = field(default_factory=tuple)
    middle: float | None = None


@dataclass(frozen=True)
class Signature:
    """One signature of a handover or an approval."""

    name: str
    role: Words
    note: Words
    signed: bool = False
    tone: str = ""
    waiting: Words = ""
