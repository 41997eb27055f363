"""Ratings and checklists of a case, shown beside it and to inspectors: numbers alone, no word of a customer."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Complaint
from huiyin.interfaces.web.desk import addresses
from huiyin.interfaces.web.desk.presenters.looker import Looker
from huiyin.people.roles import can
from huiyin.policy.packs.schema import Pack
from huiyin.quality import assessing
from huiyin.quality.assessing import Marked, Rated
from huiyin.quality.gaps import Spread, composite
from huiyin.quality.models import Assessment

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

LABEL = _("Service quality")
NO_LINK = ""


@dataclass(frozen=True)
class Bar:
    """One dimension: what was expected, what was felt, and the difference; a side not rated yet is None."""

    title: str
    weight: int
    expected: Decimal | None
    actual: Decimal | None

    @property
    def gap(self) -> Decimal | None:
        return None if self.expected is None or self.actual is None else self.actual - self.expected


@dataclass(frozen=True)
class Side:
    """What one kind of rater said: bars, totals, the weakest dimension, and how far several raters lie apart."""

    title: "str | _StrPromise"
    bars: tuple[Bar, ...]
    whole: Bar
    weakest: str
    spread: Spread | None
    widest: str


@dataclass(frozen=True)
class Service:
    """Everything measured about the service of a case."""

    sides: tuple[Side, ...]
    checklists: tuple[Marked, ...]
    rate_url: str
    inspect_url: str


def of_looker(looker: Looker) -> Service:
    """The pane beside a case; who calls back finds the form for the customer, an inspector the way to his page."""
    rates = can(looker.person, "complaint.follow_up")
    inspects = can(looker.person, "rating.give") and looker.complaint.state in assessing.RATEABLE
    return service(
        looker.complaint,
        looker.pack,
        rate_url=addresses.step(looker.complaint.number, "rate") if rates else NO_LINK,
        inspect_url=reverse("quality:case", args=(looker.complaint.number,)) if inspects else NO_LINK,
    )


def service(complaint: Complaint, pack: Pack, *, rate_url: str = NO_LINK, inspect_url: str = NO_LINK) -> Service:
    """Ratings of customer and inspector apart, and the newest filling of each checklist."""
    sides = tuple(_side(one, pack) for one in assessing.ratings_of(complaint) if one.points)
    return Service(sides, assessing.checklists_of(complaint), rate_url, inspect_url)


def _side(rated: Rated, pack: Pack) -> Side:
    titles = {one.code: str(one.title) for one in pack.dimensions}
    weights = {one.code: one.weight for one in pack.dimensions}
    expected, actual = (rated.points.get(side, {}) for side in Assessment.Side.values)
    bars = tuple(Bar(titles[one], weights[one], expected.get(one), actual.get(one)) for one in weights)
    totals = [composite(weights, given) if given else None for given in (expected, actual)]
    return Side(
        title=rated.rater.label,
        bars=bars,
        whole=Bar("", 100, *totals),
        weakest=titles[rated.gap.weakest] if rated.gap else "",
        spread=rated.spread,
        widest=titles[rated.spread.widest] if rated.spread else "",
    )
