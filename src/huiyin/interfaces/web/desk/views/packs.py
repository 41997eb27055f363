"""Policy packs to read: what a version says, and what another says differently."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import staff_page
from huiyin.interfaces.web.desk.presenters import packs as presented


@require_safe
@staff_page()
def packs(request: HttpRequest) -> HttpResponse:
    """Every pack with its versions and since when they hold."""
    now = clock.now()
    return render(request, "desk/packs.html", {"shown": presented.packs(now), "now": now, "place": "packs"})


@require_safe
@staff_page()
def pack(request: HttpRequest, code: str) -> HttpResponse:
    """One version of a pack: clocks, categories, limits, remedies, settings, and how another version differs."""
    now = clock.now()
    shown = presented.pack(code, now, request.GET.get("version", ""), request.GET.get("against", ""))
    if shown is None:
        raise Http404
    return render(request, "desk/pack.html", {"shown": shown, "now": now, "place": "packs"})
