"""T1 and T2: a complaint arrives, gets an owner and its clocks, and the customer hears that it is taken seriously."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import catalogue, conversation, lifecycle, numbers, promises, rules, search, timeline
from huiyin.complaints.conversation import Say
from huiyin.complaints.guards.intake import NotCategorised, emotion_on_the_list
from huiyin.complaints.lifecycle import Detail, WrongSeat
from huiyin.complaints.models import (
    CasePack,
    Channel,
    Complaint,
    Direction,
    EmotionEntry,
    Intake,
    Interaction,
    SearchText,
)
from huiyin.complaints.notices import ring
from huiyin.complaints.states import Seat, State
from huiyin.language.fold import tokens
from huiyin.people import customers
from huiyin.people.actors import Actor, ActorKind
from huiyin.people.models import Customer, Identity, IdentityKind, Person
from huiyin.people.roles import Role, can
from huiyin.policy import clocks
from huiyin.policy.packs import store
from huiyin.policy.packs.schema import Pack
from huiyin.policy.packs.store import Picked
from huiyin.rules import Refusal
from huiyin.workforce import availability

TITLE_LENGTH = 60


class NoWayToAnswer(Refusal):
    rule = rules.REACHABLE
    sentence = _("Nothing says how the customer can be reached.")
    unblock = _("Add a telephone number, an e-mail address or an account.")


class NobodyToOwn(Refusal):
    rule = rules.REACHABLE
    sentence = _("There is no agent on duty and no supervisor who could own the complaint.")
    unblock = _("Give somebody the role of agent or supervisor.")


class NothingSaid(Refusal):
    rule = rules.SAYS_WHAT
    sentence = _("The complaint says nothing.")
    unblock = _("Write in the customer's words what happened.")


class NotABase(Refusal):
    rule = rules.BASE_PACK
    sentence = _("The pack %(pack)s only adds to others; a complaint needs a base pack.")
    unblock = _("Name a base pack, or none.")


class ReceivedTomorrow(Refusal):
    rule = rules.RECEIVED_BEFORE
    sentence = _("A complaint cannot have been received at a time still ahead.")
    unblock = _("Correct the time of receipt.")


@dataclass(frozen=True)
class NewComplaint:
    """What arrives: the customer's words, the channel, and at least one way to answer."""

    title: str
    text: str
    channel: str
    name: str = ""
    identities: tuple[tuple[str, str], ...] = ()
    order_number: str = ""
    product: str = ""
    amount: Decimal | None = None
    purchased_on: date | None = None
    category: str = ""
    emotion: int | None = None
    language: str = "zh-hans"
    pack: str = ""
    received_at: datetime | None = None


@transaction.atomic
def receive(new: NewComplaint, *, actor: Actor, at: datetime) -> Complaint:
    """Take a complaint in (T1): find its customer, give it number and owner, attach its packs, start its clocks.

    Its clocks count from the time it was received, whichever channel it came by (S0-03). Refuses a complaint without
    a way to answer, without words, or from somebody who does not receive complaints.
    """
    _require_receiver(actor)
    since = _require_sound(new, at)
    picked = _pack_of(new, since)
    pack = store.parsed(picked.base.pk)
    catalogue.require_before(new.purchased_on, since, pack)
    if new.category and new.category not in {leaf.code for leaf in pack.leaves}:
        raise NotCategorised(missing=("category",))
    customer = customers.find_or_create(name=new.name, identities=new.identities, at=at, language=new.language)
    complaint = _write(new, customer, pack, _owner(actor, at), since)
    _attach(complaint, picked, since)
    first_words = _first_words(complaint, new, since)
    detail = _detail(complaint, picked, first_words, at)
    standing = promises.Under(picked.base.pk, tuple(version.pk for version in picked.overlays))
    event = lifecycle.begin(complaint, standing, actor=actor, at=since, detail=detail)
    ring(complaint, [complaint.owner], "case.owned", event=event, actor=actor)
    return complaint


def _pack_of(new: NewComplaint, at: datetime) -> Picked:
    """The packs a new complaint comes under: the base that was named or is the house's own, overlays by rule."""
    base_code = new.pack or settings.HUIYIN_PACK
    picked = store.pick(at, base_code=base_code, channel=new.channel, category=new.category)
    if store.parsed(picked.base.pk).is_overlay:
        raise NotABase(pack=base_code, missing=("pack",))
    return picked


def _require_receiver(actor: Actor) -> None:
    person = actor.person
    if actor.kind is ActorKind.SYSTEM or (person is not None and can(person, "complaint.receive")):
        return
    raise WrongSeat(seats=str(Seat.RECEIVER.label))


def _require_sound(new: NewComplaint, at: datetime) -> datetime:
    """Refuse what cannot be a complaint; gives the time it was received."""
    reachable = [value for kind, value in new.identities if kind in IdentityKind.values and value.strip()]
    if new.channel not in Channel.values or not reachable or len(reachable) != len(new.identities):
        raise NoWayToAnswer(missing=("identities",))
    if not (new.title.strip() or new.text.strip()):
        raise NothingSaid(missing=("text",))
    since = new.received_at or at
    if since > at:
        raise ReceivedTomorrow(missing=("received_at",))
    return since


def _owner(actor: Actor, at: datetime) -> Person:
    """The first receiver; else the agent on duty with the fewest open cases, else a supervisor; never nobody."""
    if actor.person is not None:
        return actor.person
    agents = list(availability.on_duty_agents(at))
    if agents:
        mine = Complaint.objects.exclude(state=State.CLOSED).filter(owner__in=agents, merged_into=None)
        load = dict(mine.order_by().values_list("owner").annotate(cases=Count("pk")))
        return min(agents, key=lambda agent: (load.get(agent.pk, 0), agent.pk))
    bosses = availability.on_duty_with(Role.SUPERVISOR, at)
    boss = bosses.first() or Person.objects.filter(is_active=True, roles__role=Role.SUPERVISOR).order_by("pk").first()
    if boss is None:
        raise NobodyToOwn()
    return boss


def _write(new: NewComplaint, customer: Customer, pack: Pack, owner: Person, since: datetime) -> Complaint:
    title = new.title.strip() or new.text.strip()[:TITLE_LENGTH]
    complaint = Complaint(
        number=numbers.next_number(since, pack.zone),
        title=title,
        text=new.text.strip(),
        channel=new.channel,
        received_at=since,
        stage_since=since,
        waiting_since=since,
        customer=customer,
        owner=owner,
        category=new.category,
        profile=pack.profile,
        order_number=new.order_number.strip(),
        product=new.product.strip(),
        amount=new.amount,
        purchased_on=new.purchased_on,
    )
    complaint.repeat_of_id = _repeated(complaint, pack)
    complaint.save(force_insert=True)
    SearchText.objects.create(complaint=complaint, tokens=tokens("\n".join(search.own_words(complaint))))
    if new.emotion is not None:
        level = emotion_on_the_list(new.emotion)
        EmotionEntry.objects.create(complaint=complaint, level=level, source="form", at=since)
    return complaint


def _repeated(complaint: Complaint, pack: Pack) -> int | None:
    """The customer's last case about the same order, closed within the repeat window (S0-50, S3-41)."""
    if not complaint.order_number:
        return None
    since = complaint.received_at - timedelta(days=pack.settings.repeat_window_days)
    earlier = Complaint.objects.filter(
        customer=complaint.customer, order_number=complaint.order_number, closed_at__gte=since, merged_into=None
    )
    return earlier.order_by("-closed_at").values_list("pk", flat=True).first()


def _attach(complaint: Complaint, picked: Picked, since: datetime) -> None:
    """Freeze the pack versions the case comes under (ENG-13)."""
    start = "entered.received"
    rows = [CasePack(complaint=complaint, version=picked.base, attached_at=since, start_event=start)]
    rows += [
        CasePack(complaint=complaint, version=version, base=False, attached_at=since, start_event=start)
        for version in picked.overlays
    ]
    CasePack.objects.bulk_create(rows)


def _first_words(complaint: Complaint, new: NewComplaint, since: datetime) -> Interaction:
    """The complaint as the first message of the conversation, and as the row of what arrived."""
    Intake.objects.create(
        channel=new.channel,
        status=Intake.Status.COMPLAINT,
        contact_name=new.name,
        contact_value=new.identities[0][1],
        text=complaint.text or complaint.title,
        received_at=since,
        complaint=complaint,
    )
    return Interaction.objects.create(
        complaint=complaint,
        direction=Direction.IN,
        medium=new.channel,
        text=complaint.text or complaint.title,
        salt=timeline.new_salt(),
        at=since,
    )


def _detail(complaint: Complaint, picked: Picked, words: Interaction, at: datetime) -> Detail:
    data = {
        "channel": complaint.channel,
        "customer": complaint.customer_id,
        "category": complaint.category,
        "packs": [picked.base.pk, *(version.pk for version in picked.overlays)],
        "repeat_of": complaint.repeat_of_id,
        "interaction": words.pk,
        "said": timeline.digest(words.salt, words.text),
        "written_at": at,
    }
    return Detail(data, {"title": complaint.title})


def possible_duplicates(subject: Complaint | NewComplaint, *, at: datetime | None = None) -> QuerySet[Complaint]:
    """Cases that may be about the same: same customer, same identity or same order, open or closed a short while ago.

    They are shown, never joined by themselves (decision 10). For what is not received yet `at` is the present time.
    """
    found = Complaint.objects.filter(merged_into=None)
    if isinstance(subject, Complaint):
        pack: Pack | None = promises.pack_of(subject)
        known = Q(customer=subject.customer_id)
        identities = list(subject.customer.identities.values_list("kind", "normalized"))
        found = found.exclude(pk=subject.pk)
    else:
        pack = store.parsed(_pack_of(subject, at).base.pk) if at else None
        known = Q(pk__in=())
        identities = [(kind, customers.normalise(kind, value)) for kind, value in subject.identities if value.strip()]
    for kind, normalized in identities:
        known |= Q(customer__in=Identity.objects.filter(kind=kind, normalized=normalized).values("customer"))
    if subject.order_number.strip():
        known |= Q(order_number=subject.order_number.strip())
    recent = ~Q(state=State.CLOSED)
    moment = subject.received_at or at
    if pack is not None and moment is not None:
        recent |= Q(closed_at__gte=moment - timedelta(days=pack.settings.repeat_window_days))
    return found.filter(known, recent).select_related("owner", "customer").order_by("-received_at", "-pk")


def acknowledgement_hint(complaint: Complaint, *, at: datetime | None = None) -> datetime:
    """The time to name in the first answer: today, or the next working day when it is too late (AMB-06)."""
    since = max(complaint.received_at, at or complaint.received_at)
    return clocks.acknowledgement_due(promises.pack_of(complaint), since)


@transaction.atomic
def acknowledge(complaint_id: int, words: Say, *, actor: Actor, at: datetime) -> Complaint:
    """Tell the customer that the matter is taken seriously, and until when he hears more (T2, S0-04).

    Refuses words without a time, and an apology that does not touch what happened (S0-11).
    """
    complaint = Complaint.objects.locked(complaint_id)
    lifecycle.check_seat(complaint, "acknowledge", actor=actor, at=at)
    told = conversation.tell(complaint, words, actor=actor, at=at, move="acknowledge")
    lifecycle.move(complaint, "acknowledge", actor=actor, at=at, told=told)
    return complaint
