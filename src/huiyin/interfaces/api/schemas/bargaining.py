"""What comes in of expectations, preparation, bottom line, concessions, the law's measure and special callers."""

from decimal import Decimal
from typing import Annotated

from pydantic import Field

from huiyin.complaints.models import AskedQuestion, Caller, Channel, Source, Weight
from huiyin.complaints.preparation import CHECKS
from huiyin.complaints.steps.entitling import Measure
from huiyin.complaints.steps.expectations import Asked, NewExpectation, Ranked, Settlement
from huiyin.complaints.steps.preparing import Sheet
from huiyin.interfaces.api.schemas.base import Code, Given, Id, MoneyIn, Reason, Sentence, Text, Time
from huiyin.interfaces.api.schemas.steps import SayGiven, Step

Check = Annotated[str, Field(pattern=f"^({'|'.join(CHECKS)})$")]
ConditionCode = Annotated[str, Field(max_length=32, pattern="^[a-z][a-z0-9_]*$")]


class NoteExpectation(Step):
    """What the customer expects, in his words; an unspoken one says what it may be."""

    said: Reason = ""
    precise: Sentence = ""
    fuzzy: bool = False
    implicit: bool = False
    unrealistic: bool = False
    amount: MoneyIn | None = None
    due_at: Time | None = None
    remedy: Code = ""
    source: Source = Source.OTHER
    source_note: Sentence = ""
    demand: Id | None = None

    def new(self) -> NewExpectation:
        values = self.model_dump(exclude={"seen", "demand", "source"})
        return NewExpectation(**values, source=self.source.value, demand_id=self.demand)


class AskQuestion(Step):
    """One question as it was put, and the answer in the customer's words."""

    kind: AskedQuestion.Kind
    question: Sentence
    answer: Reason
    via: Channel
    expectation: Id | None = None
    confirmed: bool = False
    precise: Sentence = ""
    amount: MoneyIn | None = None
    due_at: Time | None = None

    def asked(self) -> Asked:
        values = self.model_dump(exclude={"seen", "kind", "via", "expectation"})
        return Asked(kind=self.kind.value, via=self.via.value, expectation_id=self.expectation, **values)


class SettleExpectation(Step):
    """What takes its place, or why it is refused and what he can have instead; the evidence that proves it."""

    expectation: Id
    unrealistic: bool
    replacement: Sentence = ""
    refusal: Sentence = ""
    alternative: Sentence = ""
    source: Source | None = None
    source_note: Sentence = ""
    proved_by: Id | None = None

    def settlement(self) -> Settlement:
        values = self.model_dump(exclude={"seen", "expectation", "source", "proved_by"})
        source = self.source.value if self.source else ""
        return Settlement(**values, source=source, proved_by_id=self.proved_by)


class RankGiven(Given):
    expectation: Id
    weight: Weight


class RankExpectations(Step):
    """All expectations in the customer's order, the first one first."""

    order: Annotated[list[RankGiven], Field(min_length=1, max_length=30)]

    def ranked(self) -> list[Ranked]:
        return [Ranked(one.expectation, one.weight.value) for one in self.order]


class DropExpectation(Step):
    expectation: Id
    reason: Sentence


class SceneGiven(Given):
    """How the conversation may go, and what we do then."""

    situation: Sentence
    response: Reason


class Prepare(Step):
    """The preparation sheet but its bottom line; what is left out is empty."""

    facts: Text = ""
    intent: Reason = ""
    goal: Sentence = ""
    opening: MoneyIn | None = None
    steps: Reason = ""
    law: Reason = ""
    evidence_request: Reason = ""
    alternatives: Reason = ""
    gain_customer: Sentence = ""
    gain_company: Sentence = ""
    long_term: Sentence = ""
    checks: Annotated[list[Check], Field(max_length=10)] = []
    scenes: Annotated[list[SceneGiven], Field(max_length=10)] = []

    def sheet(self) -> Sheet:
        values = self.model_dump(exclude={"seen", "checks", "scenes"})
        scenes = tuple((one.situation, one.response) for one in self.scenes)
        return Sheet(**values, checks=tuple(self.checks), scenes=scenes)


class AskPrinciple(Step):
    """Up to which amount, and what is never agreed to."""

    amount: MoneyIn
    text: Reason


class DecidePrinciple(Step):
    approved: bool
    comment: Reason = ""


class Concede(Step):
    """One step of giving way: to which amount, why, and what was obtained for it."""

    amount: MoneyIn
    reason: Sentence
    obtained: Sentence = ""


class SupplyReason(Step):
    """The reason with which the customer can say yes, and what he turned out to need."""

    reason: Reason
    bottom_line_met: bool
    needs: Reason = ""


class NotePreference(Step):
    text: Text


class ShownGiven(Given):
    """A condition of the law and the evidence that shows it."""

    condition: ConditionCode
    evidence: Id


class AssessEntitlement(Step):
    """What is known of the purchase, for the four bases of the law."""

    price: MoneyIn
    refund: MoneyIn | None = None
    loss: MoneyIn | None = None
    household_price: MoneyIn | None = None
    promised: MoneyIn | None = None
    promise_source: Sentence = ""
    shown: Annotated[list[ShownGiven], Field(max_length=30)] = []
    ruled_out: Annotated[list[ConditionCode], Field(max_length=30)] = []

    def measure(self) -> Measure:
        return Measure(
            price=self.price,
            refund=self.refund or Decimal(0),
            loss=self.loss or Decimal(0),
            household_price=self.household_price,
            promised=self.promised or Decimal(0),
            promise_source=self.promise_source,
            shown={one.condition: one.evidence for one in self.shown},
            ruled_out=tuple(self.ruled_out),
        )


class NoteCaller(Step):
    kind: Caller.Kind
    note: Sentence


class SendHolding(Step):
    """The holding script with the time of the next news; the promises it keeps."""

    due_at: Time
    keeps: Annotated[list[Id], Field(max_length=20)] = []
    medium: Channel | None = None


class HandUpGiven(Step):
    """To which superior, whether the customer agreed and in which words, or what the emergency is."""

    to: Id
    consent: bool
    said: Sentence = ""
    via: Channel = Channel.PHONE
    emergency: Sentence = ""


class ProposeConduct(Step):
    described: Reason


class ConfirmConduct(Step):
    """What changes, who looks at it again, until when; and the words that tell the customer he may appeal."""

    measures: Reason
    reviewer: Id
    expires_at: Time
    say: SayGiven


class ConductComment(Step):
    comment: Reason


class AppealConduct(Step):
    text: Reason


class DecideAppeal(Step):
    upheld: bool
    comment: Reason


class TellScope(Step):
    """How we handle a wide case and what we improve; both stand in the message itself."""

    handling: Reason
    improvement: Reason
    say: SayGiven


class AnswerAdvertised(Given):
    """What marketing does about a promise it made."""

    answer: Reason
