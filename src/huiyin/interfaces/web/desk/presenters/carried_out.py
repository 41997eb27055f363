"""What was carried out and what came of it: actions, callbacks, claims, reviews."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints.models import Action, Callback, Claim, ClosingQuestion, Review
from huiyin.complaints.states import Seat, State
from huiyin.improvement import items
from huiyin.interfaces.web.components.clocks import Clock
from huiyin.interfaces.web.desk.presenters.found_out import Button
from huiyin.interfaces.web.desk.presenters.looker import Looker

OWNERS = (Seat.OWNER, Seat.DUTY)


@dataclass(frozen=True)
class ActionRow:
    title: str
    amount: Decimal
    assignee: str
    round: int
    status: str
    status_word: str
    clock: Clock | None
    done_at: datetime | None
    proof: str
    proof_url: str
    told: bool
    arrived_at: datetime | None
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Actions:
    rows: tuple[ActionRow, ...]
    currency: str


def actions(looker: Looker) -> Actions:
    """Everything promised to be done, with proof and who told the customer."""
    rows = Action.objects.filter(complaint=looker.complaint).select_related("assignee", "proof_file")
    ordered = sorted(rows, key=lambda row: (-row.round, row.due_at, row.pk))
    return Actions(tuple(_action(row, looker) for row in ordered), looker.pack.currency)


def _action(row: Action, looker: Looker) -> ActionRow:
    running = row.status == Action.Status.OPEN
    proofs = {item.code: str(item.title) for item in looker.pack.proof_kinds}
    reference = looker.eyes.text(row.proof_reference)
    return ActionRow(
        title=looker.eyes.text(row.title),
        amount=row.amount,
        assignee=row.assignee.name,
        round=row.round,
        status=row.status,
        status_word=str(row.get_status_display()),
        clock=Clock(row.due_at, None) if running else None,
        done_at=row.done_at,
        proof=" ".join(part for part in (proofs.get(row.proof_kind, ""), reference) if part),
        proof_url=reverse("files:download", args=(row.proof_file.pk,)) if row.proof_file else "",
        told=row.customer_told_at is not None,
        arrived_at=row.arrived_at,
        buttons=tuple(_action_buttons(row, looker)),
    )


def _action_buttons(row: Action, looker: Looker) -> list[Button]:
    if not looker.complaint.is_open:
        return []
    person = looker.person
    his = row.assignee_id == person.pk or (row.department_id is not None and row.department_id == person.department_id)
    if row.status == Action.Status.OPEN and (his or looker.may("complaint.execute", *OWNERS, Seat.HANDLER)):
        return [Button(_("Done, with proof"), looker.step("action", row.pk))]
    buttons = []
    if row.status == Action.Status.DONE and row.customer_told_at is None and looker.may("complaint.message", *OWNERS):
        buttons.append(Button(_("Tell the customer"), looker.step("tell", row.pk)))
    arrives = row.status == Action.Status.DONE and row.arrived_at is None
    if arrives and looker.may("complaint.execute", *OWNERS, Seat.HANDLER):
        buttons.append(Button(_("It has arrived"), looker.step("arrival", row.pk)))
    return buttons


@dataclass(frozen=True)
class Try:
    at: datetime
    medium: str
    reached: bool
    note: str
    by: str


@dataclass(frozen=True)
class CallRow:
    kind: str
    purpose: str
    round: int
    status: str
    status_word: str
    clock: Clock | None
    satisfied: str
    satisfied_word: str
    scores: tuple[int | None, int | None]
    comment: str
    end_met: bool
    tries: tuple[Try, ...]
    buttons: tuple[Button, ...]


def callbacks(looker: Looker) -> list[CallRow]:
    """Every callback with its tries and what the customer said."""
    rows = Callback.objects.filter(complaint=looker.complaint).prefetch_related("attempts__person")
    return [_call(row, looker) for row in sorted(rows, key=lambda row: (-row.round, row.due_at, row.pk))]


# Both are asked in every callback (S4-122).
PURPOSES = {"quality": gettext_lazy("Is it repaired and good?"), "trust": gettext_lazy("Is trust repaired?")}


def _purpose(codes: str) -> str:
    return "　".join(str(PURPOSES.get(code, code)) for code in codes.split())


def _call(row: Callback, looker: Looker) -> CallRow:
    running = row.status == Callback.Status.OPEN
    calls = running and looker.complaint.state in (State.EXECUTING, State.FOLLOWING_UP)
    buttons: tuple[Button, ...] = ()
    if calls and looker.may("complaint.follow_up", *OWNERS):
        buttons = (Button(_("Record the callback"), looker.step("callback", row.pk)),)
    return CallRow(
        kind=str(row.get_kind_display()),
        purpose=_purpose(row.purpose),
        round=row.round,
        status=row.status,
        status_word=str(row.get_status_display()),
        clock=Clock(row.due_at, looker.complaint.stage_since) if running else None,
        satisfied=row.satisfied,
        satisfied_word=str(row.get_satisfied_display()),
        scores=(row.matter_score, row.feeling_score),
        comment=looker.eyes.text(row.comment),
        end_met=row.end_condition_met,
        tries=tuple(
            Try(one.at, str(one.get_medium_display()), one.reached, looker.eyes.text(one.note), one.person.name)
            for one in row.attempts.all()
        ),
        buttons=buttons,
    )


@dataclass(frozen=True)
class ClaimRow:
    party: str
    basis: str
    amount: Decimal
    recovered: Decimal
    status_word: str
    ended: bool
    owner: str
    clock: Clock | None
    move_url: str


@dataclass(frozen=True)
class Claims:
    rows: tuple[ClaimRow, ...]
    currency: str
    add_url: str


def claims(looker: Looker) -> Claims:
    """Claims against third parties; they outlive the case (S0-55)."""
    rows = Claim.objects.filter(complaint=looker.complaint).select_related("owner").order_by("opened_at", "pk")
    taking_part = (*OWNERS, Seat.SUPERVISOR, Seat.HANDLER, Seat.LEADER)
    follows = looker.may("complaint.note", *taking_part) or looker.person.has_role("finance")
    opens = looker.step("claim") if follows and looker.complaint.is_open else ""
    return Claims(tuple(_claim(row, looker, follows) for row in rows), looker.pack.currency, opens)


def _claim(row: Claim, looker: Looker, follows: bool) -> ClaimRow:
    ended = row.ended_at is not None
    return ClaimRow(
        party=looker.eyes.text(row.party),
        basis=looker.eyes.text(row.basis),
        amount=row.amount,
        recovered=row.recovered,
        status_word=str(row.get_status_display()),
        ended=ended,
        owner=row.owner.name,
        clock=None if ended else Clock(row.due_at, row.opened_at),
        move_url=looker.step("claim_move", row.pk) if follows and not ended else "",
    )


@dataclass(frozen=True)
class Question:
    label: str
    answered: bool
    proposed: bool
    text: str
    by: str
    url: str


@dataclass(frozen=True)
class Improvement:
    """An improvement that came from the case; without an address for who may not open it."""

    title: str
    stage: str
    url: str


@dataclass(frozen=True)
class Reviewed:
    """The review of the present round with its closing questions, and those of earlier rounds."""

    rows: tuple[tuple[int, tuple[tuple[str, str], ...], str, datetime], ...]
    questions: tuple[Question, ...]
    write_url: str
    improvements: tuple[Improvement, ...]
    propose_url: str


def reviews(looker: Looker) -> Reviewed:
    """Four answers per round, and whether improvement, penalty and case study are settled."""
    complaint, cover = looker.complaint, looker.eyes.text
    rows = Review.objects.filter(complaint=complaint).select_related("written_by").order_by("-round")
    shown = tuple((row.round, _answers(row, looker), row.written_by.name, row.written_at) for row in rows)
    questions = ClosingQuestion.objects.filter(complaint=complaint, round=complaint.round)
    answered = {row.question: row for row in questions.select_related("answered_by")}
    reviewing = complaint.state == State.REVIEWING and looker.may("complaint.review", *OWNERS, Seat.SUPERVISOR)
    asked = []
    for question in ClosingQuestion.Question:
        row = answered.get(question.value)
        url = f"{looker.step('question')}?question={question.value}" if reviewing and row is None else ""
        asked.append(
            Question(
                str(question.label),
                row is not None,
                bool(row and row.proposed),
                cover(row.text) if row else "",
                row.answered_by.name if row else "",
                url,
            )
        )
    return Reviewed(
        rows=shown,
        questions=tuple(asked),
        write_url=looker.step("review") if reviewing else "",
        improvements=_improvements(looker),
        propose_url=f"{reverse('improvement:propose')}?case={complaint.number}" if looker.may("complaint.note") else "",
    )


def _improvements(looker: Looker) -> tuple[Improvement, ...]:
    """What is to change because of this case (S2-16)."""
    opens = set(items.visible_to(looker.person).filter(complaint=looker.complaint).values_list("pk", flat=True))
    return tuple(
        Improvement(
            looker.eyes.text(row.title),
            str(row.get_status_display()),
            reverse("improvement:item", args=(row.pk,)) if row.pk in opens else "",
        )
        for row in items.of_case(looker.complaint)
    )


def _answers(row: Review, looker: Looker) -> tuple[tuple[str, str], ...]:
    given = (
        (_("What caused it"), row.what_caused_it),
        (_("What we learnt"), row.what_we_learnt),
        (_("How to avoid it"), row.how_to_avoid),
        (_("What to improve"), row.what_to_improve),
        (_("Lesson"), row.lesson),
    )
    return tuple((label, looker.eyes.text(text)) for label, text in given if text)
