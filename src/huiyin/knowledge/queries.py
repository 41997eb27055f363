"""Reading the shelves: lists, one entry with its versions, facts that hold."""

from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta

from django.db.models import Count, Q, QuerySet

from huiyin.knowledge.kinds import Kind
from huiyin.knowledge.models import Entry, Version

SOON = timedelta(days=30)


@dataclass(frozen=True)
class Filed:
    """What a list is narrowed to; empty means everything."""

    kind: str = ""
    topic: str = ""
    scene: str = ""
    # "" in use; "retired"; "offered" with a newer wording beside it; "expired" and "expiring" facts.
    standing: str = ""


def entries(filed: Filed, on: date) -> QuerySet[Entry]:
    """The entries of a list by title."""
    rows = Entry.objects.all()
    for name in ("kind", "topic", "scene"):
        if value := getattr(filed, name):
            rows = rows.filter(**{name: value})
    return rows.filter(_standing(filed.standing, on)).order_by("kind", "topic", "scene", "title", "code")


def _standing(standing: str, on: date) -> Q:
    if standing == "retired":
        return Q(retired_at__isnull=False)
    in_use = Q(retired_at=None)
    return {
        "offered": in_use & Q(offered__isnull=False),
        "expired": in_use & Q(valid_to__lt=on),
        "expiring": in_use & Q(valid_to__gte=on, valid_to__lte=on + SOON),
    }.get(standing, in_use)


@dataclass(frozen=True)
class Counts:
    """How many entries of a kind there are: in use, and those that want somebody's eye."""

    in_use: int = 0
    retired: int = 0
    offered: int = 0
    expired: int = 0
    expiring: int = 0


def counts(on: date) -> dict[str, Counts]:
    """Everything the lists count, by kind, in one query."""
    names = [field.name for field in fields(Counts)]
    named = {name: Count("pk", filter=_standing(name, on)) for name in names}
    rows = Entry.objects.order_by().values("kind").annotate(**named).values_list("kind", *names)
    return {kind: Counts(*numbers) for kind, *numbers in rows}


def filed_under(kind: str) -> tuple[Sequence[str], Sequence[str]]:
    """The topics and scenes that entries in use of a kind really have, in one query."""
    rows = Entry.objects.filter(kind=kind, retired_at=None).order_by().values_list("topic", "scene").distinct()
    pairs = list(rows)
    return sorted({topic for topic, _ in pairs if topic}), sorted({scene for _, scene in pairs if scene})


def by_code(kind: str, code: str) -> Entry | None:
    return Entry.objects.filter(kind=kind, code=code).first()


def versions(entry: Entry) -> list[Version]:
    """Every version of an entry, the newest first."""
    return list(Version.objects.filter(entry=entry).select_related("made_by"))


def facts_on(on: date) -> QuerySet[Entry]:
    """Facts that hold on this day; what has run out is never offered (S0-39)."""
    return Entry.objects.filter(kind=Kind.FACT, retired_at=None, valid_from__lte=on, valid_to__gte=on)
