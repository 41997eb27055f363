"""What the coach may know of a case. Complaints fills it; whatever is left out is not judged."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

EMPTY: Mapping[str, str] = MappingProxyType({})


class Turn(StrEnum):
    """Which of our turns in a talk this is; a letter is none."""

    NONE = ""
    FIRST = "first"
    ANY = "any"
    LAST = "last"


class Established(StrEnum):
    """Whose side it was, as far as anybody has found (AMB-38); unknown: nothing is judged by it."""

    UNKNOWN = ""
    UNDECIDED = "undecided"
    COMPANY = "company"
    PARTNER = "partner"
    CUSTOMER = "customer"
    NONE = "none"

    @property
    def ours(self) -> bool:
        return self in (Established.COMPANY, Established.PARTNER)


@dataclass(frozen=True)
class Limits:
    """What the writer may promise: an amount, the kinds of remedy on offer, and how many promises fit into an hour.

    None where nothing limits him, or nobody knows.
    """

    amount: Decimal | None = None
    remedies: frozenset[str] | None = None
    due_in_that_hour: int = 0
    most_in_an_hour: int | None = None


@dataclass(frozen=True)
class Context:
    """What the coach may know of the case.

    `scene` are the customer's own words. `promised_in` is the time from now to what is promised with the message,
    `past_p90` the time within which nine of ten such promises were kept. `resolved`: the customer has accepted and is
    calm. `apology`: the kind the message counts as. `levels`: what the pack lets hold back, by category.
    """

    step: str = ""
    scene: str = ""
    names_a_time: bool = False
    waiting: bool = False
    turn: str = ""
    finding: str = ""
    apology: str = ""
    open_promises: int = 0
    limits: Limits = field(default_factory=Limits)
    promised_in: timedelta | None = None
    past_p90: timedelta | None = None
    resolved: bool = False
    danger: bool = False
    liability_any_time: bool = False
    scene_words: bool = True
    levels: Mapping[str, str] = field(default_factory=lambda: EMPTY)
