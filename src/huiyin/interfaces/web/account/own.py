"""My profile and preferences, my password, my sessions."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.devices import describe
from huiyin.interfaces.web.account.forms import PasswordForm, SettingsForm
from huiyin.interfaces.web.account.refused import show_refusal
from huiyin.interfaces.web.account.views import wear
from huiyin.people import sign_ins, staff
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.rules import Refusal


@staff_page()
def settings_page(request: HttpRequest) -> HttpResponse:
    """Contact, language, time zone and look."""
    person = Person.objects.select_related("department").get(pk=person_of(request).pk)
    form = SettingsForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        saved = staff.change_details(person.pk, form.cleaned_data, by=person_of(request), at=clock.now())
        with override(saved.language):
            messages.success(request, _("Your settings are saved."))
        return wear(HttpResponseRedirect(reverse("account:settings")), request, saved)
    roles = [Role(code).label for code in sorted(person.role_codes)]
    context = {"form": form, "person": person, "roles": roles, "tabs": tabs()}
    return render(request, "account/settings.html", context)


@staff_page()
@sensitive_post_parameters()
def password_page(request: HttpRequest) -> HttpResponse:
    """Change the password; every other session ends."""
    person = person_of(request)
    form = PasswordForm(person, request.POST or None)
    if request.method == "POST" and form.is_valid() and change_password(request, form):
        messages.success(request, _("Your password is changed, and every other session has ended."))
        return HttpResponseRedirect(reverse("account:settings"))
    return render(request, "account/password.html", {"form": form, "person": person, "tabs": tabs()})


@staff_page()
def sessions_page(request: HttpRequest) -> HttpResponse:
    """Every browser signed in as me."""
    here = request.session.session_key or ""
    rows = [
        {"row": row, "device": describe(row.device), "here": row.session_key == here}
        for row in sign_ins.listed(person_of(request), at=clock.now(), here=here)
    ]
    return render(request, "account/sessions.html", {"rows": rows, "tabs": tabs()})


@require_POST
@staff_page()
def end_session(request: HttpRequest, sign_in_id: int) -> HttpResponse:
    """End one of my sessions."""
    sign_ins.end(sign_in_id, person=person_of(request), at=clock.now())
    messages.success(request, _("The session has ended."))
    return HttpResponseRedirect(reverse("account:sessions"))


@require_POST
@staff_page()
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all my sessions but this one."""
    sign_ins.end_all(person_of(request), at=clock.now(), keep=request.session.session_key or "")
    messages.success(request, _("Every other session has ended."))
    return HttpResponseRedirect(reverse("account:sessions"))


def change_password(request: HttpRequest, form: PasswordForm) -> bool:
    """Change it and keep this session under a new key; a refusal goes into the form."""
    old_key = request.session.session_key or ""
    try:
        person = staff.set_password(
            form.person.pk, form.cleaned_data["password"], by=form.person, at=clock.now(), keep_session=old_key
        )
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    update_session_auth_hash(request, person)
    sign_ins.renamed(old_key, request.session.session_key or "")
    return True


def tabs() -> list[dict[str, Any]]:
    """The pages about oneself."""
    return [
        {"key": "settings", "label": _("Profile and preferences"), "url": reverse("account:settings")},
        {"key": "password", "label": _("Password"), "url": reverse("account:password")},
        {"key": "sessions", "label": _("Sessions"), "url": reverse("account:sessions")},
        {"key": "tokens", "label": _("Programs"), "url": reverse("account:tokens")},
    ]
