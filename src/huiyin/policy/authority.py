"""Who may grant what: role, remedy, amount and the budget of a period (S2-49), and goodwill open to all (S2-50)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from huiyin.policy.packs.giving import GoodwillItem, Limit
from huiyin.policy.packs.schema import Pack

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CENT = Decimal("0.01")
TOP = Decimal("Infinity")


@dataclass(frozen=True)
class Verdict:
    """The answer to "may they?": the limit it was measured by, and the roles that could say yes, narrowest first."""

    within: bool
    limit: Limit | None
    needed_roles: tuple[str, ...]
    sentence: str | _StrPromise
    params: dict[str, Any] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """Why, as a sentence in the language now active."""
        return str(self.sentence) % self.params


def to_cents(amount: Decimal) -> Decimal:
    """Round half up to the cent; refuses what is negative or no number."""
    if not amount.is_finite() or amount < 0:
        raise ValueError(f"{amount} is no amount of money")
    return amount.quantize(CENT, rounding=ROUND_HALF_UP)


def limit_for(pack: Pack, roles: Iterable[str], remedy: str) -> Limit | None:
    """Give the widest limit that these roles have for a remedy ("*" for a whole option); None when they have none.

    A limit that names the remedy stands in place of the role's general one, also where it is narrower.
    """
    held = [limit for role in sorted(set(roles)) if (limit := _of_role(pack, role, remedy)) is not None]
    return max(held, key=_width, default=None)


def _of_role(pack: Pack, role: str, remedy: str) -> Limit | None:
    named = {limit.remedy: limit for limit in pack.authority if limit.role == role}
    return named.get(remedy, named.get("*"))


def _width(limit: Limit) -> tuple[Decimal, Decimal]:
    per_case = TOP if limit.per_case is None else limit.per_case
    return per_case, TOP if limit.period_budget is None else limit.period_budget


def _covers(limit: Limit, amount: Decimal) -> bool:
    return limit.per_case is None or amount <= limit.per_case


def period_days(pack: Pack, *, roles: Iterable[str], remedy: str) -> int:
    """Give the days whose spending `check` wants to know; 0 where no budget has to be kept."""
    limit = limit_for(pack, roles, remedy)
    return 0 if limit is None or limit.period_budget is None else limit.period_days


def roles_that_may(pack: Pack, remedy: str, amount: Decimal) -> tuple[str, ...]:
    """Give the roles whose limit covers the amount, the narrowest first: whom to ask."""
    amount = to_cents(amount)
    found = (_of_role(pack, role, remedy) for role in {limit.role for limit in pack.authority})
    fitting = [limit for limit in found if limit is not None and _covers(limit, amount)]
    return tuple(limit.role for limit in sorted(fitting, key=lambda limit: (_width(limit), limit.role)))


def check(pack: Pack, *, roles: Iterable[str], remedy: str, amount: Decimal, spent_in_period: Decimal) -> Verdict:
    """Say whether these roles may grant this amount of a remedy in one case (S2-49, S2-09).

    `spent_in_period` is what the person has granted in the last `period_days()`, this case left out. To see that a
    large amount is not cut into small ones, ask again for remedy "*" with the sum of an option.
    """
    amount, spent = to_cents(amount), to_cents(spent_in_period)
    limit = limit_for(pack, roles, remedy)
    params: dict[str, Any] = {"amount": amount, "currency": pack.currency}
    if limit is None:
        sentence = _("Your role has no authority to grant this.")
        return Verdict(False, None, roles_that_may(pack, remedy, amount), sentence)
    params |= {"limit": limit.per_case, "days": limit.period_days, "budget": limit.period_budget, "spent": spent}
    if not _covers(limit, amount):
        sentence = _("%(amount)s %(currency)s is more than your limit of %(limit)s %(currency)s.")
        return Verdict(False, limit, roles_that_may(pack, remedy, amount), sentence, params)
    if limit.period_budget is not None and spent + amount > limit.period_budget:
        sentence = _(
            "You have granted %(spent)s %(currency)s in %(days)s days; with %(amount)s %(currency)s more, your budget"
            " of %(budget)s %(currency)s would be exceeded."
        )
        others = tuple(role for role in roles_that_may(pack, remedy, amount) if role != limit.role)
        return Verdict(False, limit, others, sentence, params)
    return Verdict(True, limit, (), _("%(amount)s %(currency)s is within your limit."), params)


def goodwill_for(pack: Pack, *, category: str = "", causes: Iterable[str] = ()) -> tuple[GoodwillItem, ...]:
    """Give the catalogue open to every role (S2-50), what fits this category or these causes first (S0-35, S0-40)."""
    parts = category.split(".")
    reasons = {*causes, *(".".join(parts[:length]) for length in range(1, len(parts) + 1))}
    return tuple(sorted(pack.goodwill, key=lambda item: not reasons.intersection(item.suggest_for)))
