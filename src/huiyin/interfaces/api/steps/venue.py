"""At the venue: the report of a visit, and the bill worked out anew."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.consumption import Bill, Line
from huiyin.complaints.models import Evidence, Task
from huiyin.complaints.steps import venue
from huiyin.interfaces.api.schemas import venue as bodies
from huiyin.interfaces.api.steps.inquiry import file_of
from huiyin.interfaces.api.steps.table import Taken, step
from huiyin.interfaces.common.scopes import Scope


@step("report_visit", Scope.WRITE, _("Report a visit: where, who was met, what was seen, whether it is true"))
def report_visit(take: Taken, body: bodies.ReportVisit) -> Any:
    report = venue.Report(
        way=body.way.value,
        place=body.place,
        met=body.met,
        visited_at=body.visited_at,
        verdict=body.verdict.value,
        observed=body.observed,
        file=file_of(take, body.file),
    )
    return take.on(venue.report_visit, take.row(Task, body.task, "task").pk, report)


@step("recalculate_bill", Scope.WRITE, _("Work out what a meal should have cost, step by step"))
def recalculate_bill(take: Taken, body: bodies.RecalculateBill) -> Any:
    bill = Bill(
        total=body.total,
        excluded=tuple(Line(one.what, one.amount) for one in body.excluded),
        share=Decimal(body.share),
        minimum=body.minimum,
        excluded_counts=body.excluded_counts,
        charged=body.charged,
    )
    evidence = take.row(Evidence, body.evidence, "evidence") if body.evidence else None
    return take(venue.recalculate_bill, bill, source=body.source, evidence=evidence)
