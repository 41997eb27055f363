"""What every request brings besides its body: the case it means, the key that makes it repeatable, what it has seen."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from pydantic import BaseModel

from huiyin.complaints import queries
from huiyin.complaints.models import Complaint
from huiyin.interfaces.api.access import Caller, caller
from huiyin.interfaces.api.problems import Unreadable
from huiyin.interfaces.common import clock, idempotency
from huiyin.interfaces.common.idempotency import Answer
from huiyin.people.actors import Actor
from huiyin.people.models import Person

JSON = "application/json; charset=utf-8"
KEY = re.compile(r"[\x21-\x7e]{1,200}")
TAG = re.compile(r'(?:W/)?"(\d{1,10})"')


@dataclass(frozen=True)
class Hand:
    """One request in hand: who acts and when, fixed once for all that is done in it."""

    request: HttpRequest
    caller: Caller
    at: datetime

    @property
    def person(self) -> Person:
        return self.caller.person

    @cached_property
    def actor(self) -> Actor:
        return Actor.of(self.person)

    def case(self, number: str) -> Complaint:
        """The case with this number, if this person may see it; else the answer is 404, whether it exists or not."""
        found = queries.by_number(self.person, number)
        if found is None:
            raise Http404
        return found


def hand(request: HttpRequest) -> Hand:
    return Hand(request, caller(request), clock.now())


def seen_number(request: HttpRequest, given: int | None) -> int | None:
    """The number of the last event the client knew, from `If-Match` or else from the body; none if unsaid."""
    header = request.headers.get("If-Match", "").strip()
    if not header or header == "*":
        return given
    match = TAG.fullmatch(header)
    if match is None:
        raise Unreadable("If-Match", 'must be the entity tag of the case, such as "17"')
    return int(match[1])


def repeatable(request: HttpRequest, found: Caller, at: datetime, act: Callable[[], Answer]) -> HttpResponse:
    """Do it once for each Idempotency-Key and answer the same every time; without a key just do it."""
    key = request.headers.get("Idempotency-Key")
    if key is None:
        return respond(act())
    if not KEY.fullmatch(key):
        raise Unreadable("Idempotency-Key", "must be 1 to 200 visible ASCII characters")
    print_ = idempotency.request_hash(
        request.method or "", request.get_full_path(), request.headers.get("If-Match", ""), _body(request)
    )
    answer = idempotency.once(found.key, key, request=print_, at=at, act=act)
    return respond(answer)


def _body(request: HttpRequest) -> bytes:
    """What was sent; of an upload, which was read already, the names and the bytes of its files."""
    if not request.FILES:
        return request.body
    parts = []
    for name in sorted(request.FILES):
        file = request.FILES[name]
        if not isinstance(file, UploadedFile):
            continue
        file.seek(0)
        parts.append(f"{name}={file.name}={idempotency.request_hash(file.read())}")
        file.seek(0)
    return "\n".join(parts).encode("utf-8", "surrogatepass")


def written(shown: BaseModel, status: int = 200) -> Answer:
    return Answer(status, shown.model_dump_json())


def respond(answer: Answer) -> HttpResponse:
    response = HttpResponse(answer.body, status=answer.status, content_type=JSON)
    if answer.repeated:
        response["Idempotency-Replayed"] = "true"
    return response


def show(shown: BaseModel) -> HttpResponse:
    """Answer a reading."""
    return HttpResponse(shown.model_dump_json(), content_type=JSON, headers={"Cache-Control": "private, no-cache"})
