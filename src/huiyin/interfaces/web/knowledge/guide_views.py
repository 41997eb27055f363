"""The guide beside a case: its strip, answers to a question, advice, cards put aside, guidance followed or left."""

import re

from django.contrib import messages as toasts
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.complaints import promises
from huiyin.complaints.models import Complaint
from huiyin.complaints.steps import guiding
from huiyin.complaints.steps.guiding import Use, Way
from huiyin.interfaces.common import clock, refusals
from huiyin.interfaces.common.run import run
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.desk import frame
from huiyin.interfaces.web.knowledge import guide
from huiyin.knowledge import dismissing
from huiyin.people.actors import Actor
from huiyin.rules import Refusal

STEP = re.compile(r"[a-z_]{0,64}")
READERS = ("complaint.read", "complaint.read_masked")


@require_safe
@staff_page(*READERS)
def strip(request: HttpRequest, number: str) -> HttpResponse:
    """The guide as a strip above what is being written, for one step or for the message."""
    complaint, now = frame.find(request, number), clock.now()
    shown = guide.guide(person_of(request), complaint, now, _step(request.GET.get("step", "")))
    return render(request, "knowledge/strip.html", {"shown": shown, "complaint": complaint, "now": now})


def _step(text: str) -> str:
    """The name of a form; anything else is none."""
    return text if STEP.fullmatch(text) else ""


@require_safe
@staff_page(*READERS)
def answers(request: HttpRequest, number: str) -> HttpResponse:
    """Scripts and facts that answer a question typed beside the case."""
    complaint, now = frame.find(request, number), clock.now()
    found = guide.answers(person_of(request), complaint, now, request.GET.get("ask", "").strip()[:200])
    return render(request, "knowledge/answers.html", {"found": found, "complaint": complaint, "now": now})


@require_safe
@staff_page(*READERS)
def advice(request: HttpRequest, number: str) -> HttpResponse:
    """Advice by content, purpose and character."""
    complaint = frame.find(request, number)
    found = guide.advice(request.GET.dict(), complaint, kind_of(complaint))
    return render(request, "knowledge/advice.html", {"found": found, "complaint": complaint, "now": clock.now()})


def kind_of(complaint: Complaint) -> str:
    """The kind of its category, as the pack has it."""
    pack = promises.pack_of(complaint)
    return next((one.kind for one in pack.categories if one.code == complaint.category), "")


@require_POST
@staff_page(*READERS)
def dismiss(request: HttpRequest, number: str) -> HttpResponse:
    """Put a coaching card aside in this case (S0-36)."""
    complaint = frame.find(request, number)
    code = request.POST.get("code", "")
    if not dismissing.put_aside(code, person=person_of(request), about=complaint.number, at=clock.now()):
        raise Http404
    return _back(request, complaint)


@require_POST
@staff_page(*READERS)
def used(request: HttpRequest, number: str) -> HttpResponse:
    """Note that guidance was followed, or left and why (S2-04)."""
    complaint, given = frame.find(request, number), request.POST
    try:
        run(guiding.record_guidance, complaint.pk, _use(request), actor=Actor.of(person_of(request)), at=clock.now())
    except Refusal as refusal:
        page = frame.show(request, complaint, "desk/refused.html", status=refusals.status_of(refusal), refusal=refusal)
        return page if not given.get("from") else _back(request, complaint)
    toasts.success(request, _("It is on the timeline."))
    return HttpResponseRedirect(reverse("desk:case", args=(complaint.number,)), status=303)


def _use(request: HttpRequest) -> Use:
    given = request.POST
    version, way = given.get("version", ""), given.get("way", "")
    return Use(
        given.get("kind", ""),
        given.get("code", ""),
        int(version) if version.isdecimal() and len(version) < 9 else 0,
        Way(way) if way in list(Way) else Way.FOLLOWED,
        given.get("reason", "")[:500],
    )


def _back(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """The strip anew where htmx asked for it, else the tab of the guide."""
    if getattr(request, "htmx", False):
        shown = guide.guide(person_of(request), complaint, clock.now(), _step(request.POST.get("step", "")))
        return render(request, "knowledge/strip.html", {"shown": shown, "complaint": complaint, "now": clock.now()})
    return HttpResponseRedirect(reverse("desk:about", args=(complaint.number, "guide")), status=303)
