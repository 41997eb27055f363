"""The page of a case as a frame: step forms are shown in its act area and come back to it.

`show` gives the whole page, or for a part asked by htmx only the act area; `done` leads back after a step.
"""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from huiyin.complaints import looking, queries
from huiyin.complaints.models import Complaint
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of
from huiyin.interfaces.web.desk.presenters import case
from huiyin.interfaces.web.desk.reading import Reading

TEMPLATE = "desk/case.html"
ACT = "act"


def find(request: HttpRequest, number: str) -> Complaint:
    """The case with this number if this person may see it; what is not there and what is not his look the same."""
    complaint = queries.by_number(person_of(request), number)
    if complaint is None:
        raise Http404
    return complaint


def show(
    request: HttpRequest,
    complaint: Complaint,
    act_template: str = "",
    *,
    status: int = 200,
    read: Reading | None = None,
    **context: Any,
) -> HttpResponse:
    """The page of the case with a form in its act area; htmx, aiming at the act area, gets that part alone.

    `act_template` is included with `complaint`, `now`, `seen` (the last event this page knows) and your `context`;
    `read` is the case as the form has read it. An open form is what comes next, so the header offers nothing else.
    """
    now = clock.now()
    base = {"complaint": complaint, "now": now, "seen": complaint.last_number, "act_template": act_template, **context}
    if aims_at(request, ACT):
        return render(request, f"{TEMPLATE}#{ACT}", base, status=status)
    person = person_of(request)
    page = case.page(person, complaint, now, read, form_open="form" in context)
    answer = render(request, TEMPLATE, base | {"page": page, "list_query": request.GET.urlencode()}, status=status)
    looking.looked(complaint, person, page.onlookers.mine, now)
    return answer


def done(request: HttpRequest, complaint: Complaint) -> HttpResponse:
    """Back to the page of the case after a step (303); htmx loads it anew."""
    address = reverse("desk:case", args=(complaint.number,))
    if getattr(request, "htmx", False):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address, status=303)


def aims_at(request: HttpRequest, target: str) -> bool:
    """Whether htmx asks for a part of the page; a restored page from its history is asked for as a whole."""
    htmx: Any = getattr(request, "htmx", False)
    return bool(htmx) and htmx.target == target and not htmx.history_restore_request
