"""Weighted ratings and the gap between what was felt and what was expected; pure functions, all in points of 100."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")
WHOLE = 100


@dataclass(frozen=True)
class Gap:
    """Satisfaction as feeling minus expectation (S3-19): in all, by dimension, and the dimension that fell shortest."""

    expected: Decimal
    actual: Decimal
    by_dimension: dict[str, Decimal]

    @property
    def satisfaction(self) -> Decimal:
        return self.actual - self.expected

    @property
    def weakest(self) -> str:
        """The dimension with the lowest gap; of equals the one listed first."""
        return min(self.by_dimension, key=lambda code: self.by_dimension[code])


def composite(weights: Mapping[str, int], ratings: Mapping[str, Decimal]) -> Decimal:
    """Give the sum of weight × rating, in points of 100, half up to the hundredth (S3-08).

    Raises ValueError when the weights do not add up to 100 or a dimension is not rated.
    """
    if sum(weights.values()) != WHOLE:
        raise ValueError(f"The weights add up to {sum(weights.values())}, not to {WHOLE}.")
    if set(weights) != set(ratings):
        raise ValueError("Ratings and weights name different dimensions.")
    whole = sum((weight * ratings[code] for code, weight in weights.items()), Decimal(0)) / WHOLE
    return whole.quantize(HUNDREDTH, ROUND_HALF_UP)


def gap(weights: Mapping[str, int], expected: Mapping[str, Decimal], actual: Mapping[str, Decimal]) -> Gap:
    """Give what the customer felt against what he expected (S3-19)."""
    differences = {code: actual[code] - expected[code] for code in weights}
    return Gap(composite(weights, expected), composite(weights, actual), differences)


def share(kept: int, of: int) -> Decimal:
    """Give the share of a checklist that is shown by evidence, in points of 100 (AMB-09)."""
    return (Decimal(kept) * WHOLE / of).quantize(HUNDREDTH, ROUND_HALF_UP)
