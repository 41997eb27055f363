"""What the shell around every staff page shows: places with counts, search, the bell, me.

A room of pages says in its `nav.py` which places it adds; `WebConfig.ready` imports them. Counts come from functions
that answer for many places with one query each.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.common import clock
from huiyin.people.roles import can

Words = str | Promise


@dataclass(frozen=True)
class Count:
    """The number beside a place; tone warn or bad colours it."""

    number: int
    tone: str = ""


@dataclass(frozen=True)
class Place:
    """One entry of the navigation."""

    key: str
    label: Words
    icon: str
    url_name: str
    group: str = "mine"
    order: int = 50
    query: str = ""
    allowed: Callable[[Any], bool] = lambda person: True


@dataclass(frozen=True)
class Entry:
    """A place as one person sees it now."""

    key: str
    label: Words
    icon: str
    url: str
    current: bool
    count: Count | None


GROUPS: dict[str, Words] = {"mine": _("Mine"), "team": _("Team"), "work": _("Work"), "house": _("House")}
_places: dict[str, Place] = {}
_counters: list[Callable[[Any, datetime], Mapping[str, Count]]] = []


def add_place(place: Place) -> None:
    """Add a place to the navigation; the same key again replaces it."""
    _places[place.key] = place


def add_counts(function: Callable[[Any, datetime], Mapping[str, Count]]) -> None:
    """Add a function that counts for some places; the key "bell" is the unread notices."""
    if function not in _counters:
        _counters.append(function)


@cache
def address(name: str) -> str:
    """The address of a page that may not be built in."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class Shell:
    """The shell for one request; nothing is counted until a template asks."""

    def __init__(self, request: HttpRequest, now: datetime) -> None:
        self.request, self.now = request, now

    @property
    def person(self) -> Any:
        """Who is signed in, or None."""
        user = getattr(self.request, "user", None)
        return user if user is not None and user.is_authenticated else None

    @cached_property
    def counts(self) -> dict[str, Count]:
        """Every count of the navigation."""
        found: dict[str, Count] = {}
        if self.person is not None:
            for function in _counters:
                found.update(function(self.person, self.now))
        return found

    @cached_property
    def groups(self) -> list[tuple[Words, list[Entry]]]:
        """The places this person may open, by group."""
        if self.person is None:
            return []
        places = sorted(_places.values(), key=lambda place: (place.order, place.key))
        named = [
            (label, [entry for place in places if place.group == key and (entry := self._entry(place))])
            for key, label in GROUPS.items()
        ]
        return [(label, entries) for label, entries in named if entries]

    @property
    def bell(self) -> int:
        """How many notices are unread."""
        return self.counts["bell"].number if "bell" in self.counts else 0

    @cached_property
    def links(self) -> dict[str, str]:
        """Addresses the shell itself needs; empty where the page does not exist or this person may not open it."""
        return {key: address(name) if self._may(key) else "" for key, name in SHELL_PAGES.items()}

    def _may(self, key: str) -> bool:
        needed = NEEDED.get(key, ())
        return not needed or (self.person is not None and any(can(self.person, one) for one in needed))

    def _entry(self, place: Place) -> Entry | None:
        url = address(place.url_name)
        if not url or not place.allowed(self.person):
            return None
        here = self.request.path == url and (
            not place.query or place.query in self.request.META.get("QUERY_STRING", "")
        )
        return Entry(
            key=place.key,
            label=place.label,
            icon=place.icon,
            url=f"{url}?{place.query}" if place.query else url,
            current=here,
            count=self.counts.get(place.key),
        )


# What somebody must be able to do to be shown a page of the shell; everything else is for everybody.
NEEDED = {"new": ("complaint.receive",), "search": ("complaint.read", "complaint.read_masked")}
SHELL_PAGES = {
    "home": "desk:home",
    "search": "desk:search",
    "new": "desk:new",
    "bell": "desk:bell",
    "account": "account:settings",
    "sign_out": "account:sign_out",
    "sign_in": "account:sign_in",
}


def context(request: HttpRequest) -> dict[str, Any]:
    """Context processor: `shell`, and `now` where the view has given none."""
    now = clock.now()
    return {"shell": Shell(request, now), "now": now}
