"""What the complainant does on his own page: each answer is a row, and moves are the system's, never his (S0-22).

Where the answer allows a move at once (T9, T15, T19, T20), the system makes it as `system(portal)`; where it does
not, the owner goes on from the answer. The owner hears of everything by the bell.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import (
    callbacks,
    carrying_out,
    conversation,
    lifecycle,
    loose_ends,
    next_news,
    participation,
    permissions,
    promises,
    rules,
)
from huiyin.complaints.callbacks import CallbackResult
from huiyin.complaints.guards import closing
from huiyin.complaints.guards.closing import WithdrawalMissing
from huiyin.complaints.guards.context import Case
from huiyin.complaints.guards.solution import ObjectionMissing
from huiyin.complaints.lifecycle import Detail, Told
from huiyin.complaints.models import (
    Callback,
    Channel,
    Complaint,
    CustomerAnswer,
    Event,
    Interaction,
    Option,
    Plan,
)
from huiyin.complaints.notices import ring
from huiyin.complaints.portal_access import access_by_code, access_by_link, open_access, send_code
from huiyin.complaints.states import BEFORE_EXECUTION, Outcome, State
from huiyin.complaints.watch import supervisors
from huiyin.files import drafts
from huiyin.files.models import StoredFile
from huiyin.people.actors import Actor
from huiyin.people.models import Customer, Person
from huiyin.rules import Refusal

__all__ = [
    "access_by_code",
    "access_by_link",
    "add_files",
    "add_message",
    "ask_person",
    "ask_reopening",
    "customer_accept",
    "customer_choose",
    "customer_object",
    "customer_reject",
    "customer_understood",
    "customer_withdraw",
    "nudge",
    "open_access",
    "rate",
    "send_code",
]

PORTAL = Actor.system("portal")
VIA = Channel.PORTAL.value
Kind = CustomerAnswer.Kind
# What no move of the system follows: somebody of ours has to answer.
ANSWERED_BY_US = (Kind.OBJECTION, Kind.WITHDRAW)
ANSWERED = _("The customer answered on the portal and sees the step there.")


class NotHisCase(Refusal):
    rule = rules.PORTAL_OWN_CASE
    sentence = _("There is no such case here.")
    unblock = _("Check the number, or use the link you were given.")


class NothingWritten(Refusal):
    rule = rules.PORTAL_OWN_CASE
    sentence = _("The message is empty.")
    unblock = _("Write what we should know.")


class OptionGone(Refusal):
    rule = rules.CHOICE_CONFIRMED
    sentence = _("This option is not offered any more.")
    unblock = _("Reload the page and choose one of those shown.")


@dataclass(frozen=True)
class Answered:
    """What became of an answer: its row, and whether the case moved at once."""

    answer: CustomerAnswer
    moved: bool


def _his(complaint_id: int, customer: Customer) -> Complaint:
    """The customer's own case under lock, the surviving one if it was merged; anything else does not exist for him."""
    complaint = Complaint.objects.locked(complaint_id)
    if complaint.merged_into_id is not None:
        complaint = Complaint.objects.locked(complaint.merged_into_id)
    if complaint.customer_id != customer.pk:
        raise NotHisCase()
    return complaint


def _note(
    complaint: Complaint, kind: Kind, customer: Customer, at: datetime, *, text: str = "", option: Option | None = None
) -> tuple[CustomerAnswer, Event]:
    answer = CustomerAnswer.objects.create(
        complaint=complaint, kind=kind, round=complaint.round, option=option, text=text.strip(), via=VIA, at=at
    )
    data: dict[str, object] = {"answer": kind.value, "id": answer.pk, **({"option": option.pk} if option else {})}
    if kind in ANSWERED_BY_US:
        _waits(complaint, at)
        data["signals"] = ["message.in"]
    detail = Detail(data, texts={"text": text.strip()})
    event = lifecycle.happen(complaint, "customer.answered", actor=Actor.customer(customer), at=at, detail=detail)
    return answer, event


def _score(answer: CustomerAnswer, matter: int | None, feeling: int | None) -> None:
    callbacks.require_scores(matter, feeling)
    answer.score, answer.feeling = matter, feeling
    answer.save(update_fields=["score", "feeling"])


def _told(complaint: Complaint, at: datetime, *, until: datetime | None = None, waits: bool = True) -> Told:
    """The customer sees the step on his page; where he waits for us after it, the next news is promised (S2-23)."""
    changes = next_news.promise(complaint, at=at, until=until) if waits else ()
    return Told(skip_reason=str(ANSWERED), changes=changes)


def _waits(complaint: Complaint, at: datetime) -> None:
    """His answer needs somebody of ours: the case stands among those whose customers wait."""
    complaint.waiting_since = complaint.waiting_since or at
    complaint.save(update_fields=["waiting_since"])


def _attempt(complaint: Complaint, do: Callable[[], object]) -> bool:
    """Make the system's move if it is possible now; otherwise leave the case as the answer found it."""
    try:
        with transaction.atomic():
            do()
    except Refusal:
        complaint.refresh_from_db()
        return False
    return True


def _tell_owner(complaint: Complaint, event: Event, customer: Customer, kind: str = "customer.answered") -> None:
    people: list[Person] = [complaint.owner]
    if kind != "customer.answered":
        people += supervisors()
    ring(complaint, people, kind, event=event, actor=Actor.customer(customer))


@transaction.atomic
def customer_choose(complaint_id: int, option_id: int, *, said: str = "", customer: Customer, at: datetime) -> Answered:
    """Choose an option that is on offer; the system begins to carry it out (T15). Refuses what is not offered."""
    complaint = _his(complaint_id, customer)
    participation.require_state(complaint, (State.OFFERING,))
    rows = Option.objects.filter(plan__complaint=complaint, plan__status=Plan.Status.OFFERED)
    option = rows.filter(pk=option_id, status=Option.Status.OFFERED).prefetch_related("lines").first()
    if option is None:
        raise OptionGone(missing=("option",))
    answer, event = _note(complaint, Kind.CHOICE, customer, at, text=said, option=option)

    def carry_out() -> None:
        data = carrying_out.begin(complaint, option, at=at) | {"answer": answer.pk}
        told = _told(complaint, at, until=at + timedelta(minutes=option.execute_within_minutes))
        lifecycle.move(complaint, "choose", actor=PORTAL, at=at, told=told, detail=Detail(data))

    moved = _attempt(complaint, carry_out)
    if not moved:
        _waits(complaint, at)
    _tell_owner(complaint, event, customer)
    return Answered(answer, moved)


@transaction.atomic
def customer_object(complaint_id: int, *, text: str, customer: Customer, at: datetime) -> Answered:
    """Object to what is offered, in his own words; the owner takes the plan back (T16)."""
    complaint = _his(complaint_id, customer)
    participation.require_state(complaint, (State.OFFERING,))
    if not text.strip():
        raise ObjectionMissing(missing=("text",))
    answer, event = _note(complaint, Kind.OBJECTION, customer, at, text=text)
    _tell_owner(complaint, event, customer)
    return Answered(answer, moved=False)


@transaction.atomic
def customer_accept(complaint_id: int, result: CallbackResult, *, customer: Customer, at: datetime) -> Answered:
    """Accept the result; it stands for the callback that is due, and the system ends the follow-up if it may (T19).

    A low score is no acceptance: it is taken as a rejection (S2-57).
    """
    if not result.content:
        rejected = customer_reject(complaint_id, text=result.comment, customer=customer, at=at)
        _score(rejected.answer, result.matter_score, result.feeling_score)
        return rejected
    complaint = _his(complaint_id, customer)
    participation.require_state(complaint, (State.FOLLOWING_UP,))
    answer, event = _note(complaint, Kind.ACCEPT, customer, at, text=result.comment)
    _score(answer, result.matter_score, result.feeling_score)
    _stand_for_callback(complaint, result, customer, at)

    def conclude() -> None:
        if not closing.answered_in_full(Case(complaint, PORTAL, at)):
            raise closing.TooFewCallbacks(have=0, need=1)
        loose_ends.cancel_callbacks(complaint)
        detail = Detail({"answer": answer.pk}, outcome=Outcome.RESOLVED_ACCEPTED)
        lifecycle.move(complaint, "accept", actor=PORTAL, at=at, told=_told(complaint, at, waits=False), detail=detail)

    moved = _attempt(complaint, conclude)
    _tell_owner(complaint, event, customer)
    return Answered(answer, moved)


def _stand_for_callback(complaint: Complaint, result: CallbackResult, customer: Customer, at: datetime) -> None:
    """Let the answer stand for the callback whose day has come, if there is one (S0-56)."""
    due = Callback.objects.filter(complaint=complaint, round=complaint.round, status=Callback.Status.OPEN).first()
    if due is None or not callbacks.has_its_day_come(due, pack=promises.pack_of(complaint), at=at):
        return
    actor = Actor.customer(customer)
    callbacks.fulfil(due, result, actor=actor, at=at)
    callbacks.schedule(complaint, actor=actor, at=at)
    promises.set_next_due(complaint)
    data = {"callback": due.pk, "satisfied": due.satisfied, "end_condition_met": due.end_condition_met}
    lifecycle.happen(complaint, "callback.made", actor=actor, at=at, detail=Detail(data | {"via": VIA}))


@transaction.atomic
def customer_reject(complaint_id: int, *, text: str, customer: Customer, at: datetime) -> Answered:
    """Reject the result; the system takes the case into another round (T20), or the leaders hear that they decide."""
    complaint = _his(complaint_id, customer)
    participation.require_state(complaint, (State.FOLLOWING_UP,))
    answer, event = _note(complaint, Kind.REJECT, customer, at, text=text)
    return Answered(answer, _another_round(complaint, event, customer, at))


def _another_round(complaint: Complaint, event: Event, customer: Customer, at: datetime) -> bool:
    def go_on() -> None:
        loose_ends.cancel_callbacks(complaint)
        loose_ends.supersede_plans(complaint)
        lifecycle.move(complaint, "dissatisfied", actor=PORTAL, at=at, told=_told(complaint, at))

    moved = _attempt(complaint, go_on)
    _tell_owner(complaint, event, customer)
    if not moved:
        _waits(complaint, at)
        ring(complaint, callbacks.leaders(), "leader.decides", event=event, actor=PORTAL)
    return moved


@transaction.atomic
def customer_understood(complaint_id: int, *, text: str = "", customer: Customer, at: datetime) -> Answered:
    """Say that the explanation was understood; the owner concludes it (T8)."""
    complaint = _his(complaint_id, customer)
    participation.require_state(complaint, (State.EXPLAINING,))
    answer, event = _note(complaint, Kind.UNDERSTOOD, customer, at, text=text)
    _tell_owner(complaint, event, customer)
    return Answered(answer, moved=False)


@transaction.atomic
def customer_withdraw(complaint_id: int, *, text: str, customer: Customer, at: datetime) -> Answered:
    """Take the complaint back, in his own words; owner and supervisor confirm it (T23)."""
    complaint = _his(complaint_id, customer)
    participation.require_state(complaint, BEFORE_EXECUTION)
    if not text.strip():
        raise WithdrawalMissing(missing=("text",))
    answer, event = _note(complaint, Kind.WITHDRAW, customer, at, text=text)
    _tell_owner(complaint, event, customer)
    return Answered(answer, moved=False)


@transaction.atomic
def rate(
    complaint_id: int, *, score: int, feeling: int | None = None, text: str = "", customer: Customer, at: datetime
) -> Answered:
    """Rate the matter, and how it felt, from 1 to 5 (S2-57).

    A low rating goes back to work, or to the supervisors once the case is closed.
    """
    complaint = _his(complaint_id, customer)
    participation.require_state(complaint, (State.FOLLOWING_UP, State.REVIEWING, State.CLOSED))
    answer, event = _note(complaint, Kind.RATE, customer, at, text=text)
    _score(answer, score, feeling)
    if min(score, feeling or score) > callbacks.LOW_SCORE:
        _tell_owner(complaint, event, customer)
        return Answered(answer, moved=False)
    if complaint.state == State.FOLLOWING_UP:
        _row, event = _note(complaint, Kind.REJECT, customer, at, text=text)
        return Answered(answer, _another_round(complaint, event, customer, at))
    if complaint.state == State.REVIEWING:
        _waits(complaint, at)
    _tell_owner(complaint, event, customer, "customer.rated_low")
    return Answered(answer, moved=False)


@transaction.atomic
def nudge(complaint_id: int, *, text: str = "", customer: Customer, at: datetime) -> CustomerAnswer:
    """Ask to hurry: it counts as «where is it?», a failure of ours to say so first (S2-30)."""
    complaint = _his(complaint_id, customer)
    participation.require_state(complaint)
    words = text.strip() or str(_("The customer asks where the case stands."))
    actor = Actor.customer(customer)
    conversation.receive(complaint, words, medium=VIA, actor=actor, at=at, where_is_it=True)
    answer = _row(complaint, Kind.NUDGE, text, at)
    event = lifecycle.happen(complaint, "customer.nudged", actor=actor, at=at, detail=Detail({"id": answer.pk}))
    ring(complaint, [complaint.owner], "customer.nudged", event=event, actor=actor)
    return answer


@transaction.atomic
def ask_person(
    complaint_id: int, *, text: str = "", superior: bool = False, customer: Customer, at: datetime
) -> CustomerAnswer:
    """Ask for a person, or for a superior: his consent to be handed on (S2-52); owner and supervisors hear of it."""
    complaint = _his(complaint_id, customer)
    participation.require_state(complaint)
    actor = Actor.customer(customer)
    answer = _row(complaint, Kind.ASK_SUPERIOR if superior else Kind.ASK_PERSON, text, at)
    kind = "customer.asked_superior" if superior else "customer.asked_person"
    _waits(complaint, at)
    detail = Detail({"id": answer.pk, "signals": ["message.in"]}, texts={"text": text.strip()})
    event = lifecycle.happen(complaint, kind, actor=actor, at=at, detail=detail)
    ring(complaint, [complaint.owner, *supervisors()], kind, event=event, actor=actor)
    return answer


def _row(complaint: Complaint, kind: Kind, text: str, at: datetime) -> CustomerAnswer:
    return CustomerAnswer.objects.create(
        complaint=complaint, kind=kind, round=complaint.round, text=text.strip(), via=VIA, at=at
    )


@transaction.atomic
def add_message(
    complaint_id: int, text: str, *, new_evidence: bool = False, customer: Customer, at: datetime
) -> Interaction:
    """Write to the owner; new evidence against an explanation takes the case back into the investigation (T9)."""
    complaint = _his(complaint_id, customer)
    participation.require_state(complaint, State)
    if not text.strip():
        raise NothingWritten(missing=("text",))
    actor = Actor.customer(customer)
    message = conversation.receive(complaint, text.strip(), medium=VIA, actor=actor, at=at)
    if new_evidence and complaint.state == State.EXPLAINING:
        _answer, event = _note(complaint, Kind.NEW_EVIDENCE, customer, at, text=text)

        def go_back() -> None:
            lifecycle.move(complaint, "reinvestigate", actor=PORTAL, at=at, told=_told(complaint, at))

        _attempt(complaint, go_back)
        _tell_owner(complaint, event, customer)
        return message
    newest = complaint.events.order_by("-number").first()
    if newest is not None:
        ring(complaint, [complaint.owner], "customer.wrote", event=newest, actor=actor)
    return message


@transaction.atomic
def add_files(complaint_id: int, files: Sequence[StoredFile], *, customer: Customer, at: datetime) -> list[StoredFile]:
    """Attach files the customer sent before (drafts); gives those attached. What they prove is the handler's to say."""
    complaint = _his(complaint_id, customer)
    actor = Actor.customer(customer)
    given = drafts.hand_over(files, owner_kind=permissions.CASE, owner_id=complaint.pk, by=actor)
    for file in given:
        data = {"file": file.pk, "sha256": file.sha256, "size": file.size, "media_type": file.media_type}
        event = lifecycle.happen(complaint, "file.added", actor=actor, at=at, detail=Detail(data, {"name": file.name}))
    if given:
        ring(complaint, [complaint.owner], "customer.wrote", event=event, actor=actor)
    return given


@transaction.atomic
def ask_reopening(complaint_id: int, *, text: str, customer: Customer, at: datetime) -> CustomerAnswer:
    """Ask to reopen a closed case while its window is open; a supervisor decides (T22)."""
    complaint = _his(complaint_id, customer)
    participation.require_state(complaint, (State.CLOSED,))
    closing.within_repeat_window(Case(complaint, PORTAL, at))
    if not text.strip():
        raise NothingWritten(missing=("text",))
    answer, event = _note(complaint, Kind.REOPEN, customer, at, text=text)
    _tell_owner(complaint, event, customer, "customer.asks_reopening")
    return answer
