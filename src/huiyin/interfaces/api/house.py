"""The API as a whole: its routes, its steps, and its description (OpenAPI 3.1)."""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Router
from ninja.openapi.schema import OpenAPISchema

from huiyin.interfaces.api import customers, improving, knowledge, measures, problems, routes, talking
from huiyin.interfaces.api import network as networks
from huiyin.interfaces.api.access import Session, Token
from huiyin.interfaces.api.plain import PLAIN
from huiyin.interfaces.api.schemas.base import Code
from huiyin.interfaces.api.schemas.steps import Done
from huiyin.interfaces.api.steps import (
    bargaining,
    beside,
    calling,
    closing,
    coordination,
    doing,
    guiding,
    inquiry,
    intake,
    messages,
    network,
    partners,
    proof,
    solution,
    venue,
)
from huiyin.interfaces.api.steps.table import OPERATIONS, Operation, perform
from huiyin.interfaces.common.refusals import PROBLEM_JSON

ROOMS = (
    *(intake, inquiry, proof, partners, venue, network, coordination, beside, bargaining, calling),
    *(solution, doing, closing, messages, guiding),
)
REFUSED = (400, 401, 403, 404, 409, 412, 413, 422, 429)
PROBLEM = {
    "title": "Problem",
    "type": "object",
    "description": "Why it was not done (RFC 9457): the rule, its title and requirements, and what would lift it.",
    "required": [
        *("type", "title", "status", "detail", "rule", "rule_title", "requirements", "unblock", "missing", "errors"),
    ],
    "properties": {
        "type": {"type": "string"},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string"},
        "rule": {"type": "string"},
        "rule_title": {"type": "string"},
        "requirements": {"type": "array", "items": {"type": "string"}},
        "unblock": {"type": "string"},
        "missing": {"type": "array", "items": {"type": "string"}},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["where", "what", "kind"],
                "properties": {name: {"type": "string"} for name in ("where", "what", "kind")},
            },
        },
    },
}
KEY_HEADER = {
    "in": "header",
    "name": "Idempotency-Key",
    "required": False,
    "description": "Repeat the request with the same key, and it is done once and answered the same.",
    "schema": {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"},
}
MATCH_HEADER = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "description": "The entity tag of the case as it was seen; 412 when it has gone on since.",
    "schema": {"type": "string", "pattern": '^"[0-9]{1,9}"$'},
}
NEVER_KEPT = ("reveal_contact",)


class House(NinjaAPI):
    """The API; its description says of every operation how it may be refused and repeated."""

    def get_openapi_schema(self, **given: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**given)
        schema["components"]["schemas"]["Problem"] = PROBLEM
        for path, methods in schema["paths"].items():
            for method, operation in methods.items():
                _complete(path, method, operation)
        return schema


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    row = OPERATIONS.get(operation["operationId"]) or PLAIN[operation["operationId"]]
    operation["summary"] = str(row.summary)  # in the language of who asks
    operation["x-scope"] = row.scope.value if row.scope else ""
    refused = {"content": {PROBLEM_JSON: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    for status in REFUSED:
        operation["responses"][status] = {"description": HTTPStatus(status).phrase, **refused}
    if operation["operationId"] == "download":
        whole = {"application/octet-stream": {"schema": {"type": "string", "format": "binary"}}}
        operation["responses"][200] = {"description": "OK", "content": whole}
    if method == "post" and operation["operationId"] not in NEVER_KEPT:
        operation["parameters"].append(KEY_HEADER)
    if method == "post" and "{number}" in path:
        operation["parameters"].append(MATCH_HEADER)


def _view_of(operation: Operation) -> Callable[..., HttpResponse]:
    def view(request: HttpRequest, number: Path[Code], body: Any) -> HttpResponse:
        return perform(operation, request, number, body)

    view.__name__ = operation.name
    view.__annotations__["body"] = operation.body
    return view


def _add_steps(api: NinjaAPI) -> None:
    """Give every row of the table of steps its address."""
    for room in ROOMS:
        name = room.__name__.rsplit(".", 1)[-1]
        router = Router(tags=[f"steps: {name}"])
        for operation in (one for one in OPERATIONS.values() if one.room == name):
            router.post(
                f"/complaints/{{number}}/{operation.name}",
                response=Done,
                operation_id=operation.name,
            )(_view_of(operation))
        api.add_router("", router)


def build() -> House:
    """Put the API together; once per process."""
    api = House(
        title="Huiyin",
        version="1",
        urls_namespace="api:v1",
        docs_url=None,
        auth=[Token(), Session()],
    )
    problems.register(api)
    rooms = (routes.cases, routes.numbers, routes.questions, routes.look_up, routes.attached)
    beyond = (
        knowledge.shelves,
        customers.known,
        measures.measured,
        improving.changing,
        talking.talked,
        networks.networked,
    )
    for router in (*rooms, *beyond):
        api.add_router("", router)
    _add_steps(api)
    return api


api = build()
