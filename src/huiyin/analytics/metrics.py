"""The one registry of metrics: name, formula, what is counted among what, and the rows behind each number.

A metric counts rows, as a number or as a share; pages, exports and the API read it from here, and what a number opens
is the very query that gave it. Times run from `begins` up to, not including, `ends`.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.db.models import Count, IntegerField, Q, QuerySet, Value
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Callback, Complaint, Finding, Promise, PromiseKind
from huiyin.complaints.states import Outcome
from huiyin.improvement.models import Signal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

# What staff are said to have been like, as the shipped packs call it.
ATTITUDE = "attitude"
TENTH = Decimal("0.1")
HUNDRED = 100
Rows = QuerySet[Any]
Query = Callable[[datetime, datetime], Rows]


@dataclass(frozen=True)
class Metric:
    """A number and how it comes about; without `among` it is a count, with it a share of 100.

    `case` is the way from a row to its complaint (`""` when the row is one, None when there is none), `at` its time.
    """

    code: str
    title: "str | _StrPromise"
    formula: "str | _StrPromise"
    requirements: tuple[str, ...]
    counted: Query
    among: Query | None = None
    case: str | None = ""
    at: str = "received_at"

    def figure(self, begins: datetime, ends: datetime) -> "Figure":
        """Count it for a period, in one query."""
        return figures(begins, ends, (self.code,))[0]

    def queries(self) -> tuple[Query, ...]:
        """What is counted, and what it is counted among where there is such a thing."""
        return (self.counted,) if self.among is None else (self.counted, self.among)

    def rows(self, begins: datetime, ends: datetime, *, among: bool = False) -> Rows:
        """Give the rows that `figure` counts, the newest first."""
        query = self.among if among and self.among is not None else self.counted
        return query(begins, ends).order_by(f"-{self.at}", "-pk")


@dataclass(frozen=True)
class Figure:
    """What a metric came to."""

    metric: Metric
    counted: int
    among: int | None

    @property
    def share(self) -> Decimal | None:
        """The share of 100, half up to the tenth; None for a count, and while there is nothing to divide by."""
        if not self.among:
            return None
        return (Decimal(self.counted) * HUNDRED / self.among).quantize(TENTH, ROUND_HALF_UP)


def _received(begins: datetime, ends: datetime) -> Rows:
    return Complaint.objects.filter(received_at__gte=begins, received_at__lt=ends, admitted=False)


def _closed(begins: datetime, ends: datetime) -> Rows:
    return Complaint.objects.filter(closed_at__gte=begins, closed_at__lt=ends, admitted=False)


def _repeated(begins: datetime, ends: datetime) -> Rows:
    return _received(begins, ends).filter(repeat_of__isnull=False)


def _unfounded(begins: datetime, ends: datetime) -> Rows:
    return _closed(begins, ends).filter(outcome=Outcome.UNFOUNDED_EXPLAINED)


def _due(begins: datetime, ends: datetime) -> Rows:
    """Promises to customers that fell due: kept, or broken whatever became of them later."""
    settled = Q(kept_at__isnull=False) | Q(breached_at__isnull=False)
    return Promise.objects.filter(settled, kind=PromiseKind.SPOKEN, due_at__gte=begins, due_at__lt=ends, ours=True)


def _kept(begins: datetime, ends: datetime) -> Rows:
    return _due(begins, ends).filter(breached_at=None)


def _first_words(begins: datetime, ends: datetime) -> Rows:
    settled = Q(kept_at__isnull=False) | Q(breached_at__isnull=False)
    return Promise.objects.filter(settled, code="first_response", start_at__gte=begins, start_at__lt=ends)


def _first_in_time(begins: datetime, ends: datetime) -> Rows:
    return _first_words(begins, ends).filter(breached_at=None)


def _rated(begins: datetime, ends: datetime) -> Rows:
    said = (Callback.Satisfied.YES, Callback.Satisfied.NO)
    return Callback.objects.filter(satisfied__in=said, reached_at__gte=begins, reached_at__lt=ends)


def _satisfied(begins: datetime, ends: datetime) -> Rows:
    return _rated(begins, ends).filter(satisfied=Callback.Satisfied.YES)


def _found(begins: datetime, ends: datetime) -> Rows:
    """Findings of founded complaints; each round has one."""
    founded = Q(reasons_sufficient=True, side__in=Finding.COMPANY_SIDES)
    return Finding.objects.filter(founded, issued_at__gte=begins, issued_at__lt=ends)


def _attitude_too(begins: datetime, ends: datetime) -> Rows:
    return _found(begins, ends).filter(secondary_cause=ATTITUDE).exclude(cause=ATTITUDE)


def _prevented(begins: datetime, ends: datetime) -> Rows:
    return Signal.objects.filter(status=Signal.Status.PREVENTED, ended_at__gte=begins, ended_at__lt=ends)


METRICS: dict[str, Metric] = {
    metric.code: metric
    for metric in (
        Metric("received", _("Complaints received"), _("complaints received in the period"), ("S2-19",), _received),
        Metric(
            "prevented",
            _("Settled before a complaint"),
            _("signals settled in the period without a complaint"),
            ("S2-19",),
            _prevented,
            case=None,
            at="ended_at",
        ),
        Metric("closed", _("Closed"), _("complaints closed in the period"), ("S0-50",), _closed, at="closed_at"),
        Metric(
            "first_response",
            _("First answer in time"),
            _("first answers within the limit ÷ first answers due of complaints received in the period"),
            ("S0-02", "S3-04"),
            _first_in_time,
            _first_words,
            case="complaint",
            at="start_at",
        ),
        Metric(
            "promises_kept",
            _("Promises kept"),
            _("promises kept ÷ promises to customers that fell due in the period"),
            ("S2-24", "S3-03"),
            _kept,
            _due,
            case="complaint",
            at="due_at",
        ),
        Metric(
            "satisfied",
            _("Satisfied with the handling"),
            _("callbacks with a satisfied customer ÷ callbacks in which the customer said so or otherwise"),
            ("S0-50", "S2-57"),
            _satisfied,
            _rated,
            case="complaint",
            at="reached_at",
        ),
        Metric(
            "repeated",
            _("Came back with the same matter"),
            _("complaints received that repeat an earlier one ÷ complaints closed in the period"),
            ("S0-50", "S3-41"),
            _repeated,
            _closed,
        ),
        Metric(
            "unfounded",
            _("Not founded, explained"),
            _("complaints closed as not founded ÷ complaints closed in the period"),
            ("S2-02",),
            _unfounded,
            _closed,
            at="closed_at",
        ),
        Metric(
            "attitude",
            _("Attitude beside the first cause"),
            _("findings with the second cause attitude ÷ findings of founded complaints issued in the period"),
            ("S2-46",),
            _attitude_too,
            _found,
            case="complaint",
            at="issued_at",
        ),
    )
}


@dataclass(frozen=True)
class Compared:
    """What a metric came to in a period and in the one of the same length before it."""

    now: Figure
    before: Figure

    @property
    def change(self) -> Decimal | None:
        """In points of 100 for a share, in rows for a count; None where a share has nothing to be compared with."""
        if self.now.metric.among is None:
            return Decimal(self.now.counted - self.before.counted)
        if self.now.share is None or self.before.share is None:
            return None
        return self.now.share - self.before.share


def figures(begins: datetime, ends: datetime, codes: Iterable[str] = METRICS) -> tuple[Figure, ...]:
    """Count these metrics for a period, all of them in one query."""
    return _counted([(METRICS[code], begins, ends) for code in codes])


def compared(begins: datetime, ends: datetime, codes: Iterable[str] = METRICS) -> tuple[Compared, ...]:
    """Count these metrics for a period and for the one of the same length before, all of them in one query."""
    earlier = begins - (ends - begins)
    asked = [(METRICS[code], start, end) for code in codes for start, end in ((begins, ends), (earlier, begins))]
    found = _counted(asked)
    return tuple(Compared(now, before) for now, before in zip(found[::2], found[1::2], strict=True))


def _counted(asked: Sequence[tuple[Metric, datetime, datetime]]) -> tuple[Figure, ...]:
    """One statement of many counts: a page of tiles asks once, and all its numbers are of one moment."""
    rows = [query(begins, ends) for metric, begins, ends in asked for query in metric.queries()]
    parts = [_numbered(place, one) for place, one in enumerate(rows)]
    numbers = dict(parts[0].union(*parts[1:], all=True)) if parts else {}
    counts = iter([numbers.get(place, 0) for place in range(len(rows))])
    return tuple(
        Figure(metric, next(counts), None if metric.among is None else next(counts)) for metric, _b, _e in asked
    )


def _numbered(place: int, rows: Rows) -> QuerySet[Any, tuple[int, int]]:
    placed = rows.order_by().annotate(place=Value(place, output_field=IntegerField())).values("place")
    counted: QuerySet[Any, tuple[int, int]] = placed.annotate(found=Count("pk")).values_list("place", "found")
    return counted
