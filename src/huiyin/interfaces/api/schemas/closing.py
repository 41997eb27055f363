"""Looking back and ending: review, closing questions, reopening, withdrawal, outside decisions; words in between."""

from typing import Annotated

from pydantic import Field

from huiyin.complaints.models import Channel, ClosingQuestion
from huiyin.interfaces.api.schemas.base import Day, Id, Line, Reason, Sentence, Text, Time
from huiyin.interfaces.api.schemas.steps import SayGiven, Step, Told


class WriteReview(Step):
    """The four answers, and the insight worth keeping."""

    what_caused_it: Text
    what_we_learnt: Text
    how_to_avoid: Text
    what_to_improve: Text
    lesson: Text = ""


class AnswerQuestion(Step):
    question: ClosingQuestion.Question
    proposed: bool
    text: Text


class Reopen(Told):
    reason: Text
    handler: Id | None = None


class AskWithdrawal(Step):
    said: Text = ""
    via: Channel


class DeclineWithdrawal(Step):
    comment: Text


class RecordDecision(Step):
    """What an outside body agreed or decided; `document` is a file attached to this case before."""

    body: Line
    agreement: bool
    summary: Text
    document: Id
    decided_on: Day


class SendMessage(Step):
    say: SayGiven


class WriteNote(Step):
    text: Text


class RecordInbound(Step):
    """What the customer wrote or said."""

    text: Text
    medium: Channel
    where_is_it: bool = False


class ReplacePromise(Told):
    promise: Id
    due_at: Time
    reason: Reason


class ExtendDeadline(Step):
    """`promise` is a clock of the rules; the customer is told before it is over."""

    promise: Id
    reason: Reason
    say: SayGiven


class SaveDraft(Step):
    """What is still being written; an empty text forgets it."""

    slot: Annotated[str, Field(max_length=32, pattern="^[a-z][a-z0-9_-]*$")]
    text: Text


class RevealContact(Step):
    identity: Id
    reason: Sentence
