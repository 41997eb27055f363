"""The complainant's forms on his case: few fields, each by itself enough, nothing asked twice."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.states import State
from huiyin.interfaces.web.portal.reading import Facts

LONGEST = 5000
SCORES = (
    (5, _("Very good")),
    (4, _("Good")),
    (3, _("So-so")),
    (2, _("Poor")),
    (1, _("Very poor")),
)


def words(label: Any, *, required: bool = True, rows: int = 3, empty: Any = "", help_text: Any = "") -> forms.CharField:
    """A field for the complainant's own words."""
    messages = {"required": empty or _("Please write a few words.")}
    return forms.CharField(
        label=label,
        required=required,
        max_length=LONGEST,
        help_text=help_text,
        error_messages=messages,
        widget=forms.Textarea({"rows": rows}),
    )


class CaseForm(forms.Form):
    """A form on a case; it knows what the case offers."""

    def __init__(self, *args: Any, facts: Facts, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.facts = facts
        self.label_suffix = ""
        self.prepare()

    def prepare(self) -> None:
        """Fill in what depends on the case."""


class NoWords(CaseForm):
    """A form of one button."""


class Choose(CaseForm):
    option = forms.TypedChoiceField(
        label=_("Choose one"), coerce=int, error_messages={"required": _("Please mark one of the options first.")}
    )
    said = words(_("Anything we should know about it"), required=False, rows=2)

    def prepare(self) -> None:
        offered = [(row.pk, row.title) for row in self.facts.offered]
        self.fields["option"].choices = offered  # type: ignore[attr-defined]
        self.fields["option"].error_messages["invalid_choice"] = _(
            "This option is no longer offered. Please choose one of those shown now."
        )


class Object(CaseForm):
    text = words(
        _("What would suit you?"),
        help_text=_("Say it freely. What you write goes to the person who looks after your complaint."),
        empty=_("Please write a few words, so that we know what would suit you."),
    )


class Result(CaseForm):
    """Accepting or not accepting what was done; scores and words are optional."""

    matter = forms.TypedChoiceField(
        label=_("How was the matter settled?"),
        choices=SCORES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    feeling = forms.TypedChoiceField(
        label=_("How did you feel treated?"),
        choices=SCORES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    condition = forms.BooleanField(required=False)
    text = words(_("Your words about it"), required=False, rows=2)


class Reject(CaseForm):
    text = words(
        _("What is still not right?"),
        help_text=_("With this we start where it went wrong and not from the beginning."),
        empty=_("Please say in a few words what is still not right."),
    )


class Appeal(CaseForm):
    text = words(
        _("What do you want somebody else to look at?"),
        help_text=_("Somebody who did not decide it reads your words and decides anew."),
        empty=_("Please say in a few words what you object to."),
    )


class Understood(CaseForm):
    text = words(_("Anything you want to add"), required=False, rows=2)


class Add(CaseForm):
    """A message, papers, or both."""

    text = words(_("Message"), required=False)
    new = forms.BooleanField(label=_("This is something new: please look into it again"), required=False)

    def prepare(self) -> None:
        if self.facts.state is not State.EXPLAINING:
            self.fields["new"].widget = forms.HiddenInput()

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if not cleaned.get("text", "").strip() and self.data.get("brought") in (None, "0"):
            self.add_error("text", _("Please write something or add a file."))
        return cleaned


class Person(CaseForm):
    text = words(
        _("When and how can we reach you best?"),
        required=False,
        rows=2,
        help_text=_("For example: today after 6 pm, on my mobile."),
    )
    superior = forms.BooleanField(
        label=_("I want to speak to a superior, and agree that the conversation is handed to him."), required=False
    )


class Rate(CaseForm):
    score = forms.TypedChoiceField(
        label=_("How do you rate us?"),
        choices=SCORES,
        coerce=int,
        widget=forms.RadioSelect,
        error_messages={"required": _("Please choose one of the five.")},
    )
    feeling = forms.TypedChoiceField(
        label=_("How did you feel treated?"),
        choices=SCORES,
        coerce=int,
        empty_value=None,
        required=False,
        widget=forms.RadioSelect,
    )
    text = words(_("Why?"), required=False, rows=2)


class Withdraw(CaseForm):
    text = words(
        _("Why do you take the complaint back?"),
        rows=2,
        help_text=_("One sentence is enough. Somebody checks with you before it ends."),
        empty=_("Please tell us in a few words why you take it back."),
    )


class Reopen(CaseForm):
    text = words(
        _("What is still not right, or wrong again?"),
        empty=_("Please say in a few words what is still not right."),
    )
