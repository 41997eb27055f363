"""The access log: who opened, revealed or exported what. Read and taken away by the auditor."""

from collections.abc import Iterator
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from huiyin.interfaces.common import clock
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.refused import applied
from huiyin.interfaces.web.people import queries
from huiyin.interfaces.web.people.forms import ExportForm, LogForm
from huiyin.interfaces.web.people.listing import pages
from huiyin.interfaces.web.sheets import sheet
from huiyin.people import access_log
from huiyin.people.models import AccessLog, IdentityKind

PER_PAGE = 100


@staff_page("log.read")
def log_page(request: HttpRequest) -> HttpResponse:
    """The log, newest first."""
    return drawn(request, LogForm(request.GET))


@require_POST
@staff_page("log.export")
def export_log(request: HttpRequest) -> HttpResponse:
    """Give the narrowed log as a table for spreadsheets; refused without a reason, and logged itself."""
    form = ExportForm(request.POST)
    at = clock.now()
    if not applied(
        form,
        lambda: access_log.record_export(
            person_of(request), what="access_log", reason=form.cleaned_data["reason"], at=at
        ),
    ):
        return drawn(request, LogForm(request.POST), form)
    return sheet("access-log", table(list(queries.log_entries(form.cleaned_data))), at)


def drawn(request: HttpRequest, form: LogForm, refused: ExportForm | None = None) -> HttpResponse:
    """The page, with the export form that was refused if one was."""
    given: dict[str, Any] = form.cleaned_data if form.is_valid() else {}
    page = Paginator(queries.log_entries(given), PER_PAGE).get_page(request.GET.get("page"))
    numbers = queries.numbers_of(list(page))
    rows = [{"row": row, "number": numbers.get(row.complaint_id or 0, ""), "what": what(row)} for row in page]
    context = {"form": form, "export": refused or ExportForm(form.data), "rows": rows, "page": page}
    context["export_refused"] = refused is not None
    return render(request, "people/log.html", {**context, **pages(request, page)})


def what(row: AccessLog) -> str:
    """Which private detail, in words."""
    kind = row.field.partition(":")[0]
    if kind in IdentityKind.values:
        return str(IdentityKind(kind).label)
    return _("The access log") if kind == "access_log" else kind


def table(rows: list[AccessLog]) -> Iterator[list[str]]:
    """The lines of the export, headings first."""
    numbers = queries.numbers_of(rows)
    yield [_("Time"), _("Person"), _("What happened"), _("Case"), _("Detail"), _("Reason")]
    for row in rows:
        yield [
            timezone.localtime(row.at).isoformat(timespec="seconds"),
            row.person.name,
            str(row.get_kind_display()),
            numbers.get(row.complaint_id or 0, ""),
            what(row),
            row.reason,
        ]
