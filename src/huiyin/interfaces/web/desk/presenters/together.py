"""What departments share in a compound case: its matters, what they agreed, who spoke past the owner (S0-34)."""

from dataclasses import dataclass
from datetime import datetime

from huiyin.complaints.models import CasePart, DirectContact, Meeting
from huiyin.interfaces.web.desk.presenters.looker import Looker


@dataclass(frozen=True)
class Part:
    title: str
    department: str


@dataclass(frozen=True)
class Met:
    """The record of one meeting."""

    held_at: datetime
    people: tuple[str, ...]
    decisions: tuple[str, ...]
    summary: str
    voice: str
    by: str


@dataclass(frozen=True)
class Past:
    """A contact past the owner."""

    department: str
    what: str
    at: datetime


@dataclass(frozen=True)
class Together:
    parts: tuple[Part, ...] = ()
    met: tuple[Met, ...] = ()
    past: tuple[Past, ...] = ()


def together(looker: Looker) -> Together:
    """At most five queries, however many met and decided; one for a case of a single matter."""
    complaint, eyes = looker.complaint, looker.eyes
    contacts = DirectContact.objects.filter(complaint=complaint).select_related("department")
    past = tuple(Past(row.department.name, eyes.text(row.what), row.noted_at) for row in contacts)
    if not complaint.compound:
        return Together(past=past)
    titles = {leaf.code: str(leaf.title) for leaf in looker.pack.leaves}
    parts = CasePart.objects.filter(complaint=complaint).select_related("department")
    rows = Meeting.objects.filter(complaint=complaint).select_related("recorded_by").order_by("-pk")
    return Together(
        tuple(Part(titles.get(row.category, row.category), row.department.name) for row in parts),
        tuple(
            Met(
                held_at=row.held_at,
                people=tuple(f"{one.person.name}　{one.department.name}" for one in row.people.all()),
                decisions=tuple(eyes.text(one.text) for one in row.decisions.all()),
                summary=eyes.text(row.summary),
                voice=eyes.text(row.voice),
                by=row.recorded_by.name,
            )
            for row in rows.prefetch_related("people__person", "people__department", "decisions")
        ),
        past,
    )
