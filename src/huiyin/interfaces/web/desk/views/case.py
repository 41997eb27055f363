"""The page of a case, its earlier history, what is new in it, and who follows it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_POST, require_safe

from huiyin.complaints import looking
from huiyin.complaints.steps import messages
from huiyin.interfaces.common import clock
from huiyin.interfaces.common.numbers import whole
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.desk import frame, reading
from huiyin.interfaces.web.desk.presenters import case as presented
from huiyin.interfaces.web.desk.presenters import live as news
from huiyin.interfaces.web.desk.presenters.timeline import Course
from huiyin.people.actors import Actor

READERS = ("complaint.read", "complaint.read_masked")
FILTERS = ("public", "internal", "system")


@require_safe
@staff_page(*READERS)
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One case: where it stands, what is due, what comes next, what happened."""
    return frame.show(request, frame.find(request, number))


@require_safe
@staff_page(*READERS)
def timeline(request: HttpRequest, number: str) -> HttpResponse:
    """A stretch of the course before a number: a part for the page of the case, or a page by itself."""
    complaint, person, now = frame.find(request, number), person_of(request), clock.now()
    page = presented.page(person, complaint, now)
    story = reading.story(complaint, person, before=whole(request.GET.get("before", "")))
    rows = {row.pk: row for row in page.promises}
    chosen = request.GET.get("filter", "")
    known = Course(story, page.eyes, page.pack, rows, now).entries()
    items = [item for item in known if chosen not in FILTERS or item.who_sees == chosen]
    context = {"complaint": complaint, "page": page, "items": items, "now": now, "filter": chosen}
    context["before"] = story.events[0].number if story.earlier else None
    part = "#earlier" if frame.aims_at(request, "earlier") else ""
    return render(request, f"desk/timeline.html{part}", context)


@require_safe
@staff_page(*READERS)
def live(request: HttpRequest, number: str) -> HttpResponse:
    """What happened since the page was made: 204 when nothing did, 304 for a reader who names what he has."""
    complaint, person, now = frame.find(request, number), person_of(request), clock.now()
    found = news.news(request.GET, complaint, person, now)
    looking.looked(complaint, person, found.mine, now)
    if found.tag == request.headers.get("If-None-Match"):
        answer = HttpResponse(status=304)
    elif not found.anything:
        answer = HttpResponse(status=204)
    else:
        page = presented.page(person, complaint, now)
        answer = render(request, "desk/live.html", {"news": found, "page": page, "complaint": complaint, "now": now})
    answer["ETag"] = found.tag
    patch_cache_control(answer, no_store=True)
    return answer


@require_POST
@staff_page(*READERS)
def follow(request: HttpRequest, number: str) -> HttpResponse:
    """Put the case on one's list, or take it off."""
    complaint = frame.find(request, number)
    step = messages.follow if request.POST.get("follow") == "yes" else messages.unfollow
    step(complaint.pk, actor=Actor.of(person_of(request)))
    return frame.done(request, complaint)
