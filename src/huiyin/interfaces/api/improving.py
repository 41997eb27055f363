"""Improvements, early warning and reports of grouped complaints for programs."""

from collections.abc import Callable
from typing import Annotated, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Router
from pydantic import BaseModel, Field

from huiyin.complaints import queries
from huiyin.complaints.models import Complaint
from huiyin.improvement import groups, items, signals
from huiyin.improvement.items import Proposal
from huiyin.improvement.models import GroupReport, Item, Signal
from huiyin.interfaces.api import requests
from huiyin.interfaces.api.problems import Unreadable
from huiyin.interfaces.api.reading.veil import veil
from huiyin.interfaces.api.requests import Hand
from huiyin.interfaces.api.schemas import improving as schemas
from huiyin.interfaces.api.schemas.base import Id
from huiyin.interfaces.api.schemas.rows import DepartmentRef, PersonRef
from huiyin.interfaces.api.steps.table import known
from huiyin.interfaces.common.idempotency import Answer
from huiyin.interfaces.common.periods import DEFAULT_DAYS, period
from huiyin.interfaces.common.scopes import Scope
from huiyin.people import roles
from huiyin.people.models import Department, Person

changing = Router(tags=["improvement"])
PAGE = 50
Row = TypeVar("Row", bound=Model)
From = Annotated[int, Field(ge=0, le=1_000_000)]


@changing.get("/improvements", response=schemas.Improvements, operation_id="improvements")
def improvements(request: HttpRequest, ended: bool = False, start: From = 0) -> HttpResponse:
    """Those one may see: all for who reads reports, else one's own and those of one's department."""
    in_hand = _reader(request, items.PROPOSE, items.DECIDE)
    rows = items.visible_to(in_hand.person).filter(ended_at__isnull=not ended).order_by("-proposed_at", "-pk")
    found, following = _page(rows, start)
    return requests.show(schemas.Improvements(improvements=[_item(in_hand, row) for row in found], next=following))


@changing.post("/improvements", response={201: schemas.ImprovementShown}, operation_id="propose_improvement")
def propose_improvement(request: HttpRequest, body: schemas.ImprovementGiven) -> HttpResponse:
    def act(in_hand: Hand) -> BaseModel:
        case, department = _case(in_hand, body.complaint), _department(body.department)
        new = Proposal(body.title, body.description, case, department)
        return _item(in_hand, items.propose(new, actor=in_hand.actor, at=in_hand.at))

    return _once(request, Scope.WRITE, act, 201)


@changing.post("/improvements/{item}/accept", response=schemas.ImprovementShown, operation_id="accept_improvement")
def accept_improvement(request: HttpRequest, item: Path[Id], body: schemas.ImprovementAccepted) -> HttpResponse:
    def act(in_hand: Hand) -> BaseModel:
        row, owner = _seen(in_hand, item), known(Person, "owner", pk=body.owner)
        done = items.accept(row.pk, owner=owner, due_at=body.due_at, actor=in_hand.actor, at=in_hand.at)
        return _item(in_hand, done)

    return _once(request, Scope.DECIDE, act)


@changing.post("/improvements/{item}/begin", response=schemas.ImprovementShown, operation_id="begin_improvement")
def begin_improvement(request: HttpRequest, item: Path[Id]) -> HttpResponse:
    def act(in_hand: Hand) -> BaseModel:
        return _item(in_hand, items.begin(_seen(in_hand, item).pk, actor=in_hand.actor, at=in_hand.at))

    return _once(request, Scope.WRITE, act)


@changing.post("/improvements/{item}/verify", response=schemas.ImprovementShown, operation_id="verify_improvement")
def verify_improvement(request: HttpRequest, item: Path[Id], body: schemas.ImprovementVerified) -> HttpResponse:
    def act(in_hand: Hand) -> BaseModel:
        row = _seen(in_hand, item)
        return _item(in_hand, items.verify(row.pk, found=body.found, actor=in_hand.actor, at=in_hand.at))

    return _once(request, Scope.DECIDE, act)


@changing.post("/improvements/{item}/reject", response=schemas.ImprovementShown, operation_id="reject_improvement")
def reject_improvement(request: HttpRequest, item: Path[Id], body: schemas.ImprovementRejected) -> HttpResponse:
    def act(in_hand: Hand) -> BaseModel:
        row = _seen(in_hand, item)
        return _item(in_hand, items.reject(row.pk, reason=body.reason, actor=in_hand.actor, at=in_hand.at))

    return _once(request, Scope.DECIDE, act)


@changing.get("/signals", response=schemas.Signals, operation_id="signals")
def list_signals(request: HttpRequest, ended: bool = False, start: From = 0) -> HttpResponse:
    in_hand = _reader(request, signals.RAISE)
    rows = Signal.objects.filter(ended_at__isnull=not ended).select_related("owner", "department", "complaint")
    found, following = _page(rows, start)
    return requests.show(schemas.Signals(signals=[_signal(in_hand, row) for row in found], next=following))


@changing.post("/signals", response={201: schemas.SignalShown}, operation_id="notice_signal")
def notice_signal(request: HttpRequest, body: schemas.SignalGiven) -> HttpResponse:
    def act(in_hand: Hand) -> BaseModel:
        department = _department(body.department)
        return _signal(in_hand, signals.notice(body.matter, department, actor=in_hand.actor, at=in_hand.at))

    return _once(request, Scope.RECEIVE, act, 201)


@changing.post("/signals/{signal}/settle", response=schemas.SignalShown, operation_id="settle_signal")
def settle_signal(request: HttpRequest, signal: Path[Id], body: schemas.SignalSettled) -> HttpResponse:
    def act(in_hand: Hand) -> BaseModel:
        case = _case(in_hand, body.complaint)
        done = signals.settle(signal, done=body.done, complaint=case, actor=in_hand.actor, at=in_hand.at)
        return _signal(in_hand, done)

    return _once(request, Scope.WRITE, act)


@changing.get("/groups", response=schemas.GroupsShown, operation_id="groups")
def complaint_groups(request: HttpRequest) -> HttpResponse:
    """Complaints of the last thirty days by category, beside the thirty days before."""
    in_hand = _reader(request, groups.READ)
    over = period(DEFAULT_DAYS, in_hand.at)
    found = [schemas.GroupShown.model_validate(one) for one in groups.grouped(over.begins, over.ends)]
    return requests.show(schemas.GroupsShown(begins_at=over.begins, ends_at=over.ends, groups=found))


@changing.post("/groups/reports", response={201: schemas.GroupReportShown}, operation_id="report_groups")
def report_groups(request: HttpRequest, body: schemas.GroupReportGiven) -> HttpResponse:
    def act(in_hand: Hand) -> BaseModel:
        people = [known(Person, "recipients", pk=one) for one in dict.fromkeys(body.recipients)]
        made = groups.report(
            body.begins_at, body.ends_at, recipients=people, remark=body.remark, actor=in_hand.actor, at=in_hand.at
        )
        return _report(in_hand, made)

    return _once(request, Scope.WRITE, act, 201)


@changing.get("/groups/reports/{report}", response=schemas.GroupReportShown, operation_id="group_report")
def group_report(request: HttpRequest, report: Path[Id]) -> HttpResponse:
    """A recipient who opens it has read it."""
    in_hand = _reader(request, groups.READ)
    made = GroupReport.objects.select_related("made_by").filter(pk=report).first()
    if made is None:
        raise Http404
    groups.read(made.pk, in_hand.person, in_hand.at)
    return requests.show(_report(in_hand, made))


def _reader(request: HttpRequest, *capabilities: str) -> Hand:
    """The request of somebody who may read by this token and holds one of the capabilities."""
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.READ)
    if not any(roles.can(in_hand.person, capability) for capability in capabilities):
        raise roles.refusal(capabilities[0])
    return in_hand


def _once(request: HttpRequest, scope: Scope, do: Callable[[Hand], BaseModel], status: int = 200) -> HttpResponse:
    """Do it once for each Idempotency-Key and answer with the row as it stands then."""
    in_hand = requests.hand(request)
    in_hand.caller.require(scope)

    def act() -> Answer:
        return requests.written(do(in_hand), status)

    return requests.repeatable(request, in_hand.caller, in_hand.at, act)


def _seen(in_hand: Hand, item_id: int) -> Item:
    found = items.visible_to(in_hand.person).filter(pk=item_id).first()
    if found is None:
        raise Http404
    return found


def _case(in_hand: Hand, number: str) -> Complaint | None:
    """The case of this number if one sees it; none where no number is given."""
    found = queries.by_number(in_hand.person, number) if number else None
    if number and found is None:
        raise Unreadable("complaint", "does not exist here")
    return found


def _department(code: str) -> Department | None:
    return known(Department, "department", code=code) if code else None


def _page(rows: QuerySet[Row], start: int) -> tuple[list[Row], int | None]:
    found = list(rows[start : start + PAGE + 1])
    return found[:PAGE], start + PAGE if len(found) > PAGE else None


def _item(in_hand: Hand, row: Item) -> schemas.ImprovementShown:
    cover = veil(in_hand.person)
    return schemas.ImprovementShown(
        id=row.pk,
        title=cover(row.title),
        description=cover(row.description),
        complaint=row.complaint.number if row.complaint else None,
        department=DepartmentRef.model_validate(row.department) if row.department else None,
        status=row.status,
        proposed_by=PersonRef.model_validate(row.proposed_by),
        proposed_at=row.proposed_at,
        owner=PersonRef.model_validate(row.owner) if row.owner else None,
        due_at=row.due_at,
        conclusion=cover(row.conclusion),
        ended_at=row.ended_at,
    )


def _signal(in_hand: Hand, row: Signal) -> schemas.SignalShown:
    cover = veil(in_hand.person)
    return schemas.SignalShown(
        id=row.pk,
        kind=row.kind,
        matter=cover(row.matter),
        department=DepartmentRef.model_validate(row.department) if row.department else None,
        owner=PersonRef.model_validate(row.owner),
        raised_at=row.raised_at,
        status=row.status,
        done=cover(row.done),
        complaint=row.complaint.number if row.complaint else None,
        ended_at=row.ended_at,
    )


def _report(in_hand: Hand, made: GroupReport) -> schemas.GroupReportShown:
    return schemas.GroupReportShown(
        id=made.pk,
        begins_at=made.begins_at,
        ends_at=made.ends_at,
        groups=[schemas.GroupShown.model_validate(one) for one in groups.groups_of(made)],
        remark=veil(in_hand.person)(made.remark),
        made_by=PersonRef.model_validate(made.made_by),
        made_at=made.made_at,
        deliveries=[
            schemas.DeliveryShown.model_validate(one) for one in made.deliveries.select_related("person").order_by("pk")
        ],
    )
