"""The side of a case: which tabs there are, and the one that is open."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, promises
from huiyin.complaints.models import Complaint
from huiyin.complaints.states import Seat
from huiyin.interfaces.web.components.shapes import Tab
from huiyin.interfaces.web.desk import reading
from huiyin.interfaces.web.desk.presenters import carried_out, found_out, negotiated, offered, overview
from huiyin.interfaces.web.desk.presenters.case import tabs_for
from huiyin.interfaces.web.desk.presenters.eyes import Eyes
from huiyin.interfaces.web.desk.presenters.looker import Looker
from huiyin.interfaces.web.desk.presenters.promises import promised
from huiyin.interfaces.web.knowledge import guide
from huiyin.interfaces.web.quality import shown as quality
from huiyin.people.actors import Actor
from huiyin.people.models import Person

Words = str | LazyText
LABELS: dict[str, Words] = {
    "overview": _("Overview"),
    "guide": _("Guide"),
    "promises": _("Promises"),
    "evidence": _("Evidence"),
    "tasks": _("Tasks"),
    "plan": _("Plan"),
    "negotiation": _("Negotiation"),
    "execution": _("Execution"),
    "callbacks": _("Callbacks"),
    "claims": _("Claims"),
    "review": _("Review"),
    "service": quality.LABEL,
    "files": _("Files"),
    "people": _("People"),
}


@dataclass(frozen=True)
class Panel:
    """The open tab with its own template and what it shows."""

    key: str
    label: Words
    template: str
    tabs: tuple[Tab, ...]
    shown: Any
    looker: Looker


def _promises(looker: Looker) -> Any:
    return promised(reading.promises(looker.complaint), looker.eyes, looker.now)


SHOWS: dict[str, Callable[[Looker], Any]] = {
    "overview": overview.overview,
    "guide": guide.of_looker,
    "promises": _promises,
    "evidence": found_out.evidence,
    "tasks": found_out.tasks,
    "plan": offered.plans,
    "negotiation": negotiated.negotiated,
    "execution": carried_out.actions,
    "callbacks": carried_out.callbacks,
    "claims": carried_out.claims,
    "review": carried_out.reviews,
    "service": quality.of_looker,
    "files": found_out.files,
    "people": overview.people,
}


def panel(key: str, person: Person, complaint: Complaint, now: datetime) -> Panel | None:
    """The tab asked for, or nothing when there is none of that name."""
    if key not in SHOWS:
        return None
    pack = promises.pack_of(complaint)
    known = [*tabs_for(complaint), *(["service"] if pack.dimensions else [])]
    keys = known if key in known else [*known, key]
    tabs = tuple(Tab(one, LABELS[one], reverse("desk:about", args=(complaint.number, one))) for one in keys)
    sits: set[Seat] = lifecycle.seats(complaint, Actor.of(person), now)
    looker = Looker(person, complaint, now, Eyes(person, complaint), sits, pack)
    return Panel(key, LABELS[key], f"desk/side/{key}.html", tabs, SHOWS[key](looker), looker)
