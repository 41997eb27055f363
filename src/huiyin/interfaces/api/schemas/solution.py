"""Solving it: plans with options, approval, offers, actions with proof, callbacks."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from huiyin.complaints.models import Channel, ExpectationAnswer, OfferMode
from huiyin.complaints.steps.offering import Choice
from huiyin.complaints.steps.planning import NewOption, NewPlan
from huiyin.interfaces.api.schemas.base import (
    Code,
    Given,
    Id,
    Kind24,
    Line,
    Minutes,
    MoneyIn,
    Score,
    Sentence,
    Short,
    Text,
)
from huiyin.interfaces.api.schemas.intake import LineGiven
from huiyin.interfaces.api.schemas.steps import SayGiven, Step, Told, WordsGiven

RuleCode = Annotated[str, Field(max_length=16)]


class AnswerGiven(Given):
    """How the option answers one demand, and why it departs from it where it does."""

    demand: Id
    text: Sentence
    deviation: Sentence = ""


class ExpectedGiven(Given):
    """What the option makes of one expectation: met, something instead, or dropped."""

    expectation: Id
    kind: ExpectationAnswer.Kind
    text: Sentence = ""


class OptionGiven(Given):
    """One way to solve it."""

    title: Line
    lines: Annotated[list[LineGiven], Field(max_length=20)]
    answers: Annotated[list[AnswerGiven], Field(max_length=30)] = []
    expected: Annotated[list[ExpectedGiven], Field(max_length=30)] = []
    execute_within_minutes: Minutes
    recovery: MoneyIn | None = None
    recovery_note: Sentence = ""

    def option(self) -> NewOption:
        answers: Mapping[int, tuple[str, str]] = {one.demand: (one.text, one.deviation) for one in self.answers}
        return NewOption(
            title=self.title,
            lines=tuple(line.line() for line in self.lines),
            answers=answers,
            execute_within_minutes=self.execute_within_minutes,
            recovery=self.recovery or Decimal(0),
            recovery_note=self.recovery_note,
            expected={one.expectation: (one.kind.value, one.text) for one in self.expected},
        )


class DraftPlan(Step):
    """The options, best first; without a mode they are offered as the pack says."""

    mode: OfferMode | None = None
    options: Annotated[list[OptionGiven], Field(min_length=1, max_length=10)]
    single_reason: Sentence = ""

    def plan(self) -> NewPlan:
        mode = self.mode.value if self.mode else ""
        return NewPlan(mode, tuple(option.option() for option in self.options), self.single_reason)


class Replan(Told):
    """What the customer objects to, in his words."""

    objection: Text = ""
    via: Channel


class Decide(Told):
    comment: Text = ""


class ReviewAfterwards(Step):
    approval: Id
    objected: bool
    comment: Text = ""


class OverrideRule(Step):
    rule: RuleCode
    reason: Sentence


class AssigneeGiven(Given):
    """Who carries out one remedy of the chosen option."""

    line: Id
    person: Id


class Choose(Told):
    """Which option the customer chose, and how he said so."""

    option: Id
    via: Channel
    said: Text = ""
    assignees: Annotated[list[AssigneeGiven], Field(max_length=20)] = []

    def choice(self) -> Choice:
        return Choice(self.option, self.via.value, self.said, {one.line: one.person for one in self.assignees})


class CarryOutOwed(Told):
    option: Id


class RefuseAboveStandard(Told):
    reason: Text
    alternative: Text


class FinishAction(Step):
    """An action done, with its proof, and the words with which the customer hears of it."""

    action: Id
    kind: Kind24 = ""
    reference: Short = ""
    file: Id | None = None
    say: SayGiven | None = None


class TellDone(Step):
    action: Id
    say: SayGiven


class RecordArrival(Step):
    action: Id
    words: WordsGiven


class GrantGoodwill(Step):
    item: Code


class RecordRecovery(Step):
    amount: MoneyIn
    source: Line


class AttemptCallback(Step):
    callback: Id
    medium: Channel
    reached: bool
    note: Sentence = ""


class RecordCallback(Step):
    """What the customer said when called back."""

    callback: Id
    satisfied: bool
    end_condition_met: bool
    matter_score: Score | None = None
    feeling_score: Score | None = None
    comment: Text = ""
    trust_gained: bool | None = None
    via: Channel = Channel.PHONE


class RecordContactAttempt(Step):
    medium: Channel
    note: Sentence = ""
    final_notice: SayGiven | None = None
