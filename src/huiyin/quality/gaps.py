"""Weighted ratings and the gap between what was felt and what was expected; pure functions, all in points of 100."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")
WHOLE = 100
SEVERAL = 2


@dataclass(frozen=True)
class Gap:
    """Satisfaction as feeling minus expectation (S3-19): in all, by dimension, and the dimension that fell shortest.

    `rated` holds what was expected and what was felt, by dimension.
    """

    expected: Decimal
    actual: Decimal
    rated: dict[str, tuple[Decimal, Decimal]]

    @property
    def satisfaction(self) -> Decimal:
        return self.actual - self.expected

    @property
    def by_dimension(self) -> dict[str, Decimal]:
        return {code: actual - expected for code, (expected, actual) in self.rated.items()}

    @property
    def weakest(self) -> str:
        """The dimension with the lowest gap; of equals the one listed first."""
        gaps = self.by_dimension
        return min(gaps, key=lambda code: gaps[code])


@dataclass(frozen=True)
class Spread:
    """How far the ratings of several raters lie apart (S3-14): lowest and highest by dimension, and in all."""

    raters: int
    by_dimension: dict[str, tuple[Decimal, Decimal]]
    lowest: Decimal
    highest: Decimal

    @property
    def width(self) -> Decimal:
        return self.highest - self.lowest

    @property
    def widest(self) -> str:
        """The dimension the raters agree on least; of equals the one listed first."""
        return max(self.by_dimension, key=lambda code: self.by_dimension[code][1] - self.by_dimension[code][0])


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
    rated = {code: (expected[code], actual[code]) for code in weights}
    return Gap(composite(weights, expected), composite(weights, actual), rated)


def spread(weights: Mapping[str, int], ratings: Sequence[Mapping[str, Decimal]]) -> Spread | None:
    """Give how far ratings lie apart (S3-14), each of another rater; one alone has no spread."""
    if len(ratings) < SEVERAL:
        return None
    whole = [composite(weights, one) for one in ratings]
    by_dimension = {code: (min(r[code] for r in ratings), max(r[code] for r in ratings)) for code in weights}
    return Spread(len(ratings), by_dimension, min(whole), max(whole))


def share(kept: int, of: int) -> Decimal:
    """Give the share of a checklist that is shown by evidence, in points of 100 (AMB-09)."""
    return (Decimal(kept) * WHOLE / of).quantize(HUNDREDTH, ROUND_HALF_UP)
