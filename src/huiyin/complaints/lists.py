"""The lists people work from: saved views, their counts, one page of rows at a time.

Every list starts from `queries.visible_to`, sorts by an index and goes on from the last row seen, so the thousandth
page costs what the first does. Counts stop at `CAP`, because nobody reads a longer number.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import queries
from huiyin.complaints.models import Complaint, Promise, PromiseStatus, Viewing
from huiyin.complaints.states import State
from huiyin.people.models import Person

CAP = 1000
PAGE = 50
SOON = timedelta(hours=2)
LOOKING = timedelta(minutes=2)

Narrow = Callable[[Person, datetime], Q]


@dataclass(frozen=True)
class View:
    """A saved view: its code, its name, what it holds."""

    code: str
    title: "str | LazyText"
    icon: str
    narrow: Narrow
    group: str = "mine"


def _open(_person: Person, _at: datetime) -> Q:
    return ~Q(state=State.CLOSED)


VIEWS: dict[str, View] = {
    view.code: view
    for view in (
        View("mine", _("Mine to do"), "inbox", lambda person, at: _open(person, at) & _takes_part(person)),
        View(
            "soon",
            _("Due soon"),
            "hourglass",
            lambda person, at: (
                _takes_part(person) & _open(person, at) & Q(next_due_at__gte=at, next_due_at__lt=at + SOON)
            ),
        ),
        View(
            "late",
            _("Overdue"),
            "octagon-alert",
            lambda person, at: _takes_part(person) & _open(person, at) & Q(next_due_at__lt=at),
        ),
        View(
            "waiting",
            _("Customers waiting for us"),
            "message-square",
            lambda person, at: _takes_part(person) & _open(person, at) & Q(waiting_since__isnull=False),
        ),
        View("followed", _("Followed"), "star", lambda person, at: Q(follows__person=person)),
        View("all", _("All open"), "layers", _open, "team"),
        View("compound", _("Compound"), "git-merge", lambda person, at: _open(person, at) & Q(compound=True), "team"),
        View("approving", _("Awaiting approval"), "stamp", lambda person, at: Q(state=State.APPROVING), "team"),
        View(
            "escalated",
            _("Escalated and outside"),
            "landmark",
            lambda person, at: _open(person, at) & (Q(escalated=True) | Q(external=True) | Q(media=True)),
            "team",
        ),
        View("closed", _("Closed"), "archive", lambda person, at: Q(state=State.CLOSED), "team"),
    )
}


def _takes_part(person: Person) -> Q:
    return Q(owner=person) | Q(handler=person)


@dataclass(frozen=True)
class Filters:
    """What a person narrowed the list to; the address bar carries it."""

    state: str = ""
    category: str = ""
    owner_id: int | None = None
    channel: str = ""
    due: str = ""

    def narrow(self, at: datetime) -> Q:
        wanted = Q()
        if self.state:
            wanted &= Q(state=self.state)
        if self.category:
            wanted &= Q(category=self.category) | Q(category__startswith=f"{self.category}.")
        if self.owner_id:
            wanted &= Q(owner_id=self.owner_id)
        if self.channel:
            wanted &= Q(channel=self.channel)
        return wanted & DUE_BANDS.get(self.due, lambda _at: Q())(at)


DUE_BANDS: dict[str, Callable[[datetime], Q]] = {
    "late": lambda at: Q(next_due_at__lt=at),
    "soon": lambda at: Q(next_due_at__gte=at, next_due_at__lt=at + SOON),
    "day": lambda at: Q(next_due_at__gte=at + SOON, next_due_at__lt=at + timedelta(days=1)),
    "later": lambda at: Q(next_due_at__gte=at + timedelta(days=1)),
    "none": lambda at: Q(next_due_at=None),
}


@dataclass(frozen=True)
class Cursor:
    """The last row seen: its due time and id."""

    due_at: datetime | None
    id: int

    def __str__(self) -> str:
        return f"{self.due_at.timestamp() if self.due_at else ''}_{self.id}"


@dataclass(frozen=True)
class Row:
    complaint: Complaint
    clock: Promise | None
    unread: bool
    looking: tuple[str, ...]


@dataclass(frozen=True)
class Page:
    rows: tuple[Row, ...]
    after: Cursor | None


def select(person: Person, view: str, at: datetime, filters: Filters | None = None) -> QuerySet[Complaint]:
    """The visible cases of a view, nearest due time first; the closed ones newest first."""
    wanted = VIEWS[view].narrow(person, at) & (filters or Filters()).narrow(at)
    rows = queries.visible_to(person).filter(wanted, merged_into=None)
    if view == "closed":
        return rows.order_by("-received_at", "-pk")
    return rows.order_by(F("next_due_at").asc(nulls_last=True), "pk")


def page(
    person: Person, view: str, at: datetime, *, filters: Filters | None = None, after: Cursor | None = None
) -> Page:
    """One page of a view with clocks, unread marks and who else is looking: five queries at any size."""
    rows = select(person, view, at, filters)
    if after is not None:
        rows = rows.filter(_beyond(after, view))
    found = list(rows.select_related("owner", "customer", "handler")[: PAGE + 1])
    more = len(found) > PAGE
    found = found[:PAGE]
    last = found[-1] if more else None
    nearest = Cursor(last.received_at if view == "closed" else last.next_due_at, last.pk) if last else None
    return Page(tuple(describe(person, found, at)), nearest)


def _beyond(after: Cursor, view: str) -> Q:
    if view == "closed":
        return Q(received_at__lt=after.due_at) | Q(received_at=after.due_at, pk__lt=after.id)
    if after.due_at is None:
        return Q(next_due_at=None, pk__gt=after.id)
    same = Q(next_due_at=after.due_at, pk__gt=after.id)
    return Q(next_due_at__gt=after.due_at) | same | Q(next_due_at=None)


def describe(person: Person, found: list[Complaint], at: datetime) -> Iterable[Row]:
    """Add to each case its nearest clock, whether it has news for this person, and who else has it open."""
    ids = [complaint.pk for complaint in found]
    clocks: dict[int, Promise] = {}
    running = Promise.objects.filter(complaint_id__in=ids, ended_at=None, ours=True).exclude(
        status=PromiseStatus.PAUSED
    )
    for promise in running.order_by("-due_at", "-pk"):
        clocks[promise.complaint_id] = promise
    seen: dict[int, int] = {}
    looking: dict[int, list[str]] = {}
    for viewing in Viewing.objects.filter(complaint_id__in=ids).select_related("person"):
        if viewing.person_id == person.pk:
            seen[viewing.complaint_id] = viewing.seen_number
        elif viewing.at > at - LOOKING:
            looking.setdefault(viewing.complaint_id, []).append(viewing.person.name)
    for complaint in found:
        unread = complaint.last_number > seen.get(complaint.pk, 0) and complaint.owner_id == person.pk
        yield Row(complaint, clocks.get(complaint.pk), unread, tuple(looking.get(complaint.pk, ())))


def counts(person: Person, at: datetime, views: Iterable[str] = ()) -> dict[str, int]:
    """How many cases each view holds, up to `CAP`, in one query."""
    wanted = [code for code in (views or VIEWS) if code != "closed"]
    parts, params = [], []
    for code in wanted:
        rows = select(person, code, at).order_by().values("pk")[:CAP]
        sql, given = rows.query.sql_with_params()
        parts.append(f"(SELECT COUNT(*) FROM ({sql}) AS counted)")  # noqa: S608 - only what the ORM compiled
        params += given
    if not parts:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(parts)}", params)
        return dict(zip(wanted, cursor.fetchone(), strict=True))
