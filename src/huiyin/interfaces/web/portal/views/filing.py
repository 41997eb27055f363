"""File a complaint without an account: the notice, the form, the receipt."""

from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.complaints.models import Complaint, PromiseKind
from huiyin.interfaces.common import clock, refusals
from huiyin.interfaces.web.portal import filing, limits, organisation, uploads
from huiyin.interfaces.web.portal.doors import private
from huiyin.interfaces.web.portal.filing import Filed, FilingForm
from huiyin.interfaces.web.portal.uploads import Brought
from huiyin.interfaces.web.portal.words import plain
from huiyin.rules import Refusal

RECEIPT = "portal_receipt"
SWITCH = "switch"


@private
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """The notice and the form; filing leads to the receipt, anything missing back to the form as it was typed."""
    now = clock.now()
    if request.method != "POST":
        return _form(request, FilingForm(now=now), Brought(), now)
    if language := _switched(request):
        return _in_language(request, language, now)
    brought = uploads.take(request, at=now)
    form = FilingForm(request.POST, now=now)
    if not form.is_valid() or brought.problems:
        return _form(request, form, brought, now, status=422)
    try:
        limits.require(limits.FILE, limits.place_of(request), at=now)
        form.require_a_person()
        filed = filing.file(form, brought, at=now)
    except Refusal as refusal:
        return _form(request, form, brought, now, refusal=refusal)
    return _receipt(request, filed)


def _switched(request: HttpRequest) -> str:
    wanted = request.POST.get(SWITCH, "")
    return wanted if wanted in dict(settings.LANGUAGES) else ""


def _in_language(request: HttpRequest, language: str, now: datetime) -> HttpResponse:
    """The same form in another language, with everything typed and sent so far still in it."""
    brought = uploads.take(request, at=now)
    translation.activate(language)
    form = FilingForm(initial=request.POST.dict(), now=now)
    form.seal = FilingForm(request.POST, now=now).seal
    response = _form(request, form, brought, now)
    response.set_cookie(settings.LANGUAGE_COOKIE_NAME, language, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
    return response


def _form(
    request: HttpRequest,
    form: FilingForm,
    brought: Brought,
    now: datetime,
    *,
    refusal: Refusal | None = None,
    status: int = 200,
) -> HttpResponse:
    house = organisation.current(now)
    context = {
        "form": form,
        "house": house,
        "organisation": house.name,
        "brought": brought,
        "refusal": refusal and plain(refusal),
        "now": now,
        "most_mb": uploads.MOST_MB,
    }
    return render(request, "portal/file.html", context, status=refusals.status_of(refusal) if refusal else status)


def _receipt(request: HttpRequest, filed: Filed) -> HttpResponse:
    """To the receipt, by an address that can be reloaded without filing again."""
    request.session[RECEIPT] = {"number": filed.number, "secret": filed.secret}
    return HttpResponseRedirect(reverse("portal:filed"), status=303)


@private
@require_safe
def filed(request: HttpRequest) -> HttpResponse:
    """The receipt: the number, and the secret link this one time."""
    receipt = request.session.get(RECEIPT)
    if receipt is None:
        return HttpResponseRedirect(reverse("portal:start"))
    link = ""
    if receipt["secret"]:
        link = request.build_absolute_uri(reverse("portal:case", kwargs={"secret": receipt["secret"]}))
        request.session[RECEIPT] = {"number": receipt["number"], "secret": ""}
    complaint = Complaint.objects.get(number=receipt["number"])
    stage = complaint.promises.filter(kind=PromiseKind.STAGE, ended_at=None).first()
    now = clock.now()
    context = {
        "complaint": complaint,
        "link": link,
        "answer_at": stage and stage.due_at,
        "house": organisation.current(now),
        "organisation": organisation.name(),
        "now": now,
    }
    return render(request, "portal/filed.html", context)


@private
@require_safe
def notice(request: HttpRequest) -> HttpResponse:
    """The whole notice about personal data by itself."""
    house = organisation.current(clock.now())
    return render(request, "portal/notice.html", {"house": house, "organisation": house.name})
