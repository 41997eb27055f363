"""When a mail to a customer does not arrive: what it said was not said, and whoever waits for it waits on (S2-24)."""

from datetime import datetime

from huiyin.complaints import lifecycle
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Channel, Complaint, Interaction
from huiyin.complaints.notices import ring
from huiyin.messaging import delivery
from huiyin.messaging.models import Outgoing, Status
from huiyin.people.actors import Actor

POST = Actor.system("post")
LOST = (Status.FAILED, Status.BLOCKED)


def register_all() -> None:
    delivery.when_settled(settled)


def settled(letter: Outgoing, at: datetime) -> None:
    """Put the case among those whose customers wait, and tell the owner; a copy of what the portal shows is no loss."""
    kind, _separator, number = letter.key.partition(":")
    if kind != "interaction" or letter.status not in LOST:
        return
    message = Interaction.objects.filter(pk=number, medium=Channel.EMAIL).first()
    if message is None:
        return
    complaint = Complaint.objects.locked(message.complaint_id)
    complaint.waiting_since = complaint.waiting_since or at
    data = {"message": message.pk, "status": letter.status, "signals": ["message.in"] if complaint.is_open else []}
    event = lifecycle.happen(complaint, "message.undelivered", actor=POST, at=at, detail=Detail(data))
    ring(complaint, [complaint.owner], "message.undelivered", event=event, actor=POST)
