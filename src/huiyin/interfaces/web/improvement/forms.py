"""Forms of improvements, signals and reports."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import queries
from huiyin.complaints.models import Complaint
from huiyin.improvement.items import Proposal
from huiyin.interfaces.web.duty.forms import time_field
from huiyin.people.models import Department, Person
from huiyin.people.roles import roles_with


def _words(label: Any, rows: int = 4, *, required: bool = True) -> forms.CharField:
    return forms.CharField(label=label, widget=forms.Textarea({"rows": rows}), required=required)


def _department(label: Any) -> "forms.ModelChoiceField[Department]":
    found = Department.objects.filter(active=True)
    return forms.ModelChoiceField(found, label=label, required=False, empty_label=_("No department in particular"))


class CaseField(forms.CharField):
    """The number of a case this person may see, or nothing."""

    def __init__(self, person: Person, **more: Any) -> None:
        super().__init__(required=False, max_length=20, **more)
        self.person = person

    def clean(self, value: Any) -> Complaint | None:
        number = super().clean(value)
        if not number:
            return None
        found = queries.by_number(self.person, number)
        if found is None:
            raise forms.ValidationError(_("You see no case with this number."))
        return found


class ProposalForm(forms.Form):
    """What should change and why, from a case or from daily work (S2-16)."""

    title = forms.CharField(label=_("What should change"), max_length=200)
    description = _words(_("Why, and how one will see that it helps"))
    department = _department(_("Department it concerns"))

    def __init__(self, person: Person, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        self.fields["complaint"] = CaseField(person, label=_("Number of the case it came from"))

    def proposal(self) -> Proposal:
        return Proposal(**self.cleaned_data)


class AcceptForm(forms.Form):
    owner = forms.ModelChoiceField(
        Person.objects.filter(is_active=True), label=_("Owner"), empty_label=_("Choose a person")
    )
    due_at = time_field(_("Done by"))


class CheckForm(forms.Form):
    found = _words(_("What was checked, and what was found"))


class RejectForm(forms.Form):
    reason = _words(_("Reason"), 3)


class SignalForm(forms.Form):
    """Slight dissatisfaction somebody noticed (S2-18)."""

    matter = _words(_("What was noticed"), 3)
    department = _department(_("Department it concerns"))


class SettleForm(forms.Form):
    """What was done, or the complaint it became (S2-19)."""

    done = _words(_("What was done"), 3, required=False)

    def __init__(self, person: Person, data: Any = None) -> None:
        super().__init__(data)
        self.fields["complaint"] = CaseField(person, label=_("Number of the complaint it became"))


class ReportForm(forms.Form):
    """A period, who receives the report, and a remark."""

    first = forms.DateField(label=_("First day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    last = forms.DateField(label=_("Last day"), widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))
    recipients = forms.ModelMultipleChoiceField(
        Person.objects.none(), label=_("Recipients"), widget=forms.CheckboxSelectMultiple
    )
    remark = _words(_("Remark"), 3, required=False)

    def __init__(self, data: Any = None, initial: dict[str, Any] | None = None) -> None:
        super().__init__(data, initial=initial)
        readers = Person.objects.filter(is_active=True, roles__role__in=roles_with("report.read")).distinct()
        recipients = self.fields["recipients"]
        if isinstance(recipients, forms.ModelMultipleChoiceField):
            recipients.queryset = readers.order_by("name")

    @property
    def period(self) -> tuple[datetime, datetime]:
        """From the first moment of the first day to the first moment after the last, in the reader's zone."""
        zone = get_current_timezone()
        begins = datetime.combine(self.cleaned_data["first"], time(), tzinfo=zone)
        return begins, datetime.combine(self.cleaned_data["last"] + timedelta(days=1), time(), tzinfo=zone)
