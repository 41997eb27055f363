"""Sign in and out, with a rest after five failures; each visit is noted as a session that can be ended."""

from typing import Any

from django.conf import settings
from django.contrib.auth import login, logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.devices import client_address
from huiyin.interfaces.web.account.forms import SignInForm
from huiyin.people import passwords, sign_ins
from huiyin.people.models import Person
from huiyin.people.rules import LOCK_OUT
from huiyin.rules import Refusal

YEAR_SECONDS = 365 * 24 * 3600


class NameRests(Refusal):
    rule = LOCK_OUT
    sentence = _("After %(failures)s wrong passwords this sign-in name rests for %(minutes)s minutes.")
    unblock = _("Try again later, or ask an administrator to let you in sooner.")


@never_cache
@sensitive_post_parameters("password")
def sign_in(request: HttpRequest) -> HttpResponse:
    """Ask for name and password, and go where the person wanted to go."""
    if request.user.is_authenticated:
        return HttpResponseRedirect(destination(request))
    form = SignInForm(request, request.POST or None)
    if request.method == "POST" and form.is_valid() and form.person is not None:
        return enter(request, form.person)
    if getattr(request, "axes_locked_out", False):
        return HttpResponse(status=429)  # axes puts the page from `locked_out` in its place
    return sign_in_page(request, form)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this session."""
    sign_ins.end_session(request.session.session_key or "", at=clock.now())
    logout(request)
    return HttpResponseRedirect(reverse("account:sign_in"))


def enter(request: HttpRequest, person: Person) -> HttpResponse:
    """Start a session, note it, and give the browser the person's language and look."""
    login(request, person, backend="django.contrib.auth.backends.ModelBackend")
    sign_ins.opened(
        person,
        session_key=request.session.session_key or "",
        address=client_address(request),
        device=request.headers.get("User-Agent", ""),
        at=clock.now(),
    )
    return wear(HttpResponseRedirect(destination(request)), request, person)


def wear(response: HttpResponse, request: HttpRequest, person: Person) -> HttpResponse:
    """Set the cookies from which the first paint takes language, theme and density."""
    for name, value in (
        (settings.LANGUAGE_COOKIE_NAME, person.language),
        ("hy_theme", person.theme),
        ("hy_density", person.density),
    ):
        response.set_cookie(name, value, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure())
    return response


def locked_out(request: HttpRequest, response: HttpResponse | None, credentials: Any) -> HttpResponse:
    """Say that the name rests; answers every attempt during that time, right or wrong."""
    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    refusal = NameRests(failures=settings.AXES_FAILURE_LIMIT, minutes=minutes)
    form = SignInForm(request)
    form.initial["username"] = (credentials or {}).get("username", "")
    return sign_in_page(request, form, refusal)


def sign_in_page(request: HttpRequest, form: SignInForm, refusal: Refusal | None = None) -> HttpResponse:
    """Draw the page; a demonstration also lists its people, each one press away."""
    demo = passwords.demo_people() if settings.HUIYIN_MODE == "demo" else []
    context = {
        "form": form,
        "refusal": refusal,
        "next": request.POST.get("next") or request.GET.get("next", ""),
        "demo_people": demo,
        "demo_password": passwords.DEMO_PASSWORD,
    }
    return render(request, "account/sign_in.html", context, status=429 if refusal else 200)


def destination(request: HttpRequest) -> str:
    """Where to go after signing in: the page asked for if it is ours, else the start page."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, request.is_secure()):
        return wanted
    try:
        return reverse("desk:queue")
    except NoReverseMatch:
        return reverse("account:settings")
