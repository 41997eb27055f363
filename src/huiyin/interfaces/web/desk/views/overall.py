"""The supervisor's overview, and the messages behind its one share."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.desk.presenters import overall as presented
from huiyin.interfaces.web.desk.views.lists import start_of


@require_safe
@staff_page("complaint.read_all")
def overview(request: HttpRequest) -> HttpResponse:
    """Open cases by state, clock and owner; each number opens its cases."""
    now = clock.now()
    shown = presented.overall(person_of(request), now, _days(request))
    return render(request, "desk/overview.html", {"shown": shown, "now": now, "place": "overview"})


@require_safe
@staff_page("complaint.read_all")
def heard(request: HttpRequest) -> HttpResponse:
    """The messages that the share of proactive messages counts (S2-30)."""
    now, days, asked = clock.now(), _days(request), request.GET.get("of") != "ours"
    shown = presented.heard(person_of(request), now, days, asked=asked, start=start_of(request))
    context = {"shown": shown, "now": now, "days": days, "asked": asked, "place": "overview"}
    return render(request, "desk/heard.html", context)


def _days(request: HttpRequest) -> str:
    given = request.GET.get("days", "")
    return given if given in presented.PERIODS else presented.DEFAULT_DAYS
