"""The knowledge base for programs: search and lists, one entry, changing entries, guidance beside a case."""

from collections.abc import Callable
from typing import Annotated

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Path, Router
from pydantic import Field

from huiyin.complaints.situation import situation
from huiyin.interfaces.api import requests
from huiyin.interfaces.api.reading import knowledge as reading
from huiyin.interfaces.api.requests import Hand
from huiyin.interfaces.api.schemas import knowledge as schemas
from huiyin.interfaces.api.schemas.base import Asked, Code
from huiyin.interfaces.common.idempotency import Answer
from huiyin.interfaces.common.scopes import Scope
from huiyin.knowledge import editing, guidance, queries
from huiyin.knowledge.editing import Why
from huiyin.knowledge.kinds import Kind
from huiyin.knowledge.models import Entry, Version
from huiyin.knowledge.queries import Filed

shelves = Router(tags=["knowledge"])
EntryCode = Annotated[str, Field(max_length=80)]
From = Annotated[int, Field(ge=0, le=1_000_000)]


def _reader(request: HttpRequest) -> Hand:
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.READ)
    return in_hand


def _entry(kind: Kind, code: str) -> Entry:
    found = queries.by_code(kind, code)
    if found is None:
        raise Http404
    return found


@shelves.get("/knowledge", response=schemas.EntryPage, operation_id="knowledge")
def knowledge(
    request: HttpRequest,
    q: Asked = "",
    kind: Kind | None = None,
    topic: Code = "",
    scene: Code = "",
    start: From = 0,
) -> HttpResponse:
    """With `q` the entries that answer it, the best first; else those of a kind, topic and scene."""
    on = timezone.localdate(_reader(request).at)
    kind_code = kind.value if kind else ""
    if q.strip():
        return requests.show(reading.found(q, kind_code, on))
    return requests.show(reading.page(Filed(kind_code, topic, scene), start, on))


@shelves.get("/knowledge/{kind}/{code}", response=schemas.EntryShown, operation_id="knowledge_entry")
def knowledge_entry(request: HttpRequest, kind: Path[Kind], code: Path[EntryCode]) -> HttpResponse:
    on = timezone.localdate(_reader(request).at)
    return requests.show(reading.entry(_entry(kind, code), on))


def _changed(
    request: HttpRequest, reason: str, seen: int | None, act: Callable[[Why], Entry], status: int = 200
) -> HttpResponse:
    """Change an entry once for each Idempotency-Key, and answer with what it says now."""
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.WRITE)

    def once() -> Answer:
        row = act(Why(reason, in_hand.actor, in_hand.at, seen))
        return requests.written(reading.entry(row, timezone.localdate(in_hand.at)), status)

    return requests.repeatable(request, in_hand.caller, in_hand.at, once)


@shelves.post("/knowledge", response={201: schemas.EntryShown}, operation_id="write_entry")
def write_entry(request: HttpRequest, body: schemas.EntryNew) -> HttpResponse:
    def act(why: Why) -> Entry:
        return editing.write(body.kind, body.code, body.fields.given(), why)

    return _changed(request, body.reason, None, act, 201)


@shelves.post("/knowledge/{kind}/{code}/edit", response=schemas.EntryShown, operation_id="edit_entry")
def edit_entry(request: HttpRequest, kind: Path[Kind], code: Path[EntryCode], body: schemas.EntryEdit) -> HttpResponse:
    def act(why: Why) -> Entry:
        return editing.edit(_entry(kind, code).pk, body.fields.given(), why)

    return _changed(request, body.reason, body.seen, act)


@shelves.post("/knowledge/{kind}/{code}/retire", response=schemas.EntryShown, operation_id="retire_entry")
def retire_entry(
    request: HttpRequest, kind: Path[Kind], code: Path[EntryCode], body: schemas.EntryReason
) -> HttpResponse:
    def act(why: Why) -> Entry:
        return editing.retire(_entry(kind, code).pk, why)

    return _changed(request, body.reason, body.seen, act)


@shelves.post("/knowledge/{kind}/{code}/restore", response=schemas.EntryShown, operation_id="restore_entry")
def restore_entry(
    request: HttpRequest, kind: Path[Kind], code: Path[EntryCode], body: schemas.EntryRestore
) -> HttpResponse:
    def act(why: Why) -> Entry:
        row = _entry(kind, code)
        if not Version.objects.filter(entry=row, number=body.version).exists():
            raise Http404
        return editing.restore(row.pk, body.version, why)

    return _changed(request, body.reason, body.seen, act)


@shelves.get("/complaints/{number}/guidance", response=schemas.GuidanceShown, operation_id="guidance")
def guidance_of_case(request: HttpRequest, number: Path[Code], step: Code = "") -> HttpResponse:
    in_hand = _reader(request)
    case = in_hand.case(number)
    told = situation(case, in_hand.person, at=in_hand.at, step=step, company=settings.HUIYIN_ORGANISATION)
    return requests.show(reading.guidance(guidance.guide(told, in_hand.person, case.number)))
