"""The inspectors' pages: cases by number, category and dates alone, each with its ratings and checklists."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from huiyin.complaints import promises
from huiyin.complaints.models import Complaint
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.refused import applied
from huiyin.interfaces.web.people.listing import pages
from huiyin.interfaces.web.quality import shown
from huiyin.interfaces.web.quality.forms import ChecklistForm, InspectorRatingForm
from huiyin.interfaces.web.quality.points import Rating
from huiyin.people.actors import Actor
from huiyin.policy.packs import store
from huiyin.quality import assessing
from huiyin.quality.models import Assessment

PER_PAGE = 50
SHOWN = ("number", "category", "received_at", "closed_at", "state")


@require_safe
@staff_page("rating.give")
def cases(request: HttpRequest) -> HttpResponse:
    """Cases that can be rated, the newest first: nothing of the customer, no text."""
    inspected = Assessment.objects.filter(complaint=OuterRef("pk"), rater=Assessment.Rater.INSPECTOR)
    found = assessing.rateable().annotate(inspected=Exists(inspected)).only(*SHOWN).order_by("-received_at", "-pk")
    page, now = Paginator(found, PER_PAGE).get_page(request.GET.get("page")), clock.now()
    titles = {
        one.code: str(one.title) for version in store.each_in_force(now) for one in store.parsed(version.pk).categories
    }
    rows = [(row, titles.get(row.category, row.category)) for row in page]
    context = {"rows": rows, "page": page, "now": now, "place": "quality", **pages(request, page)}
    return render(request, "quality/cases.html", context)


@require_safe
@staff_page("rating.give")
def case(request: HttpRequest, number: str) -> HttpResponse:
    """What is measured about one case, and the forms to measure more."""
    complaint = _find(number)
    pack = promises.pack_of(complaint)
    context: dict[str, Any] = {"complaint": complaint, "shown": shown.service(complaint, pack), "pack": pack}
    category = next((str(one.title) for one in pack.categories if one.code == complaint.category), "")
    return render(
        request, "quality/case.html", context | {"category": category, "now": clock.now(), "place": "quality"}
    )


@require_http_methods(["GET", "POST"])
@staff_page("rating.give")
def rate(request: HttpRequest, number: str) -> HttpResponse:
    """Rate every dimension as an inspector; a case whose packs weigh nothing is refused with its rule."""
    complaint = _find(number)
    form = InspectorRatingForm(promises.pack_of(complaint), request.POST if request.method == "POST" else None)
    rating = Rating(Assessment.Rater.INSPECTOR, Actor.of(person_of(request)), clock.now())
    if request.method == "POST" and applied(form, lambda: rating.record(complaint, form.cleaned_data)):
        messages.success(request, _("The rating is recorded."))
        return _back(complaint)
    return _form(request, form, _("Rate the service"), complaint, "cols")


@require_http_methods(["GET", "POST"])
@staff_page("rating.give")
def checklist(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Fill one checklist of the pack."""
    complaint = _find(number)
    listed = next((one for one in promises.pack_of(complaint).checklists if one.code == code), None)
    if listed is None:
        raise Http404
    form = ChecklistForm(listed, request.POST if request.method == "POST" else None)
    actor, at = Actor.of(person_of(request)), clock.now()
    if request.method == "POST" and applied(
        form, lambda: assessing.fill_checklist(complaint.pk, code=code, answers=form.answers(), actor=actor, at=at)
    ):
        messages.success(request, _("The checklist is filled."))
        return _back(complaint)
    return _form(request, form, str(listed.title), complaint)


def _find(number: str) -> Complaint:
    return get_object_or_404(assessing.rateable().only(*SHOWN), number=number.strip().upper())


def _back(complaint: Complaint) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("quality:case", args=(complaint.number,)), status=303)


def _form(
    request: HttpRequest, form: forms.Form, heading: str, complaint: Complaint, columns: str = ""
) -> HttpResponse:
    context = {"form": form, "heading": heading, "complaint": complaint, "columns": columns, "place": "quality"}
    return render(request, "quality/form.html", context)
