"""The queue: what the address asks for, rows in words, filters to choose from."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lists
from huiyin.complaints.lists import Cursor, Filters
from huiyin.complaints.models import Channel, Complaint
from huiyin.complaints.states import State
from huiyin.interfaces.web.components.clocks import Clock
from huiyin.interfaces.web.desk.presenters import eyes
from huiyin.people.models import Person
from huiyin.policy.packs import store

Words = str | LazyText
DEFAULT = "mine"
BANDS: dict[str, Words] = {
    "late": _("Overdue"),
    "soon": _("Within two hours"),
    "day": _("Within a day"),
    "later": _("Later"),
}


@dataclass(frozen=True)
class Asked:
    """What the address asks for: a view, what it is narrowed to, after which row. Nonsense is left out."""

    view: str
    filters: Filters
    after: Cursor | None
    current: str = ""

    @classmethod
    def of(cls, given: Mapping[str, str]) -> "Asked":
        view = given.get("view", "")
        owner = given.get("owner", "")
        filters = Filters(
            state=_among(given.get("state", ""), State.values),
            category=given.get("category", "")[:64],
            owner_id=int(owner) if owner.isdecimal() and len(owner) < 10 else None,
            channel=_among(given.get("channel", ""), Channel.values),
            due=_among(given.get("due", ""), lists.DUE_BANDS),
        )
        return cls(
            view if view in lists.VIEWS else DEFAULT, filters, cursor(given.get("after", "")), given.get("now", "")
        )

    @cached_property
    def parts(self) -> dict[str, str]:
        """The address again, without the place in the list."""
        given = {
            "view": self.view if self.view != DEFAULT else "",
            "state": self.filters.state,
            "category": self.filters.category,
            "owner": str(self.filters.owner_id or ""),
            "channel": self.filters.channel,
            "due": self.filters.due,
        }
        return {key: value for key, value in given.items() if value}

    @cached_property
    def query(self) -> str:
        return urlencode(self.parts)

    @property
    def narrowed(self) -> bool:
        return self.filters != Filters()


@dataclass(frozen=True)
class Row:
    """One row of the queue, wide or narrow."""

    url: str
    title: str
    number: str
    customer: str
    category: str
    channel: str
    state: str
    owner: str
    clock: Clock | None
    unread: bool
    watchers: tuple[str, ...]
    current: bool
    waiting: bool

    @property
    def meta(self) -> list[str]:
        return [part for part in (self.customer, self.category) if part]


@dataclass(frozen=True)
class Queue:
    """One page of a view for one person."""

    asked: Asked
    person: Person
    now: datetime

    @cached_property
    def page(self) -> lists.Page:
        asked = self.asked
        return lists.page(self.person, asked.view, self.now, filters=asked.filters, after=asked.after)

    @cached_property
    def rows(self) -> list[Row]:
        return [row(one, self) for one in self.page.rows]

    @property
    def drawn(self) -> list[SafeString]:
        """The rows as the page shows them."""
        language = get_language() or ""
        return [draw(one, _moment(one, self.now), language) for one in self.rows]

    @property
    def view(self) -> lists.View:
        return lists.VIEWS[self.asked.view]

    @cached_property
    def total(self) -> int:
        """How many rows the view holds, up to the cap."""
        asked = self.asked
        if asked.view != "closed" and not asked.narrowed:
            return lists.counts(self.person, self.now, [asked.view])[asked.view]
        return lists.select(self.person, asked.view, self.now, asked.filters)[: lists.CAP].count()

    @property
    def capped(self) -> bool:
        return self.total >= lists.CAP

    @property
    def older(self) -> str:
        """The address of the next page in this list, empty on the last."""
        return self._page_url(str(self.page.after)) if self.page.after else ""

    @property
    def first(self) -> str:
        """The address of the first page, empty on the first."""
        return self._page_url("") if self.asked.after else ""

    def _page_url(self, after: str) -> str:
        parts = (
            self.asked.parts
            | ({"after": after} if after else {})
            | ({"now": self.asked.current} if self.asked.current else {})
        )
        return f"?{urlencode(parts)}" if parts else "?"

    @cached_property
    def categories(self) -> dict[str, str]:
        """Every category of the packs in force, by its name."""
        return {
            category.code: str(category.title)
            for version in store.each_in_force(self.now)
            for category in store.parsed(version.pk).categories
        }

    @property
    def choices(self) -> list[SafeString]:
        """What the list can be narrowed to, as the page shows it: name in the address, label, values."""
        filters, owners = self.asked.filters, {str(key): name for key, name in self._owners}
        named: tuple[tuple[str, Words, Mapping[str, Words], str], ...] = (
            ("state", _("State"), dict(State.choices), filters.state),
            ("category", _("Category"), self.categories, filters.category),
            ("owner", _("Owner"), owners, str(filters.owner_id or "")),
            ("channel", _("Channel"), dict(Channel.choices), filters.channel),
            ("due", _("Due time"), BANDS, filters.due),
        )
        return [
            draw_choices(name, str(label), tuple((value, str(words)) for value, words in values.items()), chosen)
            for name, label, values, chosen in named
        ]

    @cached_property
    def _owners(self) -> list[tuple[int, str]]:
        """Everybody who can own a case; few enough for a list."""
        rows = Person.objects.filter(is_active=True, roles__role__in=OWNING).distinct().order_by("name", "pk")
        return list(rows.values_list("pk", "name"))


OWNING = ("agent", "duty_agent", "supervisor", "manager")


def row(one: lists.Row, queue: Queue) -> Row:
    """One case of a list as its reader may see it."""
    complaint, asked = one.complaint, queue.asked
    address = reverse("desk:case", args=(complaint.number,))
    return Row(
        url=f"{address}?{asked.query}" if asked.query else address,
        title=eyes.title_in_list(queue.person, complaint),
        number=complaint.number,
        customer=eyes.customer_name(queue.person, complaint),
        category=queue.categories.get(complaint.category, ""),
        channel=str(Channel(complaint.channel).label),
        state=complaint.state,
        owner=complaint.owner.name,
        clock=clock(one, complaint),
        unread=one.unread,
        watchers=one.looking,
        current=complaint.number == asked.current,
        waiting=complaint.waiting_since is not None,
    )


@lru_cache(maxsize=4096)
def draw(one: Row, now: datetime, _language: str) -> SafeString:
    """One row in HTML. Nobody reads a list once: what has not changed since the minute began is not drawn again."""
    return render_to_string("desk/queue_row.html", {"row": one, "now": now})


@lru_cache(maxsize=256)
def draw_choices(name: str, label: str, values: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    """One of the lists a page can be narrowed by, in HTML."""
    return render_to_string(
        "desk/queue_choice.html", {"name": name, "label": label, "values": values, "chosen": chosen}
    )


def _moment(one: Row, now: datetime) -> datetime:
    """The beginning of this minute, unless the clock has changed its colour since."""
    minute = now.replace(second=0, microsecond=0)
    return minute if one.clock is None or one.clock.phase(minute) == one.clock.phase(now) else now


def clock(one: lists.Row, complaint: Complaint) -> Clock | None:
    """The chip of a row: the time the list is sorted by, which may be that of a task, an action or a callback."""
    if complaint.state == State.CLOSED:
        return None
    if complaint.next_due_at is None:
        return Clock.of(one.clock) if one.clock is not None else None
    started = one.clock.start_at if one.clock and one.clock.due_at == complaint.next_due_at else complaint.stage_since
    return Clock(due_at=complaint.next_due_at, started_at=started)


def cursor(text: str) -> Cursor | None:
    """Read a place in a list back from an address."""
    due, _mark, row_id = text.rpartition("_")
    try:
        return Cursor(datetime.fromtimestamp(float(due), UTC) if due else None, int(row_id))
    except (ValueError, OverflowError, OSError):
        return None


def _among(value: str, allowed: object) -> str:
    return value if value in allowed else ""  # type: ignore[operator]
