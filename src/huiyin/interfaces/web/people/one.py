"""One person: details, roles, password, a name that rests, leaving and coming back."""

from collections.abc import Callable
from typing import Any

from axes.utils import reset
from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.refused import applied
from huiyin.interfaces.web.people import queries
from huiyin.interfaces.web.people.changes import in_words
from huiyin.interfaces.web.people.forms import DetailsForm, LeaveForm, NewPasswordForm, RolesForm
from huiyin.people import staff
from huiyin.people.models import Person
from huiyin.people.roles import Role


@staff_page("people.manage")
def person_page(request: HttpRequest, person_id: int) -> HttpResponse:
    """Everything an administrator may see and change about a person."""
    return drawn(request, get_object_or_404(Person, pk=person_id))


@require_POST
@staff_page("people.manage")
def change_details(request: HttpRequest, person_id: int) -> HttpResponse:
    """Change name, department, contact, joining day, training layer."""
    person = get_object_or_404(Person, pk=person_id)
    form = DetailsForm(request.POST, instance=person)
    at = clock.now()
    return done(
        request,
        person_id,
        {"details": form},
        lambda: staff.change_details(person_id, form.cleaned_data, by=person_of(request), at=at),
    )


@require_POST
@staff_page("people.manage")
def change_roles(request: HttpRequest, person_id: int) -> HttpResponse:
    """Give a person exactly the roles ticked."""
    form = RolesForm(request.POST)
    at = clock.now()

    def step() -> None:
        chosen = [Role(code) for code in form.cleaned_data["roles"]]
        staff.change_roles(person_id, to=chosen, by=person_of(request), at=at)

    return done(request, person_id, {"roles": form}, step)


@require_POST
@staff_page("people.manage")
@sensitive_post_parameters("password")
def set_password(request: HttpRequest, person_id: int) -> HttpResponse:
    """Set a password that the person must replace."""
    form = NewPasswordForm(request.POST)
    at = clock.now()
    return done(
        request,
        person_id,
        {"password": form},
        lambda: staff.set_password(person_id, form.cleaned_data["password"], by=person_of(request), at=at),
    )


@require_POST
@staff_page("people.manage")
def let_in(request: HttpRequest, person_id: int) -> HttpResponse:
    """Lift the rest that wrong passwords brought."""
    person = get_object_or_404(Person, pk=person_id)
    reset(username=person.username)
    messages.success(request, _("%(name)s can try to sign in again.") % {"name": person.name})
    return HttpResponseRedirect(reverse("people:person", args=[person_id]))


@require_POST
@staff_page("people.manage")
def deactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let somebody go, unless a case would be left behind."""
    person = get_object_or_404(Person, pk=person_id)
    count, at = queries.open_cases_of(person), clock.now()
    return done(
        request,
        person_id,
        {"leave": LeaveForm(request.POST)},
        lambda: staff.deactivate(person_id, open_cases=count, by=person_of(request), at=at),
    )


@require_POST
@staff_page("people.manage")
def reactivate(request: HttpRequest, person_id: int) -> HttpResponse:
    """Let somebody in again."""
    at = clock.now()
    return done(
        request,
        person_id,
        {"leave": LeaveForm(request.POST)},
        lambda: staff.reactivate(person_id, by=person_of(request), at=at),
    )


def done(request: HttpRequest, person_id: int, bound: dict[str, BaseForm], step: Callable[[], object]) -> HttpResponse:
    """Take the step and go back to the page, or draw the page with what was refused."""
    (form,) = bound.values()
    if applied(form, step):
        messages.success(request, _("The change is saved."))
        return HttpResponseRedirect(reverse("people:person", args=[person_id]))
    return drawn(request, get_object_or_404(Person, pk=person_id), bound)


def drawn(request: HttpRequest, person: Person, bound: dict[str, BaseForm] | None = None) -> HttpResponse:
    """The page with fresh forms, but for the one that was refused."""
    forms: dict[str, Any] = {
        "details": DetailsForm(instance=person),
        "roles": RolesForm(initial={"roles": sorted(person.role_codes)}),
        "password": NewPasswordForm(),
        "leave": LeaveForm(),
        **(bound or {}),
    }
    context = {
        "person": person,
        "forms": forms,
        "rests": queries.rests(person),
        "changes": in_words(person.changes.select_related("by").order_by("-at", "-pk")[:50]),
    }
    return render(request, "people/person.html", context)
