"""The supervisor's overview: how many open cases by state, by clock, by owner; each number opens its cases."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count

from huiyin.complaints import lists, queries
from huiyin.complaints.models import Complaint
from huiyin.complaints.states import State
from huiyin.people.models import Person


@dataclass(frozen=True)
class Number:
    """One figure with the filter that opens exactly what it counts."""

    label: str
    count: int
    filters: lists.Filters
    key: str


@dataclass(frozen=True)
class Overview:
    by_state: tuple[Number, ...]
    by_clock: tuple[Number, ...]
    by_owner: tuple[Number, ...]
    open_cases: int


def overview(person: Person, at: datetime) -> Overview:
    """Count the visible open cases three ways: three queries at any size."""
    rows = queries.visible_to(person).filter(lists.OPEN)
    states = dict(rows.order_by().values_list("state").annotate(count=Count("pk")))
    bands = {code: Count("pk", filter=band(at)) for code, band in lists.DUE_BANDS.items()}
    clocks = rows.order_by().aggregate(**bands)
    owners = (
        rows.order_by().values("owner_id", "owner__name").annotate(count=Count("pk")).order_by("-count", "owner_id")
    )
    return Overview(
        by_state=tuple(
            Number(str(state.label), states.get(state.value, 0), lists.Filters(state=state.value), state.value)
            for state in State
            if state is not State.CLOSED
        ),
        by_clock=tuple(Number(code, clocks[code], lists.Filters(due=code), code) for code in bands),
        by_owner=tuple(
            Number(row["owner__name"], row["count"], lists.Filters(owner_id=row["owner_id"]), str(row["owner_id"]))
            for row in owners
        ),
        open_cases=sum(states.values()),
    )


def cases(person: Person, number: Number, at: datetime) -> list[Complaint]:
    """Exactly the cases a figure counts; a test holds both equal."""
    return list(lists.select(person, "all", at, number.filters))
