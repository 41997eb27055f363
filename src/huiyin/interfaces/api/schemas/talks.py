"""What is shown of a negotiation: expectations, the sheet, the bottom lines, what the law gives, who calls."""

from datetime import datetime

from huiyin.complaints.models import AskedQuestion, Caller, Conduct, Principle, Source
from huiyin.interfaces.api.schemas.base import Money, Shown
from huiyin.interfaces.api.schemas.rows import PersonRef, Veiled


class ExpectationShown(Shown):
    id: int
    demand_id: int | None
    said: Veiled
    precise: Veiled
    fuzzy: bool
    implicit: bool
    unrealistic: bool
    amount: Money | None
    due_at: datetime | None
    remedy: str
    source: Source
    source_note: Veiled
    rank: int | None
    weight: str
    confirmed_at: datetime | None
    replacement: Veiled
    refusal: Veiled
    alternative: Veiled
    proved_by_id: int | None


class AskedShown(Shown):
    id: int
    expectation_id: int | None
    kind: AskedQuestion.Kind
    question: Veiled
    answer: Veiled
    at: datetime


class NextQuestion(Shown):
    """The one question to put now."""

    kind: AskedQuestion.Kind
    expectation: int | None
    text: Veiled


class SceneShown(Shown):
    situation: Veiled
    response: Veiled


class SheetShown(Shown):
    facts: Veiled
    intent: Veiled
    goal: Veiled
    opening: Money | None
    steps: Veiled
    law: Veiled
    evidence_request: Veiled
    alternatives: Veiled
    gain_customer: Veiled
    gain_company: Veiled
    long_term: Veiled
    checks: list[str]
    bottom_line_met: bool
    reason: Veiled
    needs: Veiled
    prepared_by: PersonRef
    prepared_at: datetime
    scenes: list[SceneShown]


class PrincipleShown(Shown):
    id: int
    amount: Money
    text: Veiled
    asked_by: PersonRef
    asked_at: datetime
    decision: Principle.Decision
    decided_by: PersonRef | None
    decided_at: datetime | None
    comment: Veiled


class ConcessionShown(Shown):
    number: int
    before: Money
    amount: Money
    reason: Veiled
    obtained: Veiled
    at: datetime


class ConditionShown(Shown):
    """Something that must be shown, or that rules a basis out, with its name."""

    code: str
    title: str


class BasisShown(Shown):
    """One basis of the law measured by the facts, with its source and how sure we are of it."""

    code: str
    title: str
    source: str
    evidence: str
    amount: Money
    missing: list[ConditionShown]
    against: list[ConditionShown]
    established: bool


class EntitlementShown(Shown):
    """What the law gives: the bases stand side by side and are never added."""

    owed: Money
    ceiling: Money
    clear_floor: Money
    best: str
    read_on: str
    bases: list[BasisShown]


class AboveShown(Shown):
    """A first condition above the norm."""

    text: Veiled
    amount: Money
    norm: Money
    sentence: Veiled


class LikeCase(Shown):
    """A closed case of the same category that this reader may open."""

    number: str
    outcome: str
    option: Veiled
    cost: Money | None
    same_cause: bool
    satisfied: bool | None
    closed_at: datetime | None


class LikeCases(Shown):
    median: Money | None
    decided: int
    cases: list[LikeCase]


class CallerShown(Shown):
    kind: Caller.Kind
    note: Veiled
    sensitive_day: str
    noted_by: PersonRef
    noted_at: datetime


class HandoverShown(Shown):
    to: PersonRef
    by: PersonRef
    consent: bool
    said: Veiled
    emergency: Veiled
    at: datetime


class ConductShown(Shown):
    id: int
    described: Veiled
    status: Conduct.Status
    measures: Veiled
    proposed_by: PersonRef
    decided_by: PersonRef | None
    reviewer: PersonRef | None
    expires_at: datetime | None
    appeal: Veiled
    appeal_upheld: bool | None
    ended_at: datetime | None
    comment: Veiled


class NegotiationShown(Shown):
    """Everything about the negotiation of one case; `missing` is what keeps one from talking to the customer."""

    expectations: list[ExpectationShown]
    asked: list[AskedShown]
    next_question: NextQuestion | None
    proposed_source: Source | None
    preferences: Veiled
    sheet: SheetShown | None
    missing: list[str]
    principles: list[PrincipleShown]
    concessions: list[ConcessionShown]
    entitlement: EntitlementShown | None
    above_norm: list[AboveShown]
    similar: LikeCases
    callers: list[CallerShown]
    handovers: list[HandoverShown]
    conducts: list[ConductShown]


class AdvertisedShown(Shown):
    """A promise of our advertising that customers took at its word, and how many visible cases rest on it."""

    id: int
    promise: str
    cases: int
    opened_at: datetime
    answer: str
    answered_at: datetime | None


class AdvertisedList(Shown):
    promises: list[AdvertisedShown]


class AvoidableCase(Shown):
    number: str
    owner: PersonRef
    option: Veiled
    cost: Money


class AvoidableCases(Shown):
    """Escalated cases whose chosen option lay within the owner's own authority."""

    begins_at: datetime
    ends_at: datetime
    cases: list[AvoidableCase]
