"""T3 and T4: the four elements written down and confirmed; a small matter settled at once."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import (
    answers,
    carrying_out,
    catalogue,
    conversation,
    lifecycle,
    participation,
    promises,
    remedies,
    rules,
    search,
    signing,
    tasking,
)
from huiyin.complaints.conversation import Words
from huiyin.complaints.guards import intake, money
from huiyin.complaints.guards.context import Case
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import (
    CasePart,
    CauseVerdict,
    Complaint,
    CustomerAnswer,
    Demand,
    EmotionEntry,
    Finding,
    OfferMode,
    Option,
    OptionAnswer,
    Plan,
    Registration,
    RemedyLine,
    Side,
)
from huiyin.complaints.participation import keepers
from huiyin.complaints.remedies import Line
from huiyin.complaints.states import Seat, State
from huiyin.people import customers
from huiyin.people.actors import Actor
from huiyin.people.models import IdentityKind
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal

FORM = "form"
_OWNERS = {Seat.OWNER: "complaint.register", Seat.DUTY: "complaint.register"}
OPEN_FOR_FORM = (State.RECEIVED, State.ACKNOWLEDGED, State.REGISTERED)


class SettlementUnclear(Refusal):
    rule = rules.FAST_TRACK
    sentence = _("A settlement at once needs a remedy, a listed cause on our side, grounds and a time.")
    unblock = _("Fill in what is missing, or have the case investigated.")


@dataclass(frozen=True)
class DemandLine:
    """One demand in the customer's order; `must` says that he cannot do without it (S3-33)."""

    text: str
    must: bool = True
    amount: Decimal | None = None


@dataclass(frozen=True)
class Form:
    """The registration form: person, matter, emotion, demand (人、事、情、求; S0-05, S1-28)."""

    complainant: str
    object: str
    matter: str
    emotion: int | None
    emotion_note: str
    demands: tuple[DemandLine, ...]
    category: str
    card_number: str = ""
    happened_on: date | None = None
    happened_where: str = ""
    happened_step: str = ""
    restated: str = ""
    confirmed: bool = False
    order_number: str = ""
    product: str = ""
    amount: Decimal | None = None
    purchased_on: date | None = None
    minor: bool = False
    compound: bool = False


@dataclass(frozen=True)
class Settlement:
    """What is agreed on the spot: remedies, the cause we found, and the customer's yes in his words."""

    title: str
    lines: tuple[Line, ...]
    grounds: str
    cause: str
    execute_within_minutes: int
    customer_said: str
    via: str


@transaction.atomic
def save_form(complaint_id: int, form: Form, *, actor: Actor, at: datetime) -> Complaint:
    """Keep what is written on the form so far; a registered case may still be corrected until it is assigned.

    Before registration anything may be missing. Afterwards the form stays complete, and the timeline notes the
    correction.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, OPEN_FOR_FORM)
    participation.require(complaint, _OWNERS, actor=actor, at=at)
    _write(complaint, form, at)
    if complaint.state == State.REGISTERED:
        case = Case(complaint, actor, at)
        for refused in lifecycle.refused_by(lifecycle.MOVES["register"].guards, case):
            raise refused
        detail = Detail({**_codes(complaint, form), "signals": ["demand.made"]}, _texts(form))
        lifecycle.happen(complaint, "registration.corrected", actor=actor, at=at, detail=detail)
    search.index(complaint)
    return complaint


@transaction.atomic
def register(complaint_id: int, form: Form, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Register the four elements as the customer confirmed them (T3), and start the triage (S2-56).

    Refuses a form with a missing block and lists what is missing, a case without a category, a member without his
    card number, a matter not restated and confirmed; and leaving the customer without a time for the next news.
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "register", actor=actor, at=at)
    _write(complaint, form, at)
    _link_first_case(complaint)
    if form.confirmed:
        CustomerAnswer.objects.create(
            complaint=complaint,
            kind=CustomerAnswer.Kind.RESTATEMENT,
            round=complaint.round,
            text=form.restated,
            via=complaint.channel,
            recorded_by=actor.person,
            at=at,
        )
    cleared = lifecycle.check(complaint, "register", actor=actor, at=at)  # what is missing is said before any wording
    told = conversation.tell(complaint, words, actor=actor, at=at, move="register")
    detail = Detail({**_codes(complaint, form), "signals": ["demand.made"]}, _texts(form))
    lifecycle.carry_out(cleared, told=told, detail=detail)
    conversation.require_next_time(complaint)
    tasking.give_triage(complaint, actor=actor, at=at)
    search.index(complaint)
    return complaint


def _write(complaint: Complaint, form: Form, at: datetime) -> None:
    pack = promises.pack_of(complaint)
    _write_elements(complaint, form, at)
    complaint.category = form.category
    complaint.order_number = form.order_number.strip() or complaint.order_number
    complaint.product = form.product.strip() or complaint.product
    complaint.amount = complaint.amount if form.amount is None else form.amount
    complaint.purchased_on = form.purchased_on or complaint.purchased_on
    catalogue.require_before(complaint.purchased_on, complaint.received_at, pack)
    complaint.minor = form.minor
    complaint.compound = form.compound or CasePart.objects.filter(complaint=complaint).exists()
    complaint.profile = pack.settings.profile_minor if form.minor else pack.profile
    order = ["order_number", "product", "amount", "purchased_on"]
    complaint.save(update_fields=["category", *order, "minor", "compound", "profile"])
    if form.card_number.strip():
        customers.add_identity(complaint.customer, IdentityKind.CARD, form.card_number, at=at)
    _write_demands(complaint, form.demands)
    _write_emotion(complaint, form, at)


def _write_elements(complaint: Complaint, form: Form, at: datetime) -> None:
    """The one row of the form, written anew however often it is kept."""
    row = Registration(
        complaint=complaint,
        complainant=form.complainant.strip(),
        card_number=form.card_number.strip(),
        object=form.object.strip(),
        happened_on=form.happened_on,
        happened_where=form.happened_where.strip(),
        happened_step=form.happened_step.strip(),
        matter=form.matter.strip(),
        emotion_note=form.emotion_note.strip(),
        restated=form.restated.strip(),
        restatement_confirmed_at=at if form.confirmed and form.restated.strip() else None,
    )
    written = [field.name for field in Registration._meta.fields if field.name not in ("id", "complaint")]
    Registration.objects.bulk_create([row], update_conflicts=True, unique_fields=["complaint"], update_fields=written)


def _write_demands(complaint: Complaint, lines: tuple[DemandLine, ...]) -> None:
    """Replace the demands; they are the customer's own words, in his order, until the case is assigned."""
    Demand.objects.filter(complaint=complaint).delete()
    said = [line for line in lines if line.text.strip()]
    Demand.objects.bulk_create(
        Demand(complaint=complaint, rank=rank, text=line.text.strip(), must=line.must, amount=line.amount)
        for rank, line in enumerate(said, start=1)
    )


def _write_emotion(complaint: Complaint, form: Form, at: datetime) -> None:
    """The form's own entry in the series is one row while the form is open; later readings are added (S0-08)."""
    if form.emotion is None:
        return
    level = intake.emotion_on_the_list(form.emotion)
    row = EmotionEntry.objects.filter(complaint=complaint, source=FORM).order_by("-pk").first()
    row = row or EmotionEntry(complaint=complaint, source=FORM, at=at)
    row.level, row.note = level, form.emotion_note.strip()
    row.save()


def _codes(complaint: Complaint, form: Form) -> dict[str, object]:
    return {
        "category": complaint.category,
        "emotion": form.emotion,
        "demands": sum(1 for line in form.demands if line.text.strip()),
        "minor": complaint.minor,
        "compound": complaint.compound,
        "repeat_of": complaint.repeat_of_id,
    }


def _texts(form: Form) -> dict[str, str]:
    demands = "\n".join(line.text.strip() for line in form.demands)
    return {
        "complainant": form.complainant,
        "object": form.object,
        "matter": form.matter,
        "where": form.happened_where,
        "step": form.happened_step,
        "emotion": form.emotion_note,
        "demands": demands,
        "restated": form.restated,
    }


def _link_first_case(complaint: Complaint) -> None:
    """A complaint about how a complaint was handled belongs to the customer's case before it (S3-41)."""
    pack = promises.pack_of(complaint)
    leaves = {leaf.code: leaf for leaf in pack.leaves}
    leaf = leaves.get(complaint.category)
    if complaint.repeat_of_id is not None or leaf is None or leaf.kind != "handling":
        return
    earlier = Complaint.objects.filter(customer=complaint.customer_id, received_at__lte=complaint.received_at)
    complaint.repeat_of = earlier.exclude(pk=complaint.pk).filter(merged_into=None).order_by("-received_at").first()
    complaint.save(update_fields=["repeat_of"])


@transaction.atomic
def note_emotion(complaint_id: int, level: int, note: str, *, actor: Actor, at: datetime) -> EmotionEntry:
    """Add a reading to the series (S0-08); the change over time is what matters."""
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    seats = {**keepers("complaint.note"), Seat.HANDLER: "complaint.note"}
    participation.require(complaint, seats, actor=actor, at=at)
    entry = EmotionEntry.objects.create(
        complaint=complaint, level=intake.emotion_on_the_list(level), note=note.strip(), at=at
    )
    detail = Detail({"entry": entry.pk, "level": entry.level}, {"note": entry.note})
    lifecycle.happen(complaint, "emotion.noted", actor=actor, at=at, detail=detail)
    return entry


@transaction.atomic
def settle_at_once(complaint_id: int, settlement: Settlement, words: Words, *, actor: Actor, at: datetime) -> Complaint:
    """Settle a minor, founded matter on the spot with the customer's yes (T4, S2-22, S4-120).

    Refuses what is not minor, what lies above the own authority of whoever settles, and what the customer did not
    agree to. A leader looks at it afterwards (AMB-05).
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "settle_at_once", actor=actor, at=at)
    granting = actor.person or complaint.owner
    money.hold_budget(granting)
    pack = promises.pack_of(complaint)
    _require_clear(complaint, settlement, pack)
    _find_at_once(complaint, settlement, actor, at)
    option = _agree(complaint, settlement, actor, at)
    carrying_out.choose(option)
    signing.ask_afterwards(complaint, option.plan, on_authority_of=granting, at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="settle_at_once")
    actions = carrying_out.start_actions(complaint, option, at=at)
    data = {"option": option.pk, "cause": settlement.cause, "actions": [action.pk for action in actions]}
    texts = {"grounds": settlement.grounds, "customer": settlement.customer_said}
    lifecycle.move(complaint, "settle_at_once", actor=actor, at=at, told=told, detail=Detail(data, texts))
    carrying_out.spend_authority(complaint, option, at=at)
    conversation.require_next_time(complaint)
    tasking.finish_triage(complaint, actor=actor, at=at)
    return complaint


def _require_clear(complaint: Complaint, settlement: Settlement, pack: Pack) -> None:
    if not complaint.minor:
        raise intake.NotSmall(limit=pack.settings.minor_amount)
    if not settlement.customer_said.strip():
        raise intake.NotAgreed(missing=("customer_said",))
    known = {cause.code: cause for listed in pack.problem_types for cause in listed.causes}
    cause = known.get(settlement.cause)
    ours = cause is not None and cause.side != "customer"
    if not (ours and settlement.lines and settlement.grounds.strip() and settlement.execute_within_minutes > 0):
        raise SettlementUnclear(missing=("cause", "lines", "grounds", "execute_within_minutes"))


def _find_at_once(complaint: Complaint, settlement: Settlement, actor: Actor, at: datetime) -> None:
    pack = promises.pack_of(complaint)
    person = actor.person or complaint.owner
    cause = pack.cause(settlement.cause)
    CauseVerdict.objects.update_or_create(
        complaint=complaint,
        round=complaint.round,
        cause=cause.code,
        defaults={"ruled_in": True, "grounds": settlement.grounds.strip(), "by": person, "at": at},
    )
    Finding.objects.create(
        complaint=complaint,
        round=complaint.round,
        cause=cause.code,
        side=Side(cause.side),
        reasons_sufficient=True,
        demand_reasonable=True,
        grounds=settlement.grounds.strip(),
        issued_by=person,
        issued_at=at,
    )


def _agree(complaint: Complaint, settlement: Settlement, actor: Actor, at: datetime) -> Option:
    """The agreed package as a plan of one option, with the customer's yes as an answer of his."""
    plan = Plan.objects.create(
        complaint=complaint,
        round=complaint.round,
        number=Plan.objects.filter(complaint=complaint).count() + 1,
        mode=OfferMode.SINGLE,
        prepared_by=actor.person or complaint.owner,
        prepared_at=at,
    )
    option = Option.objects.create(
        plan=plan, rank=1, title=settlement.title.strip(), execute_within_minutes=settlement.execute_within_minutes
    )
    sold_under = catalogue.of(complaint)
    lines = remedies.lines_of(option, settlement.lines, pack=sold_under, category=complaint.category)
    RemedyLine.objects.bulk_create(lines)
    OptionAnswer.objects.bulk_create(
        OptionAnswer(option=option, demand=demand, text=settlement.title.strip())
        for demand in Demand.objects.filter(complaint=complaint, dropped_at=None)
    )
    CustomerAnswer.objects.create(
        complaint=complaint,
        kind=CustomerAnswer.Kind.CHOICE,
        round=complaint.round,
        option=option,
        text=settlement.customer_said.strip(),
        via=answers.require_way(settlement.via),
        recorded_by=actor.person,
        at=at,
    )
    return option
