"""The first tab and the last: who complains and what he wants, and who works on it."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _

from huiyin.complaints import catalogue
from huiyin.complaints.models import Complaint, Demand, EmotionEntry, Interest, Registration, Viewing
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.components.shapes import Demand as DemandRow
from huiyin.interfaces.web.desk.presenters.found_out import Proof, proofs
from huiyin.interfaces.web.desk.presenters.looker import Looker
from huiyin.people import customers
from huiyin.people.customers import ContactView

Words = str | LazyText
EARLIER = 5
FEELINGS = {1: "ok", 2: "", 3: "warn", 4: "bad", 5: "bad"}


@dataclass(frozen=True)
class Contact:
    """One way to reach the customer, masked, with the address that reveals it where this reader may."""

    label: str
    shown: str
    verified: bool
    reveal: str
    name: str


@dataclass(frozen=True)
class Earlier:
    url: str
    title: str
    number: str
    state: str
    received_at: datetime


@dataclass(frozen=True)
class Feeling:
    """One reading of the emotion series; `step` says whether it rose or fell against the one before."""

    at: datetime
    label: str
    note: str
    tone: str
    step: str


@dataclass(frozen=True)
class Overview:
    customer: ContactView
    contacts: tuple[Contact, ...]
    earlier: tuple[Earlier, ...]
    order_number: str
    product: str
    amount: Decimal | None
    sold_under: str
    currency: str
    form: Registration | None
    who: str
    matter: str
    where: str
    demands: tuple[DemandRow, ...]
    feelings: tuple[Feeling, ...]
    levels: tuple[int, ...]
    proofs: tuple[Proof, ...]
    kinds: int
    kinds_needed: int
    text: str

    @property
    def feeling(self) -> Feeling | None:
        """How the customer feels now."""
        return self.feelings[-1] if self.feelings else None

    @property
    def kinds_missing(self) -> int:
        return max(0, self.kinds_needed - self.kinds)


def overview(looker: Looker) -> Overview:
    """The customer, the order, the four elements, the evidence so far, the earlier cases."""
    complaint, eyes = looker.complaint, looker.eyes
    revealed = customers.revealed_to(looker.person, complaint.customer, looker.now)
    contact = customers.contact_view(complaint.customer, looker.person, eyes.may_reveal, revealed=revealed)
    form = Registration.objects.filter(complaint=complaint).first()
    found = proofs(looker)
    readings = list(EmotionEntry.objects.filter(complaint=complaint))
    return Overview(
        customer=contact,
        contacts=tuple(_contact(complaint, row) for row in contact.identities),
        earlier=tuple(_earlier(looker)),
        order_number=complaint.order_number,
        product=complaint.product,
        amount=complaint.amount,
        sold_under=_sold_under(looker),
        currency=looker.pack.currency,
        form=form,
        who=_who(looker, form),
        matter=eyes.text(form.matter) if form else "",
        where=_where(looker, form),
        demands=tuple(_demands(looker)),
        feelings=tuple(_feelings(readings, looker)),
        levels=tuple(row.level for row in readings),
        proofs=tuple(found),
        kinds=len({row.kind for row in found if row.standing == "independent"}),
        kinds_needed=looker.pack.settings.min_evidence_kinds,
        text=eyes.text(complaint.text),
    )


def _sold_under(looker: Looker) -> str:
    """The day of the purchase, and the version of the rules that applies to it where it is another (S2-39)."""
    complaint = looker.complaint
    if complaint.purchased_on is None:
        return ""
    parts = {"day": times.day(complaint.purchased_on, looker.now), "version": catalogue.of(complaint).version}
    if parts["version"] == looker.pack.version:
        return _("Bought %(day)s") % parts
    return _("Bought %(day)s, under version %(version)s of the rules of sale") % parts


def _contact(complaint: Complaint, row: customers.IdentityView) -> Contact:
    reveal = reverse("desk:reveal", args=(complaint.number, row.id)) if row.may_reveal else ""
    return Contact(row.kind_label, row.shown, row.verified, reveal, f"reveal-{row.id}")


def _who(looker: Looker, form: Registration | None) -> str:
    """The complainant as registered; a name only for those who see the customer's."""
    if form is None:
        return ""
    return form.complainant if looker.eyes.may_reveal else looker.eyes.customer


def _where(looker: Looker, form: Registration | None) -> str:
    if form is None:
        return ""
    parts = [times.day(form.happened_on, looker.now) if form.happened_on else "", form.happened_where]
    return looker.eyes.text("　".join(part for part in [*parts, form.happened_step] if part))


def _demands(looker: Looker) -> list[DemandRow]:
    rows = Demand.objects.filter(complaint=looker.complaint, dropped_at=None)
    return [DemandRow(row.rank, looker.eyes.text(row.text), row.must) for row in rows]


def _feelings(readings: list[EmotionEntry], looker: Looker) -> list[Feeling]:
    found, before = [], 0
    for row in readings:
        step = "" if not before or row.level == before else ("up" if row.level > before else "down")
        note = looker.eyes.text(row.note)
        found.append(Feeling(row.at, str(row.get_level_display()), note, FEELINGS.get(row.level, ""), step))
        before = row.level
    return found


def _earlier(looker: Looker) -> list[Earlier]:
    """The customer's other cases, the newest first; only those this reader may open."""
    from_him = looker.visible.filter(customer=looker.complaint.customer_id).exclude(pk=looker.complaint.pk)
    rows = from_him.order_by("-received_at", "-pk")[:EARLIER]
    return [
        Earlier(
            reverse("desk:case", args=(row.number,)),
            looker.eyes.text(row.title),
            row.number,
            row.state,
            row.received_at,
        )
        for row in rows
    ]


@dataclass(frozen=True)
class Part:
    """Somebody's part in the case."""

    name: str
    role: Words
    note: str
    since: datetime | None = None
    tone: str = ""


def people(looker: Looker) -> list[Part]:
    """Owner, handler, who may not decide, and who has looked at the case, the last first."""
    complaint = looker.complaint
    found = [Part(complaint.owner.name, _("Owner"), _("the customer's one contact"))]
    if complaint.handler is not None:
        department = complaint.department.name if complaint.department else ""
        found.append(Part(complaint.handler.name, _("Handler"), department))
    for row in Interest.objects.filter(complaint=complaint).select_related("person"):
        about = _("Complained about") if row.complained_about else _("Has an interest")
        found.append(Part(row.person.name, about, looker.eyes.text(row.reason), row.declared_at, "hold"))
    seen = Viewing.objects.filter(complaint=complaint).select_related("person").order_by("-at")
    found += [Part(row.person.name, _("Looked at it"), "", row.at) for row in seen[:12]]
    return found
