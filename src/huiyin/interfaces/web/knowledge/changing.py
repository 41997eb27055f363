"""Changing the knowledge base: new entries, edits, retiring, bringing back, newer wordings of ours."""

from collections.abc import Callable

from django.contrib import messages as toasts
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from huiyin.interfaces.common import clock, refusals
from huiyin.interfaces.common.numbers import whole
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.knowledge import shown
from huiyin.interfaces.web.knowledge.forms import EntryForm
from huiyin.interfaces.web.knowledge.views import found
from huiyin.knowledge import comparing, editing, queries
from huiyin.knowledge.editing import EDIT, ChangedByAnother, Why
from huiyin.knowledge.kinds import SHAPES, Kind
from huiyin.knowledge.models import Entry, Version
from huiyin.people.actors import Actor
from huiyin.rules import Refusal

UNREADABLE = 422


@require_http_methods(["GET", "POST"])
@staff_page(EDIT)
def new(request: HttpRequest, kind: str) -> HttpResponse:
    """A new entry of a kind."""
    if kind not in Kind.values:
        raise Http404
    form = EntryForm(kind, SHAPES[kind].empty, request.POST or None, fresh=True)
    if request.method == "GET":
        return _drawn(request, form, None)
    if not form.is_valid():
        return _drawn(request, form, None, UNREADABLE)
    try:
        row = editing.write(Kind(kind), form.cleaned_data["code"], form.given(), _why(request))
    except Refusal as refusal:
        form.refuse(refusal)
        return _drawn(request, form, None, refusals.status_of(refusal))
    return _done(request, row, _("The entry is on its shelf."))


@require_http_methods(["GET", "POST"])
@staff_page(EDIT)
def edit(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Change what an entry says; whatever is refused comes back with everything that was typed."""
    row = found(kind, code)
    form = EntryForm(kind, row.content, request.POST or None)
    if request.method == "GET":
        return _drawn(request, form, row)
    if not form.is_valid():
        return _drawn(request, form, row, UNREADABLE)
    try:
        row = editing.edit(row.pk, form.given(), _why(request))
    except Refusal as refusal:
        form.refuse(refusal)
        return _drawn(request, form, row, refusals.status_of(refusal))
    return _done(request, row, _("The change is a version of its own."))


def _why(request: HttpRequest) -> Why:
    seen = whole(request.POST.get("seen", ""))
    return Why(request.POST.get("why", ""), Actor.of(person_of(request)), clock.now(), seen)


def _drawn(request: HttpRequest, form: EntryForm, row: Entry | None, status: int = 200) -> HttpResponse:
    """The form; after somebody else's change with what he changed, so that sending it again is deliberate."""
    meanwhile: tuple[comparing.Change, ...] = ()
    seen = whole(request.POST.get("seen", ""))
    if row is not None and isinstance(form.refusal, ChangedByAnother) and seen is not None:
        before = Version.objects.filter(entry=row, number=seen).first()
        meanwhile = tuple(comparing.changes(row.kind, before.content, row.content)) if before else ()
    context = {
        "form": form,
        "entry": row,
        "kind": Kind(form.kind),
        "meanwhile": meanwhile,
        "now": clock.now(),
        "place": "knowledge",
    }
    return render(request, "knowledge/edit.html", context, status=status)


def _done(request: HttpRequest, row: Entry, said: str) -> HttpResponse:
    toasts.success(request, said)
    return HttpResponseRedirect(shown.address(row.kind, row.code), status=303)


def _taken(request: HttpRequest, kind: str, code: str, act: Callable[[Entry, Why], Entry], said: str) -> HttpResponse:
    """Do one thing to an entry and come back to it, with the refusal where there is one."""
    row = found(kind, code)
    try:
        act(row, _why(request))
    except Refusal as refusal:
        toasts.error(request, f"{refusal.text} {refusal.unblock_text}（{refusal.rule.code}）")
        return HttpResponseRedirect(shown.address(kind, code), status=303)
    return _done(request, row, said)


@require_POST
@staff_page(EDIT)
def retire(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Take an entry out of use."""
    said = _("The entry is retired; its versions stay.")
    return _taken(request, kind, code, lambda row, why: editing.retire(row.pk, why), said)


@require_POST
@staff_page(EDIT)
def restore(request: HttpRequest, kind: str, code: str, number: int) -> HttpResponse:
    """Bring an entry back as it stood in one of its versions."""
    if not any(one.number == number for one in queries.versions(found(kind, code))):
        raise Http404
    said = _("The entry is in use again as it stood then.")
    return _taken(request, kind, code, lambda row, why: editing.restore(row.pk, number, why), said)


@require_POST
@staff_page(EDIT)
def adopt(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Put the newer wording of ours in the place of one's own."""
    said = _("The newer wording is in use.")
    return _taken(request, kind, code, lambda row, why: editing.adopt(row.pk, why), said)


@require_POST
@staff_page(EDIT)
def keep_own(request: HttpRequest, kind: str, code: str) -> HttpResponse:
    """Leave the newer wording of ours."""
    said = _("Your own wording stays in use.")
    return _taken(request, kind, code, lambda row, why: editing.keep_own(row.pk, why), said)
