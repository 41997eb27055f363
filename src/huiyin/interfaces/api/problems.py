"""Everything that is not done, as problem+json (RFC 9457) that names the rule and what would lift it."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict
from typing import Any

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied, RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from huiyin.complaints.queries import ChangedMeanwhile
from huiyin.files.refused import FileRefused
from huiyin.interfaces.api import rules
from huiyin.interfaces.api.access import BodyTooLarge, ForgedRequest
from huiyin.interfaces.api.limits import TooFast
from huiyin.interfaces.common.refusals import PROBLEM_JSON, Problem, problem_of
from huiyin.people.roles import NotYourDuty
from huiyin.rules import Refusal

BLANK = "about:blank"
# Statuses of the API's own rules; all other refusals are judged by interfaces.common.refusals.
STATUS_OF_RULE = {rules.TOKEN_SCOPE: 403, rules.PACE: 429}


class Unreadable(Exception):
    """A header or parameter that cannot be read; `where` names it."""

    def __init__(self, where: str, what: str) -> None:
        super().__init__(f"{where}: {what}")
        self.where, self.what = where, what


def register(api: NinjaAPI) -> None:
    """Let the API answer each of these with a problem; anything else is a fault of ours and stays one."""
    for kind in (Refusal, FileRefused, Http404, ObjectDoesNotExist, PermissionDenied):
        api.add_exception_handler(kind, _known)
    api.add_exception_handler(AuthenticationError, _stranger)
    api.add_exception_handler(ForgedRequest, _forged)
    api.add_exception_handler(ValidationError, _invalid)
    api.add_exception_handler(Unreadable, _unreadable)
    api.add_exception_handler(HttpError, _unparsed)
    api.add_exception_handler(RequestDataTooBig, _too_large)
    api.add_exception_handler(BodyTooLarge, _too_large)


def answer(problem: Problem, errors: Iterable[Mapping[str, str]] = ()) -> JsonResponse:
    """Write the problem; plain ASCII, because a refused text may hold what no encoding can."""
    body = {**asdict(problem), "errors": list(errors)}
    return JsonResponse(body, status=body["status"], content_type=PROBLEM_JSON)


def _known(request: HttpRequest, error: Any) -> HttpResponse:
    problem = problem_of(error)
    if problem is None:
        raise error
    status = problem.status
    if isinstance(error, Refusal):
        status = STATUS_OF_RULE.get(error.rule, status)
    if isinstance(error, NotYourDuty):
        status = 403
    if isinstance(error, ChangedMeanwhile) and "If-Match" in request.headers:
        status = 412
    response = answer(Problem(**{**asdict(problem), "status": status}))
    if isinstance(error, TooFast):
        response["Retry-After"] = str(error.params["seconds"])
    return response


def _stranger(_request: HttpRequest, _error: Any) -> HttpResponse:
    problem = Problem(BLANK, _("Who are you?"), 401, _("Send a valid token, or sign in."))
    response = answer(problem)
    response["WWW-Authenticate"] = "Bearer"
    return response


def _forged(_request: HttpRequest, _error: Any) -> HttpResponse:
    return answer(Problem(BLANK, _("Not allowed"), 403, _("The anti-forgery token is missing or too old.")))


def _invalid(_request: HttpRequest, error: Any) -> HttpResponse:
    found = [_one(entry) for entry in error.errors[:50]]
    missing = tuple(dict.fromkeys(entry["where"] for entry in found))
    detail = _("Some of what was sent is missing or has another form than it should.")
    return answer(Problem(BLANK, _("Cannot be understood"), 422, detail, missing=missing), found)


def _one(entry: Mapping[str, Any]) -> dict[str, str]:
    place = [str(part) for part in entry["loc"] if part not in ("body", "query", "path", "given")]
    return {"where": ".".join(place)[:200], "what": str(entry["msg"])[:300], "kind": str(entry["type"])}


def _unreadable(_request: HttpRequest, error: Any) -> HttpResponse:
    detail = _("Some of what was sent is missing or has another form than it should.")
    entry = {"where": error.where, "what": error.what, "kind": "unreadable"}
    return answer(Problem(BLANK, _("Cannot be understood"), 422, detail, missing=(error.where,)), [entry])


def _unparsed(_request: HttpRequest, error: Any) -> HttpResponse:
    return answer(Problem(BLANK, _("Cannot be read"), error.status_code, str(error)))


def _too_large(_request: HttpRequest, _error: Any) -> HttpResponse:
    return answer(Problem(BLANK, _("Too large"), 413, _("The request is larger than is taken here.")))


def nothing_here(_request: HttpRequest, **_rest: str) -> HttpResponse:
    """404 for an address below the API that no operation has."""
    return answer(Problem(BLANK, _("Not found"), 404, _("There is nothing here, or nothing you may see.")))
