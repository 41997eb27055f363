"""What a meal should have cost: the discount holds for part of it, the rest is paid in full (S4-118).

A pure calculation, shown step by step: 300 in all, 80 of it not discounted, 8.8折 → 220 × 0.88 + 80 = 273.60.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.rules import Refusal

CENT = Decimal("0.01")
FINEST = Decimal("0.0001")
NOTHING, WHOLE = Decimal(0), Decimal(1)
_WRITTEN = re.compile(r"(?P<number>\d{1,3}(?:\.\d{1,3})?)\s*(?P<unit>折|%|％)?", re.ASCII)


class BillUnclear(Refusal):
    rule = rules.BILL_ADDS_UP
    sentence = _("The bill does not add up: what is not discounted lies between nothing and the whole of %(total)s.")
    unblock = _("Check the total and each line.")


class DiscountUnclear(Refusal):
    rule = rules.BILL_ADDS_UP
    sentence = _("The discount «%(discount)s» leaves no share between nothing and all to be paid.")
    unblock = _("Write it as 8.8折, as 0.88, or as a percentage to be paid.")


@dataclass(frozen=True)
class Line:
    """Something that is paid in full: seafood, specials, drinks."""

    what: str
    amount: Decimal


@dataclass(frozen=True)
class Bill:
    """`share` is what remains to be paid of what is discounted: 0.88 for 8.8折."""

    total: Decimal
    excluded: tuple[Line, ...] = ()
    share: Decimal = WHOLE
    minimum: Decimal | None = None
    excluded_counts: bool = True
    charged: Decimal | None = None


@dataclass(frozen=True)
class Result:
    """Each step of the calculation, what is due, and what follows from it."""

    total: Decimal
    excluded: Decimal
    discounted: Decimal
    share: Decimal
    after_discount: Decimal
    due: Decimal
    spent: Decimal
    minimum_met: bool | None
    difference: Decimal | None

    @property
    def overcharged(self) -> Decimal:
        """What was charged beyond what is due."""
        return max(NOTHING, self.difference or NOTHING)


def recalculate(bill: Bill) -> Result:
    """Say what a bill should come to; refuses negative amounts, exclusions beyond the total, and an unusable share."""
    amounts = [bill.total, *(line.amount for line in bill.excluded), bill.minimum or NOTHING, bill.charged or NOTHING]
    if any(not one.is_finite() or one < 0 for one in amounts):
        raise BillUnclear(total=bill.total, missing=("total",))
    excluded = sum((_cents(line.amount) for line in bill.excluded), NOTHING)
    total = _cents(bill.total)
    if total <= 0 or excluded > total:
        raise BillUnclear(total=bill.total, missing=("total", "excluded"))
    if not bill.share.is_finite() or not 0 < bill.share <= 1 or bill.share != bill.share.quantize(FINEST):
        raise DiscountUnclear(discount=bill.share, missing=("discount",))
    discounted = total - excluded
    after_discount = _cents(discounted * bill.share)
    due = after_discount + excluded
    spent = total if bill.excluded_counts else discounted
    return Result(
        total=total,
        excluded=excluded,
        discounted=discounted,
        share=bill.share,
        after_discount=after_discount,
        due=due,
        spent=spent,
        minimum_met=None if bill.minimum is None else spent >= _cents(bill.minimum),
        difference=None if bill.charged is None else _cents(bill.charged) - due,
    )


def share_of(written: str) -> Decimal:
    """The share to be paid as people write it: 8.8折 and 88折 are 0.88, 88% and 0.88 too; refuses anything else.

    A bare number up to one is the share itself, up to ten it is 折, above that a percentage.
    """
    match = _WRITTEN.fullmatch(written.strip())
    if match is None:
        raise DiscountUnclear(discount=written, missing=("discount",))
    try:
        number = Decimal(match["number"])
    except InvalidOperation:
        raise DiscountUnclear(discount=written, missing=("discount",)) from None
    share = number / _divisor(number, match["unit"])
    if not 0 < share <= 1:
        raise DiscountUnclear(discount=written, missing=("discount",))
    return share


def _divisor(number: Decimal, unit: str | None) -> Decimal:
    if unit == "折":
        return Decimal(10) if number <= 10 else Decimal(100)
    if unit is not None:
        return Decimal(100)
    if number <= 1:
        return WHOLE
    return Decimal(10) if number <= 10 else Decimal(100)


def lines(pairs: Sequence[tuple[str, Decimal | None]]) -> tuple[Line, ...]:
    """The lines of a form without the empty ones."""
    return tuple(Line(what.strip(), amount) for what, amount in pairs if amount is not None)


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)
