"""The figures of the house, the rows behind each number, and the table to take away."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from huiyin.analytics.metrics import METRICS
from huiyin.interfaces.common import clock
from huiyin.interfaces.common.periods import period
from huiyin.interfaces.web.account.access import person_of, staff_page
from huiyin.interfaces.web.account.refused import applied
from huiyin.interfaces.web.figures import shown
from huiyin.interfaces.web.forms import WantedLine
from huiyin.interfaces.web.people.listing import pages
from huiyin.interfaces.web.sheets import sheet
from huiyin.people import access_log

PER_PAGE = 50


class ExportForm(forms.Form):
    days = forms.CharField(required=False, widget=forms.HiddenInput)
    reason = WantedLine(
        label=_("Reason"),
        max_length=200,
        help_text=_("The export is written into the access log, with your name and the reason."),
    )


@require_safe
@staff_page("report.read")
def figures(request: HttpRequest) -> HttpResponse:
    """A tile for each figure."""
    return _page(request, request.GET.get("days", ""))


@require_safe
@staff_page("report.read")
@staff_page(*shown.ROW_READERS)
def rows(request: HttpRequest, code: str) -> HttpResponse:
    """The rows that one number counts, the newest first."""
    metric, now = METRICS.get(code), clock.now()
    if metric is None:
        raise Http404
    over = period(request.GET.get("days", ""), now)
    among = request.GET.get("of") == "among" and metric.among is not None
    page = Paginator(shown.rows_of(metric, over, among=among), PER_PAGE).get_page(request.GET.get("page"))
    person = person_of(request)
    context = {"lines": [shown.line(person, metric, row) for row in page], "page": page, "metric": metric}
    context |= {"over": over, "among": among, "now": now, "place": "figures", **pages(request, page)}
    return render(request, "figures/rows.html", context)


@require_POST
@staff_page("report.read")
def export(request: HttpRequest) -> HttpResponse:
    """Give the figures as a table for spreadsheets; refused without a reason, and logged."""
    form, at = ExportForm(request.POST), clock.now()
    if not applied(
        form,
        lambda: access_log.record_export(person_of(request), what="figures", reason=form.cleaned_data["reason"], at=at),
    ):
        return _page(request, request.POST.get("days", ""), form)
    return sheet("figures", shown.table(period(form.cleaned_data["days"], at)), at)


def _page(request: HttpRequest, days: str, refused: ExportForm | None = None) -> HttpResponse:
    """The tiles, with the export that was refused if one was."""
    now = clock.now()
    over = period(days, now)
    context: dict[str, Any] = {"tiles": shown.tiles(person_of(request), over), "over": over, "now": now}
    context |= {"periods": shown.PERIODS.items(), "export": refused or ExportForm(initial={"days": over.days})}
    return render(request, "figures/figures.html", context | {"place": "figures"})
