"""Who a customer is: found again by identity, shown masked, revealed with a reason, merged only by decision."""

import unicodedata
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers
from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.language.fold import fold
from huiyin.people import access_log, masking, roles
from huiyin.people.merging import propose, survivor
from huiyin.people.models import AccessKind, AccessLog, Customer, Identity, IdentityKind, Person
from huiyin.people.rules import REVEAL_PART, REVEAL_REASON
from huiyin.rules import Refusal

REVEALED_FOR = timedelta(minutes=10)

_MASKS: dict[str, Callable[[str], str]] = {
    IdentityKind.PHONE: masking.mask_phone,
    IdentityKind.EMAIL: masking.mask_email,
    IdentityKind.CARD: masking.mask_card,
    IdentityKind.OPENID: masking.mask_handle,
    IdentityKind.HANDLE: masking.mask_handle,
}


class RevealWithoutReason(Refusal):
    rule = REVEAL_REASON
    sentence = _("This detail stays hidden: no reason was given.")
    unblock = _("Write down why you need it; the reason is kept with your name.")


class RevealNotYours(Refusal):
    rule = REVEAL_PART
    sentence = _("This detail stays hidden: the case is neither yours nor handled by you.")
    unblock = _("Ask the owner of the case, or have it assigned to you.")


@dataclass(frozen=True)
class IdentityView:
    """One way to reach a customer, as this reader may see it."""

    id: int
    kind: str
    kind_label: str
    shown: str
    verified: bool
    masked: bool
    may_reveal: bool


@dataclass(frozen=True)
class ContactView:
    """A customer as this reader may see them; a form filled from it must never be written back."""

    customer_id: int
    name: str
    kind_label: str
    tier_label: str
    card_number: str
    address: str
    identities: tuple[IdentityView, ...]
    masked: bool


def normalise(kind: str, value: str, *, region: str = "CN") -> str:
    """One spelling of an identity: telephones in E.164 where they can be read, everything else folded."""
    if kind == IdentityKind.PHONE:
        return _e164(value, region)
    if kind == IdentityKind.CARD:
        return "".join(value.split()).replace("-", "").upper()
    return value.strip() if kind == IdentityKind.OPENID else fold(value).strip()


@transaction.atomic(savepoint=False)
def find_or_create(
    *,
    name: str,
    identities: Sequence[tuple[str, str]],
    at: datetime,
    verified: bool = False,
    language: str = "zh-hans",
) -> Customer:
    """The customer with these identities, or a new one.

    Found means: a verified identity presented as verified, or an equal identity together with the same name.
    An identity equal to somebody's verified one, without that, makes a merge proposal and no more.
    """
    wanted = {
        (IdentityKind(kind), normalise(kind, value)): value.strip() for kind, value in identities if value.strip()
    }
    equal = _equal_to(wanted)
    customer = _certain(name, equal, verified)
    if customer is None:
        customer = Customer.objects.create(name=name.strip(), language=language, created_at=at)
        if not verified:
            return _with_claimed(customer, wanted, equal, at)
    if name.strip() and not customer.name:
        customer.name = name.strip()
        customer.save(update_fields=["name"])
    for (kind, _normalized), value in wanted.items():
        add_identity(customer, kind, value, at=at, verified=verified)
    return customer


def _with_claimed(
    customer: Customer, wanted: Mapping[tuple[IdentityKind, str], str], equal: Iterable[Identity], at: datetime
) -> Customer:
    """Give a new customer the identities they claim; one that somebody holds verified proposes a merge."""
    Identity.objects.bulk_create(
        Identity(customer=customer, kind=kind, normalized=normalized, value=value, added_at=at)
        for (kind, normalized), value in wanted.items()
    )
    for holder in (row for row in equal if row.verified):
        propose(customer, holder.customer, kind=holder.kind, at=at)
    return customer


@transaction.atomic
def add_identity(customer: Customer, kind: str, value: str, *, at: datetime, verified: bool = False) -> Identity:
    """Note one more way to recognise a customer; verified only if nobody else holds it verified."""
    identity, _made = Identity.objects.get_or_create(
        customer=customer,
        kind=kind,
        normalized=normalise(kind, value),
        defaults={"value": value.strip(), "added_at": at},
    )
    return verify_identity(identity.pk, at=at) if verified else _propose_if_held(identity, at)


@transaction.atomic
def verify_identity(identity_id: int, *, at: datetime) -> Identity:
    """Mark an identity as verified; if another customer holds it verified, propose a merge and leave it claimed."""
    identity = Identity.objects.select_related("customer").get(pk=identity_id)
    if identity.verified or _holder(identity) is not None:
        return _propose_if_held(identity, at)
    identity.verified_at = at
    identity.save(update_fields=["verified_at"])
    for other in _same(identity).select_related("customer"):
        propose(identity.customer, other.customer, kind=identity.kind, at=at)
    return identity


def duplicates_of(customer: Customer) -> list[Customer]:
    """Other customers who share an identity with this one, claimed or verified."""
    mine = Identity.objects.filter(customer=customer).values_list("kind", "normalized")
    others = {
        row.customer
        for kind, normalized in mine
        for row in Identity.objects.filter(kind=kind, normalized=normalized).select_related("customer")
        if row.customer_id != customer.pk and row.customer.merged_into_id is None
    }
    return sorted(others, key=lambda other: other.pk)


def contact_view(
    customer: Customer, person: Person, may_reveal: bool, *, revealed: frozenset[int] = frozenset()
) -> ContactView:
    """What this person sees of a customer: masked, but the name and whatever was revealed a moment ago.

    `may_reveal` says that the person is owner or handler of the case at hand; `revealed` comes from `revealed_to`.
    """
    allowed = may_reveal and roles.can(person, "complaint.reveal")
    shown = tuple(_shown(row, allowed, row.pk in revealed) for row in customer.identities.all())
    return ContactView(
        customer_id=customer.pk,
        name=customer.name if allowed else masking.mask_name(customer.name),
        kind_label=str(customer.get_kind_display()),
        tier_label=str(customer.get_tier_display()),
        card_number=masking.mask_card(customer.card_number) if customer.card_number else "",
        address=masking.mask_address(customer.address),
        identities=shown,
        masked=not allowed,
    )


@transaction.atomic
def reveal(
    identity_id: int,
    *,
    person: Person,
    reason: str,
    at: datetime,
    may_see: Callable[[Person, Identity], bool],
    complaint_id: int | None = None,
) -> str:
    """Show one identity in full and log it (S0-06).

    Refuses without a reason, without the capability, and when `may_see` says the case is not this person's.
    """
    identity = Identity.objects.select_related("customer").get(pk=identity_id)
    if not (roles.can(person, "complaint.reveal") and may_see(person, identity)):
        raise RevealNotYours()
    if not reason.strip():
        raise RevealWithoutReason(missing=("reason",))
    access_log.record_reveal(
        person,
        customer=identity.customer,
        field=f"{identity.kind}:{identity.pk}",
        reason=reason.strip(),
        at=at,
        complaint_id=complaint_id,
    )
    return identity.value


def revealed_to(person: Person, customer: Customer, at: datetime) -> frozenset[int]:
    """Identities this person revealed within the last ten minutes; after that they are masked again."""
    fields = AccessLog.objects.filter(
        person=person, customer=customer, kind=AccessKind.REVEAL, at__gt=at - REVEALED_FOR, at__lte=at
    ).values_list("field", flat=True)
    return frozenset(int(field.partition(":")[2]) for field in fields if ":" in field)


def _shown(row: Identity, allowed: bool, open_now: bool) -> IdentityView:
    full = allowed and open_now
    return IdentityView(
        id=row.pk,
        kind=row.kind,
        kind_label=str(row.get_kind_display()),
        shown=row.value if full else _MASKS[row.kind](row.value),
        verified=row.verified,
        masked=not full,
        may_reveal=allowed and not full,
    )


def _equal_to(wanted: Collection[tuple[IdentityKind, str]]) -> list[Identity]:
    """Every row with one of these identities, whoever has it: one query where nobody has."""
    kinds, values = {kind for kind, _ in wanted}, {normalized for _, normalized in wanted}
    rows = Identity.objects.filter(kind__in=kinds, normalized__in=values).prefetch_related("customer").order_by("pk")
    return [row for row in rows if (row.kind, row.normalized) in wanted]


def _certain(name: str, equal: Iterable[Identity], verified: bool) -> Customer | None:
    """The oldest customer that these identities point to with enough certainty, or nobody."""
    certain: dict[int, Customer] = {}
    for row in equal:
        same_name = bool(name.strip()) and fold(row.customer.name).strip() == fold(name).strip()
        if same_name or (verified and row.verified):
            customer = survivor(row.customer)
            certain[customer.pk] = customer
    return certain[min(certain)] if certain else None


def _propose_if_held(identity: Identity, at: datetime) -> Identity:
    holder = _holder(identity)
    if holder is not None:
        propose(identity.customer, holder.customer, kind=identity.kind, at=at)
    return identity


def _same(identity: Identity) -> QuerySet[Identity]:
    """The same identity as other customers gave it."""
    return Identity.objects.filter(kind=identity.kind, normalized=identity.normalized).exclude(
        customer=identity.customer_id
    )


def _holder(identity: Identity) -> Identity | None:
    return _same(identity).filter(verified_at__isnull=False).select_related("customer").first()


def _e164(value: str, region: str) -> str:
    plain = unicodedata.normalize("NFKC", value)
    try:
        parsed = phonenumbers.parse(plain, region)
    except phonenumbers.NumberParseException:
        return fold(plain).strip()
    if not phonenumbers.is_valid_number(parsed):
        return "".join(c for c in plain if c.isdigit() or c == "+")
    number = phonenumbers.format_number(parsed, phonenumbers.PhoneNumberFormat.E164)
    return f"{number};ext={parsed.extension}" if parsed.extension else number
