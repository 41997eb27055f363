"""Follow a complaint by its number and a code: the same answer whether there is such a number or not."""

import unicodedata
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.complaints.portal_access import CODE_MINUTES, NUMBER_LENGTH, normal
from huiyin.complaints.steps import portal
from huiyin.interfaces.common import clock, throttle
from huiyin.interfaces.web.portal import doors, limits, organisation
from huiyin.interfaces.web.portal.doors import Door, opened, private
from huiyin.interfaces.web.portal.limits import TooOften
from huiyin.interfaces.web.portal.words import plain


def typed(text: str) -> str:
    """A number or code as people type it: wide digits, spaces and other dashes are forgiven."""
    folded = unicodedata.normalize("NFKC", text)[: NUMBER_LENGTH * 2]
    dashes = str.maketrans(dict.fromkeys("‐‑‒–—―−ー", "-"))
    return "".join(folded.translate(dashes).split())


@private
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """Ask for the number; a code is on its way afterwards, if there is anybody to send it to."""
    if request.method != "POST":
        return _page(request, "portal/follow.html", number=request.GET.get("number", "")[:NUMBER_LENGTH])
    number = normal(typed(request.POST.get("number", "")))
    if not number:
        return _page(request, "portal/follow.html", status=422, missing=True)
    now = clock.now()
    asked = throttle.take(limits.ASK_CODE, limits.place_of(request), at=now)
    fresh = throttle.take(limits.CODE_FOR_NUMBER, number, at=now)
    if not (asked and fresh):
        refusal = plain(TooOften(minutes=limits.ASK_CODE.minutes if not asked else limits.CODE_FOR_NUMBER.minutes))
        return _page(request, "portal/follow.html", status=429, number=number, refusal=refusal)
    portal.send_code(number, now)
    return HttpResponseRedirect(f"{reverse('portal:code')}?{urlencode({'number': number})}", status=303)


@private
@require_http_methods(["GET", "HEAD", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Take the code; a wrong one, an old one and one for no case at all are answered alike."""
    if request.method != "POST":
        return _page(request, "portal/code.html", number=request.GET.get("number", "")[:NUMBER_LENGTH])
    number, given, now = normal(typed(request.POST.get("number", ""))), typed(request.POST.get("code", "")), clock.now()
    # One transaction, so that a case that exists costs no second write to the disk: the time tells nothing either.
    with transaction.atomic():
        allowed = throttle.take(limits.TRY_CODE, limits.place_of(request), at=now)
        access = portal.access_by_code(number, given, now) if allowed else None
    if not allowed:
        refusal = plain(TooOften(minutes=limits.TRY_CODE.minutes))
        return _page(request, "portal/code.html", status=429, number=number, refusal=refusal)
    if access is None:
        return _page(request, "portal/code.html", status=422, number=number, wrong=True)
    return HttpResponseRedirect(doors.let_in(request, access, now), status=303)


@opened
@require_POST
def leave(request: HttpRequest, door: Door) -> HttpResponse:
    """Close the case on this device."""
    doors.close(request, door)
    return HttpResponseRedirect(reverse("portal:follow"), status=303)


def _page(request: HttpRequest, template: str, *, status: int = 200, **shown: Any) -> HttpResponse:
    context = {"minutes": CODE_MINUTES, "organisation": organisation.name(), **shown}
    return render(request, template, context, status=status)
