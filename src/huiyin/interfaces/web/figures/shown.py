"""Figures in words: tiles, rows behind a number, lines of the export; all of it read from the registry of metrics."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from operator import attrgetter
from typing import Any
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiyin.analytics import metrics
from huiyin.analytics.metrics import Compared, Figure, Metric
from huiyin.interfaces.common.periods import DAYS, Period
from huiyin.interfaces.web.desk.presenters.eyes import title_in_list
from huiyin.people import masking
from huiyin.people.models import Person
from huiyin.people.roles import can

Words = str | LazyText
PERIODS: dict[str, Words] = dict(
    zip(DAYS, (gettext_lazy("7 days"), gettext_lazy("30 days"), gettext_lazy("90 days")), strict=True)
)
ROW_READERS = ("complaint.read_all", "complaint.read_masked")


@dataclass(frozen=True)
class FigureTile:
    """One metric with its two numbers; the addresses are empty for who may not open the rows."""

    found: Compared
    counted_url: str
    among_url: str

    @property
    def metric(self) -> Metric:
        return self.found.now.metric

    @property
    def value(self) -> str:
        return value(self.found.now)

    @property
    def unit(self) -> str:
        return "%" if self.found.now.share is not None else ""

    @property
    def change(self) -> str:
        """How it stands against the period before, in a sentence."""
        change = self.found.change
        if change is None:
            return _("nothing to compare with")
        if change == 0:
            return _("as in the period before")
        return _share_change(change) if self.metric.among is not None else _count_change(int(change))


def tiles(person: Person, over: Period) -> list[FigureTile]:
    """Every metric, compared with the period before."""
    opens = may_open(person)
    return [
        FigureTile(
            found,
            address(found.now.metric, over, "counted") if opens and found.now.counted else "",
            address(found.now.metric, over, "among") if opens and found.now.among else "",
        )
        for found in metrics.compared(over.begins, over.ends)
    ]


def may_open(person: Person) -> bool:
    """Whether this person reads every case, and so the rows behind a number; others read the numbers alone."""
    return any(can(person, capability) for capability in ROW_READERS)


def address(metric: Metric, over: Period, part: str) -> str:
    """The page with exactly the rows a number counts."""
    return f"{reverse('figures:rows', args=(metric.code,))}?{urlencode({'days': over.days, 'of': part})}"


def value(found: Figure) -> str:
    """A count as it is, a share to the tenth, a dash where there is nothing to divide by."""
    if found.metric.among is None:
        return str(found.counted)
    return "–" if found.share is None else f"{found.share:.1f}"


def _share_change(change: Decimal) -> str:
    told = {"points": f"{abs(change):.1f}"}
    if change > 0:
        return _("%(points)s points more than before") % told
    return _("%(points)s points less than before") % told


def _count_change(change: int) -> str:
    told = {"number": abs(change)}
    if change > 0:
        return ngettext("%(number)s more than before", "%(number)s more than before", change) % told
    return ngettext("%(number)s fewer than before", "%(number)s fewer than before", -change) % told


@dataclass(frozen=True)
class Line:
    """One row behind a number: its case where it has one, what it is about, when."""

    number: str
    about: str
    at: datetime


def rows_of(metric: Metric, over: Period, *, among: bool) -> QuerySet[Any]:
    """The rows behind a number, each with its case."""
    found = metric.rows(over.begins, over.ends, among=among)
    if metric.case is None:
        return found
    return found.select_related("__".join((*filter(None, (metric.case,)), "customer")))


def line(person: Person, metric: Metric, row: Any) -> Line:
    """One row as this person may read it."""
    at = attrgetter(metric.at)(row)
    if metric.case is None:
        return Line("", str(row) if can(person, "complaint.reveal") else masking.mask_text(str(row)), at)
    case = attrgetter(metric.case)(row) if metric.case else row
    return Line(case.number, title_in_list(person, case), at)


def table(over: Period) -> Iterator[list[str]]:
    """The lines of the export, headings first."""
    yield [
        *(_("Figure"), _("Formula"), _("First day"), _("Last day"), _("Comes to"), _("Counted"), _("Among")),
        *(_("Came to before"), _("Counted before"), _("Among before")),
    ]
    days = [timezone.localdate(over.begins).isoformat(), timezone.localdate(over.last).isoformat()]
    for found in metrics.compared(over.begins, over.ends):
        metric = found.now.metric
        yield [str(metric.title), str(metric.formula), *days, *_cells(found.now), *_cells(found.before)]


def _cells(found: Figure) -> list[str]:
    return [value(found), str(found.counted), "" if found.among is None else str(found.among)]
