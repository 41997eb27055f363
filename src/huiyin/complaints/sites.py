"""Places of network complaints: how far apart they are, and where a new base station is wanted (S2-61).

A box of degrees narrows by an index; the great circle decides.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from math import asin, cos, radians, sin, sqrt
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.db.models import Count, Model, QuerySet

from huiyin.complaints import queries
from huiyin.complaints.models import Complaint, NetworkTriage, SiteDemand, WeeklyItem
from huiyin.people.models import Person

EARTH_M = 6_371_000
DEGREE_M = 111_000
# The root of the category tree whose cases go down one of the three streams.
NETWORK = "network"
MOST = 200

Row = TypeVar("Row", bound=Model)


@dataclass(frozen=True)
class Point:
    latitude: Decimal
    longitude: Decimal

    def __post_init__(self) -> None:
        if not (-90 <= self.latitude <= 90 and -180 <= self.longitude <= 180):
            raise ValueError("No point of the earth.")


@dataclass(frozen=True)
class Wanted:
    """One entry of the demand list: how many complaints, how far, and the cases this reader may open."""

    demand: SiteDemand
    count: int
    metres: int | None
    numbers: tuple[str, ...]


def is_network(complaint: Complaint) -> bool:
    """Whether the case is about the network."""
    return complaint.category.partition(".")[0] == NETWORK


def metres(one: Point, other: Point) -> int:
    """The distance on the great circle, to the metre."""
    first, second = radians(one.latitude), radians(other.latitude)
    across = radians(other.longitude) - radians(one.longitude)
    half = sin((second - first) / 2) ** 2 + cos(first) * cos(second) * sin(across / 2) ** 2
    return round(2 * EARTH_M * asin(sqrt(min(1.0, half))))


def within(rows: QuerySet[Row], point: Point, most_m: int) -> list[tuple[int, Row]]:
    """The rows no farther than so many metres, the nearest first."""
    up = Decimal(most_m) / DEGREE_M
    wide = up / max(Decimal(str(cos(radians(point.latitude)))), Decimal("0.01"))
    box = rows.filter(
        latitude__gte=point.latitude - up,
        latitude__lte=point.latitude + up,
        longitude__gte=point.longitude - wide,
        longitude__lte=point.longitude + wide,
    )
    measured = [(metres(point, point_of(row)), row) for row in box]
    return sorted((one for one in measured if one[0] <= most_m), key=lambda one: (one[0], one[1].pk))


def point_of(row: Model) -> Point:
    return Point(row.latitude, row.longitude)  # type: ignore[attr-defined]


def demand_list(person: Person, near: Point | None = None, most_km: int = 20) -> list[Wanted]:
    """Where stations are wanted: from a point the nearest first, else the most complaints first; three queries."""
    rows = SiteDemand.objects.annotate(count=Count("references"))
    if near is None:
        found: list[tuple[int | None, Any]] = [(None, row) for row in rows.order_by("-count", "-pk")[:MOST]]
    else:
        found = list(within(rows, near, most_km * 1_000)[:MOST])
    ids = [row.pk for _far, row in found]
    numbers: dict[int, list[str]] = {}
    seen = queries.visible_to(person).filter(triages__demand__in=ids)
    for demand, number in seen.order_by("pk").values_list("triages__demand", "number").distinct():
        if demand in ids:
            numbers.setdefault(demand, []).append(number)
    return [Wanted(row, row.count, far, tuple(numbers.get(row.pk, ()))) for far, row in found]


def week_of(day: date) -> date:
    """The Monday that names a week."""
    return day - timedelta(days=day.weekday())


def next_week(at: datetime, zone: str) -> date:
    """The Monday after this moment, in the pack's zone."""
    return week_of(at.astimezone(ZoneInfo(zone)).date()) + timedelta(days=7)


def weekly_plan(person: Person, week_on: date) -> list[WeeklyItem]:
    """What is planned for a week, of the cases this person may open; one query."""
    rows = WeeklyItem.objects.filter(week_on=week_on, complaint__in=queries.visible_to(person))
    return list(rows.select_related("complaint", "department", "done_by", "test__triage")[:MOST])


def weak_places(point: Point, most_m: int, *, but: int) -> list[NetworkTriage]:
    """Other cases with weak coverage near a point, each once, the latest told of it."""
    rows = NetworkTriage.objects.filter(stream=NetworkTriage.Stream.COVERAGE).exclude(complaint=but)
    nearest: dict[int, NetworkTriage] = {}
    for _far, row in within(rows, point, most_m):
        nearest.setdefault(row.complaint_id, row)
    return list(nearest.values())
