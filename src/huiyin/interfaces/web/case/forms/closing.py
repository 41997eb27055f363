"""T21, T22 and T24: review and closing questions on one page, closing, reopening, what an outside body decided."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.models import ClosingQuestion
from huiyin.complaints.steps import external, reopening, review
from huiyin.complaints.steps.external import NewDecision
from huiyin.complaints.steps.review import Answers
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import DayField, choice_field, line_field, radio_field, words_field
from huiyin.interfaces.web.case.forms.people import handler_choices
from huiyin.interfaces.web.case.uploads import UploadField, kept
from huiyin.interfaces.web.case.words import WordsForm
from huiyin.people.models import Person
from huiyin.policy import clocks
from huiyin.workforce import rules as duty

FOUR = ("what_caused_it", "what_we_learnt", "how_to_avoid", "what_to_improve")
PROPOSED, NONE = "proposed", "none"
CLOSE_RULES = frozenset(
    row.code
    for row in (
        rules.SECOND_PERSON,
        rules.FOUR_ANSWERS,
        rules.QUESTIONS_SETTLED,
        rules.PUT_INTO_EFFECT,
        rules.SIGNED_OFF,
        rules.NO_OPEN_PROMISE,
        rules.EXTERNAL_CONCLUDED,
    )
)


class QuestionRow(forms.Form):
    """One closing question: a proposal, or none with a reason (S1-38, S1-42)."""

    use_required_attribute = False
    choice = forms.ChoiceField(
        label=gettext_lazy("Answer"),
        choices=((PROPOSED, gettext_lazy("A proposal")), (NONE, gettext_lazy("None, and why"))),
        required=False,
        widget=forms.RadioSelect,
    )
    text = words_field(gettext_lazy("The proposal, or the reason"), rows=2)

    def __init__(self, question: ClosingQuestion.Question, *args: Any, **kwargs: Any) -> None:
        self.question = question
        super().__init__(*args, **kwargs)

    @property
    def given(self) -> tuple[str, str]:
        return self.cleaned_data["choice"], self.cleaned_data["text"].strip()


class ReviewForm(StepForm):
    """Four answers and three closing questions on one page; what is not answered yet may wait."""

    what_caused_it = words_field(gettext_lazy("What caused it?"), rows=2)
    what_we_learnt = words_field(gettext_lazy("What did we learn?"), rows=2)
    how_to_avoid = words_field(gettext_lazy("How is it avoided?"), rows=2)
    what_to_improve = words_field(gettext_lazy("What is to be improved?"), rows=2)
    lesson = words_field(gettext_lazy("A lesson worth telling others"), rows=2)

    button = gettext_lazy("Keep the review")
    optional = frozenset({"lesson"})
    intro = gettext_lazy("Whoever writes the review does not close the case: that takes a second person.")
    about: ClassVar = {rules.QUESTIONS_SETTLED.code: "lesson"}

    def prepare(self) -> None:
        case = self.here.complaint
        self.written = self.here.case.review
        if self.written is not None:
            self.initial.update({name: getattr(self.written, name) for name in (*FOUR, "lesson")})
        rows = ClosingQuestion.objects.filter(complaint=case, round=case.round)
        self.answered = {row.question: (PROPOSED if row.proposed else NONE, row.text) for row in rows}
        data = self.data if self.is_bound else None
        self.questions = [self._row(question, data) for question in ClosingQuestion.Question]

    def _row(self, question: ClosingQuestion.Question, data: Any) -> QuestionRow:
        choice, text = self.answered.get(question.value, ("", ""))
        first = {"choice": choice, "text": text}
        return QuestionRow(question, data, prefix=f"question-{question}", initial=first, auto_id="act-%s")

    def is_valid(self) -> bool:
        rows = [row.is_valid() for row in self.questions]
        return super().is_valid() and all(rows)

    def refuse(self, refusal: Any) -> None:
        super().refuse(refusal)
        for row in self.questions:
            choice, text = row.given
            if refusal.rule is rules.QUESTIONS_SETTLED and bool(choice) != bool(text):
                row.add_error("text", gettext_lazy("This is missing or does not fit."))

    def take(self, complaint_id: int) -> object:
        actor, at = self.here.actor, self.here.at
        given = {name: self.cleaned_data[name].strip() for name in (*FOUR, "lesson")}
        before = {name: getattr(self.written, name) for name in given} if self.written is not None else {}
        changed = [row for row in self.questions if any(row.given) and row.given != self.answered.get(row.question)]
        if given != before and (any(given.values()) or not changed):
            review.write_review(complaint_id, Answers(**given), actor=actor, at=at)
        for row in changed:
            choice, text = row.given
            if not choice:
                raise review.AnswerWithoutText(question=row.question.label, missing=())
            review.answer_question(
                complaint_id, question=row.question.value, proposed=choice == PROPOSED, text=text, actor=actor, at=at
            )
        return changed


class CloseForm(WordsForm):
    """Close the case; a claim against a third party goes on by itself (S0-55)."""

    move = "close"
    button = gettext_lazy("Close the case")
    ahead = CLOSE_RULES

    def take(self, complaint_id: int) -> object:
        return review.close(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)


class ReopenForm(WordsForm):
    """The same matter came back within its window (T22)."""

    reason = words_field(gettext_lazy("What has come up again"), rows=3)
    handler = choice_field(gettext_lazy("Person in charge"))

    move = "reopen"
    button = gettext_lazy("Reopen the case")
    ahead = frozenset({rules.STILL_SAME_MATTER.code})
    about: ClassVar = {
        rules.STILL_SAME_MATTER.code: "reason",
        rules.HANDLER_NAMED.code: "handler",
        rules.RECUSED.code: "handler",
        duty.ON_DUTY.code: "handler",
    }

    def prepare(self) -> None:
        case = self.here.complaint
        choices = handler_choices(self.here, case.department)
        if case.handler is not None:
            choices[0] = ("", case.handler.name)
        self.fields["handler"].choices = choices  # type: ignore[attr-defined]

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        handler = Person.objects.filter(pk=given["handler"]).first() if given["handler"] else None
        return reopening.reopen(
            complaint_id,
            reason=given["reason"],
            words=self.words(),
            handler=handler,
            actor=self.here.actor,
            at=self.here.at,
        )


KINDS = (("agreement", gettext_lazy("An agreement")), ("decision", gettext_lazy("A decision")))


class DecisionForm(StepForm):
    """What an outside body agreed or decided, with its document (S1-18)."""

    body = line_field(gettext_lazy("Which body"))
    kind = radio_field(gettext_lazy("What it is"), KINDS)
    decided_on = DayField(label=gettext_lazy("Of which day"))
    summary = words_field(gettext_lazy("What it says"), rows=3)
    document = UploadField(label=gettext_lazy("Its document"))

    button = gettext_lazy("Record the decision")
    beside: ClassVar = (("body", "decided_on"),)
    has_files = True
    about: ClassVar = {rules.OUTSIDE_DECISION.code: "summary"}

    def prepare(self) -> None:
        self.initial.update({"kind": "agreement", "decided_on": clocks.local_day(self.here.pack, self.here.at)})

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        if given["decided_on"] is None:
            raise external.DecisionIncomplete(missing=("decided_on",))
        new = NewDecision(
            body=given["body"],
            agreement=given["kind"] == "agreement",
            summary=given["summary"],
            document=kept(given["document"], self.here),
            decided_on=given["decided_on"],
        )
        return external.record_decision(complaint_id, new, actor=self.here.actor, at=self.here.at)


class SettleExternallyForm(WordsForm):
    """Follow the outside agreement or decision; open work is cancelled (T24)."""

    move = "settle_externally"
    button = gettext_lazy("Settle it as the outside body decided")
    ahead = frozenset({rules.OUTSIDE_DECISION.code})

    def take(self, complaint_id: int) -> object:
        return external.settle_externally(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)
