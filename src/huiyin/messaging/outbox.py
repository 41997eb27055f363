"""Everything that goes out is a row first, written in the transaction that wants it sent."""

from datetime import datetime, timedelta
from typing import TypedDict, Unpack

from django.db import transaction

from huiyin.messaging.models import Channel, Outgoing, Status
from huiyin.queue import jobs

DELIVER = "messaging.deliver"


class Letter(TypedDict):
    """What is sent: the channel, the address on it, the words and their language."""

    channel: str
    to: str
    subject: str
    body: str
    language: str


@transaction.atomic
def put(*, key: str, at: datetime, reference: str = "", hold_seconds: int = 0, **letter: Unpack[Letter]) -> Outgoing:
    """Write a message and the job that sends it; a second one of the same key changes nothing and gives the first.

    `hold_seconds` keeps it back for so long, so that it can still be taken back with `withdraw`.
    """
    row = Outgoing(
        key=key,
        channel=Channel(letter["channel"]),
        to=letter["to"].strip(),
        subject=" ".join(letter["subject"].split())[:200],  # a line break would begin another header
        body=letter["body"],
        language=letter["language"],
        reference=reference,
        created_at=at,
    )
    Outgoing.objects.bulk_create([row], ignore_conflicts=True)
    written = Outgoing.objects.get(key=key)
    run_at = at + timedelta(seconds=hold_seconds)
    jobs.enqueue(DELIVER, {"outgoing": written.pk}, key=f"{DELIVER}:{written.pk}", run_at=run_at)
    return written


def withdraw(outgoing_id: int, *, at: datetime) -> bool:
    """Take a message back; False when it has left already."""
    queued = Outgoing.objects.filter(pk=outgoing_id, status=Status.QUEUED, attempts=0)
    return queued.update(status=Status.WITHDRAWN, settled_at=at) == 1
