"""Finding out: who is in charge, evidence, causes, the finding; tasks, claims, flags and links."""

from typing import Annotated

from pydantic import Field

from huiyin.complaints.models import Channel, Claim, CustomerAnswer, Side, Task
from huiyin.interfaces.api.schemas.base import (
    Code,
    Given,
    Id,
    Line,
    MoneyIn,
    Reason,
    Sentence,
    Short,
    Text,
    Time,
)
from huiyin.interfaces.api.schemas.proof import BearingGiven
from huiyin.interfaces.api.schemas.steps import Step, Told


class Investigate(Told):
    """The department (its code) and the person in charge."""

    department: Code
    handler: Id


class ChangeHandler(Step):
    department: Code
    handler: Id
    reason: Reason


class ChangeOwner(Step):
    owner: Id
    reason: Reason


class AddEvidence(Step):
    """One piece of proof; `file` is a file attached to this case before."""

    kind: Annotated[str, Field(max_length=18, pattern="^[a-z][a-z0-9_]*$")]
    title: Line
    source: Line
    obtained_at: Time
    how: Sentence = ""
    note: Text = ""
    file: Id | None = None
    bears: Annotated[list[BearingGiven], Field(max_length=20)] = []


class StrikeEvidence(Step):
    evidence: Id
    reason: Sentence


class JudgeCause(Step):
    cause: Code
    ruled_in: bool
    grounds: Reason


class ResponsibleGiven(Given):
    """Somebody of the house by id, or anybody by name."""

    person: Id | None = None
    name: Short = ""


class Find(Told):
    """What was established; it is fixed for this round."""

    cause: Code
    secondary_cause: Code = ""
    side: Side
    reasons_sufficient: bool
    demand_reasonable: bool
    grounds: Text
    responsible: Annotated[list[ResponsibleGiven], Field(max_length=20)] = []
    no_person_reason: Sentence = ""
    within_control: bool = True
    loss: MoneyIn | None = None
    account_weighed: Text = ""


class MakeTask(Step):
    kind: Task.Kind
    title: Line = ""
    department: Code
    assignee: Id
    due_at: Time


class AcknowledgeTask(Step):
    task: Id


class FinishTask(Step):
    task: Id
    result: Text


class BounceTask(Step):
    task: Id
    to: Id
    reason: Text


class CancelTask(Step):
    task: Id
    reason: Text


class OpenClaim(Step):
    party: Line
    amount: MoneyIn
    basis: Reason
    due_at: Time


class MoveClaim(Step):
    claim: Id
    status: Claim.Status
    note: Text
    recovered: MoneyIn | None = None


class SetFlag(Step):
    flag: Annotated[str, Field(pattern="^(escalated|media|external|compound|unreasonable|wide)$")]
    value: bool
    reason: Text


class DeclareInterest(Step):
    person: Id
    complained_about: bool = True
    reason: Sentence


class Merge(Step):
    """`into` is the number of the case that goes on."""

    into: Code
    reason: Text


class WithReason(Step):
    reason: Text


class LinkRepeat(Step):
    """`earlier` is the number of the case before."""

    earlier: Code


class DeclineUnfounded(Step):
    comment: Text


class RecordAnswer(Step):
    """What the customer said to the explanation."""

    kind: CustomerAnswer.Kind
    text: Text
    via: Channel
