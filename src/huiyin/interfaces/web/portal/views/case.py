"""The complainant's own case: what stands there, and what he can do."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.interfaces.common import clock, refusals
from huiyin.interfaces.common.numbers import whole
from huiyin.interfaces.web.portal import answering, organisation, reading, stamps, uploads
from huiyin.interfaces.web.portal.acts import ACTS, THANKS, Act, Sent
from huiyin.interfaces.web.portal.answering import Guard
from huiyin.interfaces.web.portal.doors import Door, opened
from huiyin.interfaces.web.portal.forms import CaseForm
from huiyin.interfaces.web.portal.presenters import case as presenter
from huiyin.interfaces.web.portal.reading import Facts
from huiyin.interfaces.web.portal.uploads import Brought
from huiyin.interfaces.web.portal.words import MOVED_ON, plain
from huiyin.rules import Refusal


@opened
@require_safe
def case(request: HttpRequest, door: Door) -> HttpResponse:
    """Where it stands, what was promised, what he can do."""
    facts = reading.load(door.access.complaint, clock.now())
    template = "portal/merged.html" if facts.complaint.merged_into_id else "portal/case.html"
    thanks = THANKS.get(request.GET.get("done", ""))
    forms = {name: ACTS[name].form(facts=facts, auto_id=f"{name}-%s") for name in ("choose", "accept", "rate")}
    return _page(request, door, facts, template, thanks=thanks, forms=forms)


@opened
@require_safe
def history(request: HttpRequest, door: Door) -> HttpResponse:
    """The whole story on one page, to read and to print."""
    return _page(request, door, reading.load(door.access.complaint, clock.now()), "portal/history.html")


@opened
@require_http_methods(["GET", "HEAD", "POST"])
def act(request: HttpRequest, door: Door, name: str) -> HttpResponse:
    """One act: its form, and its sending."""
    if name not in ACTS:
        raise Http404
    one, facts = ACTS[name], reading.load(door.access.complaint, clock.now())
    if request.method != "POST":
        return _act(request, door, facts, one, one.form(facts=facts), Brought())
    brought = uploads.take(request, at=facts.now) if one.files else Brought()
    form = one.form({**request.POST.dict(), "brought": str(len(brought.files))}, facts=facts)
    if not form.is_valid() or brought.problems:
        return _act(request, door, facts, one, form, brought, status=422)
    return _send(request, door, facts, one, form, brought)


def _send(request: HttpRequest, door: Door, facts: Facts, one: Act, form: CaseForm, brought: Brought) -> HttpResponse:
    """Hand the answer in; a refusal gives the form back with everything in it."""
    seen = whole(request.POST.get("seen", ""))
    stamp = stamps.read(request.POST.get("stamp", "")) or stamps.fresh(facts.now)
    guard = Guard(door.holder, stamp.number, -1 if seen is None else seen)
    sent = Sent(facts, form.cleaned_data, brought, facts.now)
    try:
        answering.require_pace(guard, sent)
        done = answering.send(one, sent, guard)
    except Refusal as refusal:
        fresh = reading.load(door.access.complaint, facts.now)
        return _act(request, door, fresh, one, form, brought, refusal=refusal)
    return HttpResponseRedirect(f"{door.base}?done={done}", status=303)


def _act(
    request: HttpRequest,
    door: Door,
    facts: Facts,
    one: Act,
    form: CaseForm,
    brought: Brought,
    **more: Any,
) -> HttpResponse:
    refusal: Refusal | None = more.get("refusal")
    status = refusals.status_of(refusal) if refusal else more.get("status", 200)
    closed = None if one.open(facts) or refusal or form.is_bound else MOVED_ON
    context = {"act": one, "form": form, "brought": brought, "refusal": plain(refusal) if refusal else closed}
    return _page(request, door, facts, "portal/act.html", status=status, most_mb=uploads.MOST_MB, **context)


def _page(
    request: HttpRequest, door: Door, facts: Facts, template: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "page": presenter.page(facts),
        "door": door,
        "stamp": stamps.fresh(facts.now).sealed(),
        "organisation": organisation.name(),
        "now": facts.now,
        **more,
    }
    return render(request, template, context, status=status)
