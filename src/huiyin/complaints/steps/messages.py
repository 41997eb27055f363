"""Words to and from the customer that are no move, notes, drafts, and promises that get another time."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import (
    conversation,
    farthest,
    lifecycle,
    participation,
    promises,
    queries,
    rules,
    said_time,
    search,
)
from huiyin.complaints.conversation import Say, Words
from huiyin.complaints.lifecycle import Detail, WrongSeat
from huiyin.complaints.models import Complaint, Direction, Draft, Follow, Interaction, Promise, PromiseKind
from huiyin.complaints.notices import ring
from huiyin.complaints.participation import keepers
from huiyin.complaints.states import Seat, State
from huiyin.people.actors import Actor, ActorKind
from huiyin.people.models import Person
from huiyin.people.roles import can
from huiyin.rules import Refusal

# What somebody may be writing in the composer of a case.
MESSAGE, NOTE = "message", "note"


class NothingWritten(Refusal):
    rule = rules.PROMISE_BY_MESSAGE
    sentence = _("There is nothing to write down.")
    unblock = _("Write what was said.")


class ClockNotReplaced(Refusal):
    rule = rules.PROMISE_BY_MESSAGE
    sentence = _("Only a promise to the customer gets another time by telling him; a clock of the rules does not.")
    unblock = _("Choose a promise that was made to the customer.")


class MovedUntold(Refusal):
    rule = rules.PROMISE_BY_MESSAGE
    sentence = _("A promise to the customer gets another time only by telling him.")
    unblock = _("Write to the customer why it takes longer, and until when.")


@dataclass(frozen=True)
class Share:
    """How often the customer heard from us first: of all times he learnt where the case stands (S2-30)."""

    numerator: int
    denominator: int

    @property
    def percent(self) -> float | None:
        return 100 * self.numerator / self.denominator if self.denominator else None


@transaction.atomic
def send_message(complaint_id: int, say: Say, *, actor: Actor, at: datetime) -> Interaction:
    """Write to the customer: progress, an answer, «no result yet» (S0-16, S2-24). One contact: the owner (S0-34).

    Refuses to leave a waiting customer without the time of the next news, whoever else writes, and words the coach
    blocks.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, tuple(State))
    participation.require(complaint, keepers("complaint.message"), actor=actor, at=at)
    row = conversation.send(complaint, say, actor=actor, at=at)
    _forget_draft(complaint, actor, MESSAGE)
    search.index(complaint)
    return row


@transaction.atomic
def write_note(complaint_id: int, text: str, *, actor: Actor, at: datetime) -> Interaction:
    """Write an internal note: whoever sees the case and may take part; it keeps no promise (S2-24)."""
    complaint = Complaint.objects.locked(complaint_id)
    _require_reader(complaint, actor)
    if not text.strip():
        raise NothingWritten(missing=("text",))
    row = conversation.note(complaint, text.strip(), actor=actor, at=at)
    _forget_draft(complaint, actor, NOTE)
    search.index(complaint)
    return row


def _require_reader(complaint: Complaint, actor: Actor) -> None:
    person = actor.person
    if person is None or not can(person, "complaint.note") or not _sees(person, complaint):
        raise WrongSeat(seats=" / ".join(str(seat.label) for seat in (Seat.OWNER, Seat.HANDLER, Seat.SUPERVISOR)))


def _sees(person: Person, complaint: Complaint) -> bool:
    return queries.visible_to(person).filter(pk=complaint.pk).exists()


@transaction.atomic
def record_inbound(
    complaint_id: int, text: str, *, medium: str, where_is_it: bool, actor: Actor, at: datetime
) -> Interaction:
    """Note what the customer wrote or said, whoever took it; «where is it?» counts against us (S2-30).

    What reaches a merged case by itself goes to the one that goes on; a person is told to write it down there.
    """
    complaint = Complaint.objects.locked(complaint_id)
    if actor.kind is ActorKind.SYSTEM and complaint.merged_into_id is not None:
        complaint = Complaint.objects.locked(complaint.merged_into_id)
    participation.require_state(complaint, tuple(State))
    if actor.kind is not ActorKind.SYSTEM:
        seats = {**keepers("complaint.message"), Seat.RECEIVER: "complaint.receive"}
        participation.require(complaint, seats, actor=actor, at=at)
    if not text.strip():
        raise NothingWritten(missing=("text",))
    row = conversation.receive(complaint, text.strip(), medium=medium, actor=actor, at=at, where_is_it=where_is_it)
    event = complaint.events.latest("number")
    ring(complaint, [complaint.owner], "customer.wrote", event=event, actor=actor)
    search.index(complaint)
    return row


@transaction.atomic
def replace_promise(
    promise_id: int, *, due_at: datetime, reason: str, words: Words, actor: Actor, at: datetime
) -> Promise:
    """Give a promise to the customer another time; the first one stays in sight, with the reason (S2-24).

    Refuses to move it behind the customer's back, a time that has passed, a missing reason, and the clocks of the
    rules, which nobody moves by talking.
    """
    case_id = Promise.objects.values_list("complaint_id", flat=True).get(pk=promise_id)
    complaint = Complaint.objects.locked(case_id)
    participation.require_state(complaint)
    participation.require(complaint, keepers("complaint.message"), actor=actor, at=at)
    row = Promise.objects.select_for_update().get(pk=promise_id)
    if row.kind != PromiseKind.SPOKEN:
        raise ClockNotReplaced()
    if not isinstance(words, Say):
        raise MovedUntold(missing=("words",))
    changes = promises.replace(row, due_at=due_at, reason=reason, approver=actor.person, at=at)
    farthest.require_within(complaint, due_at, at=at, moved=True)
    text = said_time.with_time(complaint, words.text, promises.Spoken(row.what, due_at), at=at)
    told = conversation.tell(complaint, replace(words, text=text), actor=actor, at=at, move="")
    data = {
        "promise": row.pk,
        "due": due_at,
        "promises": [*told.changes, *changes],
        "told": True,
        "interaction": told.interaction_id,
        "said": told.said,
        "signals": ["message.out"],
    }
    lifecycle.happen(complaint, "promise.replaced", actor=actor, at=at, detail=Detail(data, {"reason": reason}))
    return Promise.objects.get(replaces=row)


@transaction.atomic
def save_draft(complaint_id: int, *, slot: str, text: str, actor: Actor, at: datetime) -> None:
    """Keep what somebody is still writing; an empty text forgets it. Refuses who does not see the case."""
    complaint = Complaint.objects.get(pk=complaint_id)
    person = _require_person(complaint, actor)
    if not text.strip():
        _forget_draft(complaint, actor, slot)
        return
    Draft.objects.update_or_create(
        person=person, complaint=complaint, slot=slot, defaults={"text": text, "saved_at": at}
    )


def _forget_draft(complaint: Complaint, actor: Actor, slot: str) -> None:
    """What was sent, or emptied, is no draft any more."""
    if actor.person is not None:
        Draft.objects.filter(person=actor.person, complaint=complaint, slot=slot).delete()


def drafts(complaint_id: int, person: Person) -> dict[str, str]:
    """What this person is still writing in this case, by slot."""
    rows = Draft.objects.filter(complaint_id=complaint_id, person=person)
    return dict(rows.values_list("slot", "text"))


@transaction.atomic
def follow(complaint_id: int, *, actor: Actor) -> None:
    """Put the case on one's list of followed cases."""
    complaint = Complaint.objects.get(pk=complaint_id)
    Follow.objects.get_or_create(person=_require_person(complaint, actor), complaint=complaint)


@transaction.atomic
def unfollow(complaint_id: int, *, actor: Actor) -> None:
    """Take the case off one's list."""
    complaint = Complaint.objects.get(pk=complaint_id)
    Follow.objects.filter(person=_require_person(complaint, actor), complaint=complaint).delete()


def _require_person(complaint: Complaint, actor: Actor) -> Person:
    if actor.person is None or not _sees(actor.person, complaint):
        raise WrongSeat(seats=str(Seat.OWNER.label))
    return actor.person


def unanswered(at: datetime, minutes: int) -> Sequence[Interaction]:
    """Messages of customers that nobody has answered for so many minutes, the oldest first (S1-04)."""
    waiting = Interaction.objects.filter(direction=Direction.IN, answered_at=None)
    idle = waiting.filter(at__lte=at - timedelta(minutes=minutes), complaint__merged_into=None)
    return list(idle.select_related("complaint", "complaint__owner").order_by("at", "pk"))


def proactive_share(start: datetime, end: datetime) -> Share:
    """Messages we sent unasked, of those and the times customers had to ask «where is it?» (S2-30)."""
    rows = Interaction.objects.filter(at__gte=start, at__lt=end)
    unasked = rows.filter(direction=Direction.OUT, proactive=True).count()
    asked = rows.filter(direction=Direction.IN, asks_where_it_stands=True).count()
    return Share(unasked, unasked + asked)
