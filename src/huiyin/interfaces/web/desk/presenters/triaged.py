"""A network complaint as its page shows it: streams, tests, plan of the week, station steps (S2-61 to S2-63)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count

from huiyin.complaints import sites
from huiyin.complaints.models import NetworkTriage, StationStep
from huiyin.interfaces.web.desk.presenters.looker import Looker


@dataclass(frozen=True)
class Done:
    """A test, a step or an item of the plan, in a line."""

    title: str
    text: str
    by: str
    at: datetime | None
    week_on: date | None = None


@dataclass(frozen=True)
class Triaged:
    stream: str
    place: str
    point: str
    grounds: str
    by: str
    at: datetime
    # How many complaints ask for a station at this place; nothing while it is not on the list.
    wanted_by: int | None
    done: Sequence[Done]


def triaged(looker: Looker) -> tuple[Triaged, ...]:
    """Every triage of the case with what followed; no query at all for other complaints, four at most."""
    if not sites.is_network(looker.complaint):
        return ()
    rows = NetworkTriage.objects.filter(complaint=looker.complaint).select_related("by", "demand")
    found = rows.annotate(wanted_by=Count("demand__references")).prefetch_related(
        "tests__by", "tests__item", "steps__by"
    )
    return tuple(_triage(row, row.wanted_by, looker) for row in found)


def _triage(row: NetworkTriage, wanted_by: int, looker: Looker) -> Triaged:
    return Triaged(
        stream=str(NetworkTriage.Stream(row.stream).label),
        place=looker.eyes.text(row.place),
        point=f"{row.latitude}, {row.longitude}" if row.latitude is not None else "",
        grounds=looker.eyes.text(row.grounds),
        by=row.by.name,
        at=row.at,
        wanted_by=wanted_by if row.demand_id else None,
        done=[*_tests(row, looker), *_steps(row, looker)],
    )


def _tests(row: NetworkTriage, looker: Looker) -> list[Done]:
    found = []
    for test in row.tests.all():
        found.append(Done("test", looker.eyes.text(test.measured), test.by.name, test.tested_at))
        item = getattr(test, "item", None)
        if item is not None:
            words = looker.eyes.text(item.what if not item.result else f"{item.what}：{item.result}")
            found.append(Done("week", words, "", item.done_at, item.week_on))
    return found


def _steps(row: NetworkTriage, looker: Looker) -> list[Done]:
    return [
        Done(str(StationStep.Kind(step.kind).label), looker.eyes.text(step.text), step.by.name, step.at)
        for step in row.steps.all()
    ]
