"""Putting the shipped entries on the shelves: what is new is added, what nobody touched is renewed, what a person
changed stays as it is and has the newer wording offered beside it (decision 2).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.db import transaction

from huiyin.knowledge import finding, stamps
from huiyin.knowledge.kinds import SHAPES, Content
from huiyin.knowledge.models import Entry, Origin, Seeding, Version, VersionKind
from huiyin.knowledge.seeds import DATA, Seed, digest, shipped


@dataclass
class Loaded:
    """What a loading did, by the entries it was done to."""

    added: list[Entry] = field(default_factory=list)
    renewed: list[Entry] = field(default_factory=list)
    offered: list[Entry] = field(default_factory=list)
    gone: list[Entry] = field(default_factory=list)

    def __bool__(self) -> bool:
        return any((self.added, self.renewed, self.offered, self.gone))


def load_shipped(*, at: datetime, folder: Path = DATA) -> Loaded:
    """Load the files unless they were loaded already; raises SeedError when one of them is wrong."""
    found = digest(folder)
    if Seeding.objects.filter(digest=found).exists():
        return Loaded()
    return load(shipped(folder), at=at, digest=found)


@transaction.atomic
def load(seeds: Iterable[Seed], *, at: datetime, digest: str = "") -> Loaded:
    """Bring the shelves up to these seeds; a seed that is there no more is retired unless a person changed it."""
    known = {(entry.kind, entry.code): entry for entry in Entry.objects.select_for_update()}
    done = Loaded()
    fresh: list[tuple[Entry, Seed]] = []
    named = set()
    for seed in seeds:
        named.add((seed.kind.value, seed.code))
        entry = known.get((seed.kind.value, seed.code))
        if entry is None:
            fresh.append((_entry(seed, at), seed))
        elif entry.seed_hash != seed.hash:
            _renew(entry, seed, at, done)
    done.added = Entry.objects.bulk_create([entry for entry, _seed in fresh], batch_size=200)
    for key, entry in known.items():
        if entry.origin == Origin.SHIPPED and key not in named:
            _withdraw(entry, at, done)
    _write_versions(done, at)
    finding.index([*done.added, *done.renewed])
    stamps.touch(entry.kind for entry in (*done.added, *done.renewed, *done.gone))
    Seeding.objects.all().delete()
    Seeding.objects.create(digest=digest, loaded_at=at)
    return done


def _entry(seed: Seed, at: datetime) -> Entry:
    filed = filed_under(seed.kind, seed.content)
    return Entry(
        kind=seed.kind, code=seed.code, origin=Origin.SHIPPED, seed_hash=seed.hash, changed_at=at, **filed
    )  # fmt: skip


def filed_under(kind: str, content: Content) -> dict[str, Any]:
    """The columns of an entry that its content decides."""
    shape = SHAPES[kind]

    def day(name: str) -> date | None:
        return date.fromisoformat(content[name]) if content.get(name) else None

    return {
        "title": str(content[shape.title]),
        "topic": content[shape.topic] if shape.topic else "",
        "scene": content[shape.scene] if shape.scene else "",
        "content": content,
        "valid_from": day("valid_from"),
        "valid_to": day("valid_to"),
    }


def put(entry: Entry, content: Content, at: datetime) -> None:
    """Give an unsaved change of an entry its new content and the number of its next version."""
    for name, value in filed_under(entry.kind, content).items():
        setattr(entry, name, value)
    entry.version += 1
    entry.changed_at = at


def _renew(entry: Entry, seed: Seed, at: datetime, done: Loaded) -> None:
    entry.seed_hash = seed.hash
    if entry.content == seed.content:
        entry.offered = None
        entry.save(update_fields=["seed_hash", "offered"])
    elif entry.by_hand or entry.origin == Origin.HOUSE:
        entry.offered = seed.content
        entry.save(update_fields=["seed_hash", "offered"])
        done.offered.append(entry)
    else:
        put(entry, seed.content, at)
        entry.retired_at = None
        entry.save()
        done.renewed.append(entry)


def _withdraw(entry: Entry, at: datetime, done: Loaded) -> None:
    if entry.by_hand or entry.retired_at is not None:
        return
    entry.retired_at, entry.changed_at, entry.seed_hash = at, at, ""
    entry.version += 1
    entry.save()
    done.gone.append(entry)


def _write_versions(done: Loaded, at: datetime) -> None:
    rows = (
        *((entry, VersionKind.SHIPPED) for entry in done.added),
        *((entry, VersionKind.RENEWED) for entry in done.renewed),
        *((entry, VersionKind.RETIRED) for entry in done.gone),
    )
    Version.objects.bulk_create(
        [Version(entry=row, number=row.version, kind=kind, content=row.content, made_at=at) for row, kind in rows],
        batch_size=200,
    )
