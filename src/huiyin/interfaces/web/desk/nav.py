"""The places the desk adds to the navigation, with their counts: all of them in one query."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lists
from huiyin.interfaces.web.desk import waiting
from huiyin.interfaces.web.shell import Count, Place, add_counts, add_place
from huiyin.people.roles import can

TONES = {"late": "bad", "soon": "warn", "enquiries": "", "unanswered": "warn"}


def reads_cases(person: Any) -> bool:
    """Whether somebody's roles let him open any case at all."""
    return can(person, "complaint.read") or can(person, "complaint.read_masked")


def sees_all(person: Any) -> bool:
    return can(person, "complaint.read_all")


for order, view in enumerate(lists.VIEWS.values()):
    add_place(
        Place(
            key=view.code,
            label=view.title,
            icon=view.icon,
            url_name="desk:queue",
            group=view.group,
            order=order,
            query="" if view.code == "mine" else f"view={view.code}",
            allowed=reads_cases,
        )
    )

PLACES = (
    Place("promises", _("Promises"), "handshake", "desk:promises", "work", 10, allowed=reads_cases),
    Place("unanswered", _("Unanswered"), "message-square-warning", "desk:unanswered", "work", 20, allowed=reads_cases),
    Place(
        "enquiries", _("Enquiries"), "message-circle-question-mark", "desk:enquiries", "work", 30, allowed=reads_cases
    ),
    Place("claims", _("Claims"), "hand-coins", "desk:claims", "work", 40, allowed=reads_cases),
    Place("overview", _("Team overview"), "layout-dashboard", "desk:overview", "team", 5, allowed=sees_all),
    Place("packs", _("Policy packs"), "book-open-check", "desk:packs", "house", 30),
)
for one in PLACES:
    add_place(one)


def counts(person: Any, now: datetime) -> Mapping[str, Count]:
    """The numbers beside the places and on the bell."""
    if not reads_cases(person):
        return {"bell": Count(lists.counts(person, now, ["mine"], also=waiting.bell)["bell"])}
    found = lists.counts(person, now, also=waiting.lists_of)
    return {key: Count(number, TONES.get(key, "")) for key, number in found.items()}


add_counts(counts)
