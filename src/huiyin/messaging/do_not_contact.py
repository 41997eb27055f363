"""The list of addresses nothing may be sent to (S4-50); the sender enforces it, not the one who writes."""

from datetime import datetime

from django.db import transaction

from huiyin.messaging.models import Channel, DoNotContact, Outgoing
from huiyin.people.customers import normalise
from huiyin.people.models import Identity, Person

KIND_OF_ADDRESS = {Channel.SMS: "phone", Channel.EMAIL: "email"}


@transaction.atomic
def add(kind: str, value: str, *, reason: str, at: datetime, by: Person | None = None) -> DoNotContact:
    """Put an address on the list; one that is on it already stays as it is."""
    row, _made = DoNotContact.objects.get_or_create(
        kind=kind,
        value=normalise(kind, value),
        lifted_at=None,
        defaults={"reason": reason, "added_by": by, "added_at": at},
    )
    return row


def lift(kind: str, value: str, *, at: datetime) -> bool:
    """Take an address off the list; False when it was not on it. The row stays, to show that it once was."""
    on_it = DoNotContact.objects.filter(kind=kind, value=normalise(kind, value), lifted_at=None)
    return on_it.update(lifted_at=at) == 1


def reason_against(letter: Outgoing) -> str:
    """Say why nothing may be sent to this address on this channel; empty when it may."""
    kind = KIND_OF_ADDRESS.get(Channel(letter.channel))
    if kind is None:
        return ""
    address = normalise(kind, letter.to)
    listed = DoNotContact.objects.filter(kind=kind, value=address, lifted_at=None).first()
    if listed is not None:
        return f"do-not-contact list: {listed.reason}"
    if letter.channel == Channel.SMS:
        refused = Identity.objects.filter(kind=kind, normalized=address, customer__do_not_sms=True)
        return "the customer wants no text messages" if refused.exists() else ""
    return ""
