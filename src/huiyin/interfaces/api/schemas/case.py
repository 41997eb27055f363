"""A case in a list, a case in full, its timeline, and what may be done with it."""

from datetime import date, datetime
from typing import Any

from huiyin.complaints.models import Apology, Channel
from huiyin.complaints.states import Outcome, State
from huiyin.interfaces.api.schemas import coordination, network, partners, proof, rows, venue
from huiyin.interfaces.api.schemas.base import Money, Shown


class MessageShown(Shown):
    direction: str
    medium: str
    text: rows.Veiled
    apology: Apology
    proactive: bool
    answered_at: datetime | None


class Flags(Shown):
    minor: bool
    compound: bool
    escalated: bool
    media: bool
    external: bool
    unreasonable: bool
    wide: bool
    difficult: bool


class CaseRow(Shown):
    """One case in a list, with its nearest clock."""

    number: str
    title: str
    state: State
    outcome: Outcome | None
    round: int
    channel: Channel
    category: str
    customer: str
    owner: rows.PersonRef
    handler: rows.PersonRef | None
    amount: Money | None
    flags: Flags
    received_at: datetime
    next_due_at: datetime | None
    waiting_since: datetime | None
    clock: rows.NearestClock | None
    unread: bool
    looking: list[str]


class CasePage(Shown):
    """One page of a list; `after` asks for the next one, and is nothing on the last."""

    rows: list[CaseRow]
    after: str | None


class IdentityShown(Shown):
    id: int
    kind: str
    shown: str
    verified: bool
    masked: bool
    may_reveal: bool


class CustomerShown(Shown):
    """The customer as this reader may see him; a masked value is never written back."""

    id: int
    name: str
    kind: str
    tier: str
    card_number: str
    address: str
    identities: list[IdentityShown]
    masked: bool


class Inquiry(Shown):
    tasks: list[rows.TaskShown]
    evidence: list[rows.EvidenceShown]
    bearings: list[proof.BearingShown]
    weighings: list[proof.WeighingShown]
    appraisals: list[proof.AppraisalShown]
    partner_requests: list[partners.PartnerRequestShown]
    visits: list[venue.VisitShown]
    bills: list[venue.BillShown]
    triages: list[network.TriageShown]
    parts: list[coordination.PartShown]
    meetings: list[coordination.MeetingShown]
    direct_contacts: list[coordination.DirectContactShown]
    causes: list[rows.CauseShown]
    findings: list[rows.FindingShown]
    confirmations: list[rows.ConfirmationShown]
    overrides: list[rows.OverrideShown]
    interests: list[rows.InterestShown]
    claims: list[rows.ClaimShown]


class Solution(Shown):
    plans: list[rows.PlanShown]
    approvals: list[rows.ApprovalShown]
    answers: list[rows.CustomerAnswerShown]
    actions: list[rows.ActionShown]


class Closing(Shown):
    callbacks: list[rows.CallbackShown]
    contact_attempts: list[rows.ContactAttemptShown]
    reviews: list[rows.ReviewShown]
    questions: list[rows.ClosingQuestionShown]
    outside_decisions: list[rows.DecisionShown]


class CaseShown(Shown):
    """Everything a case is, but its timeline; `seen` is the entity tag for `If-Match`."""

    number: str
    seen: int
    title: rows.Veiled
    text: rows.Veiled
    state: State
    outcome: Outcome | None
    round: int
    channel: Channel
    category: str
    profile: str
    order_number: str
    product: str
    amount: Money | None
    purchased_on: date | None
    flags: Flags
    received_at: datetime
    closed_at: datetime | None
    stage_since: datetime
    waiting_since: datetime | None
    next_due_at: datetime | None
    returned_count: int
    admitted: bool
    owner: rows.PersonRef
    handler: rows.PersonRef | None
    department: rows.DepartmentRef | None
    repeat_of: str | None
    merged_into: str | None
    customer: CustomerShown
    packs: list[rows.PackShown]
    registration: rows.RegistrationShown | None
    demands: list[rows.DemandShown]
    emotions: list[rows.EmotionShown]
    clocks: list[rows.ClockShown]
    files: list[rows.FileShown]
    inquiry: Inquiry
    solution: Solution
    closing: Closing


class ActorShown(Shown):
    kind: str
    id: int | None
    name: str


class EventShown(Shown):
    """One link of the timeline; `hash` seals it and all before it."""

    number: int
    kind: str
    title: str
    audience: str
    at: datetime
    actor: ActorShown
    data: dict[str, Any]
    texts: dict[str, str]
    message: MessageShown | None
    hash: str


class Timeline(Shown):
    """Events in order; `after` asks for those that follow, and is nothing at the end."""

    events: list[EventShown]
    after: int | None


class RefusalShown(Shown):
    rule: str
    rule_title: str
    requirements: list[str]
    sentence: str
    unblock: str
    missing: list[str]


class MoveShown(Shown):
    """A move that leaves the present state: whether this reader may take it now, and what stands against it."""

    name: str
    number: str
    target: State
    allowed: bool
    refusals: list[RefusalShown]


class Moves(Shown):
    state: State
    seen: int
    moves: list[MoveShown]


class Promises(Shown):
    promises: list[rows.PromiseShown]


class EvidenceWhole(Shown):
    """A piece of evidence, and whether the stored bytes still have the hash it was added with."""

    evidence: rows.EvidenceShown
    whole: bool


class EvidenceList(Shown):
    evidence: list[EvidenceWhole]
