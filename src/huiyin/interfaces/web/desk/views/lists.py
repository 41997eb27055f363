"""Lists besides the queue: my promises, messages without an answer, enquiries, claims, the bell."""

from datetime import timedelta

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from huiyin.interfaces.common import clock
from huiyin.interfaces.common.numbers import whole
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.desk.presenters import waiting as presented
from huiyin.messaging import bell as bells
from huiyin.messaging.models import Notice

READERS = ("complaint.read", "complaint.read_masked")


@require_safe
@staff_page(*READERS)
def promises(request: HttpRequest) -> HttpResponse:
    """What this person's customers were promised, the nearest first."""
    now = clock.now()
    shown = presented.promises(person_of(request), now, start=start_of(request))
    return render(request, "desk/promises.html", {"shown": shown, "now": now, "place": "promises"})


@require_safe
@staff_page(*READERS)
def unanswered(request: HttpRequest) -> HttpResponse:
    """Messages nobody has answered for longer than the time chosen (S1-04)."""
    now = clock.now()
    given = request.GET.get("minutes", "")
    minutes = int(given) if given in presented.IDLE_CHOICES else presented.IDLE_MINUTES
    shown = presented.unanswered(person_of(request), now, timedelta(minutes=minutes), start=start_of(request))
    context = {"shown": shown, "now": now, "place": "unanswered", "minutes": str(minutes)}
    return render(request, "desk/unanswered.html", context | {"choices": presented.IDLE_CHOICES.items()})


@require_safe
@staff_page(*READERS)
def enquiries(request: HttpRequest) -> HttpResponse:
    """Questions passed on: what is open, and what was answered."""
    now, done = clock.now(), request.GET.get("show") == "answered"
    shown = presented.enquiries(person_of(request), now, answered=done, start=start_of(request))
    return render(request, "desk/enquiries.html", {"shown": shown, "now": now, "place": "enquiries", "answered": done})


@require_safe
@staff_page(*READERS)
def claims(request: HttpRequest) -> HttpResponse:
    """Claims against third parties, open or ended, whether or not their case is closed (S0-55)."""
    now, ended = clock.now(), request.GET.get("show") == "ended"
    shown = presented.claims(person_of(request), now, ended=ended, start=start_of(request))
    return render(request, "desk/claims.html", {"shown": shown, "now": now, "place": "claims", "ended": ended})


@require_safe
@staff_page()
def bell(request: HttpRequest) -> HttpResponse:
    """What the bell has rung for, the newest first."""
    now = clock.now()
    shown = presented.notices(person_of(request), start=start_of(request))
    return render(request, "desk/bell.html", {"shown": shown, "now": now})


@require_POST
@staff_page()
def read(request: HttpRequest) -> HttpResponse:
    """Mark everything as read, or one notice, and go where it leads."""
    person, wanted = person_of(request), request.POST.get("notice", "")
    if not wanted:
        bells.mark_read(person, at=clock.now())
        return HttpResponseRedirect(reverse("desk:bell"), status=303)
    notice = Notice.objects.filter(person=person, pk=whole(wanted) or 0).first()
    if notice is None:
        raise Http404
    bells.mark_read(person, at=clock.now(), notice_id=notice.pk)
    return HttpResponseRedirect(notice.url or reverse("desk:bell"), status=303)


def start_of(request: HttpRequest) -> int:
    """How many rows were shown before; these lists are short enough to be counted through."""
    given = request.GET.get("from", "")
    return int(given) if given.isdecimal() and len(given) < 7 else 0
