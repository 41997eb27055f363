"""Visits and bills: what goes in and out; the discount is the share to be paid, 0.88 for 8.8折."""

from datetime import datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StringConstraints

from huiyin.complaints.models import FieldVisit
from huiyin.interfaces.api.schemas.base import Given, Id, Line, Money, MoneyIn, Short, Shown, Text, Time
from huiyin.interfaces.api.schemas.rows import PersonRef, Veiled
from huiyin.interfaces.api.schemas.steps import Step


class ReportVisit(Step):
    """`file` is a file attached to this case before."""

    task: Id
    way: FieldVisit.Way
    place: Line
    met: Line
    visited_at: Time
    verdict: FieldVisit.Verdict
    observed: Text
    file: Id | None = None


class ExcludedGiven(Given):
    what: Short
    amount: MoneyIn


class RecalculateBill(Step):
    """`share` is what remains to be paid of what is discounted, as text: "0.88"."""

    source: Line
    total: MoneyIn
    excluded: Annotated[list[ExcludedGiven], Field(max_length=20)] = []
    share: Annotated[str, StringConstraints(pattern=r"^(0(\.\d{1,4})?|1(\.0{1,4})?)$")] = "1"
    minimum: MoneyIn | None = None
    excluded_counts: bool = True
    charged: MoneyIn | None = None
    evidence: Id | None = None


class VisitShown(Shown):
    task_id: int
    way: FieldVisit.Way
    place: Veiled
    met: Veiled
    visited_at: datetime
    verdict: FieldVisit.Verdict
    observed: Veiled
    evidence_id: int
    reported_by: PersonRef
    reported_at: datetime


class ExcludedShown(Shown):
    what: Veiled
    amount: Money


class BillShown(Shown):
    """A bill with each step of its calculation."""

    id: int
    source: Veiled
    lines: list[ExcludedShown]
    total: Money
    excluded: Money
    discounted: Money
    share: Decimal
    after_discount: Money
    due: Money
    minimum: Money | None
    minimum_met: bool | None
    charged: Money | None
    overcharged: Money
    by: PersonRef
    at: datetime
