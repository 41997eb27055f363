"""Closed cases like this one: what was decided, what it usually costs, and what stands out (ENG-17).

A suggestion with its source, never a rule: it counts only cases the reader may open, at most thirty of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from statistics import median
from typing import Any

from django.db.models import Exists, OuterRef, Subquery

from huiyin.complaints import queries
from huiyin.complaints.guards import money
from huiyin.complaints.models import Callback, Complaint, Finding, Option, RemedyLine
from huiyin.complaints.states import Outcome, State
from huiyin.people.models import Person

MOST = 30
# Fewer decided cases than this have no middle worth a warning.
ENOUGH = 3
TAKEN = (Option.Status.CHOSEN, Option.Status.EXECUTED)


@dataclass(frozen=True)
class Alike:
    """One closed case of the same category: how it ended, what was chosen, what it cost, whether it satisfied."""

    complaint: Complaint
    outcome: str
    option: str
    remedies: frozenset[str]
    cost: Decimal | None
    same_cause: bool
    satisfied: bool | None
    closed_at: datetime | None


@dataclass(frozen=True)
class Similar:
    """The cases, those of the same cause first, and the middle of what they cost."""

    rows: tuple[Alike, ...]
    median: Decimal | None

    @property
    def decided(self) -> int:
        return sum(1 for row in self.rows if row.cost is not None)

    def stands_out(self, cost: Decimal, percent: int) -> bool:
        """Whether a cost lies that far above the middle, or as far below it."""
        if self.median is None or self.decided < ENOUGH:
            return False
        return cost * 100 > self.median * percent or cost * percent < self.median * 100

    def satisfaction(self, remedies: Iterable[str]) -> tuple[int, int]:
        """Of the cases where the same remedies were given and the customer was asked: how many were content."""
        wanted = frozenset(remedies)
        asked = [row.satisfied for row in self.rows if row.remedies == wanted and row.satisfied is not None]
        return sum(1 for one in asked if one), len(asked)


NOTHING = Similar((), None)


def to(complaint: Complaint, reader: Person) -> Similar:
    """The newest closed cases of the same category that this person may open: two queries at any size."""
    if not complaint.category:
        return NOTHING
    visible = queries.visible_to(reader).filter(category=complaint.category, state=State.CLOSED, merged_into=None)
    cause = Finding.objects.filter(complaint=complaint).values("cause")
    asked = Callback.objects.filter(complaint=OuterRef("pk"), status=Callback.Status.REACHED).exclude(satisfied="")
    told = (
        visible.exclude(pk=complaint.pk)
        .filter(closed_at__isnull=False)
        .annotate(
            same_cause=Exists(Finding.objects.filter(complaint=OuterRef("pk"), cause__in=cause)),
            content=Subquery(asked.order_by("-reached_at").values("satisfied")[:1]),
        )
    )
    cases = list(told.order_by("-closed_at", "-pk")[:MOST])
    taken = _taken(cases)
    rows = [_alike(case, taken.get(case.pk, [])) for case in cases]
    costs = [row.cost for row in rows if row.cost is not None]
    middle = Decimal(median(costs)).quantize(Decimal("0.01")) if costs else None
    return Similar(tuple(sorted(rows, key=lambda row: not row.same_cause)), middle)


def _taken(cases: Sequence[Complaint]) -> dict[int, list[RemedyLine]]:
    """The remedies each customer took in the last round."""
    rows = RemedyLine.objects.filter(option__plan__complaint__in=cases, option__status__in=TAKEN)
    found: dict[int, dict[int, list[RemedyLine]]] = {}
    for line in rows.select_related("option__plan").order_by("option__plan__number", "pk"):
        found.setdefault(line.option.plan.complaint_id, {}).setdefault(line.option_id, []).append(line)
    return {case: list(options.values())[-1] for case, options in found.items()}


def _alike(case: Any, lines: list[RemedyLine]) -> Alike:
    return Alike(
        case,
        str(Outcome(case.outcome).label) if case.outcome else "",
        lines[0].option.title if lines else "",
        frozenset(line.remedy for line in lines),
        sum((line.amount for line in lines), money.ZERO) if lines else None,
        case.same_cause,
        case.content == Callback.Satisfied.YES if case.content else None,
        case.closed_at,
    )
