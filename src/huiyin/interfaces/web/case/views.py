"""The one view of all steps of a case, registering a complaint, and the coach that reads along."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.complaints.models import Complaint
from huiyin.complaints.queries import ChangedMeanwhile
from huiyin.files.refused import FileRefused
from huiyin.interfaces.common import clock, refusals
from huiyin.interfaces.common.numbers import whole
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.case import guided, meanwhile, words
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.here import Here
from huiyin.interfaces.web.case.rows import AGAIN, rearranged
from huiyin.interfaces.web.case.table import STEP_FORMS, StepPage
from huiyin.interfaces.web.desk import frame
from huiyin.rules import Refusal

UNREADABLE = 422
READERS = ("complaint.read", "complaint.read_masked")


@require_http_methods(["GET", "POST"])
@staff_page(*READERS)
def do(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """The form of a step: shown, or taken."""
    complaint = frame.find(request, number)
    page = STEP_FORMS.get(step)
    if page is None:
        raise Http404
    here = here_of(request, complaint)
    try:
        page.who(here)
    except Refusal as refusal:
        return not_for(request, here, page, refusal)
    if request.method == "GET":
        return shown(request, page, page.form(here))
    return posted(request, page, here)


def here_of(request: HttpRequest, complaint: Complaint) -> Here:
    given = request.POST if request.method == "POST" else request.GET
    item = given.get("item") or given.get("id", "")
    return Here(complaint, person_of(request), clock.now(), item, request.build_absolute_uri)


def posted(request: HttpRequest, page: StepPage, here: Here) -> HttpResponse:
    """Take the step; whatever is refused comes back with everything that was typed."""
    if order := request.POST.get(AGAIN, ""):
        return again(request, page, here, order)
    form = page.form(here, request.POST, request.FILES)
    if not form.is_valid():
        return shown(request, page, form, status=UNREADABLE)
    try:
        meanwhile.take(form.take, here.complaint.pk, seen=known(request))
    except ChangedMeanwhile as refusal:
        return stale(request, page, refusal)
    except (Refusal, FileRefused) as error:
        said = refusals.as_refusal(error)
        assert said is not None
        form.refuse(said)
        return shown(request, page, form, status=refusals.status_of(said))
    guided.note_scripts(request.POST, here)
    return frame.done(request, here.complaint)


def again(request: HttpRequest, page: StepPage, here: Here, order: str) -> HttpResponse:
    """The same form with a row more or less, its sums made, or its words read by the coach; nothing is done."""
    form = page.form(here, rearranged(request.POST, order))
    form.is_valid()
    form.look_again()
    form.keep_quiet()
    form.point_at(order.removeprefix("add:"))
    return shown(request, page, form)


def known(request: HttpRequest) -> int:
    """The last event the page knew."""
    given = whole(request.POST.get("seen", ""))
    return meanwhile.NOTHING if given is None else given


def stale(request: HttpRequest, page: StepPage, refusal: Refusal) -> HttpResponse:
    """The form once more, with what was typed and what others did; sending it again is then deliberate."""
    complaint = frame.find(request, page_number(request))
    here = here_of(request, complaint)
    try:
        page.who(here)
    except Refusal as gone:
        return not_for(request, here, page, gone, kept=request.POST)
    form = page.form(here, request.POST)
    form.is_valid()
    form.keep_quiet()
    form.refuse(refusal)
    changes = meanwhile.since(complaint, max(known(request), 0))
    return shown(request, page, form, status=refusals.status_of(refusal), changes=changes)


def page_number(request: HttpRequest) -> str:
    match = request.resolver_match
    return str(match.kwargs["number"]) if match else ""


def shown(request: HttpRequest, page: StepPage, form: StepForm, *, status: int = 200, **more: Any) -> HttpResponse:
    """The form in the act area of the case's page."""
    complaint = form.here.complaint
    context = {"form": form, "here": form.here, **form.extra(), **more}
    if status == 200 and not form.is_bound:
        context["ahead"] = form.refusals_ahead()
    return frame.show(request, complaint, page.template, status=status, read=form.here.case, step=page, **context)


def not_for(
    request: HttpRequest, here: Here, page: StepPage, refusal: Refusal, kept: QueryDict | None = None
) -> HttpResponse:
    """Why this person does not get the form now; what was typed meanwhile is given back to be copied."""
    hidden = {"csrfmiddlewaretoken", "seen", "item"}
    texts = [value for key, values in kept.lists() if key not in hidden for value in values] if kept else []
    context = {"step": page, "refusal": refusal, "kept": [text for text in texts if len(text) > 20]}
    status = refusals.status_of(refusal)
    return frame.show(request, here.complaint, "case/refused.html", status=status, read=here.case, **context)


@require_POST
@staff_page(*READERS)
def coach(request: HttpRequest, number: str, step: str) -> HttpResponse:
    """What the coach says to the words as they stand; asked while somebody writes."""
    complaint = frame.find(request, number)
    page = STEP_FORMS.get(step)
    if page is None or not issubclass(page.form, words.WordsForm):
        raise Http404
    form = page.form(here_of(request, complaint), request.POST)
    form.coach()
    return render(request, "case/coach.html", {"coached": form.coached})
