"""What the customer expects: noted in his words, asked about one by one, made clear, ranked, dropped (S3-32 …)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import advertised, answers, catalogue, expecting, honesty, lifecycle, participation, rules
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import (
    AskedQuestion,
    Complaint,
    Demand,
    Evidence,
    Expectation,
    Source,
    Weight,
)
from huiyin.complaints.remedies import NoAmount, UnknownRemedy
from huiyin.complaints.states import Seat
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.policy import authority
from huiyin.rules import Refusal

NEGOTIATORS = dict.fromkeys((Seat.OWNER, Seat.DUTY, Seat.SUPERVISOR), "complaint.plan")


class NothingExpected(Refusal):
    rule = rules.IN_HIS_WORDS
    sentence = _("An expectation is what the customer said, or what he has not said and is asked about.")
    unblock = _("Write his words; for something unspoken, write what it may be and tick that he did not say it.")


class NotThisCase(Refusal):
    rule = rules.IN_HIS_WORDS
    sentence = _("This belongs to another case, or was dropped.")
    unblock = _("Choose one of the expectations, demands or proofs of this case.")


class SourceUnsaid(Refusal):
    rule = rules.SOURCE_NAMED
    sentence = _("What was advertised is not named.")
    unblock = _("Write which promise of ours the customer took at its word.")


class NoAnswer(Refusal):
    rule = rules.ASKED_FIRST
    sentence = _("A question counts when the customer answered it.")
    unblock = _("Write his answer in his words, and by which way it came.")


class StillNotMeasurable(Refusal):
    rule = rules.MADE_PRECISE
    sentence = _("«%(said)s» is still not measurable.")
    unblock = _("Write a time, an amount, or what exactly is expected.")


class RankUnasked(Refusal):
    rule = rules.ASKED_FIRST
    sentence = _("The customer was not asked how much «%(said)s» matters to him.")
    unblock = _("Ask, one thing at a time, and write his answer down.")


class RankIncomplete(Refusal):
    rule = rules.ASKED_FIRST
    sentence = _("A ranking holds every expectation of the case once, each with what it is worth to the customer.")
    unblock = _("Order all of them; what is still unspoken is asked about first.")


class NoAlternativeGiven(Refusal):
    rule = rules.MADE_REALISTIC
    sentence = _("«%(said)s» is refused without an alternative.")
    unblock = _("Write what the customer can have or do instead.")


class DropUnexplained(Refusal):
    rule = rules.IN_HIS_WORDS
    sentence = _("An expectation is dropped by the customer, or because it was noted by mistake; say which.")
    unblock = _("Write why.")


@dataclass(frozen=True)
class NewExpectation:
    """One expectation: in the customer's words, or unspoken and guessed; how clear it is and where it comes from."""

    said: str = ""
    precise: str = ""
    fuzzy: bool = False
    implicit: bool = False
    unrealistic: bool = False
    amount: Decimal | None = None
    due_at: datetime | None = None
    remedy: str = ""
    source: str = Source.OTHER.value
    source_note: str = ""
    demand_id: int | None = None


@dataclass(frozen=True)
class Asked:
    """A question as it was put, the answer in the customer's words, and what it made clear."""

    kind: str
    question: str
    answer: str
    via: str
    expectation_id: int | None = None
    confirmed: bool = False
    precise: str = ""
    amount: Decimal | None = None
    due_at: datetime | None = None


@dataclass(frozen=True)
class Settlement:
    """What is made of an expectation: realistic or not, what takes its place or why it is refused, what proves it."""

    unrealistic: bool
    replacement: str = ""
    refusal: str = ""
    alternative: str = ""
    source: str = ""
    source_note: str = ""
    proved_by_id: int | None = None


@dataclass(frozen=True)
class Ranked:
    """An expectation in its place, with what it is worth to the customer."""

    expectation_id: int
    weight: str


@transaction.atomic
def note_expectation(complaint_id: int, new: NewExpectation, *, actor: Actor, at: datetime) -> Expectation:
    """Note what the customer expects, in his own words beside what was understood (S3-33).

    An unspoken one is a guess until he confirms it (S3-37). What was advertised is named, and marketing is asked about
    it once enough cases say so (S3-22); a personal one marks the case as hard to satisfy (S3-23).
    """
    complaint, person = _taken(complaint_id, actor, at)
    new = replace(new, said=new.said.strip(), precise=new.precise.strip(), source_note=new.source_note.strip())
    if not (new.precise if new.implicit else new.said):
        raise NothingExpected(missing=("precise" if new.implicit else "said",))
    _require_known(complaint, new)
    expecting.begin(complaint)
    row = Expectation.objects.create(
        complaint=complaint,
        demand_id=new.demand_id,
        said=new.said,
        precise=new.precise,
        fuzzy=new.fuzzy,
        implicit=new.implicit,
        unrealistic=new.unrealistic,
        amount=_money(new.amount),
        due_at=new.due_at,
        remedy=new.remedy,
        source=Source(new.source),
        source_note=new.source_note,
        source_key=advertised.key_of(new.source, new.source_note),
        noted_by=person,
        noted_at=at,
    )
    data = {"expectation": row.pk, "source": row.source, "implicit": row.implicit, "unrealistic": row.unrealistic}
    texts = {"said": row.said, "precise": row.precise, "source": row.source_note}
    lifecycle.happen(complaint, "expectation.noted", actor=actor, at=at, detail=Detail(data, texts))
    _follow_source(complaint, row, actor, at)
    return row


def _taken(complaint_id: int, actor: Actor, at: datetime) -> tuple[Complaint, Person]:
    """The locked open case, and the person who negotiates in it."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, NEGOTIATORS, actor=actor, at=at)
    if actor.person is None:
        raise lifecycle.WrongSeat(seats=" / ".join(str(seat.label) for seat in NEGOTIATORS))
    return complaint, actor.person


def _require_known(complaint: Complaint, new: NewExpectation) -> None:
    if new.source not in Source.values or (new.source == Source.ADVERTISED and not new.source_note):
        raise SourceUnsaid(missing=("source_note",))
    if new.remedy and not any(one.code == new.remedy for one in catalogue.of(complaint).remedies):
        raise UnknownRemedy(remedy=new.remedy, missing=("remedy",))
    demands = Demand.objects.filter(complaint=complaint, dropped_at=None)
    if new.demand_id is not None and not demands.filter(pk=new.demand_id).exists():
        raise NotThisCase(missing=("demand",))


def _money(amount: Decimal | None) -> Decimal | None:
    try:
        return None if amount is None else authority.to_cents(amount)
    except (ValueError, ArithmeticError) as error:
        raise NoAmount(remedy=str(_("the amount asked for")), missing=("amount",)) from error


def _follow_source(complaint: Complaint, row: Expectation, actor: Actor, at: datetime) -> None:
    """What the source of an expectation sets off: the mark of a hard case, the question to marketing."""
    held = Expectation.objects.filter(complaint=complaint, dropped_at=None)
    hard = held.filter(source=Source.PERSONAL).exists()
    if hard != complaint.difficult:
        complaint.difficult = hard
        complaint.save(update_fields=["difficult"])
        detail = Detail({"flags": {"difficult": hard}}, {"reason": row.source_note})
        lifecycle.happen(complaint, "flag.changed", actor=actor, at=at, detail=detail)
    advertised.take_note(complaint, row, at=at)


def _held(complaint: Complaint, expectation_id: int | None) -> Expectation:
    row = Expectation.objects.filter(complaint=complaint, dropped_at=None, pk=expectation_id or 0).first()
    if row is None:
        raise NotThisCase(missing=("expectation",))
    return row


@transaction.atomic
def ask_question(complaint_id: int, asked: Asked, *, actor: Actor, at: datetime) -> AskedQuestion:
    """Record one question to the customer and his answer, and what it made clear (S3-32, S3-34).

    Refuses a question without an answer, and «what exactly» whose answer is still not measurable (S3-36). A confirmed
    guess is a spoken expectation from now on (S3-37); one he denies is dropped.
    """
    complaint, person = _taken(complaint_id, actor, at)
    answers.require_way(asked.via)
    if not (asked.question.strip() and asked.answer.strip()) or asked.kind not in AskedQuestion.Kind.values:
        raise NoAnswer(missing=("answer",))
    kind = AskedQuestion.Kind(asked.kind)
    about = None if kind is AskedQuestion.Kind.ELSE else _held(complaint, asked.expectation_id)
    row = AskedQuestion.objects.create(
        complaint=complaint,
        expectation=about,
        kind=kind,
        question=asked.question.strip(),
        answer=asked.answer.strip(),
        via=asked.via,
        asked_by=person,
        at=at,
    )
    data = {"expectation": asked.expectation_id, "kind": kind.value, "confirmed": asked.confirmed}
    texts = {"question": row.question, "said": row.answer}
    lifecycle.happen(complaint, "expectation.asked", actor=actor, at=at, detail=Detail(data, texts))
    if about is not None and kind is AskedQuestion.Kind.CLARIFY:
        _clarify(about, asked)
    elif about is not None and kind is AskedQuestion.Kind.CONFIRM:
        _confirm(about, asked, at)
    return row


def _clarify(row: Expectation, asked: Asked) -> None:
    row.precise = asked.precise.strip() or row.precise
    row.amount = row.amount if asked.amount is None else _money(asked.amount)
    row.due_at = asked.due_at or row.due_at
    if not row.is_precise:
        raise StillNotMeasurable(said=row.said or row.precise, missing=("precise", "due_at", "amount"))
    row.save(update_fields=["precise", "amount", "due_at"])


def _confirm(row: Expectation, asked: Asked, at: datetime) -> None:
    if asked.confirmed:
        row.confirmed_at = at
        row.precise = asked.precise.strip() or row.precise
    else:
        row.dropped_at, row.dropped_reason = at, asked.answer.strip()[:300]
    row.save(update_fields=["confirmed_at", "precise", "dropped_at", "dropped_reason"])


@transaction.atomic
def settle_expectation(expectation_id: int, settlement: Settlement, *, actor: Actor, at: datetime) -> Expectation:
    """Say what is made of an expectation: what takes its place, or the refusal with an alternative (S3-38, S3-39).

    Proof makes an excessive claim payable (S3-26); statements of the customer prove nothing.
    """
    case_id = Expectation.objects.values_list("complaint_id", flat=True).get(pk=expectation_id)
    complaint, _person = _taken(case_id, actor, at)
    row = _held(complaint, expectation_id)
    if settlement.refusal.strip() and not settlement.alternative.strip():
        raise NoAlternativeGiven(said=str(row), missing=("alternative",))
    honesty.check((settlement.replacement, settlement.refusal, settlement.alternative))
    row.unrealistic = settlement.unrealistic
    row.replacement, row.refusal = settlement.replacement.strip(), settlement.refusal.strip()
    row.alternative = settlement.alternative.strip()
    row.proved_by = _proof(complaint, settlement.proved_by_id)
    if settlement.source:
        _require_known(complaint, NewExpectation(source=settlement.source, source_note=settlement.source_note.strip()))
        row.source, row.source_note = Source(settlement.source), settlement.source_note.strip()
        row.source_key = advertised.key_of(row.source, row.source_note)
    row.save()
    data = {"expectation": row.pk, "unrealistic": row.unrealistic, "source": row.source, "proof": row.proved_by_id}
    texts = {"said": row.said, "replacement": row.replacement, "reason": row.refusal, "alternative": row.alternative}
    lifecycle.happen(complaint, "expectation.settled", actor=actor, at=at, detail=Detail(data, texts))
    _follow_source(complaint, row, actor, at)
    return row


def _proof(complaint: Complaint, evidence_id: int | None) -> Evidence | None:
    if evidence_id is None:
        return None
    row = Evidence.objects.filter(complaint=complaint, struck_at=None, pk=evidence_id).first()
    if row is None:
        raise NotThisCase(missing=("proved_by",))
    return row


@transaction.atomic
def rank_expectations(complaint_id: int, order: Sequence[Ranked], *, actor: Actor, at: datetime) -> list[Expectation]:
    """Put the expectations into the customer's order (S3-35): the first cannot be dropped, the last can.

    Refuses an order that leaves one out, what he was not asked about (S3-34), and what he never said or confirmed
    (S3-37).
    """
    complaint, _person = _taken(complaint_id, actor, at)
    held = {row.pk: row for row in Expectation.objects.filter(complaint=complaint, dropped_at=None)}
    wanted = [one.expectation_id for one in order]
    weighed = all(one.weight in Weight.values for one in order)
    open_ones = {pk for pk, row in held.items() if not row.hidden}
    if sorted(wanted) != sorted(open_ones) or not wanted or not weighed:
        raise RankIncomplete(missing=("order",))
    asked = expecting.asked_about(AskedQuestion.objects.filter(complaint=complaint))
    for pk in wanted:
        if pk not in asked:
            raise RankUnasked(said=held[pk].said or held[pk].precise, missing=("order",))
    Expectation.objects.filter(complaint=complaint).update(rank=None)
    for rank, one in enumerate(order, start=1):
        row = held[one.expectation_id]
        row.rank, row.weight = rank, Weight.MUST.value if rank == 1 else one.weight
        row.save(update_fields=["rank", "weight"])
    data = {"order": [{"expectation": one.expectation_id, "weight": one.weight} for one in order]}
    lifecycle.happen(complaint, "expectation.ranked", actor=actor, at=at, detail=Detail(data))
    return [held[pk] for pk in wanted]


@transaction.atomic
def drop_expectation(expectation_id: int, *, reason: str, actor: Actor, at: datetime) -> Expectation:
    """Let go of an expectation: the customer gave it up, or it was noted by mistake (S3-35)."""
    case_id = Expectation.objects.values_list("complaint_id", flat=True).get(pk=expectation_id)
    complaint, _person = _taken(case_id, actor, at)
    row = _held(complaint, expectation_id)
    if not reason.strip():
        raise DropUnexplained(missing=("reason",))
    row.dropped_at, row.dropped_reason, row.rank = at, reason.strip(), None
    row.save(update_fields=["dropped_at", "dropped_reason", "rank"])
    for place, other in enumerate(Expectation.objects.filter(complaint=complaint, dropped_at=None, rank__gt=0), 1):
        Expectation.objects.filter(pk=other.pk).update(rank=place)
    detail = Detail({"expectation": row.pk}, {"said": row.said or row.precise, "reason": row.dropped_reason})
    lifecycle.happen(complaint, "expectation.dropped", actor=actor, at=at, detail=detail)
    _follow_source(complaint, row, actor, at)
    return row
