"""The forms of the administrator, and the auditor's filter and export."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from huiyin.people.models import AccessKind, Department, Person
from huiyin.people.roles import Role
from huiyin.people.staff import NewPerson

if TYPE_CHECKING:
    PersonForm = forms.ModelForm[Person]  # only the type checker may write the brackets
else:
    PersonForm = forms.ModelForm

PASSWORD_HELP = _("The person must choose another one at the first sign-in.")


def day_field(label: Any) -> forms.DateField:
    return forms.DateField(label=label, required=False, widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"))


def roles_field() -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=_("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple)


class FindForm(forms.Form):
    """Narrows the list of people."""

    q = forms.CharField(label=_("Name"), required=False)
    role = forms.ChoiceField(label=_("Role"), required=False)
    department = forms.ModelChoiceField(
        Department.objects.all(), label=_("Department"), required=False, empty_label=_("All departments")
    )
    gone = forms.BooleanField(label=_("Also those who left"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        role = self.fields["role"]
        if isinstance(role, forms.ChoiceField):
            role.choices = [("", _("All roles")), *Role.choices]


class AddPersonForm(forms.Form):
    """What is known about somebody on the first day."""

    name = forms.CharField(label=_("Name"), max_length=80)
    username = forms.CharField(
        label=_("Sign-in name"),
        max_length=64,
        widget=forms.TextInput({"autocapitalize": "none", "autocomplete": "off"}),
    )
    roles = roles_field()
    department = forms.ModelChoiceField(Department.objects.filter(active=True), label=_("Department"), required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    phone = forms.CharField(label=_("Phone"), max_length=32, required=False)
    joined_on = day_field(_("Joined on"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    password = forms.CharField(
        label=_("First password"),
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )

    def new_person(self) -> NewPerson:
        given = {key: value for key, value in self.cleaned_data.items() if key != "password"}
        return NewPerson(**{**given, "roles": tuple(Role(code) for code in given["roles"])})


class DetailsForm(PersonForm):
    """Changes what is known about somebody."""

    joined_on = day_field(_("Joined on"))

    class Meta:
        model = Person
        fields = ("name", "department", "email", "phone", "joined_on", "tenure_layer")
        labels = {
            "name": _("Name"),
            "department": _("Department"),
            "email": _("E-mail"),
            "phone": _("Phone"),
            "tenure_layer": _("Training layer"),
        }


class RolesForm(forms.Form):
    roles = roles_field()


class NewPasswordForm(forms.Form):
    password = forms.CharField(
        label=_("New password"),
        help_text=PASSWORD_HELP,
        strip=False,
        widget=forms.PasswordInput({"autocomplete": "new-password"}),
    )


class LeaveForm(forms.Form):
    """Has no fields: pressing the button is the answer."""


class DepartmentForm(forms.Form):
    name = forms.CharField(label=_("Name of the department"), max_length=80)
    code = forms.SlugField(
        label=_("Code"),
        max_length=40,
        help_text=_("Policy packs name the department by this code, for example quality."),
    )


class HeadForm(forms.Form):
    """Says who heads a department."""

    head = forms.ModelChoiceField(
        Person.objects.none(), label=_("Head of the department"), required=False, empty_label=_("Nobody for now")
    )

    def __init__(self, department: Department, data: Any = None) -> None:
        super().__init__(data, auto_id=f"id_{department.pk}_%s", initial={"head": department.head_id})
        self.department = department
        head = self.fields["head"]
        if isinstance(head, forms.ModelChoiceField):
            head.choices = [("", head.empty_label), *((p.pk, p.name) for p in department.people.all() if p.is_active)]
            head.queryset = Person.objects.filter(department=department)


class LogForm(forms.Form):
    """Narrows the access log."""

    person = forms.ModelChoiceField(Person.objects.all(), label=_("Person"), required=False, empty_label=_("Everybody"))
    kind = forms.ChoiceField(label=_("What happened"), required=False)
    from_on = day_field(_("From day"))
    to_on = day_field(_("Up to and including day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind = self.fields["kind"]
        if isinstance(kind, forms.ChoiceField):
            kind.choices = [("", _("Everything")), *AccessKind.choices]


class ExportForm(LogForm):
    reason = forms.CharField(label=_("Reason"), max_length=200, required=False)
