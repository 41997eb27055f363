"""The lists people work from: saved views, their counts, one page of rows at a time.

Every list starts from `queries.visible_to`, sorts by an index and goes on from the last row seen, so the thousandth
page costs what the first does. Counts stop at `CAP`, because nobody reads a longer number.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import lru_cache, reduce
from operator import or_
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import F, Q, QuerySet
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import queries
from huiyin.complaints.models import Action, Complaint, Promise, PromiseStatus, Task, Viewing
from huiyin.complaints.states import State
from huiyin.people.models import Person

CAP = 300
PAGE = 30
SOON = timedelta(hours=2)
LOOKING = timedelta(minutes=2)
# What a list shows of a case and its people: their other columns would be most of the cost of reading a page.
SHOWN = (
    *("number", "title", "state", "outcome", "round", "channel", "category", "amount", "owner", "handler", "customer"),
    *("compound", "escalated", "media", "external", "unreasonable", "wide", "difficult", "minor"),
    *("received_at", "closed_at", "next_due_at", "stage_since", "waiting_since", "last_number"),
    *("owner__name", "owner__username", "handler__name", "handler__username", "customer__name"),
)
CLOCK = (
    *("complaint", "kind", "code", "what", "status", "provisional"),
    *("made_at", "start_at", "due_at", "ended_at", "kept_at", "breached_at"),
)
FOLLOWED_ORDER = (F("next_due_at").asc(nulls_last=True), "pk")

Branches = Callable[[Person, datetime], tuple[Q, ...]]
Also = Callable[[Person, datetime], Mapping[str, QuerySet[Any]]]
# A merged case has no due time of its own, so no list of open cases holds it.
OPEN = Q(next_due_at__isnull=False)
CLOSED = Q(closed_at__isnull=False, merged_into=None)


@dataclass(frozen=True)
class View:
    """A saved view: its code, its name, what it holds.

    `branches` are conditions that exclude each other and that one index each answers; together they are the view.
    """

    code: str
    title: "str | LazyText"
    icon: str
    branches: Branches
    group: str = "mine"


def _mine(more: Callable[[datetime], Q] = lambda _at: Q()) -> Branches:
    """Cases this person owns, cases he handles for somebody else, and cases in which he was given something to do."""

    def branches(person: Person, at: datetime) -> tuple[Q, ...]:
        wanted, others = OPEN & more(at), ~Q(owner=person)
        return (
            wanted & Q(owner=person),
            wanted & Q(handler=person) & others,
            wanted & Q(pk__in=_given(person)) & others & ~Q(handler=person),
        )

    return branches


def _given(person: Person) -> QuerySet[Any, int]:
    """The cases of this person's open tasks and actions (S2-53)."""
    tasks = Task.objects.filter(assignee=person, status=Task.Status.OPEN).order_by()
    actions = Action.objects.filter(assignee=person, status=Action.Status.OPEN).order_by()
    return tasks.values_list("complaint", flat=True).union(actions.values_list("complaint", flat=True))


def _flagged(person: Person, at: datetime) -> tuple[Q, ...]:
    escalated, outside, media = Q(escalated=True), Q(external=True), Q(media=True)
    return OPEN & escalated, OPEN & outside & ~escalated, OPEN & media & ~escalated & ~outside


VIEWS: dict[str, View] = {
    view.code: view
    for view in (
        View("mine", _("Mine to do"), "inbox", _mine()),
        View("soon", _("Due soon"), "hourglass", _mine(lambda at: Q(next_due_at__gte=at, next_due_at__lt=at + SOON))),
        View("late", _("Overdue"), "octagon-alert", _mine(lambda at: Q(next_due_at__lt=at))),
        View(
            "waiting",
            _("Customers waiting for us"),
            "message-square",
            _mine(lambda _at: Q(waiting_since__isnull=False)),
        ),
        View("followed", _("Followed"), "star", lambda person, _at: (Q(follows__person=person, merged_into=None),)),
        View("all", _("All open"), "layers", lambda _person, _at: (OPEN,), "team"),
        View("compound", _("Compound"), "git-merge", lambda _person, _at: (OPEN & Q(compound=True),), "team"),
        View("approving", _("Awaiting approval"), "stamp", lambda _p, _at: (OPEN & Q(state=State.APPROVING),), "team"),
        View("escalated", _("Escalated and outside"), "landmark", _flagged, "team"),
        View("closed", _("Closed"), "archive", lambda _person, _at: (CLOSED,), "team"),
    )
}


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
        band = DUE_BANDS.get(self.due)
        return wanted & band(at) if band else wanted


DUE_BANDS: dict[str, Callable[[datetime], Q]] = {
    "late": lambda at: Q(next_due_at__lt=at),
    "soon": lambda at: Q(next_due_at__gte=at, next_due_at__lt=at + SOON),
    "day": lambda at: Q(next_due_at__gte=at + SOON, next_due_at__lt=at + timedelta(days=1)),
    "later": lambda at: Q(next_due_at__gte=at + timedelta(days=1)),
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
    """The visible cases of a view, nearest due time first; the closed ones last closed first."""
    wanted = reduce(or_, VIEWS[view].branches(person, at))
    return _ordered(_narrowed(person, wanted, at, filters), view)


def _narrowed(person: Person, wanted: Q, at: datetime, filters: Filters | None) -> QuerySet[Complaint]:
    rows = queries.visible_to(person).filter(wanted)
    return rows.filter(filters.narrow(at)) if filters else rows


def _ordered(rows: QuerySet[Complaint], view: str) -> QuerySet[Complaint]:
    if view == "closed":
        return rows.order_by("-closed_at", "-pk")
    return rows.order_by("next_due_at", "pk") if view != "followed" else rows.order_by(*FOLLOWED_ORDER)


def _place(complaint: Complaint, view: str) -> tuple[bool, datetime, int]:
    """Where a case stands in the order of its view; a followed case without a due time stands last."""
    if view == "closed" and complaint.closed_at is not None:
        return (False, complaint.closed_at, complaint.pk)
    return (complaint.next_due_at is None, complaint.next_due_at or complaint.received_at, complaint.pk)


def page(
    person: Person, view: str, at: datetime, *, filters: Filters | None = None, after: Cursor | None = None
) -> Page:
    """One page of a view with clocks, unread marks and who else is looking: at most five queries at any size."""
    found: list[Complaint] = []
    for branch in VIEWS[view].branches(person, at):
        rows = _ordered(_narrowed(person, branch, at, filters), view)
        rows = rows.filter(_beyond(after, view)) if after is not None else rows
        found += rows.select_related("owner", "customer", "handler").only(*SHOWN)[: PAGE + 1]
    found.sort(key=lambda complaint: _place(complaint, view), reverse=view == "closed")
    more, found = len(found) > PAGE, found[:PAGE]
    last = found[-1] if more else None
    nearest = Cursor(last.closed_at if view == "closed" else last.next_due_at, last.pk) if last else None
    return Page(tuple(describe(person, found, at)), nearest)


def _beyond(after: Cursor, view: str) -> Q:
    if view == "closed":
        return Q(closed_at__lt=after.due_at) | Q(closed_at=after.due_at, pk__lt=after.id)
    if after.due_at is None:
        return Q(next_due_at=None, pk__gt=after.id)
    beyond = Q(next_due_at__gt=after.due_at) | Q(next_due_at=after.due_at, pk__gt=after.id)
    # The first half lets the index begin where the last page ended.
    beyond &= Q(next_due_at__gte=after.due_at)
    return beyond | Q(next_due_at=None) if view == "followed" else beyond


def describe(person: Person, found: list[Complaint], at: datetime) -> Iterable[Row]:
    """Add to each case its nearest clock, whether it has news for this person, and who else has it open."""
    ids = [complaint.pk for complaint in found]
    clocks: dict[int, Promise] = {}
    running = Promise.objects.filter(complaint_id__in=ids, ended_at=None, ours=True).exclude(
        status=PromiseStatus.PAUSED
    )
    for promise in running.only(*CLOCK).order_by("-due_at", "-pk"):
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


def counts(person: Person, at: datetime, views: Iterable[str] = (), *, also: Also | None = None) -> dict[str, int]:
    """How many cases each view holds as of this minute, up to `CAP`, in one query; `also` counts other rows with them.

    The question is put together once a minute for each person; it is asked anew every time.
    """
    codes = tuple(code for code in (views or VIEWS) if code != "closed")
    roles, minute = tuple(sorted(person.role_codes)), at.replace(second=0, microsecond=0)
    question = _question(_Asker(person.pk, roles, person.department_id, minute, codes, person, also))
    told = dict.fromkeys(question.wanted, 0)
    if not question.codes:
        return told
    with connection.cursor() as cursor:
        cursor.execute(question.sql, question.params)
        found = cursor.fetchone()
    for code, count in zip(question.codes, found, strict=True):
        told[code] = min(told[code] + count, CAP)
    return told


@dataclass(frozen=True)
class _Asker:
    """Who counts what when; everything that the question depends on is compared."""

    person_id: int
    roles: tuple[str, ...]
    department_id: int | None
    minute: datetime
    codes: tuple[str, ...]
    person: Person = field(compare=False)
    also: Also | None


@dataclass(frozen=True)
class _Question:
    """One query for many numbers: what is wanted, and whose number each column adds to."""

    wanted: tuple[str, ...]
    codes: tuple[str, ...]
    sql: str
    params: tuple[Any, ...]


@lru_cache(maxsize=256)
def _question(asker: _Asker) -> _Question:
    parts: list[tuple[str, str]] = []
    params: list[Any] = []
    for code in asker.codes:
        for branch in VIEWS[code].branches(asker.person, asker.minute):
            _count(code, _narrowed(asker.person, branch, asker.minute, None), parts, params)
    more = asker.also(asker.person, asker.minute) if asker.also else {}
    for code, rows in more.items():
        _count(code, rows, parts, params)
    sql = f"SELECT {', '.join(sql for _code, sql in parts)}"
    return _Question((*asker.codes, *more), tuple(code for code, _sql in parts), sql, tuple(params))


def _count(code: str, rows: QuerySet[Any], parts: list[tuple[str, str]], params: list[Any]) -> None:
    try:
        sql, given = rows.order_by().values("pk")[:CAP].query.sql_with_params()
    except EmptyResultSet:
        return
    parts.append((code, f"(SELECT COUNT(*) FROM ({sql}) AS counted)"))  # noqa: S608 - what the ORM compiled
    params += given
