"""Search over the cases a person may see."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.interfaces.common import clock
from huiyin.interfaces.common.numbers import whole
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.desk.presenters import found

READERS = ("complaint.read", "complaint.read_masked")


@require_safe
@staff_page(*READERS)
def search(request: HttpRequest) -> HttpResponse:
    """The cases that hold every word, the match marked."""
    shown = found.results(person_of(request), request.GET.get("q", ""), whole(request.GET.get("before", "")))
    return render(request, "desk/search.html", {"shown": shown, "now": clock.now(), "place": "search"})
