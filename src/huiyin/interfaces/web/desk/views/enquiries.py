"""Passing a question on to a department, and answering it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from huiyin.complaints.steps import enquiries as steps
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.refused import applied
from huiyin.interfaces.web.desk import waiting
from huiyin.interfaces.web.desk.forms import AnswerForm, EnquiryForm
from huiyin.interfaces.web.desk.presenters import waiting as presented
from huiyin.people.actors import Actor


@require_http_methods(["GET", "POST"])
@staff_page("complaint.receive")
def new(request: HttpRequest) -> HttpResponse:
    """Pass a question on with a way to call back (S4-98)."""
    form, actor = EnquiryForm(request.POST or None), Actor.of(person_of(request))
    if request.method == "POST" and applied(form, lambda: steps.pass_on(form.new(), actor=actor, at=clock.now())):
        messages.success(request, _("The question is passed on."))
        return HttpResponseRedirect(reverse("desk:enquiries"), status=303)
    return render(
        request, "desk/enquiry.html", {"form": form, "place": "enquiries", "heading": _("Pass a question on")}
    )


@require_http_methods(["GET", "POST"])
@staff_page("complaint.read", "complaint.receive")
def answer(request: HttpRequest, enquiry_id: int) -> HttpResponse:
    """Answer a question that was passed on (S4-99)."""
    person, now = person_of(request), clock.now()
    row = get_object_or_404(waiting.enquiries(person).select_related("department", "owner"), pk=enquiry_id)
    form, actor = AnswerForm(request.POST or None), Actor.of(person)
    if request.method == "POST" and applied(
        form, lambda: steps.answer(row.pk, answer=form.cleaned_data["answer"], actor=actor, at=now)
    ):
        messages.success(request, _("The question is answered."))
        return HttpResponseRedirect(reverse("desk:enquiries"), status=303)
    context = {"form": form, "row": presented.enquiry(person, row, now), "now": now, "place": "enquiries"}
    return render(request, "desk/enquiry.html", context | {"heading": _("Answer a question")})
