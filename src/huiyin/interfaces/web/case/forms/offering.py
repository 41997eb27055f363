"""T15 and T17: the customer's choice, what is owed to one who never answers, the refusal above the standard."""

from datetime import timedelta
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.guards import money
from huiyin.complaints.models import Option
from huiyin.complaints.steps import offering
from huiyin.complaints.steps.offering import Choice
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import people_with, radio_field, way_field, words_field
from huiyin.interfaces.web.case.words import WordsForm
from huiyin.interfaces.web.components.pieces import amount_words


class OptionForm(StepForm):
    """One of the options on offer."""

    option = radio_field(gettext_lazy("Which option"))

    about: ClassVar = {rules.CHOICE_CONFIRMED.code: "option", rules.OWED_ONLY.code: "option"}

    def prepare(self) -> None:
        options = self.here.case.options
        self.on_offer: list[Option] = [row for row in options if row.status == Option.Status.OFFERED]
        currency = self.here.pack.currency
        self.fields["option"].choices = [  # type: ignore[attr-defined]
            (
                row.pk,
                _("%(title)s, %(amount)s")
                % {"title": row.title, "amount": amount_words(money.option_cost(row), currency)},
            )
            for row in self.on_offer
        ]
        self.initial["option"] = self.on_offer[0].pk if len(self.on_offer) == 1 else ""

    def option_id(self) -> int:
        given = self.cleaned_data["option"]
        return int(given) if given else 0


class ChooseForm(WordsForm, OptionForm):
    """What the customer chose, how it was said, and who carries out which remedy."""

    said = words_field(gettext_lazy("In the customer's words"), rows=2)
    via = way_field()

    move = "choose"
    button = gettext_lazy("Record the choice")
    optional = frozenset({"said"})
    intro = gettext_lazy("Each remedy becomes an action with a person, a due time and its proof.")
    first_words = gettext_lazy("What was chosen is carried out")

    def prepare(self) -> None:
        super().prepare()
        self.initial["via"] = "phone"
        people = people_with("task.complete", self.here.at)
        choices: list[tuple[Any, Any]] = [("", _("The department of the remedy"))]
        choices += [(person.pk, person.name) for person in people]
        for option in self.on_offer:
            for line in option.lines.all():
                label = _("%(option)s: %(remedy)s is done by") % {"option": option.title, "remedy": line.title}
                self.fields[f"who_{line.pk}"] = forms.ChoiceField(label=label, choices=choices, required=False)

    @property
    def assignments(self) -> list[Any]:
        """The selects of persons, to stand folded away from the choice."""
        return [self[name] for name in self.fields if name.startswith("who_")]

    @property
    def lines(self) -> Any:
        return [[field for field in line if not field.name.startswith("who_")] for line in super().lines if line]

    def hint(self) -> Any:
        longest = max((row.execute_within_minutes for row in self.on_offer), default=0)
        return self.here.at + timedelta(minutes=longest) if longest else super().hint()

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        option_id = self.option_id()
        lines = [line.pk for option in self.on_offer if option.pk == option_id for line in option.lines.all()]
        named = {pk: int(given[f"who_{pk}"]) for pk in lines if given.get(f"who_{pk}")}
        choice = Choice(option_id, given["via"], given["said"], named)
        return offering.confirm_choice(complaint_id, choice, self.words(), actor=self.here.actor, at=self.here.at)


class OwedForm(WordsForm, OptionForm):
    """Carry out what is owed anyway to a customer who never answered (AMB-40)."""

    move = "choose"
    button = gettext_lazy("Carry out what is owed")
    intro = gettext_lazy("After enough tries and the final message: an option that holds nothing but what is owed.")

    def take(self, complaint_id: int) -> object:
        return offering.carry_out_what_is_owed(
            complaint_id, option_id=self.option_id(), words=self.words(), actor=self.here.actor, at=self.here.at
        )


class RefuseForm(WordsForm):
    """Refuse what lies above the standard: with a reason, an alternative and a reply."""

    reason = words_field(gettext_lazy("Why it lies above the standard"), rows=3)
    alternative = words_field(gettext_lazy("What is offered instead"), rows=2)

    move = "refuse_above_standard"
    button = gettext_lazy("Refuse above the standard")
    intro = gettext_lazy("The last word of the house: with the reason, the alternative, and a reply to the customer.")
    ahead = frozenset({rules.TOO_MANY_ROUNDS.code})
    about: ClassVar = {rules.ALTERNATIVE_OFFERED.code: "alternative"}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return offering.refuse_above_standard(
            complaint_id,
            reason=given["reason"],
            alternative=given["alternative"],
            words=self.words(),
            actor=self.here.actor,
            at=self.here.at,
        )
