"""What guidance leads to: a question left open with a time, and what else could help once the matter is resolved."""

from typing import ClassVar

from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.situation import situation
from huiyin.complaints.steps import opportunity, unknown
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import line_field, words_field
from huiyin.interfaces.web.case.words import WordsForm
from huiyin.knowledge import guidance
from huiyin.rules import Refusal


class UnknownForm(WordsForm):
    """A question nobody can answer now: said so, with the time of the answer, which becomes a promise (S2-15)."""

    question = line_field(gettext_lazy("The question, as the customer asked it"), most=300)

    may_skip = False
    button = gettext_lazy("Promise the answer")
    intro = gettext_lazy("Nobody has to know everything; whoever asks learns until when the answer comes.")
    first_words = gettext_lazy("The answer to the question")
    about: ClassVar = {rules.QUESTION_GETS_A_TIME.code: "next_at"}

    def prepare(self) -> None:
        here = self.here
        told = situation(here.complaint, here.person, at=here.at, step="unknown")
        ready = next((one for one in guidance.guide(told).scripts if not one.filled.missing), None)
        if ready is not None:
            self.initial["text"] = ready.filled.text

    def _prepare_words(self) -> None:
        super()._prepare_words()
        self.initial.setdefault("next_at", self.hint())
        self.initial.setdefault("next_what", str(self.first_words))

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return unknown.check_and_call_back(
            complaint_id, given["question"], self.say(), actor=self.here.actor, at=self.here.at
        )


class OpportunityForm(StepForm):
    """What else could help this customer, once he has accepted the outcome and is calm (S2-32)."""

    text = words_field(gettext_lazy("What the customer could need, and where it shows"), most=500)

    button = gettext_lazy("Note it")
    intro = gettext_lazy("Only what saves the customer trouble or money; nothing is sold to somebody who complains.")

    def refusals_ahead(self) -> list[Refusal]:
        try:
            opportunity.require_resolved(self.here.complaint)
        except Refusal as refusal:
            return [refusal]
        return []

    def take(self, complaint_id: int) -> object:
        return opportunity.note_opportunity(
            complaint_id, self.cleaned_data["text"], actor=self.here.actor, at=self.here.at
        )
