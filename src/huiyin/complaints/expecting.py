"""What the customer expects, read: how far it is clear, how far it lies above the norm, what to ask him next."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import (
    AskedQuestion,
    AuthorityUse,
    Complaint,
    Demand,
    Expectation,
    Negotiation,
    Option,
    Principle,
    Source,
    Weight,
)
from huiyin.policy.packs.schema import Pack

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Kind = AskedQuestion.Kind
# One question at a time, in this order (S3-32): nobody ranks what is not clear, nor what was never said aloud.
ORDER = (Kind.CLARIFY, Kind.CONFIRM, Kind.WEIGH, Kind.ELSE)
WORDS: dict[Kind, "_StrPromise"] = {
    Kind.CLARIFY: _("You said «%(what)s». By when exactly, or how much, would be right for you?"),
    Kind.CONFIRM: _("Do I understand you rightly that this matters to you too: %(what)s?"),
    Kind.WEIGH: _("How important is «%(what)s» to you? If one thing had to wait, could it be this?"),
    Kind.ELSE: _("Is there anything else that you expect of us?"),
}
# Questions with which the customer is led to look for the way out together (S2-34); authored here.
GUIDES: tuple["_StrPromise", ...] = (
    _("If you were to decide it, what would be the first thing to put right?"),
    _("What would have to be different so that you could say: it is settled?"),
    _("Which of these two ways helps you more, and why?"),
    _("What should never happen again, whatever we agree on today?"),
    _("Shall we look at it together from the beginning, so that I leave nothing out?"),
)


@dataclass(frozen=True)
class Question:
    """What to ask the customer next, about which expectation."""

    kind: AskedQuestion.Kind
    words: "_StrPromise"
    expectation: Expectation | None = None

    @property
    def text(self) -> str:
        what = (self.expectation.said or self.expectation.precise) if self.expectation else ""
        return str(self.words) % {"what": what}


@dataclass(frozen=True)
class Talks:
    """Everything a case holds about expectations and their negotiation, read once."""

    expectations: tuple[Expectation, ...]
    sheet: Negotiation | None
    principles: tuple[Principle, ...]

    @property
    def anything(self) -> bool:
        return bool(self.expectations or self.sheet or self.principles)

    @property
    def ranked(self) -> tuple[Expectation, ...]:
        return tuple(one for one in self.expectations if one.rank is not None)

    @property
    def principle(self) -> Principle | None:
        """The bottom line that holds: the last one that was approved."""
        approved = [one for one in self.principles if one.decision == Principle.Decision.APPROVED]
        return approved[-1] if approved else None

    @property
    def awaited(self) -> Principle | None:
        """The bottom line somebody is still to decide on."""
        return next((one for one in self.principles if one.decision == Principle.Decision.PENDING), None)


def talks(complaint: Complaint) -> Talks:
    """The expectations still held, the sheet and the bottom lines of a case: three queries, none where none is."""
    if not complaint.bargained:
        return Talks((), None, ())
    return Talks(
        tuple(Expectation.objects.filter(complaint=complaint, dropped_at=None)),
        Negotiation.objects.filter(complaint=complaint).first(),
        tuple(Principle.objects.filter(complaint=complaint)),
    )


def begin(complaint: Complaint) -> None:
    """Let readers know that there is something to read."""
    if not complaint.bargained:
        complaint.bargained = True
        complaint.save(update_fields=["bargained"])


def next_question(expectations: Sequence[Expectation], asked: Iterable[AskedQuestion]) -> Question | None:
    """The one question to put now, or nothing when everything was asked (S3-32, S3-34)."""
    done = {(row.kind, row.expectation_id) for row in asked}
    for kind in ORDER[:-1]:
        for one in expectations:
            if _open(one, kind) and (kind != Kind.WEIGH or (kind.value, one.pk) not in done):
                return Question(kind, WORDS[kind], one)
    if expectations and (Kind.ELSE.value, None) not in done:
        return Question(Kind.ELSE, WORDS[Kind.ELSE])
    return None


def _open(one: Expectation, kind: AskedQuestion.Kind) -> bool:
    if kind == Kind.CLARIFY:
        return one.fuzzy and not one.is_precise
    return one.hidden if kind == Kind.CONFIRM else True


def asked_about(asked: Iterable[AskedQuestion]) -> frozenset[int]:
    """The expectations whose weight the customer was asked for, and answered (S3-34)."""
    found = (row.expectation_id for row in asked if row.kind == Kind.WEIGH and row.answer.strip())
    return frozenset(pk for pk in found if pk is not None)


def weight_of(one: Expectation) -> str:
    """What can be done without; the first in rank never can (S3-35)."""
    return Weight.MUST.value if one.rank == 1 else one.weight


# --- The norm (AMB-08) ------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Above:
    """An amount asked for that lies above what is usual, and how many times."""

    text: str
    amount: Decimal
    norm: Decimal

    @property
    def times(self) -> Decimal | None:
        return (self.amount / self.norm).quantize(Decimal("0.1")) if self.norm else None


def standard(pack: Pack, complaint: Complaint, remedy: str = "") -> Decimal | None:
    """The usual amount of a remedy, or the highest of all that are offered; None where the pack knows none.

    What rests on a basis of the law is nobody's usual amount: it is owed when it is shown (standards 4.7).
    """
    named = [one for one in pack.remedies if one.code == remedy]
    offered = named or [one for one in pack.remedies_for(complaint.category) if not one.basis]
    norms = [norm for one in offered if (norm := one.norm(complaint.amount)) is not None]
    return max(norms, default=None)


def above_norm(
    pack: Pack, complaint: Complaint, expectations: Sequence[Expectation], demands: Iterable[Demand]
) -> list[Above]:
    """The first conditions that lie above the norm; what the customer has a right to is never among them (AMB-08)."""
    if pack.settings.negotiation_first_demand == "off":
        return []
    taken_over = {one.demand_id for one in expectations}
    asked = [(one.text, one.amount, "") for one in demands if one.pk not in taken_over]
    asked += [(one.said or one.precise, one.amount, one.remedy) for one in expectations if not _by_right(one, pack)]
    found = []
    for text, amount, remedy in asked:
        norm = standard(pack, complaint, remedy)
        if amount is not None and norm is not None and amount > norm:
            found.append(Above(text, amount, norm))
    return found


def _by_right(one: Expectation, pack: Pack) -> bool:
    """A right of the customer that has no usual amount: nothing measures it."""
    remedies = [row for row in pack.remedies if row.code == one.remedy]
    return any(row.policy_right and row.norm_amount is None and row.norm_percent_of_order is None for row in remedies)


def proposed_source(complaint: Complaint) -> Source | None:
    """Where the expectation probably comes from: somebody who was given something before expects it again (S3-21)."""
    earlier = Complaint.objects.filter(customer=complaint.customer_id).exclude(pk=complaint.pk)
    kindness = AuthorityUse.objects.filter(complaint__in=earlier.values("pk"))
    given = Option.objects.filter(plan__complaint__in=earlier.values("pk"), status=Option.Status.EXECUTED)
    return Source.HISTORY if kindness.exists() or given.exists() else None
