"""What proof says and how it was weighed, and appraisals: what goes in and out."""

from datetime import date, datetime
from typing import Annotated

from pydantic import Field

from huiyin.complaints.models import Appraisal, FeeBearer, Stance
from huiyin.interfaces.api.schemas.base import Code, Day, Given, Id, Line, Money, MoneyIn, Reason, Sentence, Shown, Text
from huiyin.interfaces.api.schemas.rows import PersonRef, Veiled
from huiyin.interfaces.api.schemas.steps import Step


class BearingGiven(Given):
    """`about` is a cause of the category's checklist, or `account` for what the customer says."""

    about: Code
    stance: Stance


class SayBearing(Step):
    evidence: Id
    about: Code
    stance: Stance


class Weigh(Step):
    """What of a cause, or of the customer's own account (`account`), is believed and why."""

    about: Code
    text: Text


class CommissionAppraisal(Step):
    body: Line
    question: Reason
    expected_on: Day


class ConcludeAppraisal(Step):
    """`file` is the written conclusion, attached to this case before."""

    appraisal: Id
    title: Line = ""
    conclusion: Text
    file: Id | None = None
    fee: MoneyIn | None = None
    fee_bearer: FeeBearer | None = None
    company_part: MoneyIn | None = None
    bears: Annotated[list[BearingGiven], Field(max_length=20)] = []


class AbandonAppraisal(Step):
    appraisal: Id
    reason: Sentence


class BearingShown(Shown):
    evidence_id: int
    about: str
    stance: Stance
    at: datetime


class WeighingShown(Shown):
    round: int
    about: str
    text: Veiled
    by: PersonRef
    at: datetime


class AppraisalShown(Shown):
    id: int
    round: int
    body: Veiled
    question: Veiled
    expected_on: date
    status: Appraisal.Status
    fee: Money | None
    fee_bearer: str
    company_part: Money
    conclusion: Veiled
    evidence_id: int | None
    commissioned_by: PersonRef
    commissioned_at: datetime
    ended_at: datetime | None
