"""Remedies from the catalogue of the case's pack: nothing else is ever promised (S2-09)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.models import Option, RemedyLine
from huiyin.policy import authority
from huiyin.policy.packs.giving import Remedy
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal

ZERO = Decimal("0.00")
# Nothing would limit a refund that costs nothing on paper (S2-49).
PAID_IN_MONEY = ("return", "price_cut", "compensation")


class UnknownRemedy(Refusal):
    rule = rules.KNOWN_REMEDY
    sentence = _("«%(remedy)s» is not in the catalogue for this kind of complaint.")
    unblock = _("Choose a remedy that is offered for it.")


class NoAmount(Refusal):
    rule = rules.KNOWN_REMEDY
    sentence = _("«%(remedy)s» has no proper amount of money.")
    unblock = _("Write an amount of zero or more.")


class MoneyUnsaid(Refusal):
    rule = rules.OPTIONS_COMPLETE
    sentence = _("«%(remedy)s» pays money and does not say how much.")
    unblock = _("Write the amount; what is promised is what was approved.")


@dataclass(frozen=True)
class Line:
    """One remedy of an option: what from the catalogue, for how much, under its own title or the catalogue's."""

    remedy: str
    amount: Decimal = ZERO
    title: str = ""


def lines_of(option: Option, lines: Iterable[Line], *, pack: Pack, category: str) -> list[RemedyLine]:
    """An option's remedies, unsaved, with level, proof and rights as the catalogue has them; refuses all others."""
    return [_row(option, line, remedy_for(pack, line.remedy, category)) for line in lines]


def remedy_for(pack: Pack, code: str, category: str) -> Remedy:
    """The remedy of this code if the pack offers it for this category (S0-18); refuses any other."""
    found = next((remedy for remedy in pack.remedies if remedy.code == code and remedy.fits(category)), None)
    if found is None:
        raise UnknownRemedy(remedy=code, missing=("remedy",))
    return found


def _row(option: Option, line: Line, remedy: Remedy) -> RemedyLine:
    try:
        amount = authority.to_cents(Decimal(line.amount))
    except (ValueError, ArithmeticError) as error:
        raise NoAmount(remedy=str(remedy.title), missing=("amount",)) from error
    if remedy.kind in PAID_IN_MONEY and not amount:
        raise MoneyUnsaid(remedy=str(remedy.title), missing=("amount",))
    return RemedyLine(
        option=option,
        remedy=remedy.code,
        title=line.title.strip() or str(remedy.title),
        amount=amount,
        level=remedy.level,
        voluntary=remedy.voluntary,
        policy_right=remedy.policy_right,
        proof=remedy.proof_kinds[0] if remedy.proof_kinds else "",
    )
