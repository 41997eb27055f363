"""The supervisor's overview in tiles and bars; each number carries the address of exactly the cases it counts."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import lists, overview
from huiyin.complaints.models import Direction, Interaction
from huiyin.complaints.steps import messages
from huiyin.complaints.steps.messages import Share
from huiyin.interfaces.web.components.shapes import Tile
from huiyin.interfaces.web.desk.presenters.queue import BANDS
from huiyin.interfaces.web.desk.presenters.waiting import Listed, Unanswered, cover, listed, of_case
from huiyin.people.models import Person

Words = str | LazyText
PERIODS: dict[str, Words] = {
    "7": gettext_lazy("7 days"),
    "30": gettext_lazy("30 days"),
    "90": gettext_lazy("90 days"),
}
DEFAULT_DAYS = "30"
TONES = {"late": "bad", "soon": "warn"}


@dataclass(frozen=True)
class Bar:
    """One number as a bar that opens its cases."""

    label: Words
    count: int
    percent: int
    url: str
    tone: str = ""


@dataclass(frozen=True)
class Group:
    title: Words
    definition: Words
    bars: tuple[Bar, ...]


@dataclass(frozen=True)
class Overall:
    open_cases: int
    open_url: str
    groups: tuple[Group, ...]
    share: Share
    tile: Tile
    days: str
    periods: tuple[tuple[str, Words], ...]


def overall(person: Person, now: datetime, days: str) -> Overall:
    """Counts by state, clock and owner, and the share of messages we sent unasked."""
    found = overview.overview(person, now)
    start = now - timedelta(days=int(days))
    share = messages.proactive_share(start, now)
    groups = (
        Group(_("By state"), _("Open cases, each in the state it is in now."), _bars(found.by_state)),
        Group(
            _("By nearest deadline"),
            _("Open cases by their nearest running clock, task, action or callback."),
            _bars(found.by_clock, BANDS),
        ),
        Group(_("By owner"), _("Open cases, each with its one owner."), _bars(found.by_owner)),
    )
    return Overall(
        open_cases=found.open_cases,
        open_url=address(lists.Filters()),
        groups=groups,
        share=share,
        tile=_tile(share, days),
        days=days,
        periods=tuple(PERIODS.items()),
    )


def _bars(numbers: tuple[overview.Number, ...], labels: dict[str, Words] | None = None) -> tuple[Bar, ...]:
    most = max((one.count for one in numbers), default=0) or 1
    return tuple(
        Bar(
            (labels or {}).get(one.key, one.label),
            one.count,
            round(100 * one.count / most),
            address(one.filters),
            TONES.get(one.key, ""),
        )
        for one in numbers
    )


def address(filters: lists.Filters) -> str:
    """The queue with these filters: exactly the cases a number counts."""
    parts = {"view": "all", "state": filters.state, "owner": str(filters.owner_id or ""), "due": filters.due}
    return f"{reverse('desk:queue')}?{urlencode({key: value for key, value in parts.items() if value})}"


def _tile(share: Share, days: str) -> Tile:
    asked = share.denominator - share.numerator
    url = f"{reverse('desk:heard')}?{urlencode({'days': days, 'of': 'asked'})}"
    return Tile(
        title=_("Heard from us first"),
        definition=_(
            "Messages we sent unasked ÷ these and the times customers had to ask where it stands, in the last %(days)s "
            "days, all channels."
        )
        % {"days": days},
        value="–" if share.percent is None else f"{share.percent:.1f}",
        unit="" if share.percent is None else "%",
        url=url if asked else "",
        link=_("Open the %(count)s times they had to ask") % {"count": asked},
        foot=_("%(numerator)s ÷ %(denominator)s") % {"numerator": share.numerator, "denominator": share.denominator},
    )


def heard(person: Person, now: datetime, days: str, *, asked: bool, start: int = 0) -> Listed:
    """The messages behind the share: those we sent unasked, or the times customers had to ask; the newest first."""
    rows = Interaction.objects.filter(at__gte=now - timedelta(days=int(days)), at__lt=now)
    ours = rows.filter(direction=Direction.OUT, proactive=True)
    theirs = rows.filter(direction=Direction.IN, asks_where_it_stands=True)
    chosen = (theirs if asked else ours).select_related("complaint__customer", "complaint__owner")

    def make(row: Interaction) -> Unanswered:
        return Unanswered(of_case(person, row.complaint), cover(person, row.text), "", row.at, asked)

    return listed(chosen.order_by("-at", "-pk"), start, make)
