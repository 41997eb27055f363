"""Registering a complaint: the page of whoever takes it, with what may be the same matter already."""

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from huiyin.complaints import queries
from huiyin.complaints.models import Complaint
from huiyin.complaints.steps import reception
from huiyin.complaints.steps.reception import NewComplaint
from huiyin.interfaces.common import clock, idempotency, refusals
from huiyin.interfaces.common.idempotency import Answer
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.case.forms.receiving import NewComplaintForm
from huiyin.people.actors import Actor
from huiyin.policy.packs import store
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal

SHOWN = 6


@require_http_methods(["GET", "POST"])
@staff_page("complaint.receive")
def new(request: HttpRequest) -> HttpResponse:
    """The empty form, or the complaint received."""
    at = clock.now()
    if request.method == "GET":
        first = {"channel": "phone", "received_at": at}
        return shown(request, NewComplaintForm(pack_now(at), initial=first))
    form = NewComplaintForm(pack_now(at), request.POST)
    if not form.is_valid():
        return shown(request, form, status=422)
    if "anyway" not in request.POST and (alike := look_alikes(request, form.new(), at)):
        return shown(request, form, alike=alike)
    return received(request, form, at)


def received(request: HttpRequest, form: NewComplaintForm, at: datetime) -> HttpResponse:
    """Receive it once, however often the button is pressed, and go to its page."""
    person = person_of(request)

    def act() -> Answer:
        complaint = reception.receive(form.new(), actor=Actor.of(person), at=at)
        return Answer(303, reverse("desk:case", args=(complaint.number,)))

    key = request.POST.get("once") or secrets.token_hex(8)
    try:
        answer = idempotency.once(f"person:{person.pk}", key, request=form_hash(request), at=at, act=act)
    except Refusal as refusal:
        form.refuse(refusal)
        return shown(request, form, status=refusals.status_of(refusal))
    return HttpResponseRedirect(answer.body, status=303)


def form_hash(request: HttpRequest) -> str:
    """What was sent, without what changes from page to page."""
    given = sorted((key, str(value)) for key, value in request.POST.items() if key != "csrfmiddlewaretoken")
    return idempotency.request_hash(*(part for pair in given for part in pair))


def pack_now(at: datetime) -> Pack:
    return store.parsed(store.pick(at, base_code=settings.HUIYIN_PACK).base.pk)


def look_alikes(request: HttpRequest, subject: NewComplaint, at: datetime) -> list[Complaint]:
    """Cases this person may see that may be about the same; shown, never joined by themselves."""
    seen = queries.visible_to(person_of(request)).values("pk")
    return list(reception.possible_duplicates(subject, at=at).filter(pk__in=seen)[:SHOWN])


def shown(request: HttpRequest, form: NewComplaintForm, *, status: int = 200, **more: Any) -> HttpResponse:
    once = request.POST.get("once") or secrets.token_hex(8)
    context = {"form": form, "once": once, "place": "new", **more}
    return render(request, "desk/new.html", context, status=status)
