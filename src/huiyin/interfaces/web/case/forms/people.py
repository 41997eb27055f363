"""T5 and the people of a case: who investigates, who owns it, who must keep out of it."""

from itertools import groupby
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.models import Interest
from huiyin.complaints.steps import assignment, flags
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import (
    Choices,
    PersonChoice,
    choice_field,
    line_field,
    people_with,
    radio_field,
    words_field,
)
from huiyin.interfaces.web.case.here import Here
from huiyin.interfaces.web.case.words import WordsForm
from huiyin.people.models import Department, Person
from huiyin.workforce import rules as duty

ABOUT_CHARGE = {
    rules.HANDLER_NAMED.code: "handler",
    rules.OWNER_IS_NOT_HANDLER.code: "handler",
    rules.RECUSED.code: "handler",
    duty.ON_DUTY.code: "handler",
    rules.OWNER_STAYS.code: "reason",
}


class ChargeForm(StepForm):
    """A department and a person of it who is there; the rule of the category is preselected, never the person."""

    department = forms.ModelChoiceField(
        Department.objects.none(),
        label=gettext_lazy("Department in charge"),
        required=False,
        empty_label=gettext_lazy("Choose a department"),
    )
    handler = choice_field(gettext_lazy("Person in charge"))

    beside: ClassVar = (("department", "handler"),)
    about: ClassVar = ABOUT_CHARGE

    def prepare(self) -> None:
        here = self.here
        department = self.fields["department"]
        assert isinstance(department, forms.ModelChoiceField)
        department.queryset = Department.objects.filter(active=True)
        routed = assignment.routed_department(here.complaint)
        self.initial["department"] = here.complaint.department_id or (routed.pk if routed else None)
        if routed is not None:
            department.help_text = _("The category leads to %(department)s.") % {"department": routed.name}
        self.fields["handler"].choices = handler_choices(here, routed)  # type: ignore[attr-defined]

    def charge(self) -> tuple[Department | None, Person | None]:
        given = self.cleaned_data
        chosen = given["handler"]
        return given["department"], Person.objects.filter(pk=chosen).first() if chosen else None


def handler_choices(here: Here, routed: Department | None) -> Choices:
    """Whoever may investigate and is there, by department, the department of the rule first."""
    case = here.complaint
    people = people_with("complaint.find", here.at).exclude(pk=case.owner_id)
    people = people.exclude(pk__in=Interest.objects.filter(complaint=case).values("person"))
    rows = list(people.filter(department__isnull=False).select_related("department"))

    def place(person: Person) -> tuple[bool, int]:
        return person.department_id != (routed.pk if routed else None), person.department_id or 0

    listed: Choices = [("", _("Choose a person who is there"))]
    for _place, group in groupby(sorted(rows, key=place), key=place):
        members = list(group)
        listed.append((members[0].department.name if members[0].department else "", [(p.pk, p.name) for p in members]))
    return listed


class InvestigateForm(WordsForm, ChargeForm):
    """Name who investigates, and tell the customer when the result comes."""

    move = "investigate"
    button = gettext_lazy("Have it investigated")
    first_words = gettext_lazy("The result of the investigation")
    ahead = frozenset({rules.CATEGORISED.code})

    def take(self, complaint_id: int) -> object:
        department, handler = self.charge()
        return assignment.assign_handler(
            complaint_id,
            department=department,
            handler=handler,
            words=self.words(),
            actor=self.here.actor,
            at=self.here.at,
        )


class HandlerForm(ChargeForm):
    reason = line_field(gettext_lazy("Why it changes hands"), most=300)

    button = gettext_lazy("Change the handler")

    def take(self, complaint_id: int) -> object:
        department, handler = self.charge()
        return assignment.change_handler(
            complaint_id,
            department=department,
            handler=handler,
            reason=self.cleaned_data["reason"],
            actor=self.here.actor,
            at=self.here.at,
        )


class OwnerForm(StepForm):
    """Another owner; the promises go with the case."""

    owner = PersonChoice(Person.objects.none(), label=gettext_lazy("New owner"))
    reason = line_field(gettext_lazy("Why it changes hands"), most=300)

    button = gettext_lazy("Change the owner")
    about: ClassVar = {rules.OWNER_IS_NOT_HANDLER.code: "owner", rules.OWNER_STAYS.code: "reason"}

    def prepare(self) -> None:
        people = people_with("complaint.receive", self.here.at).filter(department__isnull=False)
        owner = self.fields["owner"]
        assert isinstance(owner, PersonChoice)
        owner.queryset = people.exclude(pk=self.here.complaint.owner_id).select_related("department")

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        owner = given["owner"] or self.here.complaint.owner
        return assignment.change_owner(
            complaint_id, owner=owner, reason=given["reason"], actor=self.here.actor, at=self.here.at
        )


class InterestForm(StepForm):
    """Somebody is complained about or concerned: neither handler nor approver from now on (ENG-15)."""

    person = PersonChoice(Person.objects.none(), label=gettext_lazy("Who is concerned"))
    complained_about = radio_field(
        gettext_lazy("In what way"),
        (("yes", gettext_lazy("is complained about")), ("no", gettext_lazy("has an interest"))),
    )
    reason = line_field(gettext_lazy("What the interest is"), most=300)

    button = gettext_lazy("Declare the interest")
    about: ClassVar = {rules.RECUSED.code: "reason"}

    def prepare(self) -> None:
        self.initial.update({"person": self.here.person.pk, "complained_about": "no"})
        person = self.fields["person"]
        assert isinstance(person, PersonChoice)
        person.queryset = Person.objects.filter(is_active=True).select_related("department").order_by("name", "pk")

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return flags.declare_interest(
            complaint_id,
            person=given["person"] or self.here.person,
            complained_about=given["complained_about"] == "yes",
            reason=given["reason"],
            actor=self.here.actor,
            at=self.here.at,
        )


FLAG_WORDS: dict[str, Any] = {
    "escalated": gettext_lazy("Escalated"),
    "media": gettext_lazy("Media involved"),
    "external": gettext_lazy("An outside body deals with it"),
    "compound": gettext_lazy("Compound: concerns several departments"),
    "wide": gettext_lazy("Wide: many are concerned, or more than one department"),
}


class FlagForm(StepForm):
    """One flag set or taken away, with a reason."""

    flag = radio_field(gettext_lazy("Which flag"))
    reason = words_field(gettext_lazy("Why"), rows=2, most=300)

    button = gettext_lazy("Change the flag")
    intro = gettext_lazy("Hard conduct is no flag: report it, and a supervisor decides.")

    def prepare(self) -> None:
        case = self.here.complaint
        listed = [(name, _change(words, bool(getattr(case, name)))) for name, words in FLAG_WORDS.items()]
        self.fields["flag"].choices = listed  # type: ignore[attr-defined]
        self.initial["flag"] = self.here.item if self.here.item in FLAG_WORDS else ""

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        flag = given["flag"]
        value = not getattr(self.here.complaint, flag) if flag else True
        return flags.set_flag(complaint_id, flag, value, reason=given["reason"], actor=self.here.actor, at=self.here.at)


def _change(words: Any, is_set: bool) -> str:
    if is_set:
        return _("%(flag)s: set, take it away") % {"flag": words}
    return _("%(flag)s: not set, set it") % {"flag": words}
