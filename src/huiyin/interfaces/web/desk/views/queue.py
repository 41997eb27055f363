"""The queue as a page, and as the narrow list beside a case."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.desk.presenters.queue import Asked, Queue
from huiyin.people.roles import can

READERS = ("complaint.read", "complaint.read_masked")


@require_safe
@staff_page()
def home(request: HttpRequest) -> HttpResponse:
    """The first page of the house: the queue, or what else somebody without cases works with."""
    person = person_of(request)
    if any(can(person, capability) for capability in READERS):
        return HttpResponseRedirect(reverse("desk:queue"))
    place = "people:list" if can(person, "people.manage") else "account:settings"
    return HttpResponseRedirect(reverse(place))


@require_safe
@staff_page(*READERS)
def queue(request: HttpRequest) -> HttpResponse:
    """The cases of a view, the nearest due time first, narrowed by the address."""
    shown = Queue(Asked.of(request.GET.dict()), person_of(request), clock.now())
    return render(request, "desk/queue.html", {"queue": shown, "now": shown.now, "place": shown.asked.view})


@require_safe
@staff_page(*READERS)
def rows(request: HttpRequest) -> HttpResponse:
    """The narrow list beside an open case."""
    shown = Queue(Asked.of(request.GET.dict()), person_of(request), clock.now())
    return render(request, "desk/rows.html", {"queue": shown, "now": shown.now})
