"""The living page, and the switch of theme, density, contrast and shortcuts that works without scripts."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils import translation
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_GET, require_POST

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.components import look, samples

FRAMES = {
    "case": "components/living_case.html",
    "page": "components/living_page.html",
    "portal": "components/living_portal.html",
    "print": "components/living_print.html",
}
YEAR_SECONDS = 365 * 24 * 3600


@require_POST
def set_look(request: HttpRequest) -> HttpResponse:
    """Keep the reader's choice in a cookie and go back to the page."""
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure()):
        target = "/"
    response: HttpResponse = HttpResponseRedirect(target)
    if request.headers.get("X-Requested-With") == "fetch":
        response = HttpResponse(status=204)
    for name, allowed in look.CHOICES.items():
        value = request.POST.get(name)
        if value in allowed:
            response.set_cookie(f"hy_{name}", value, max_age=YEAR_SECONDS, samesite="Lax", secure=request.is_secure())
    return response


@require_GET
def living_page(request: HttpRequest) -> HttpResponse:
    """Every component in every state. Shown to anyone in development and demo, else to staff alone."""
    if settings.PRODUCTION and not request.user.is_authenticated:
        raise Http404
    language = request.GET.get("lang", "")
    if language in dict(settings.LANGUAGES):
        translation.activate(language)
    for name, allowed in look.CHOICES.items():
        if request.GET.get(name) in allowed:
            request.COOKIES[f"hy_{name}"] = request.GET[name]
    now = clock.now()
    if request.GET.get("toast"):
        messages.success(request, samples.sample("toast"))
    form = samples.SampleForm(samples.WRONG_INPUT, prefix="wrong")
    context = {"now": now, **samples.everything(now), "form": samples.SampleForm(), "wrong_form": form}
    frame = request.GET.get("frame", "")
    if frame in FRAMES and not request.user.is_authenticated:
        context["shell"] = samples.SampleShell()
    return render(request, FRAMES.get(frame, "components/living.html"), context)
