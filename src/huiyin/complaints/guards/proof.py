"""What the register of proof says of a case, read at once: which kinds there are, what they say, what was weighed."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import CharField, DateTimeField, Q, Value
from django.db.models.functions import Cast

from huiyin.complaints.models import Bearing, Complaint, Evidence, Stance, Weighing

# What a row of the one statement is about.
KIND, BEARS, WEIGHED = "kind", "bears", "weighed"


@dataclass(frozen=True)
class Matter:
    """What the proof says about one cause, or about the customer's own account."""

    about: str
    supported: int = 0
    contradicted: int = 0
    newest: datetime | None = None


@dataclass(frozen=True)
class Proof:
    """Independent kinds of evidence; the matters it speaks of, in their order; when each was weighed in this round."""

    kinds: frozenset[str]
    matters: tuple[Matter, ...]
    weighed: dict[str, datetime]


def read(complaint: Complaint) -> Proof:
    """The register of a case in one statement; what was struck out is silent."""
    counted = Q(complaint=complaint, struck_at=None) & ~Q(kind__in=Evidence.STATEMENTS)
    nothing = Cast(Value(None), DateTimeField())
    kinds = Evidence.objects.filter(counted).order_by().values_list(_what(KIND), "kind", _what(""), nothing)
    says = Bearing.objects.filter(complaint=complaint, evidence__struck_at=None).exclude(stance=Stance.SILENT)
    weighed = Weighing.objects.filter(complaint=complaint, round=complaint.round)
    parts = (
        says.order_by().values_list(_what(BEARS), "about", "stance", "at"),
        weighed.order_by().values_list(_what(WEIGHED), "about", _what(""), "at"),
    )
    rows = list(kinds.union(*parts, all=True))
    return Proof(
        kinds=frozenset(about for what, about, _stance, _at in rows if what == KIND),
        matters=tuple(_summed((about, stance, at) for what, about, stance, at in rows if what == BEARS)),
        weighed={about: at for what, about, _stance, at in rows if what == WEIGHED},
    )


def _what(name: str) -> Cast:
    return Cast(Value(name), CharField(max_length=12))


def _summed(rows: Iterable[tuple[str, str, datetime]]) -> list[Matter]:
    found: dict[str, Matter] = {}
    for about, stance, at in sorted(rows, key=lambda row: row[2]):
        before = found.get(about, Matter(about))
        found[about] = Matter(
            about,
            before.supported + (stance == Stance.SUPPORTS),
            before.contradicted + (stance == Stance.CONTRADICTS),
            at,
        )
    return list(found.values())
