"""The side of a case: one tab at a time, beside the case or as a page by itself."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.desk import frame
from huiyin.interfaces.web.desk.presenters import side

READERS = ("complaint.read", "complaint.read_masked")


@require_safe
@staff_page(*READERS)
def about(request: HttpRequest, number: str, tab: str) -> HttpResponse:
    """One tab of the side panel."""
    complaint, now = frame.find(request, number), clock.now()
    panel = side.panel(tab, person_of(request), complaint, now)
    if panel is None:
        raise Http404
    template = "desk/about.html#panel" if frame.aims_at(request, "about") else "desk/about.html"
    return render(request, template, {"panel": panel, "complaint": complaint, "now": now})
