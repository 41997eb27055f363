"""Compound problems: another matter, the record of the meeting, a contact past the owner (S0-34)."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.models import Task
from huiyin.complaints.steps import coordination
from huiyin.complaints.steps.coordination import Decided, NewMeeting
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import (
    PersonChoice,
    TimeField,
    category_choices,
    choice_field,
    line_field,
    words_field,
)
from huiyin.interfaces.web.case.forms.tasks import OfTask, participants
from huiyin.interfaces.web.case.rows import Rows
from huiyin.people.models import Department, Person
from huiyin.policy import clocks


class PartForm(StepForm):
    """What else the case is about; its department takes part from now on."""

    category = choice_field(gettext_lazy("What else it is about"))

    button = gettext_lazy("Note the other matter")
    intro = gettext_lazy("The case becomes compound: its departments meet, and the customer keeps one contact.")
    about: ClassVar = {rules.PART_HAS_DEPARTMENT.code: "category"}

    def prepare(self) -> None:
        self.fields["category"].choices = category_choices(self.here.pack)  # type: ignore[attr-defined]

    def take(self, complaint_id: int) -> object:
        category = self.cleaned_data["category"]
        return coordination.add_part(complaint_id, category=category, actor=self.here.actor, at=self.here.at)


class SeatRow(forms.Form):
    """Somebody who sat in the meeting."""

    use_required_attribute = False
    person = PersonChoice(Person.objects.none(), label=gettext_lazy("Who took part"))


class DecisionRow(forms.Form):
    """One decision; it becomes a task of whoever sees to it."""

    use_required_attribute = False
    text = line_field(gettext_lazy("What was decided"))
    person = PersonChoice(Person.objects.none(), label=gettext_lazy("Who sees to it"))
    due_at = TimeField(label=gettext_lazy("Until when"))


class MeetingForm(OfTask):
    """The record that ends a coordination meeting."""

    kinds = (Task.Kind.COORDINATE,)

    held_at = TimeField(label=gettext_lazy("When it was held"))
    summary = words_field(gettext_lazy("What was talked about"), rows=3)
    voice = words_field(gettext_lazy("What the customer is told"), rows=3)

    button = gettext_lazy("Keep the record")
    intro = gettext_lazy("Every decision becomes a task; the customer hears it in one voice, from his contact alone.")
    about: ClassVar = {**OfTask.about, rules.MEETING_RECORDED.code: "voice"}
    optional = frozenset({"summary"})

    def prepare(self) -> None:
        here = self.here
        self.initial["held_at"] = here.at
        people = participants(here)
        due_at = clocks.acknowledgement_due(here.pack, here.at)
        given = self.data if self.is_bound else None

        def make(form: type[forms.Form]) -> Any:
            def one(prefix: str, data: Any, initial: dict[str, Any] | None) -> forms.Form:
                row = form(data, prefix=prefix, initial={"due_at": due_at} | (initial or {}), auto_id="act-%s")
                field = row.fields["person"]
                assert isinstance(field, PersonChoice)
                field.queryset = people
                return row

            return one

        usual = [{"person": one} for one in (here.complaint.owner_id, here.complaint.handler_id) if one]
        self.rows["people"] = Rows("people", make(SeatRow), data=given, initial=usual, least=2)
        self.rows["decisions"] = Rows("decisions", make(DecisionRow), data=given)

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        sat = [row.cleaned_data["person"] for row in self.rows["people"]]
        rows = [row.cleaned_data for row in self.rows["decisions"]]
        new = NewMeeting(
            held_at=given["held_at"] or self.here.at,
            people=[one for one in sat if one is not None],
            decisions=[Decided(row["text"], row["person"], row["due_at"]) for row in rows if row["text"].strip()],
            voice=given["voice"],
            summary=given["summary"],
        )
        return coordination.record_meeting(self.task(complaint_id), new, actor=self.here.actor, at=self.here.at)


class DirectContactForm(StepForm):
    """A department spoke to the customer past his contact, outside of this house's own ways."""

    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=gettext_lazy("Which department"),
        required=False,
        empty_label=gettext_lazy("Choose a department"),
    )
    what = line_field(gettext_lazy("What the customer was told"), most=500)

    button = gettext_lazy("Note the contact")
    intro = gettext_lazy("The customer tells his story once, to one contact; owner and supervisors hear of this.")
    about: ClassVar = {rules.ONE_CONTACT.code: "department"}

    def prepare(self) -> None:
        field = self.fields["department"]
        assert isinstance(field, forms.ModelChoiceField)
        fronts = {row.code for row in self.here.pack.departments if row.front}
        field.queryset = Department.objects.filter(active=True).exclude(code__in=fronts)

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return coordination.flag_direct_contact(
            complaint_id, department=given["department"], what=given["what"], actor=self.here.actor, at=self.here.at
        )
