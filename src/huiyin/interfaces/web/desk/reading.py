"""What the page of a case reads at once: events, the words beside them, promises, who else is looking.

The words of a case (personal texts, messages, names, one's own drafts) lie in four tables and come in one query, so
that the page costs the same few queries however much happened.
"""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

from django.db.models import BigIntegerField, CharField, DateTimeField, F, QuerySet, TextField, Value
from django.db.models.functions import Cast

from huiyin.complaints import lists, queries
from huiyin.complaints.guards.context import Case
from huiyin.complaints.looking import Look
from huiyin.complaints.models import (
    Complaint,
    Draft,
    Event,
    EventText,
    Follow,
    Interaction,
    Interest,
    Promise,
    PromiseKind,
    Viewing,
)
from huiyin.people.models import Department, Identity, Person

PAGE = 80
PEOPLE_IN = ("assignee", "owner", "handler", "before", "person", "asked_by")


class Reading(Case):
    """A case as one page reads it: what the page shows anyway is not asked again for guards and forms."""

    @cached_property
    def promises(self) -> list[Promise]:
        """Every promise and clock the case ever had, in the order they fall due."""
        return promises(self.complaint)

    @cached_property
    def interest(self) -> Interest | None:
        """The reader's own interest, which is read with the case."""
        known = vars(self.complaint)
        if queries.OWN_INTEREST not in known:
            return super().interest
        reason = known[queries.OWN_INTEREST]
        return Interest(complaint=self.complaint, person=self.actor.person, reason=reason) if reason else None

    @cached_property
    def spoken(self) -> list[Promise]:
        return [row for row in self.promises if row.kind == PromiseKind.SPOKEN and row.ended_at is None]


@dataclass(frozen=True)
class Said:
    """One message or note: its words, the way it took, its apology."""

    text: str
    medium: str
    direction: str


@dataclass(frozen=True)
class Kept:
    """A draft one has not sent yet."""

    text: str
    saved_at: datetime | None


@dataclass
class Words:
    """What was written beside the events, by where it belongs."""

    texts: dict[int, dict[str, str]] = field(default_factory=dict)
    said: dict[int, Said] = field(default_factory=dict)
    people: dict[int, str] = field(default_factory=dict)
    departments: dict[int, str] = field(default_factory=dict)
    drafts: dict[str, Kept] = field(default_factory=dict)
    followed: bool = False
    # Ways to reach the customer: kind and value.
    reached_by: list[tuple[str, str]] = field(default_factory=list)
    looks: list[Look] = field(default_factory=list)


@dataclass(frozen=True)
class Story:
    """A stretch of a timeline, oldest first; `earlier` says that more lies before it."""

    events: list[Event]
    words: Words
    earlier: bool

    @property
    def whole(self) -> bool:
        return not self.earlier


def story(
    complaint: Complaint, person: Person, *, before: int | None = None, after: int | None = None, limit: int = PAGE
) -> Story:
    """The newest events, those before a number, or those after one, with all words beside them: two queries."""
    rows = Event.objects.filter(complaint=complaint).select_related("actor")
    if before is not None:
        rows = rows.filter(number__lt=before)
    if after is not None:
        rows = rows.filter(number__gt=after)
    found = list(rows.order_by("-number")[: limit + 1])
    earlier = len(found) > limit
    events = found[limit - 1 :: -1] if earlier else found[::-1]
    return Story(events, _words(complaint, person, events), earlier)


def _words(complaint: Complaint, person: Person, events: list[Event]) -> Words:
    said = [event.data["interaction"] for event in events if event.data.get("interaction")]
    people = {value for event in events for key in PEOPLE_IN if isinstance(value := event.data.get(key), int)}
    people |= {one for event in events for one in event.data.get("people", ())}
    departments = {event.data["department"] for event in events if event.data.get("department")}
    texts = EventText.objects.filter(event__in=[event.pk for event in events])
    named = _Columns(text="name")
    mine = Follow.objects.filter(complaint=complaint, person=person)
    drafts = Draft.objects.filter(complaint=complaint, person=person)
    parts = (
        _shaped(texts, "text", _Columns("event_id", "name")),
        _shaped(Interaction.objects.filter(pk__in=said), "said", _Columns(name="medium", extra="direction")),
        _shaped(Person.objects.filter(pk__in=people), "person", named),
        _shaped(Department.objects.filter(pk__in=departments), "department", named),
        _shaped(drafts, "draft", _Columns(name="slot", at="saved_at")),
        _shaped(mine, "follow", _Columns(text="pk")),
        _shaped(
            Identity.objects.filter(customer=complaint.customer_id), "identity", _Columns(name="kind", text="value")
        ),
        _shaped(
            Viewing.objects.filter(complaint=complaint),
            "look",
            _Columns("person_id", "seen_number", text="person__name", at="at"),
        ),
    )
    words = Words()
    for what, row_id, name, extra, text, at in parts[0].union(*parts[1:], all=True):
        _put(words, what, row_id, name, (extra, text, at))
    return words


@dataclass(frozen=True)
class _Columns:
    """Which fields of a table stand in the six columns that all of them share."""

    row_id: str = "pk"
    name: str = ""
    extra: str = ""
    text: str = "text"
    at: str = ""


def _shaped(rows: QuerySet[Any], what: str, columns: _Columns) -> QuerySet[Any, tuple[Any, ...]]:
    """The same six columns from any of the tables, so that one statement can ask them all."""
    nothing = Value("", output_field=CharField())
    return rows.order_by().values_list(
        Value(what, output_field=CharField()),
        Cast(F(columns.row_id), BigIntegerField()),
        Cast(F(columns.name), CharField()) if columns.name else nothing,
        Cast(F(columns.extra), CharField()) if columns.extra else nothing,
        Cast(F(columns.text), TextField()),
        F(columns.at) if columns.at else Cast(Value(None), DateTimeField()),
    )


def _put(words: Words, what: str, row_id: int, name: str, rest: tuple[str, str, datetime | None]) -> None:
    extra, text, at = rest
    if what == "text":
        words.texts.setdefault(row_id, {})[name] = text
    elif what == "said":
        words.said[row_id] = Said(text, name, extra)
    elif what == "draft":
        words.drafts[name] = Kept(text, at)
    elif what == "identity":
        words.reached_by.append((name, text))
    elif what == "follow":
        words.followed = True
    elif what == "look" and at is not None:
        words.looks.append(Look(row_id, text, int(name), at))
    else:
        (words.people if what == "person" else words.departments)[row_id] = text


def promises(complaint: Complaint) -> list[Promise]:
    """Every promise and clock the case ever had, in the order they fall due."""
    return list(Promise.objects.filter(complaint=complaint).order_by("due_at", "pk"))


@dataclass(frozen=True)
class Onlookers:
    """My own last look, and the names of those who have the case open now."""

    mine: Look | None
    others: tuple[str, ...]


def onlookers(complaint: Complaint, person: Person, now: datetime) -> Onlookers:
    """Who looks at the case, for whoever has not read its story."""
    rows = Viewing.objects.filter(complaint=complaint).values_list("person_id", "person__name", "seen_number", "at")
    return among([Look(*row) for row in rows], person, now)


def among(looks: list[Look], person: Person, now: datetime) -> Onlookers:
    """The person's own look, and who else has looked a moment ago."""
    since = now - max(lists.LOOKING, timedelta(minutes=2))
    mine = next((look for look in looks if look.person_id == person.pk), None)
    return Onlookers(mine, tuple(look.name for look in looks if look.person_id != person.pk and look.at > since))
