"""The rows of a case as they are shown: references by id and name, texts as this reader may see them."""

from datetime import date, datetime
from typing import Annotated, Any

from pydantic import AfterValidator, ValidationInfo

from huiyin.complaints.models import (
    Action,
    Approval,
    Callback,
    Channel,
    Claim,
    ClosingQuestion,
    CustomerAnswer,
    OfferMode,
    Option,
    Plan,
    PromiseKind,
    PromiseStatus,
    Side,
    Task,
)
from huiyin.interfaces.api.schemas.base import Money, Shown


def _veil(value: str, info: ValidationInfo) -> str:
    """Cover what is private for a reader who may not reveal it; the one who shows the row says how."""
    cover = (info.context or {})["veil"]
    return str(cover(value))


Veiled = Annotated[str, AfterValidator(_veil)]


class PersonRef(Shown):
    id: int
    name: str


class DepartmentRef(Shown):
    code: str
    name: str


class DemandShown(Shown):
    id: int
    rank: int
    text: Veiled
    must: bool
    amount: Money | None
    dropped_at: datetime | None


class EmotionShown(Shown):
    level: int
    note: Veiled
    source: str
    at: datetime


class RegistrationShown(Shown):
    complainant: Veiled
    object: Veiled
    happened_on: date | None
    happened_where: Veiled
    happened_step: Veiled
    matter: Veiled
    emotion_note: Veiled
    restated: Veiled
    restatement_confirmed_at: datetime | None


class TaskShown(Shown):
    id: int
    round: int
    kind: Task.Kind
    title: Veiled
    department: DepartmentRef
    assignee: PersonRef
    made_by: PersonRef | None
    made_at: datetime
    due_at: datetime
    status: Task.Status
    acknowledged_at: datetime | None
    bounce_count: int
    result: Veiled
    done_at: datetime | None
    breached_at: datetime | None


class EvidenceShown(Shown):
    id: int
    round: int
    kind: str
    title: Veiled
    source: Veiled
    how: Veiled
    obtained_at: datetime
    note: Veiled
    file_id: int | None
    file_sha256: str
    added_by: PersonRef | None
    added_at: datetime
    independent: bool
    struck_at: datetime | None
    struck_reason: Veiled


class CauseShown(Shown):
    id: int
    round: int
    cause: str
    ruled_in: bool
    grounds: Veiled
    by: PersonRef
    at: datetime


class ResponsibleShown(Shown):
    person_id: int | None
    name: Veiled


class FindingShown(Shown):
    id: int
    round: int
    cause: str
    secondary_cause: str
    side: Side
    reasons_sufficient: bool
    demand_reasonable: bool
    founded: bool
    grounds: Veiled
    within_control: bool
    responsible: list[ResponsibleShown]
    no_person_reason: Veiled
    loss: Money
    recovered: Money
    issued_by: PersonRef
    issued_at: datetime


class LineShown(Shown):
    id: int
    remedy: str
    title: Veiled
    amount: Money
    level: str
    voluntary: bool
    policy_right: bool
    proof: str


class AnswerShown(Shown):
    demand_id: int
    text: Veiled
    deviation: Veiled


class OptionShown(Shown):
    id: int
    rank: int
    title: Veiled
    status: Option.Status
    recovery: Money
    recovery_note: Veiled
    execute_within_minutes: int
    lines: list[LineShown]
    answers: list[AnswerShown]


class PlanShown(Shown):
    id: int
    round: int
    number: int
    status: Plan.Status
    mode: OfferMode
    single_reason: Veiled
    prepared_by: PersonRef
    prepared_at: datetime
    offered_rank: int
    options: list[OptionShown]


class ApprovalShown(Shown):
    id: int
    plan_id: int
    afterwards: bool
    needed_role: str
    amount: Money
    asked_by: PersonRef
    asked_at: datetime
    decision: Approval.Decision
    decided_by: PersonRef | None
    decided_at: datetime | None
    comment: Veiled


class CustomerAnswerShown(Shown):
    id: int
    kind: CustomerAnswer.Kind
    round: int
    option_id: int | None
    score: int | None
    text: Veiled
    via: Channel
    recorded_by: PersonRef | None
    at: datetime


class ActionShown(Shown):
    id: int
    round: int
    remedy: str
    title: Veiled
    amount: Money
    assignee: PersonRef
    department: DepartmentRef | None
    due_at: datetime
    status: Action.Status
    proof_kind: str
    proof_reference: Veiled
    proof_file_id: int | None
    done_at: datetime | None
    customer_told_at: datetime | None
    arrived_at: datetime | None
    arrival_told_at: datetime | None
    breached_at: datetime | None


class AttemptShown(Shown):
    at: datetime
    medium: Channel
    reached: bool
    note: Veiled
    person_id: int


class CallbackShown(Shown):
    id: int
    round: int
    kind: Callback.Kind
    due_at: datetime
    status: Callback.Status
    satisfied: Callback.Satisfied
    end_condition_met: bool
    matter_score: int | None
    feeling_score: int | None
    comment: Veiled
    trust_gained: bool
    reached_at: datetime | None
    breached_at: datetime | None
    attempts: list[AttemptShown]


class ContactAttemptShown(Shown):
    id: int
    round: int
    medium: Channel
    reached: bool
    final_notice: bool
    note: Veiled
    person: PersonRef
    at: datetime


class ClaimShown(Shown):
    id: int
    party: Veiled
    amount: Money
    basis: Veiled
    status: Claim.Status
    recovered: Money
    owner: PersonRef
    opened_at: datetime
    due_at: datetime
    ended_at: datetime | None


class ReviewShown(Shown):
    round: int
    what_caused_it: Veiled
    what_we_learnt: Veiled
    how_to_avoid: Veiled
    what_to_improve: Veiled
    lesson: Veiled
    written_by: PersonRef
    written_at: datetime


class ClosingQuestionShown(Shown):
    round: int
    question: ClosingQuestion.Question
    proposed: bool
    text: Veiled
    answered_by: PersonRef
    answered_at: datetime


class DecisionShown(Shown):
    id: int
    body: Veiled
    agreement: bool
    summary: Veiled
    document_id: int
    decided_on: date
    recorded_by: PersonRef
    recorded_at: datetime


class ConfirmationShown(Shown):
    id: int
    move: str
    round: int
    reason: Veiled
    asked_by: PersonRef
    asked_at: datetime
    decided_by: PersonRef | None
    decided_at: datetime | None
    confirmed: bool | None
    comment: Veiled


class OverrideShown(Shown):
    rule: str
    round: int
    reason: Veiled
    approver: PersonRef
    at: datetime


class InterestShown(Shown):
    person: PersonRef
    complained_about: bool
    reason: Veiled
    declared_at: datetime


class FileShown(Shown):
    id: int
    name: Veiled
    size: int
    sha256: str
    media_type: str
    at: datetime
    public_to_customer: bool


class PackShown(Shown):
    """A pack version the case stands under."""

    code: str
    version: str
    base: bool
    attached_at: datetime


class ClockShown(Shown):
    """A promise or a clock of the rules."""

    id: int
    kind: PromiseKind
    code: str
    title: Veiled
    round: int
    start_at: datetime
    target_at: datetime | None
    due_at: datetime
    status: PromiseStatus
    provisional: bool
    ours: bool
    ended_at: datetime | None
    breached_at: datetime | None
    kept_at: datetime | None
    kept_early_seconds: int | None
    replaces_id: int | None
    replaced_reason: Veiled


class NearestClock(Shown):
    """What a list says of the clock that runs out first."""

    kind: PromiseKind
    code: str
    what: Veiled
    due_at: datetime
    status: PromiseStatus


class PromiseShown(ClockShown):
    """The same with what its time was counted from, skipped, paused, and on which basis."""

    why: dict[str, Any]
