"""Reading the knowledge base: lists, search, one entry with its versions."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.knowledge import lists, shown
from huiyin.knowledge import queries
from huiyin.knowledge.editing import EDIT
from huiyin.knowledge.kinds import Kind
from huiyin.knowledge.models import Entry
from huiyin.people.roles import can


@require_safe
@staff_page()
def listed(request: HttpRequest) -> HttpResponse:
    """The entries of a kind, or those that answer a question, the best first."""
    now = clock.now()
    page = lists.listed(request.GET, timezone.localdate(now))
    context = {"shown": page, "now": now, "may_edit": can(person_of(request), EDIT), "place": "knowledge"}
    return render(request, "knowledge/list.html", context)


@require_safe
@staff_page()
def entry(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """One entry: what it says, whether it is in use, who changed it when and why."""
    now, row = clock.now(), found(kind, code)
    page = shown.entry(row, now, timezone.localdate(now))
    context = {"shown": page, "now": now, "may_edit": can(person_of(request), EDIT), "place": "knowledge"}
    return render(request, "knowledge/entry.html", context)


def found(kind: str, code: str) -> Entry:
    """The entry of this address."""
    row = queries.by_code(kind, code) if kind in Kind.values else None
    if row is None:
        raise Http404
    return row
