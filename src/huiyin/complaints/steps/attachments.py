"""Files attached to a case, and contacts shown in full: both leave their trace in the timeline (S0-06, S0-15)."""

from datetime import datetime

from django.db import transaction

from huiyin.complaints import lifecycle, participation, permissions, queries
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint, Task
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import Seat, State
from huiyin.files import store
from huiyin.files.models import StoredFile
from huiyin.files.store import Upload
from huiyin.people import customers
from huiyin.people.actors import Actor
from huiyin.people.models import Identity, Person
from huiyin.people.roles import refusal

ATTACHERS = {**keepers("complaint.note"), Seat.HANDLER: "complaint.note", Seat.LEADER: "complaint.note"}


@transaction.atomic
def attach_file(complaint_id: int, upload: Upload, *, actor: Actor, at: datetime) -> StoredFile:
    """Attach a file to the case; whoever takes part in it, or has a task in it, may.

    What it proves is said by the evidence that names it. Refuses what cannot be kept (FileRefused).
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, tuple(State))
    asked = Task.objects.filter(complaint=complaint, assignee=actor.person, status=Task.Status.OPEN)
    if actor.person is None or not asked.exists():
        participation.require(complaint, ATTACHERS, actor=actor, at=at)
    file = store.save(
        upload, owner_kind=permissions.CASE, owner_id=complaint.pk, by=actor, at=at, limits=store.FROM_STAFF
    )
    data = {"file": file.pk, "sha256": file.sha256, "size": file.size, "media_type": file.media_type}
    lifecycle.happen(complaint, "file.added", actor=actor, at=at, detail=Detail(data, {"name": file.name}))
    return file


@transaction.atomic
def reveal_contact(complaint_id: int, identity_id: int, *, reason: str, actor: Actor, at: datetime) -> str:
    """Show one contact of the case's customer in full, with a reason, in log and timeline (S0-06).

    Refuses who is neither owner nor handler, and a look without a reason.
    """
    complaint = Complaint.objects.locked(complaint_id)
    person = actor.person
    if person is None:
        raise refusal("complaint.reveal")
    identity = Identity.objects.get(pk=identity_id, customer=complaint.customer_id)

    def his_case(reader: Person, _identity: Identity) -> bool:
        return queries.sees_contacts(reader, complaint)

    value = customers.reveal(
        identity.pk, person=person, reason=reason, at=at, may_see=his_case, complaint_id=complaint.pk
    )
    detail = Detail({"identity": identity.pk, "kind": identity.kind}, {"reason": reason.strip()})
    lifecycle.happen(complaint, "contact.revealed", actor=actor, at=at, detail=detail)
    return value
