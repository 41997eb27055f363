"""Questions to partners: what goes in and out."""

from datetime import datetime
from typing import Annotated, Literal

from pydantic import StringConstraints

from huiyin.complaints.models import PartnerRequest
from huiyin.interfaces.api.schemas.base import Id, Sentence, Short, Shown, Text, Time
from huiyin.interfaces.api.schemas.rows import PersonRef, Veiled
from huiyin.interfaces.api.schemas.steps import Step

Address = Annotated[str, StringConstraints(max_length=254)]


class AskPartner(Step):
    """`assignee` of the house watches over the question; without one, whoever asks does."""

    party: Short
    channel: PartnerRequest.Channel
    address: Address
    language: Literal["zh-hans", "zh-hant", "en"] = "zh-hans"
    question: Text
    due_at: Time
    assignee: Id | None = None


class SendLinkAgain(Step):
    request: Id


class WithdrawQuestion(Step):
    request: Id
    reason: Sentence


class PartnerRequestShown(Shown):
    id: int
    reference: str
    party: Veiled
    channel: PartnerRequest.Channel
    question: Veiled
    status: PartnerRequest.Status
    task_id: int
    asked_by: PersonRef
    asked_at: datetime
    expires_at: datetime
    opened_at: datetime | None
    links_sent: int
    answer: Veiled
    answered_at: datetime | None
    evidence_id: int | None
