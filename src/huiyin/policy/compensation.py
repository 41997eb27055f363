"""What the law adds to refund and loss: four bases of claim, each with its own burden, floor and limits (4.7).

Pure functions of what was shown. The numbers stand in `data/compensation_cn.toml` with their source, how sure we are of
it and the day it was read; nothing here is legal advice.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache
from pathlib import Path
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.policy import rules
from huiyin.policy.authority import to_cents
from huiyin.policy.packs.titles import Title
from huiyin.rules import Refusal

LAW = Path(__file__).parent / "data" / "compensation_cn.toml"
ZERO = Decimal("0.00")


class TwoBases(Refusal):
    rule = rules.ONE_BASIS
    sentence = _("One purchase carries one basis of claim; %(bases)s are never added up.")
    unblock = _("Take the one that gives more, and let the customer change it if he wishes.")


class UnknownCondition(Refusal):
    rule = rules.BASIS_SHOWN
    sentence = _("«%(code)s» is no condition of any basis.")
    unblock = _("Answer the conditions that are listed.")


@dataclass(frozen=True)
class Condition:
    """Something that must be shown, or that rules a basis out; the latter names its own source."""

    code: str
    title: Title
    source: str = ""
    evidence: str = ""


@dataclass(frozen=True)
class Basis:
    """One basis of claim: multiples, floor, what must be shown, what rules it out, and where all this stands."""

    code: str
    title: Title
    source: str
    evidence: str
    price_times: Decimal | None
    loss_times: Decimal | None
    floor: Decimal
    at_most: bool
    needs: tuple[Condition, ...]
    excepted: tuple[Condition, ...]
    read_on: date

    def amount(self, price: Decimal, loss: Decimal) -> Decimal:
        """What it adds on top of refund and ordinary loss: the larger of its multiples, never below its floor."""
        of_price = price * self.price_times if self.price_times is not None else ZERO
        of_loss = loss * self.loss_times if self.loss_times is not None else ZERO
        return to_cents(max(of_price, of_loss, self.floor))


@dataclass(frozen=True)
class Facts:
    """What is known of one purchase.

    `price` is what was really paid, `household_price` the part of it that a household would use, where the buyer knew
    what he bought; `loss` is the ordinary loss that is proved, `promised` what the shop itself promised for such a
    case.
    """

    price: Decimal
    refund: Decimal = ZERO
    loss: Decimal = ZERO
    household_price: Decimal | None = None
    promised: Decimal = ZERO
    shown: frozenset[str] = frozenset()
    ruled_out: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Result:
    """One basis measured by the facts: what it adds, what is still to be shown, what speaks against it."""

    basis: Basis
    amount: Decimal
    missing: tuple[Condition, ...]
    against: tuple[Condition, ...]

    @property
    def established(self) -> bool:
        return not self.missing and not self.against

    @property
    def still_open(self) -> bool:
        """Nothing rules it out, and something is still to be shown."""
        return bool(self.missing) and not self.against

    @property
    def least(self) -> Decimal:
        """What an established basis gives at least; a basis «up to» guarantees nothing."""
        return ZERO if self.basis.at_most else self.amount


@dataclass(frozen=True)
class Assessment:
    """All four bases side by side; they are compared, never added (PEN-2)."""

    facts: Facts
    results: tuple[Result, ...]

    @property
    def owed(self) -> Decimal:
        """Refund and ordinary loss: owed on any basis, to a knowing buyer too (PEN-1)."""
        return to_cents(self.facts.refund + self.facts.loss)

    @property
    def best(self) -> Result | None:
        """The established basis that gives most."""
        return max((one for one in self.results if one.established), key=lambda one: one.amount, default=None)

    @property
    def ceiling(self) -> Decimal:
        """The most the law gives on what was shown; a promise of the shop above it binds (PEN-3)."""
        added = self.best.amount if self.best else ZERO
        return max(to_cents(self.owed + added), to_cents(self.facts.promised))

    @property
    def clear_floor(self) -> Decimal:
        """What the customer has a clear right to: nothing below it may be called the legal maximum (PEN-3)."""
        least = max((one.least for one in self.results if one.established), default=ZERO)
        return max(to_cents(self.owed + least), to_cents(self.facts.promised))

    @property
    def questions(self) -> tuple[Condition, ...]:
        """The evidence still asked for, each condition once, in the order of the bases."""
        asked = {one.code: one for result in self.results if result.still_open for one in result.missing}
        return tuple(asked.values())

    def exceeds(self, offer: Decimal) -> bool:
        """Whether an offer lies above the ceiling, and so needs a senior's approval."""
        return to_cents(offer) > self.ceiling

    def may_be_called_maximum(self, offer: Decimal) -> bool:
        """Whether an offer may be called the legal maximum: not below what is clear, nor below what is still open."""
        undecided = max((self.owed + one.amount for one in self.results if one.still_open), default=ZERO)
        return to_cents(offer) >= max(self.ceiling, self.clear_floor, undecided)

    def on(self, codes: Iterable[str]) -> Result:
        """The one basis a claim rests on; refuses two for one purchase."""
        chosen = sorted(set(codes))
        if len(chosen) != 1:
            raise TwoBases(bases=" + ".join(chosen))
        return next(one for one in self.results if one.basis.code == chosen[0])


def assess(facts: Facts) -> Assessment:
    """Measure one purchase by every basis; refuses conditions nobody asked about, and amounts that are none."""
    for amount in (facts.price, facts.refund, facts.loss, facts.promised, facts.household_price or ZERO):
        to_cents(amount)
    known = {one.code for basis in bases() for one in (*basis.needs, *basis.excepted)}
    for code in sorted((facts.shown | facts.ruled_out) - known):
        raise UnknownCondition(code=code, missing=("shown",))
    return Assessment(facts, tuple(_measure(basis, facts) for basis in bases()))


def _measure(basis: Basis, facts: Facts) -> Result:
    price = facts.price if facts.household_price is None else min(facts.price, facts.household_price)
    denied = tuple(one for one in basis.needs if one.code in facts.ruled_out)
    excepted = tuple(one for one in basis.excepted if one.code in facts.shown)
    missing = tuple(one for one in basis.needs if one.code not in facts.shown and one not in denied)
    return Result(basis, basis.amount(price, facts.loss), missing, (*denied, *excepted))


@lru_cache(maxsize=1)
def bases() -> tuple[Basis, ...]:
    """The four bases as the file has them."""
    told = tomllib.loads(LAW.read_text(encoding="utf-8"), parse_float=Decimal)
    return tuple(_basis(one, told["read_on"]) for one in told["basis"])


def basis(code: str) -> Basis:
    return next(one for one in bases() if one.code == code)


def _basis(told: Mapping[str, Any], read_on: date) -> Basis:
    return Basis(
        code=told["code"],
        title=_title(told),
        source=told["source"],
        evidence=told["evidence"],
        price_times=_times(told, "price_times"),
        loss_times=_times(told, "loss_times"),
        floor=to_cents(Decimal(told.get("floor", 0))),
        at_most=told.get("at_most", False),
        needs=tuple(_condition(one) for one in told["needs"]),
        excepted=tuple(_condition(one) for one in told.get("except", ())),
        read_on=read_on,
    )


def _times(told: Mapping[str, Any], key: str) -> Decimal | None:
    return Decimal(told[key]) if key in told else None


def _condition(told: Mapping[str, Any]) -> Condition:
    return Condition(told["code"], _title(told), told.get("source", ""), told.get("evidence", ""))


def _title(told: Mapping[str, Any]) -> Title:
    return Title(told["title"]["zh"], told["title"]["en"])
