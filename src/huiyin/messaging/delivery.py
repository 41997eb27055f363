"""The sender: asks the do-not-contact list, hands over, keeps the provider's reason, tries again later."""

from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.db.models import F

from huiyin.messaging import do_not_contact, outbox
from huiyin.messaging.models import Outgoing, Status
from huiyin.messaging.transports import Rejected, Unreachable, way_for
from huiyin.queue import jobs

MOST_ATTEMPTS = 12
Settled = Callable[[Outgoing, datetime], object]
_listeners: list[Settled] = []


class NotYet(Exception):
    """The provider could not take the message now; the reason stands with the message, not in the queue."""


def when_settled(listener: Settled) -> Settled:
    """Have `listener(outgoing, at)` called once, in the same transaction, when a message is sent, failed or blocked."""
    if listener not in _listeners:
        _listeners.append(listener)
    return listener


@jobs.register(outbox.DELIVER, outside=True, attempts=MOST_ATTEMPTS + 8)
def deliver(payload: jobs.Payload, *, at: datetime) -> None:
    """Send one message, at least once; what was settled already is not sent again."""
    letter = Outgoing.objects.get(pk=payload["outgoing"])
    if letter.status != Status.QUEUED:
        return
    if reason := do_not_contact.reason_against(letter):
        _settle(letter, Status.BLOCKED, reason, at)
        return
    started = Outgoing.objects.filter(pk=letter.pk, status=Status.QUEUED).update(attempts=F("attempts") + 1)
    if not started:  # taken back in this very moment
        return
    try:
        answer = way_for(letter.channel)(letter)
    except Rejected as error:
        _settle(letter, Status.FAILED, str(error), at)
    except Unreachable as error:
        _try_again(letter, str(error), at)
    else:
        _settle(letter, Status.SENT, answer, at)


def _settle(letter: Outgoing, status: Status, reason: str, at: datetime) -> None:
    """Write what became of the message and tell the listeners, once."""
    with transaction.atomic():
        settled = Outgoing.objects.filter(pk=letter.pk, status=Status.QUEUED).update(
            status=status,
            provider_reason=reason[:500],
            settled_at=at,
            sent_at=at if status == Status.SENT else None,
        )
        if settled:
            letter.refresh_from_db()
            for listener in _listeners:
                listener(letter, at)


def _try_again(letter: Outgoing, reason: str, at: datetime) -> None:
    """Keep the reason and let the queue wait; after the last attempt the message has failed."""
    if letter.attempts + 1 >= MOST_ATTEMPTS:
        _settle(letter, Status.FAILED, reason, at)
        return
    Outgoing.objects.filter(pk=letter.pk).update(provider_reason=reason[:500])
    raise NotYet(f"message {letter.pk}, attempt {letter.attempts + 1}")
