"""T7, T8 and T23: what is not founded is explained, what is withdrawn is confirmed, both by a second person."""

from typing import Any, ClassVar

from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.models import Confirmation, CustomerAnswer
from huiyin.complaints.steps import explanation, withdrawal
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import line_field, radio_field, way_field, words_field
from huiyin.interfaces.web.case.words import WordsForm


class AskUnfoundedForm(StepForm):
    """Ask a supervisor to confirm that the complaint is not founded."""

    reason = words_field(gettext_lazy("Why it is not founded"), rows=3)

    button = gettext_lazy("Ask a second person")
    about: ClassVar = {rules.SECOND_PERSON.code: "reason"}

    def take(self, complaint_id: int) -> object:
        reason = self.cleaned_data["reason"]
        return explanation.ask_unfounded(complaint_id, reason=reason, actor=self.here.actor, at=self.here.at)


class Asked:
    """What the first person asked, shown to the second."""

    here: Any
    move: ClassVar[str]

    def extra(self) -> dict[str, Any]:
        case = self.here.complaint
        rows = Confirmation.objects.filter(complaint=case, move=self.move, round=case.round, confirmed=None)
        return {"asked": rows.select_related("asked_by").first()}


class ConfirmUnfoundedForm(Asked, WordsForm):
    """The second person's yes; from now on it is explained, with tact."""

    move = "explain"
    button = gettext_lazy("Confirm: not founded")
    leaves_it = gettext_lazy("The owner explains it to the customer.")
    ahead = frozenset({rules.NOT_FOUNDED.code})

    def take(self, complaint_id: int) -> object:
        return explanation.confirm_unfounded(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)


class DeclineUnfoundedForm(Asked, StepForm):
    comment = words_field(gettext_lazy("Why it is not to be explained away"), rows=3)

    move = "explain"
    button = gettext_lazy("Decline")

    def take(self, complaint_id: int) -> object:
        comment = self.cleaned_data["comment"]
        return explanation.decline_unfounded(complaint_id, comment=comment, actor=self.here.actor, at=self.here.at)


class AnswerForm(StepForm):
    """What the customer says to the explanation, in the customer's own words."""

    kind = radio_field(
        gettext_lazy("What the customer says"),
        [(kind.value, kind.label) for kind in (CustomerAnswer.Kind.UNDERSTOOD, CustomerAnswer.Kind.NEW_EVIDENCE)],
    )
    said = words_field(gettext_lazy("In the customer's words"), rows=3)
    via = way_field()

    button = gettext_lazy("Record the answer")
    about: ClassVar = {rules.ANSWER_RECORDED.code: "said"}

    def prepare(self) -> None:
        self.initial["via"] = "phone"

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return explanation.record_answer(
            complaint_id,
            kind=given["kind"],
            text=given["said"],
            via=given["via"],
            actor=self.here.actor,
            at=self.here.at,
        )


class ConcludeExplanationForm(WordsForm):
    move = "conclude_explanation"
    button = gettext_lazy("Conclude the explanation")
    ahead = frozenset({rules.ANSWER_RECORDED.code})

    def take(self, complaint_id: int) -> object:
        return explanation.conclude_explanation(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)


class AskWithdrawalForm(StepForm):
    """The customer takes the complaint back; a supervisor is asked to confirm it."""

    said = words_field(gettext_lazy("In the customer's words"), rows=3)
    via = way_field()

    button = gettext_lazy("Record it and ask a second person")
    intro = gettext_lazy("A withdrawal is the customer's own; what was written on the portal needs no second record.")
    about: ClassVar = {rules.WITHDRAWAL_IN_WORDS.code: "said"}

    def prepare(self) -> None:
        self.initial["via"] = "phone"

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return withdrawal.ask_withdrawal(
            complaint_id, said=given["said"], via=given["via"], actor=self.here.actor, at=self.here.at
        )


class ConfirmWithdrawalForm(Asked, WordsForm):
    move = "withdraw"
    button = gettext_lazy("Confirm the withdrawal")
    intro = gettext_lazy("Open work is cancelled, and what was promised is no longer needed.")

    def take(self, complaint_id: int) -> object:
        return withdrawal.confirm_withdrawal(complaint_id, self.words(), actor=self.here.actor, at=self.here.at)


class DeclineWithdrawalForm(Asked, StepForm):
    comment = line_field(gettext_lazy("Why it is not confirmed"), most=500)

    move = "withdraw"
    button = gettext_lazy("Decline")

    def take(self, complaint_id: int) -> object:
        comment = self.cleaned_data["comment"]
        return withdrawal.decline_withdrawal(complaint_id, comment=comment, actor=self.here.actor, at=self.here.at)
