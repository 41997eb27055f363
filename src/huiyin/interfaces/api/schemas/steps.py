"""What every step takes and gives: words to the customer or a reason without them, and where the case stands then."""

from typing import Annotated

from pydantic import Field, model_validator

from huiyin.complaints.conversation import Say, Skip
from huiyin.complaints.conversation import Words as StepWords
from huiyin.complaints.models import Apology, Channel
from huiyin.complaints.promises import Spoken
from huiyin.complaints.states import Outcome, State
from huiyin.interfaces.api.schemas.base import Given, Id, Reason, Seen, Sentence, Shown, Text, Time


class PromiseGiven(Given):
    """What is promised to the customer, and by when."""

    what: Sentence
    due_at: Time

    def spoken(self) -> Spoken:
        return Spoken(self.what, self.due_at)


class SayGiven(Given):
    """Words to the customer: the promises they keep, what they promise next, how they apologise."""

    text: Text
    keeps: Annotated[list[Id], Field(max_length=20)] = []
    next: PromiseGiven | None = None
    apology: Apology = Apology.NONE
    medium: Channel | None = None

    def say(self) -> Say:
        following = self.next.spoken() if self.next else None
        medium = self.medium.value if self.medium else ""
        return Say(self.text, tuple(self.keeps), following, self.apology, medium)


class WordsGiven(Given):
    """Either a message to the customer (`say`), or a reason why this step leaves it out (`skip`)."""

    say: SayGiven | None = None
    skip: Reason | None = None

    @model_validator(mode="after")
    def one_of_both(self) -> "WordsGiven":
        if (self.say is None) == (self.skip is None):
            raise ValueError("needs either say or skip")
        return self

    def words(self) -> StepWords:
        return self.say.say() if self.say is not None else Skip(self.skip or "")


class Step(Given):
    """Every step may name the last event it has seen; it is refused when the case has gone on since."""

    seen: Seen | None = None


class Told(Step):
    """A step of which the customer hears, or a reason why not."""

    words: WordsGiven


class Made(Shown):
    """The row a step wrote, where it wrote one."""

    kind: str
    id: int


class Done(Shown):
    """Where the case stands after the step; `seen` is the number of its last event and its entity tag."""

    number: str
    state: State
    round: int
    outcome: Outcome | None
    seen: int
    owner: int
    handler: int | None
    made: Made | None
