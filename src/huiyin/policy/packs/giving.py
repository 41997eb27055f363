"""What a pack lets somebody give: remedies, small kindnesses, and who may grant how much."""

from dataclasses import dataclass
from decimal import Decimal

from huiyin.policy.packs.titles import Title
from huiyin.policy.working_time import Span


def among(category: str, codes: tuple[str, ...]) -> bool:
    """Whether the category or one of its parents is listed; an empty list lists everything."""
    return not codes or any(category == code or category.startswith(code + ".") for code in codes)


@dataclass(frozen=True)
class Remedy:
    code: str
    kind: str
    title: Title
    level: str
    voluntary: bool
    needs_improvement: bool
    policy_right: bool
    # The company's or the trade's usual amount; a demand above it is warned about (AMB-08, S3-31).
    norm_amount: Decimal | None
    norm_percent_of_order: Decimal | None
    conditions: tuple[Title, ...]
    proof_kinds: tuple[str, ...]
    execution_span: Span
    department: str
    categories: tuple[str, ...]
    # The basis of the law it rests on (P1 … P4): such a remedy is nobody's usual amount.
    basis: str = ""

    def fits(self, category: str) -> bool:
        """Whether the remedy is offered for this category (S0-18)."""
        return among(category, self.categories)

    def norm(self, order_amount: Decimal | None) -> Decimal | None:
        """The usual amount in a case about such an order; None where the pack knows none (AMB-08)."""
        if self.norm_amount is not None or self.norm_percent_of_order is None or order_amount is None:
            return self.norm_amount
        return order_amount * self.norm_percent_of_order / 100


@dataclass(frozen=True)
class SensitiveDay:
    """A day of the year on which complaints about rights are heard by many (S2-48), as 03-15."""

    code: str
    title: Title


@dataclass(frozen=True)
class GoodwillItem:
    """A small kindness that every role may grant once per case (S2-50); never a legal remedy (S3-12)."""

    code: str
    title: Title
    cost: Decimal
    level: str
    proof_kinds: tuple[str, ...]
    suggest_for: tuple[str, ...]


@dataclass(frozen=True)
class Limit:
    """What one role may grant (S2-49): per case, and within a period. None means no limit."""

    role: str
    remedy: str
    per_case: Decimal | None
    period_days: int
    period_budget: Decimal | None

    def __str__(self) -> str:
        return "∞" if self.per_case is None else f"{self.per_case:.2f}"


@dataclass(frozen=True)
class LossBand:
    """The share of performance pay proposed for a loss (S1-40)."""

    who: str
    above: Decimal
    up_to: Decimal | None
    percent: Decimal
