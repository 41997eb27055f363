"""The reference page: the API's own description, drawn without anything from elsewhere."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.interfaces.api.house import api
from huiyin.interfaces.common.scopes import Scope

DEEPEST = 4
LIMITS = ("minLength", "maxLength", "minimum", "maximum", "minItems", "maxItems", "pattern")
BORING = {"pattern": "^[^\\u0000]*$", "maximum": 2**63 - 1}
Schema = Mapping[str, Any]


@dataclass(frozen=True)
class Field:
    """One field of what is sent or answered; `name` is its path from the top."""

    name: str
    kind: str
    required: bool
    limits: str
    values: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """One operation as the page shows it."""

    key: str
    method: str
    path: str
    summary: str
    scope: str
    parameters: tuple[Field, ...]
    body: tuple[Field, ...]
    answer: tuple[Field, ...]


@login_required
def page(request: HttpRequest) -> HttpResponse:
    """Every operation by room, with what it takes and gives."""
    context = {
        "groups": operations(get_language() or ""),
        "scopes": Scope.choices,
        "schema_url": "/api/v1/openapi.json",
    }
    return render(request, "api/reference.html", context)


@lru_cache(maxsize=8)
def operations(_language: str) -> list[tuple[str, list[Shown]]]:
    """The operations by their tag, in the order of the description; the summaries are said in the active language."""
    told = api.get_openapi_schema(path_prefix="/api/v1/")
    groups: dict[str, list[Shown]] = {}
    for path, methods in told["paths"].items():
        for method, operation in methods.items():
            shown = _shown(method, path, operation, told["components"]["schemas"])
            groups.setdefault(_room(operation["tags"][0]), []).append(shown)
    return list(groups.items())


def _room(tag: str) -> str:
    names = {
        "cases": _("Cases"),
        "lists": _("Lists and numbers"),
        "enquiries": _("Enquiries"),
        "lookup": _("Lookups"),
        "files": _("Files"),
        "steps: intake": _("Steps: intake and registration"),
        "steps: inquiry": _("Steps: inquiry and explanation"),
        "steps: beside": _("Steps: tasks, claims, flags, links"),
        "steps: solution": _("Steps: plan, approval, offer"),
        "steps: doing": _("Steps: carrying out and follow-up"),
        "steps: closing": _("Steps: review, end and what follows"),
        "steps: messages": _("Steps: messages, notes, promises"),
    }
    return names.get(tag, tag)


def _shown(method: str, path: str, operation: Schema, schemas: Schema) -> Shown:
    sent = operation.get("requestBody", {}).get("content", {})
    body: Schema = next((part["schema"] for part in sent.values()), {})
    given: Schema = next(
        (operation["responses"][status] for status in (200, 201) if status in operation["responses"]), {}
    )
    answer = given.get("content", {}).get("application/json", {}).get("schema", {})
    parameters = tuple(
        _field(one["name"], one["schema"], one.get("required", False), schemas) for one in operation["parameters"]
    )
    name = operation["operationId"]
    return Shown(
        key=re.sub(r"\W", "-", name),
        method=method.upper(),
        path=path,
        summary=str(operation["summary"]),
        scope=operation["x-scope"],
        parameters=parameters,
        body=tuple(_fields(body, schemas)),
        answer=tuple(_fields(answer, schemas)),
    )


def _resolved(schema: Schema, schemas: Schema) -> Schema:
    """The schema a reference or the only real alternative leads to."""
    if "$ref" in schema:
        return _resolved(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas)
    real = [one for one in schema.get("anyOf", schema.get("allOf", [])) if one.get("type") != "null"]
    return _resolved(real[0], schemas) if len(real) == 1 else schema


def _fields(schema: Schema, schemas: Schema, before: str = "", depth: int = 0) -> Iterator[Field]:
    whole = _resolved(schema, schemas)
    required = whole.get("required", ())
    for name, raw in whole.get("properties", {}).items():
        yield _field(before + name, raw, name in required, schemas)
        inner = _resolved(raw, schemas)
        deeper = _resolved(inner.get("items", {}), schemas) if inner.get("type") == "array" else inner
        if depth < DEEPEST and "properties" in deeper:
            dots = f"{before}{name}[]." if inner.get("type") == "array" else f"{before}{name}."
            yield from _fields(deeper, schemas, dots, depth + 1)


def _field(name: str, raw: Schema, required: bool, schemas: Schema) -> Field:
    schema = _resolved(raw, schemas)
    kind = schema.get("format") or schema.get("type") or "object"
    inner = _resolved(schema.get("items", {}), schemas)
    if kind == "array":
        kind = f"array of {inner.get('format') or inner.get('type') or 'object'}"
    limits = [f"{limit} {schema[limit]}" for limit in LIMITS if limit in schema and schema[limit] != BORING.get(limit)]
    values = schema.get("enum") or inner.get("enum") or ()
    return Field(name, kind, required, ", ".join(limits), tuple(str(value) or "''" for value in values))
