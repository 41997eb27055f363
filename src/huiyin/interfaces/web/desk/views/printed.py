"""The registration form on paper (S1-28)."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from huiyin.complaints import looking
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.desk import frame, reading
from huiyin.interfaces.web.desk.presenters import printed

READERS = ("complaint.read", "complaint.read_masked")


@require_safe
@staff_page(*READERS)
def form(request: HttpRequest, number: str) -> HttpResponse:
    """Complainant, time, object, matter, feeling and demands, with contacts as this reader sees them."""
    complaint, person, now = frame.find(request, number), person_of(request), clock.now()
    shown = printed.form(complaint, person, now)
    looking.looked(complaint, person, reading.onlookers(complaint, person, now).mine, now)
    return render(request, "desk/form.html", {"shown": shown, "complaint": complaint, "now": now})
