"""What is said to the customer, what he says, and what stays inside.

Every word that goes out passes here: the coach reads it, the outbox carries it, the timeline keeps it, and the
promises it keeps or makes are settled in the same transaction.
"""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import addresses, farthest, preparation, promises, rules, said_time, timeline, wording
from huiyin.complaints.lifecycle import Detail, Told, happen
from huiyin.complaints.models import Apology, Channel, Complaint, Direction, Finding, Interaction
from huiyin.complaints.states import State
from huiyin.complaints.wording import WAITING, Writing
from huiyin.knowledge import coach
from huiyin.messaging import outbox
from huiyin.people.actors import Actor
from huiyin.rules import Refusal

MAIL = "email"


class NoAddress(Refusal):
    rule = rules.REACHABLE
    sentence = _("This case has no e-mail address to which the message could go.")
    unblock = _("Reach the customer another way and say which, or note his address.")


class NoNextTime(Refusal):
    rule = rules.NEXT_PROMISE
    sentence = _("After this message nothing is promised to the customer, and the case is still open.")
    unblock = _("Name the time of the next news; it becomes a promise.")


class ClosedPromisesNothing(Refusal):
    rule = rules.NO_OPEN_PROMISE
    sentence = _("The case is closed; nobody would watch a promise made in it.")
    unblock = _("Have the case reopened, then promise.")


class ApologyUnsaid(Refusal):
    rule = rules.APOLOGY_OWED
    sentence = _("The message counts as an apology and does not apologise.")
    unblock = _("Say that you are sorry and for what, or do not count it as an apology.")


class LiabilityTooEarly(Refusal):
    rule = rules.LIABILITY_AFTER_FINDING
    sentence = _("An apology that admits fault needs a finding that the fault is ours.")
    unblock = _("Express regret for what the customer met with; leave the fault open until the finding.")


@dataclass(frozen=True)
class Say:
    """Words for the customer: which promises they keep, what they promise next, how they apologise."""

    text: str
    keeps: tuple[int, ...] = ()
    next: promises.Spoken | None = None
    apology: Apology = Apology.NONE
    medium: str = ""
    # The one message of a hard case that needs no preparation: when he hears more, and nothing else (S2-48).
    holding: bool = False


@dataclass(frozen=True)
class Skip:
    """Nothing is said to the customer with this step, and why."""

    reason: str


Words = Say | Skip


def tell(complaint: Complaint, words: Words, *, actor: Actor, at: datetime, move: str) -> Told:
    """Tell the customer of a move, or note why not; gives what the move's event must carry.

    That he waits no more, and the nearest due time, are written with that event.
    """
    if isinstance(words, Skip):
        return Told(skip_reason=words.reason)
    row, changes = _say(complaint, words, actor=actor, at=at, move=move)
    return Told(row.pk, said=timeline.digest(row.salt, row.text), changes=tuple(changes))


def send(complaint: Complaint, say: Say, *, actor: Actor, at: datetime) -> Interaction:
    """Send a message that is no move: progress, an answer, a reminder (S0-16, S2-24)."""
    if say.next is not None and complaint.state == State.CLOSED:
        raise ClosedPromisesNothing(missing=("next",))
    left = say.next or [row for row in promises.ahead(complaint, at) if row.pk not in say.keeps]
    if complaint.state in WAITING and not left:
        raise NoNextTime()
    row, changes = _say(complaint, say, actor=actor, at=at, move="")
    said = timeline.digest(row.salt, row.text)
    data = {"interaction": row.pk, "said": said, "promises": changes, "signals": ["message.out"]}
    happen(complaint, "message.sent", actor=actor, at=at, detail=Detail(data))
    return row


def require_next_time(complaint: Complaint) -> None:
    """Refuse to leave the customer without the time of the next news while the case waits (S2-24).

    Called after a move: words that went out with it name a time ahead, because a time that has passed tells him
    nothing. Without words a broken promise goes on running, visibly, until the owner answers for it.
    """
    running = promises.running_spoken(complaint)
    since = complaint.stage_since
    told = Interaction.objects.filter(complaint=complaint, direction=Direction.OUT, at=since).exclude(move="")
    if complaint.state in WAITING and not any(row.due_at > since or not told.exists() for row in running):
        raise NoNextTime()


def _say(
    complaint: Complaint, say: Say, *, actor: Actor, at: datetime, move: str
) -> "tuple[Interaction, list[promises.Change]]":
    if not say.holding:
        preparation.require(complaint, actor=actor)
    _check_words(complaint, say, move, actor=actor, at=at)
    changes = promises.keep_spoken(complaint, say.keeps, at=at)
    if say.next is not None:
        changes += promises.speak(complaint, say.next, at=at)
        farthest.require_within(complaint, say.next.due_at, at=at)
    medium = say.medium or complaint.channel
    waiting = Interaction.objects.filter(complaint=complaint, direction=Direction.IN, answered_at=None)
    answers = waiting.update(answered_at=at)
    row = Interaction.objects.create(
        complaint=complaint,
        direction=Direction.OUT,
        medium=medium,
        text=_with_time(complaint, say, move, at),
        salt=timeline.new_salt(),
        at=at,
        person=actor.person,
        apology=say.apology,
        move=move,
        proactive=not answers,
    )
    complaint.waiting_since = None
    _post(complaint, row, at)
    return row, changes


def _with_time(complaint: Complaint, say: Say, move: str, at: datetime) -> str:
    """What goes out: with the time it promises, or that the first answer relies on, named in the words (S0-04)."""
    promised = say.next
    if promised is None and move == "acknowledge":
        promised = next((promises.Spoken(row.what, row.due_at) for row in promises.ahead(complaint, at)), None)
    return say.text if promised is None else said_time.with_time(complaint, say.text, promised, at=at)


def _check_words(complaint: Complaint, say: Say, move: str, *, actor: Actor, at: datetime) -> None:
    if say.apology == Apology.LIABILITY:
        finding = Finding.objects.filter(complaint=complaint).order_by("-round").first()
        if finding is None or not finding.company_side:
            raise LiabilityTooEarly()
    if say.apology != Apology.NONE and not coach.apologises(say.text):
        raise ApologyUnsaid(missing=("apology",))
    writing = Writing(
        person=actor.person, move=move, next_at=say.next.due_at if say.next else None, apology=say.apology
    )
    coach.require(wording.read(complaint, say.text, writing, at=at))


def _post(complaint: Complaint, row: Interaction, at: datetime) -> None:
    """Hand the message to the outbox where we have an address; otherwise it was spoken or shown on the portal.

    A mail to nobody keeps no promise: it is refused.
    """
    if row.medium not in (Channel.EMAIL, Channel.PORTAL):
        return
    address = min(addresses.known(complaint, [MAIL]), key=lambda one: (not one.verified, one.pk), default=None)
    if address is None:
        if row.medium == Channel.EMAIL:
            raise NoAddress(missing=("medium",))
        return
    outbox.put(
        key=f"interaction:{row.pk}",
        channel=MAIL,
        to=address.value,
        subject=f"{complaint.number} {complaint.title}",
        body=row.text,
        language=complaint.customer.language,
        at=at,
        reference=complaint.number,
    )


def receive(
    complaint: Complaint, text: str, *, medium: str, actor: Actor, at: datetime, where_is_it: bool = False
) -> Interaction:
    """Note what the customer wrote or said; it never keeps a promise of ours (ux: mistakes, 2)."""
    row = Interaction.objects.create(
        complaint=complaint,
        direction=Direction.IN,
        medium=medium,
        text=text,
        salt=timeline.new_salt(),
        at=at,
        person=actor.person,
        asks_where_it_stands=where_is_it,
    )
    complaint.waiting_since = complaint.waiting_since or at
    data = {"interaction": row.pk, "said": timeline.digest(row.salt, text), "signals": ["message.in"]}
    happen(complaint, "message.received", actor=actor, at=at, detail=Detail(data))
    return row


def note(complaint: Complaint, text: str, *, actor: Actor, at: datetime) -> Interaction:
    """Write an internal note; no customer ever sees it and it keeps no promise (S2-24)."""
    row = Interaction.objects.create(
        complaint=complaint,
        direction=Direction.NOTE,
        text=text,
        salt=timeline.new_salt(),
        at=at,
        person=actor.person,
    )
    data = {"interaction": row.pk, "said": timeline.digest(row.salt, text)}
    happen(complaint, "note.written", actor=actor, at=at, detail=Detail(data))
    return row
