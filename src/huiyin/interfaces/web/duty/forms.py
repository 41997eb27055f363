"""The form that says when somebody is away."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.people import roles
from huiyin.people.models import Person
from huiyin.workforce.models import AbsenceKind


def time_field(label: Any) -> forms.DateTimeField:
    shown = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=shown, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


class AbsenceForm(forms.Form):
    """Everybody reports their own absence; who may record absences chooses the person."""

    person = forms.ModelChoiceField(Person.objects.none(), label=_("Who is away"))
    kind = forms.ChoiceField(label=_("Kind of absence"), choices=AbsenceKind.choices)
    from_at = time_field(_("Away from"))
    to_at = time_field(_("Back at"))
    substitute = forms.ModelChoiceField(
        Person.objects.filter(is_active=True),
        label=_("Stand-in"),
        required=False,
        empty_label=_("The duty agent"),
        help_text=_("The stand-in acts for the person who is away; the cases keep their owner."),
    )

    def __init__(self, reporter: Person, data: Any = None) -> None:
        super().__init__(data, initial={"person": reporter.pk})
        self.reporter = reporter
        if roles.can(reporter, "absence.record"):
            person = self.fields["person"]
            if isinstance(person, forms.ModelChoiceField):
                person.queryset = Person.objects.filter(is_active=True)
        else:
            del self.fields["person"]

    @property
    def away(self) -> Person:
        """The person the absence is about."""
        chosen = self.cleaned_data.get("person")
        return chosen if isinstance(chosen, Person) else self.reporter

    @property
    def period(self) -> tuple[datetime, datetime]:
        return self.cleaned_data["from_at"], self.cleaned_data["to_at"]
