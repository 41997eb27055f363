"""At the venue: whether it is true, seen there or asked by telephone; and what the meal should have cost."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import consumption, lifecycle, participation, register, rules, tasking
from huiyin.complaints.consumption import Bill
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import (
    ACCOUNT,
    Complaint,
    Consumption,
    ConsumptionLine,
    Evidence,
    FieldVisit,
    Stance,
    Task,
)
from huiyin.complaints.notices import ring
from huiyin.complaints.participation import keepers
from huiyin.complaints.register import NewEvidence
from huiyin.complaints.states import AFTER_REGISTRATION, Seat
from huiyin.files.models import StoredFile
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.rules import Refusal

RECKONERS = {**keepers("complaint.note"), Seat.HANDLER: "complaint.investigate", Seat.LEADER: "complaint.find"}
Verdict = FieldVisit.Verdict
# What a report proves of the customer's account; what is partly true is left to be weighed.
BEARS = {Verdict.TRUE: Stance.SUPPORTS, Verdict.UNTRUE: Stance.CONTRADICTS}


class VisitUnreported(Refusal):
    rule = rules.VISIT_REPORTED
    sentence = _("The report of a visit says where, when, who was met, what was seen, and whether it is true.")
    unblock = _("Fill in what is missing.")


class NoVisit(Refusal):
    rule = rules.VISIT_REPORTED
    sentence = _("This task is no visit.")
    unblock = _("Finish it with its result.")


class SourceUnsaid(Refusal):
    rule = rules.BILL_ADDS_UP
    sentence = _("A bill is recalculated from a source: the merchant's detail, the receipt.")
    unblock = _("Say where the amounts come from.")


@dataclass(frozen=True)
class Report:
    """What was found on the spot, or told there on the telephone."""

    way: str
    place: str
    met: str
    visited_at: datetime | None
    verdict: str
    observed: str
    file: StoredFile | None = None


@transaction.atomic
def report_visit(task_id: int, report: Report, *, actor: Actor, at: datetime) -> FieldVisit:
    """Report whether it is true: evidence that bears on the customer's account, and the end of the task (S4-117).

    Whoever has the task, or a colleague of his department. Refuses a report with a gap, and a time still ahead.
    """
    task = tasking.taken(task_id)
    tasking.require_own(task, actor)
    if task.kind != Task.Kind.VISIT:
        raise NoVisit(missing=("item",))
    if not _is_whole(report, at) or actor.person is None or report.visited_at is None:
        raise VisitUnreported(missing=("way", "place", "met", "visited_at", "verdict", "observed"))
    complaint = task.complaint
    proof = register.write(complaint, _proof(report), actor=actor, at=at)
    row = FieldVisit.objects.create(
        task=task,
        complaint=complaint,
        way=report.way,
        place=report.place.strip(),
        met=report.met.strip(),
        visited_at=report.visited_at,
        verdict=report.verdict,
        observed=report.observed.strip(),
        evidence=proof,
        reported_by=actor.person,
        reported_at=at,
    )
    data = {"visit": row.pk, "task": task.pk, "evidence": proof.pk, "way": row.way, "verdict": row.verdict}
    detail = Detail(data, {"place": row.place, "met": row.met, "text": row.observed})
    event = lifecycle.happen(complaint, "visit.reported", actor=actor, at=at, detail=detail)
    tasking.finish(task, result=row.observed, actor=actor, at=at)
    told = [complaint.owner, *([task.made_by] if task.made_by else []), *_handler(complaint)]
    ring(complaint, told, "visit.reported", event=event, actor=actor)
    return row


def _proof(report: Report) -> NewEvidence:
    """The report as evidence: seen on the spot it is a visit, told on the telephone an interview."""
    kind = Evidence.Kind.FIELD_VISIT if report.way == FieldVisit.Way.ON_SPOT else Evidence.Kind.INTERVIEW
    stance = BEARS.get(Verdict(report.verdict))
    assert report.visited_at is not None
    return NewEvidence(
        kind=kind,
        title=f"{report.place.strip()} {report.met.strip()}"[:200],
        source=report.met.strip(),
        obtained_at=report.visited_at,
        note=report.observed,
        file=report.file,
        bears=((ACCOUNT, stance.value),) if stance else (),
    )


def _handler(complaint: Complaint) -> list[Person]:
    return [complaint.handler] if complaint.handler is not None else []


def _is_whole(report: Report, at: datetime) -> bool:
    known = report.way in FieldVisit.Way.values and report.verdict in Verdict.values
    said = report.place.strip() and report.met.strip() and report.observed.strip()
    return bool(known and said and report.visited_at is not None and report.visited_at <= at)


@transaction.atomic
def recalculate_bill(
    complaint_id: int, bill: Bill, *, source: str, evidence: Evidence | None = None, actor: Actor, at: datetime
) -> Consumption:
    """Work out what a meal should have cost and keep each amount with its source (S4-118).

    Owner, supervisor, handler and leader may. Refuses a bill that does not add up, and one from nowhere.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, AFTER_REGISTRATION)
    participation.require(complaint, RECKONERS, actor=actor, at=at)
    found = consumption.recalculate(bill)
    if not source.strip() or actor.person is None or (evidence and evidence.complaint_id != complaint.pk):
        raise SourceUnsaid(missing=("source",))
    row = Consumption.objects.create(
        complaint=complaint,
        round=complaint.round,
        source=source.strip(),
        total=found.total,
        share=bill.share,
        minimum=bill.minimum,
        excluded_counts=bill.excluded_counts,
        charged=bill.charged,
        due=found.due,
        evidence=evidence,
        by=actor.person,
        at=at,
    )
    ConsumptionLine.objects.bulk_create(
        ConsumptionLine(consumption=row, what=line.what[:120], amount=line.amount) for line in bill.excluded
    )
    data = {
        **{name: getattr(row, name) for name in ("total", "share", "minimum", "charged", "due")},
        "consumption": row.pk,
        "excluded": [line.amount for line in bill.excluded],
        "minimum_met": found.minimum_met,
    }
    detail = Detail(data, {"source": row.source, "lines": "\n".join(line.what for line in bill.excluded)})
    lifecycle.happen(complaint, "bill.recalculated", actor=actor, at=at, detail=detail)
    return row


def result_of(row: Consumption) -> consumption.Result:
    """The calculation of a kept bill, step by step."""
    excluded = tuple(consumption.Line(line.what, line.amount) for line in row.lines.all())
    return consumption.recalculate(Bill(row.total, excluded, row.share, row.minimum, row.excluded_counts, row.charged))
