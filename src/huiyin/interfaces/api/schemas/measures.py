"""Figures and service quality: what goes in and out; points and shares are written as text."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, PlainSerializer, WithJsonSchema

from huiyin.interfaces.api.schemas.base import Code, Given, Reason, Seen, Shown
from huiyin.quality.models import Assessment

PointsIn = Annotated[
    Decimal, Field(max_digits=5, decimal_places=2), WithJsonSchema({"type": "number", "examples": [85]})
]
Points = Annotated[
    Decimal,
    PlainSerializer(lambda value: f"{value:.2f}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d{1,3}\.\d{2}$", "examples": ["81.25"]}),
]
Share = Annotated[
    Decimal,
    PlainSerializer(lambda value: f"{value:.1f}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d{1,18}\.\d$", "examples": ["75.0"]}),
]


class FigureNumbers(Shown):
    """What was counted, among how many where it is a share, and the share of 100."""

    counted: int
    among: int | None
    share: Share | None


class FigureShown(Shown):
    """One figure with its formula, beside the period of the same length before."""

    code: str
    title: str
    formula: str
    now: FigureNumbers
    before: FigureNumbers
    change: Share | None


class FiguresShown(Shown):
    begins_at: datetime
    ends_at: datetime
    figures: list[FigureShown]


class AssessGiven(Given):
    """The points of every dimension, 0 to 100: what was expected, or what was felt; said by whom."""

    side: Literal["expected", "actual"]
    rater: Literal["customer", "inspector"]
    points: Annotated[dict[Code, PointsIn], Field(max_length=50)]
    seen: Seen | None = None


class ListItemGiven(Given):
    """One item of a checklist: kept or not, and what shows it."""

    kept: bool
    evidence: Reason


class ChecklistGiven(Given):
    checklist: Code
    items: Annotated[dict[Code, ListItemGiven], Field(max_length=50)]
    seen: Seen | None = None


class SpreadShown(Shown):
    """How far several raters lie apart."""

    raters: int
    lowest: Points
    highest: Points
    widest: str


class GapShown(Shown):
    expected: Points
    actual: Points
    satisfaction: Points
    weakest: str
    by_dimension: dict[str, Points]


class RatedShown(Shown):
    """The newest points of one kind of rater; customer and inspector are kept apart."""

    rater: Assessment.Rater
    expected: dict[str, Points]
    actual: dict[str, Points]
    gap: GapShown | None
    spread: SpreadShown | None


class MarkedShown(Shown):
    code: str
    title: str
    kept: int
    of: int
    share: Points


class QualityShown(Shown):
    """What was measured about the service of a case, by the weights of its pack."""

    number: str
    weights: dict[str, int]
    ratings: list[RatedShown]
    checklists: list[MarkedShown]
    seen: int
