"""Lists and numbers across cases, and the lists other things are chosen from."""

from datetime import datetime
from typing import Any

from huiyin.complaints.models import Channel
from huiyin.interfaces.api.schemas import rows
from huiyin.interfaces.api.schemas.base import Code, Given, Money, Phone, Short, Shown, Text


class ViewShown(Shown):
    """A saved view; its count stops at a thousand, and is nothing for the closed cases."""

    code: str
    title: str
    group: str
    count: int | None


class Views(Shown):
    views: list[ViewShown]


class NumberShown(Shown):
    """One figure with the filters that list exactly what it counts."""

    key: str
    label: str
    count: int
    filters: dict[str, Any]


class OverviewShown(Shown):
    open_cases: int
    by_state: list[NumberShown]
    by_clock: list[NumberShown]
    by_owner: list[NumberShown]


class WaitingApproval(Shown):
    """A plan that waits for this reader's signature, or to be looked at afterwards."""

    number: str
    title: str
    approval: rows.ApprovalShown


class WaitingApprovals(Shown):
    approvals: list[WaitingApproval]


class ClaimRunning(Shown):
    number: str
    claim: rows.ClaimShown


class OpenClaims(Shown):
    claims: list[ClaimRunning]


class UnansweredMessage(Shown):
    """A customer's message that nobody has answered yet."""

    number: str
    owner: rows.PersonRef
    at: datetime
    text: str


class Unanswered(Shown):
    messages: list[UnansweredMessage]


class EnquiryGiven(Given):
    """A question passed to a department (its code), with a way to call back."""

    contact_name: Short
    phone: Phone
    question: Text
    department: Code
    channel: Channel = Channel.PHONE


class EnquiryAnswered(Given):
    answer: Text


class EnquiryShown(Shown):
    id: int
    contact_name: str
    phone: str
    question: str
    owner: rows.PersonRef
    department: rows.DepartmentRef
    passed_at: datetime
    due_at: datetime
    answered_at: datetime | None
    answer: str
    breached_at: datetime | None


class Enquiries(Shown):
    enquiries: list[EnquiryShown]


class Me(Shown):
    """Who calls, and what this call may do."""

    id: int
    username: str
    name: str
    department: str | None
    roles: list[str]
    capabilities: list[str]
    scopes: list[str]
    language: str
    time_zone: str


class PersonShown(Shown):
    id: int
    name: str
    department: str | None
    roles: list[str]
    on_duty: bool


class People(Shown):
    people: list[PersonShown]


class DepartmentShown(Shown):
    code: str
    name: str
    head: rows.PersonRef | None
    active: bool


class Departments(Shown):
    departments: list[DepartmentShown]


class PackRow(Shown):
    code: str
    kind: str
    version: str
    title: str
    in_force_from: datetime
    in_force_to: datetime | None


class Packs(Shown):
    packs: list[PackRow]


class CauseListed(Shown):
    code: str
    title: str
    side: str


class CategoryListed(Shown):
    """A category: who it is routed to, what ends it, which causes must be judged."""

    code: str
    title: str
    parent: str
    kind: str
    department: str
    end_condition: str
    leaf: bool
    causes: list[str]


class Categories(Shown):
    pack: str
    version: str
    categories: list[CategoryListed]
    causes: list[CauseListed]
    evidence_kinds: list[str]


class RemedyListed(Shown):
    code: str
    title: str
    kind: str
    level: str
    voluntary: bool
    policy_right: bool
    needs_improvement: bool
    department: str
    proof_kinds: list[str]
    categories: list[str]


class GoodwillListed(Shown):
    code: str
    title: str
    cost: Money
    level: str
    proof_kinds: list[str]


class Remedies(Shown):
    pack: str
    version: str
    currency: str
    remedies: list[RemedyListed]
    goodwill: list[GoodwillListed]


class Revealed(Shown):
    """One contact in full; it is covered again in every other answer."""

    identity: int
    value: str
    seen: int


class FileGivenBack(Shown):
    file: rows.FileShown
    seen: int
