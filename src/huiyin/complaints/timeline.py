"""The append-only, hash-chained history of a case.

An event holds codes and JSON; personal words sit beside it and only their salted digest enters the chain, so
erasing a person leaves the chain provable. Nothing here updates or deletes, and the database refuses to.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from huiyin.complaints.kinds import KINDS
from huiyin.complaints.models import Checkpoint, Complaint, Event, EventText, Interaction
from huiyin.people.actors import Actor, ActorKind


class UnknownKind(Exception):
    """An event kind that is not declared in kinds.py; a mistake of the program, not of a person."""


@dataclass(frozen=True)
class Broken:
    """The first link that does not hold: which case, which event number (0 = the head itself), and what is wrong."""

    complaint_id: int
    number: int
    what: str


def digest(salt: str, text: str) -> str:
    return hashlib.sha256(f"{salt}\x1f{text}".encode()).hexdigest()


def new_salt() -> str:
    return secrets.token_hex(16)


def record(
    complaint: Complaint,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    data: Mapping[str, Any] | None = None,
    texts: Mapping[str, str] | None = None,
) -> Event:
    """Append one event to a locked case; gives the event. `data` holds codes only, `texts` personal words."""
    event = append(complaint, kind, actor=actor, at=at, data=data or {}, texts=texts or {})
    complaint.save(update_fields=["last_number", "last_hash"])
    return event


def append(
    complaint: Complaint,
    kind: str,
    *,
    actor: Actor,
    at: datetime,
    data: Mapping[str, Any],
    texts: Mapping[str, str],
) -> Event:
    """The same for a caller who saves the case anyway: its last number and hash are set, not yet written."""
    if kind not in KINDS:
        raise UnknownKind(kind)
    salted = [(name, text, new_salt()) for name, text in texts.items() if text]
    body = dict(data)
    if salted:
        body["digests"] = {name: digest(salt, text) for name, text, salt in salted}
    event = Event(
        complaint=complaint,
        number=complaint.last_number + 1,
        kind=kind,
        at=at,
        actor_kind=actor.kind.value,
        actor_id=actor.person_id,
        actor_name=actor.name if actor.kind in (ActorKind.SYSTEM, ActorKind.PARTNER) else "",
        data=json.loads(canonical(body)),
        previous_hash=complaint.last_hash,
    )
    event.hash = chain_hash(event)
    event.save(force_insert=True)
    EventText.objects.bulk_create(
        [EventText(event=event, name=name, text=text, salt=salt) for name, text, salt in salted]
    )
    complaint.last_number, complaint.last_hash = event.number, event.hash
    return event


def first(complaint: Complaint, kind: str, *, actor: Actor, at: datetime, data: Mapping[str, Any]) -> Event:
    """The unsaved first event of a case that is taken over; many of them are written at once."""
    event = Event(
        complaint=complaint,
        number=1,
        kind=kind,
        at=at,
        actor_kind=actor.kind.value,
        actor_id=actor.person_id,
        actor_name=actor.name if actor.kind in (ActorKind.SYSTEM, ActorKind.PARTNER) else "",
        data=json.loads(canonical(data)),
        previous_hash="",
    )
    event.hash = chain_hash(event)
    return event


def canonical(value: Any) -> str:
    """JSON that reads back the same on every database: sorted keys, money and times as text."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=_as_text)


def _as_text(value: Any) -> str:
    return utc(value) if isinstance(value, datetime) else str(value)


def utc(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def chain_hash(event: Event) -> str:
    """SHA-256 over the previous hash and everything the event says."""
    body = [
        event.previous_hash,
        event.complaint_id,
        event.number,
        event.kind,
        utc(event.at),
        event.actor_kind,
        event.actor_id,
        event.actor_name,
        event.data,
    ]
    return hashlib.sha256(canonical(body).encode()).hexdigest()


def verify_case(complaint: Complaint) -> Broken | None:
    """The first broken link of one case, or nothing."""
    previous, number = "", 0
    texts: dict[int, list[EventText]] = {}
    for text in EventText.objects.filter(event__complaint=complaint):
        texts.setdefault(text.event_id, []).append(text)
    spoken = {row.pk: row for row in Interaction.objects.filter(complaint=complaint)}
    for event in Event.objects.filter(complaint=complaint).order_by("number").iterator():
        number += 1
        if event.number != number:
            return Broken(complaint.pk, number, "an event is missing")
        if event.previous_hash != previous or event.hash != chain_hash(event):
            return Broken(complaint.pk, number, "the event was changed")
        if not _words_match(event, texts.get(event.pk, []), spoken):
            return Broken(complaint.pk, number, "the words beside the event were changed")
        previous = event.hash
    if (complaint.last_number, complaint.last_hash) != (number, previous):
        return Broken(complaint.pk, 0, "the case does not end where its timeline ends")
    return None


def _words_match(event: Event, texts: list[EventText], spoken: Mapping[int, Interaction]) -> bool:
    """Whether the words still give the digests; erased words (no row) prove nothing and break nothing."""
    digests = event.data.get("digests", {})
    if any(digests.get(row.name) != digest(row.salt, row.text) for row in texts):
        return False
    said = spoken.get(event.data.get("interaction", 0))
    return said is None or not said.text or event.data["said"] == digest(said.salt, said.text)


def verify_all() -> Iterator[Broken]:
    """Every case's first broken link, then every checkpoint that no longer holds."""
    for complaint in Complaint.objects.order_by("pk").iterator(chunk_size=500):
        if broken := verify_case(complaint):
            yield broken
    previous = ""
    for point in Checkpoint.objects.order_by("pk").iterator():
        if point.previous_hash != previous or point.hash != checkpoint_hash(point):
            yield Broken(0, point.pk, "the checkpoint was changed")
        elif seal(point.last_event_id, _before(point)) != (point.cases, point.events, point.head_of_heads):
            yield Broken(0, point.pk, "events before the checkpoint were changed")
        previous = point.hash


@transaction.atomic
def make_checkpoint(*, at: datetime) -> Checkpoint:
    """Seal everything written since the last checkpoint (decision 5); gives the new row.

    The seal covers the head of each case that moved since then, so a day's work is sealed in a day's time. Writers
    wait for the moment it takes: an event numbered before the seal but committed after it would break the seal.
    """
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE complaints_event IN SHARE MODE")
    last = Checkpoint.objects.order_by("-pk").first()
    newest = Event.objects.aggregate(newest=Max("pk"))["newest"] or 0
    cases, events, heads = seal(newest, last.last_event_id if last else 0)
    point = Checkpoint(
        made_at=at,
        last_event_id=newest,
        cases=cases,
        events=events,
        head_of_heads=heads,
        previous_hash=last.hash if last else "",
    )
    point.hash = checkpoint_hash(point)
    point.save(force_insert=True)
    return point


def seal(up_to: int, after: int) -> tuple[int, int, str]:
    """Cases, events and the hash over the last event of each case written in (after, up_to]."""
    heads: dict[int, tuple[int, str]] = {}
    count = 0
    rows = Event.objects.filter(pk__gt=after, pk__lte=up_to).order_by("pk")
    for complaint_id, number, link in rows.values_list("complaint_id", "number", "hash").iterator(chunk_size=2000):
        heads[complaint_id] = (number, link)
        count += 1
    lines = hashlib.sha256()
    for complaint_id in sorted(heads):
        number, link = heads[complaint_id]
        lines.update(f"{complaint_id}:{number}:{link}\n".encode())
    return len(heads), count, lines.hexdigest()


def _before(point: Checkpoint) -> int:
    earlier = Checkpoint.objects.filter(pk__lt=point.pk).order_by("-pk").first()
    return earlier.last_event_id if earlier else 0


def checkpoint_hash(point: Checkpoint) -> str:
    body = [
        point.previous_hash,
        utc(point.made_at),
        point.last_event_id,
        point.cases,
        point.events,
        point.head_of_heads,
    ]
    return hashlib.sha256(canonical(body).encode()).hexdigest()
