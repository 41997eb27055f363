"""Receiving and registering: what arrives, and the four elements."""

from typing import Annotated

from pydantic import Field

from huiyin.complaints.models import Channel
from huiyin.complaints.remedies import Line as RemedyLine
from huiyin.complaints.steps.reception import NewComplaint
from huiyin.complaints.steps.registration import DemandLine, Form, Settlement
from huiyin.interfaces.api.schemas.base import (
    Code,
    Day,
    Given,
    Level,
    Line,
    Minutes,
    MoneyIn,
    Name,
    Reason,
    Short,
    Text,
    Time,
)
from huiyin.interfaces.api.schemas.steps import SayGiven, Step, Told
from huiyin.people.models import IdentityKind


class IdentityGiven(Given):
    """One way to reach or recognise the customer."""

    kind: IdentityKind
    value: Line


class ComplaintGiven(Given):
    """A complaint as it arrives: the customer's words, the channel, at least one way to answer."""

    title: Line = ""
    text: Text
    channel: Channel = Channel.API
    name: Name = ""
    identities: Annotated[list[IdentityGiven], Field(min_length=1, max_length=10)]
    order_number: Code = ""
    product: Short = ""
    amount: MoneyIn | None = None
    purchased_on: Day | None = None
    category: Code = ""
    emotion: Level | None = None
    language: Annotated[str, Field(pattern="^(zh-hans|zh-hant|en)$")] = "zh-hans"
    pack: Code = ""
    received_at: Time | None = None

    def new(self) -> NewComplaint:
        """The same for the step."""
        return NewComplaint(
            title=self.title,
            text=self.text,
            channel=self.channel.value,
            name=self.name,
            identities=tuple((one.kind.value, one.value) for one in self.identities),
            order_number=self.order_number,
            product=self.product,
            amount=self.amount,
            purchased_on=self.purchased_on,
            category=self.category,
            emotion=self.emotion,
            language=self.language,
            pack=self.pack,
            received_at=self.received_at,
        )


class Acknowledge(Step):
    """The first answer; it is never left out."""

    say: SayGiven


class DemandGiven(Given):
    """One demand, in the customer's order."""

    text: Reason
    must: bool = True
    amount: MoneyIn | None = None


class FormGiven(Given):
    """The registration form: person, matter, emotion, demand."""

    complainant: Line
    object: Line
    matter: Text
    emotion: Level | None = None
    emotion_note: Reason = ""
    demands: Annotated[list[DemandGiven], Field(max_length=30)] = []
    category: Code = ""
    card_number: Code = ""
    happened_on: Day | None = None
    happened_where: Line = ""
    happened_step: Line = ""
    restated: Text = ""
    confirmed: bool = False
    order_number: Code = ""
    product: Short = ""
    amount: MoneyIn | None = None
    purchased_on: Day | None = None
    minor: bool = False
    compound: bool = False

    def form(self) -> Form:
        """The same for the step."""
        values = self.model_dump(exclude={"demands"})
        demands = tuple(DemandLine(one.text, one.must, one.amount) for one in self.demands)
        return Form(**values, demands=demands)


class SaveForm(Step):
    form: FormGiven


class Register(Told):
    form: FormGiven


class NoteEmotion(Step):
    level: Level
    note: Reason = ""


class LineGiven(Given):
    """One remedy of the catalogue with its amount; its title, if another than the catalogue's."""

    remedy: Code
    amount: MoneyIn | None = None
    title: Line = ""

    def line(self) -> RemedyLine:
        if self.amount is None:
            return RemedyLine(self.remedy, title=self.title)
        return RemedyLine(self.remedy, self.amount, self.title)


class SettleAtOnce(Told):
    """What is agreed on the spot, with the customer's yes in his words."""

    title: Line
    lines: Annotated[list[LineGiven], Field(min_length=1, max_length=10)]
    grounds: Text
    cause: Code
    execute_within_minutes: Minutes
    customer_said: Text
    via: Channel

    def settlement(self) -> Settlement:
        """The same for the step."""
        return Settlement(
            title=self.title,
            lines=tuple(line.line() for line in self.lines),
            grounds=self.grounds,
            cause=self.cause,
            execute_within_minutes=self.execute_within_minutes,
            customer_said=self.customer_said,
            via=self.via.value,
        )
