"""Improvements, signals and reports of grouped complaints: what goes in and out."""

from datetime import datetime
from typing import Annotated

from pydantic import Field, WithJsonSchema

from huiyin.improvement.models import Item, Signal
from huiyin.interfaces.api.schemas.base import Code, Given, Id, Line, Sentence, Shown, Text, Time
from huiyin.interfaces.api.schemas.rows import DepartmentRef, PersonRef

# The description knows an enumeration by its bare name, and many models have a Status: these stand in it by themselves.
ItemStatus = Annotated[str, WithJsonSchema({"type": "string", "enum": Item.Status.values})]
SignalKind = Annotated[str, WithJsonSchema({"type": "string", "enum": Signal.Kind.values})]
SignalStatus = Annotated[str, WithJsonSchema({"type": "string", "enum": Signal.Status.values})]


class ImprovementGiven(Given):
    """What is to change and why; the case it came from (its number) and the department (its code), if any."""

    title: Line
    description: Text
    complaint: Code = ""
    department: Code = ""


class ImprovementAccepted(Given):
    owner: Id
    due_at: Time


class ImprovementVerified(Given):
    found: Text


class ImprovementRejected(Given):
    reason: Text


class ImprovementShown(Shown):
    id: int
    title: str
    description: str
    complaint: str | None
    department: DepartmentRef | None
    status: ItemStatus
    proposed_by: PersonRef
    proposed_at: datetime
    owner: PersonRef | None
    due_at: datetime | None
    conclusion: str
    ended_at: datetime | None


class Improvements(Shown):
    """Fifty at a time; `next` is where the following ones start."""

    improvements: list[ImprovementShown]
    next: int | None


class SignalGiven(Given):
    matter: Sentence
    department: Code = ""


class SignalSettled(Given):
    """What was done, or the number of the complaint it became."""

    done: Text = ""
    complaint: Code = ""


class SignalShown(Shown):
    id: int
    kind: SignalKind
    matter: str
    department: DepartmentRef | None
    owner: PersonRef
    raised_at: datetime
    status: SignalStatus
    done: str
    complaint: str | None
    ended_at: datetime | None


class Signals(Shown):
    signals: list[SignalShown]
    next: int | None


class GroupShown(Shown):
    """Complaints of one category in a period, and in the one of the same length before."""

    category: str
    count: int
    before: int
    trend: int


class GroupsShown(Shown):
    begins_at: datetime
    ends_at: datetime
    groups: list[GroupShown]


class GroupReportGiven(Given):
    begins_at: Time
    ends_at: Time
    recipients: Annotated[list[Id], Field(max_length=100)]
    remark: Text = ""


class DeliveryShown(Shown):
    person: PersonRef
    delivered_at: datetime
    read_at: datetime | None


class GroupReportShown(GroupsShown):
    """A report as it was sent, and who received and read it."""

    id: int
    remark: str
    made_by: PersonRef
    made_at: datetime
    deliveries: list[DeliveryShown]
