"""Figures of the house, and the service quality of a case, for programs."""

from collections.abc import Callable
from typing import Any, Literal

from django.http import Http404, HttpRequest, HttpResponse
from ninja import Path, Router

from huiyin.analytics import metrics
from huiyin.analytics.metrics import Compared, Figure
from huiyin.complaints import promises, queries
from huiyin.complaints.models import Complaint
from huiyin.interfaces.api import requests
from huiyin.interfaces.api.requests import Hand
from huiyin.interfaces.api.schemas import measures as schemas
from huiyin.interfaces.api.schemas.base import Code
from huiyin.interfaces.common.idempotency import Answer
from huiyin.interfaces.common.periods import period
from huiyin.interfaces.common.run import run
from huiyin.interfaces.common.scopes import Scope
from huiyin.people import roles
from huiyin.quality import assessing
from huiyin.quality.assessing import Rated
from huiyin.quality.models import Assessment

measured = Router(tags=["measures"])
Days = Literal["7", "30", "90"]


@measured.get("/figures", response=schemas.FiguresShown, operation_id="figures")
def figures(request: HttpRequest, days: Days = "30") -> HttpResponse:
    """The same registry as the page of figures, counted for the same whole days."""
    in_hand = _reader(request)
    roles.require(in_hand.person, "report.read")
    over = period(days, in_hand.at)
    found = [_figure(one) for one in metrics.compared(over.begins, over.ends)]
    return requests.show(schemas.FiguresShown(begins_at=over.begins, ends_at=over.ends, figures=found))


@measured.get("/complaints/{number}/quality", response=schemas.QualityShown, operation_id="quality")
def quality(request: HttpRequest, number: Path[Code]) -> HttpResponse:
    """An inspector reads it too, though nothing else of the case."""
    in_hand = _reader(request)
    return requests.show(_quality(_case(in_hand, number)))


@measured.post("/complaints/{number}/assess", response={201: schemas.QualityShown}, operation_id="assess")
def assess(request: HttpRequest, number: Path[Code], body: schemas.AssessGiven) -> HttpResponse:
    given = {"side": body.side, "rater": body.rater, "points": body.points}
    return _taken(request, number, body.seen, assessing.assess, given)


@measured.post(
    "/complaints/{number}/fill_checklist", response={201: schemas.QualityShown}, operation_id="fill_checklist"
)
def fill_checklist(request: HttpRequest, number: Path[Code], body: schemas.ChecklistGiven) -> HttpResponse:
    answers = {code: assessing.Answer(item.kept, item.evidence) for code, item in body.items.items()}
    return _taken(request, number, body.seen, assessing.fill_checklist, {"code": body.checklist, "answers": answers})


def _taken(
    request: HttpRequest, number: str, seen: int | None, step: Callable[..., Any], given: dict[str, Any]
) -> HttpResponse:
    """Measure a case once for each Idempotency-Key, and answer with all that is measured about it."""
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.WRITE)
    known = requests.seen_number(request, seen)

    def act() -> Answer:
        case = _case(in_hand, number)
        run(step, case.pk, seen=known, actor=in_hand.actor, at=in_hand.at, **given)
        case.refresh_from_db(fields=["last_number"])
        return requests.written(_quality(case), 201)

    return requests.repeatable(request, in_hand.caller, in_hand.at, act)


def _reader(request: HttpRequest) -> Hand:
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.READ)
    return in_hand


def _case(in_hand: Hand, number: str) -> Complaint:
    """A case one sees; for who gives ratings also one that lies there to be rated, by its number alone."""
    found = queries.by_number(in_hand.person, number)
    if found is None and roles.can(in_hand.person, "rating.give"):
        found = assessing.rateable().filter(number=number.strip().upper()).first()
    if found is None:
        raise Http404
    return found


def _figure(one: Compared) -> schemas.FigureShown:
    metric = one.now.metric
    return schemas.FigureShown(
        code=metric.code,
        title=str(metric.title),
        formula=str(metric.formula),
        now=_numbers(one.now),
        before=_numbers(one.before),
        change=one.change,
    )


def _numbers(found: Figure) -> schemas.FigureNumbers:
    return schemas.FigureNumbers(counted=found.counted, among=found.among, share=found.share)


def _quality(case: Complaint) -> schemas.QualityShown:
    return schemas.QualityShown(
        number=case.number,
        weights={one.code: one.weight for one in promises.pack_of(case).dimensions},
        ratings=[_rated(one) for one in assessing.ratings_of(case) if one.points],
        checklists=[schemas.MarkedShown.model_validate(one) for one in assessing.checklists_of(case)],
        seen=case.last_number,
    )


def _rated(one: Rated) -> schemas.RatedShown:
    return schemas.RatedShown(
        rater=one.rater,
        expected=one.points.get(Assessment.Side.EXPECTED.value, {}),
        actual=one.points.get(Assessment.Side.ACTUAL.value, {}),
        gap=schemas.GapShown.model_validate(one.gap) if one.gap else None,
        spread=schemas.SpreadShown.model_validate(one.spread) if one.spread else None,
    )
