"""Refusals on their way out: to problem+json (RFC 9457), or to a sentence in the page."""

from collections.abc import Callable
from dataclasses import asdict, dataclass
from urllib.parse import quote

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from huiyin.complaints import rules as complaint_rules
from huiyin.files.refused import FileRefused
from huiyin.interfaces.common.attachments import in_words
from huiyin.people import rules as people_rules
from huiyin.rules import Refusal

PROBLEM_JSON = "application/problem+json"
# Rules about who asks: nothing in the request could lift them.
ABOUT_WHO_ASKS = frozenset({people_rules.DUTY, people_rules.REVEAL_PART, complaint_rules.WRONG_SEAT})


@dataclass(frozen=True)
class Problem:
    """What the API answers when it does not do what was asked."""

    type: str
    title: str
    status: int
    detail: str
    rule: str = ""
    rule_title: str = ""
    requirements: tuple[str, ...] = ()
    unblock: str = ""
    missing: tuple[str, ...] = ()

    def as_json(self) -> JsonResponse:
        return JsonResponse(
            asdict(self), status=self.status, content_type=PROBLEM_JSON, json_dumps_params={"ensure_ascii": False}
        )


def as_refusal(error: Exception) -> Refusal | None:
    """Give the refusal behind an exception, if that is what it is."""
    if isinstance(error, FileRefused):
        return in_words(error)
    return error if isinstance(error, Refusal) else None


def status_of(refusal: Refusal) -> int:
    """403 for who asks, 422 where something is missing from what was asked, 409 where things stand against it."""
    if refusal.rule in ABOUT_WHO_ASKS:
        return 403
    return 422 if refusal.missing else 409


def problem_of(error: Exception) -> Problem | None:
    """Give the problem for an exception that is an answer, None for one that is a fault of the program."""
    if (refusal := as_refusal(error)) is not None:
        rule = refusal.rule
        return Problem(
            type=f"urn:huiyin:rule:{quote(rule.code)}",
            title=str(rule.title),
            status=status_of(refusal),
            detail=refusal.text,
            rule=rule.code,
            rule_title=str(rule.title),
            requirements=rule.requirements,
            unblock=refusal.unblock_text,
            missing=refusal.missing,
        )
    if isinstance(error, PermissionDenied):
        return Problem("about:blank", _("Not allowed"), 403, _("You may not do this."))
    if isinstance(error, Http404 | ObjectDoesNotExist):
        # The same answer for what is not there and for what this reader may not see.
        return Problem("about:blank", _("Not found"), 404, _("There is nothing here, or nothing you may see."))
    return None


class RefusalMiddleware:
    """Show a refusal no view caught: a sentence for the part of a page that asked, a page for everything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        refusal = as_refusal(error)
        return None if refusal is None else show(request, refusal)


def show(request: HttpRequest, refusal: Refusal) -> HttpResponse:
    """Answer a browser: the sentence, its rule and what lifts it."""
    template = "common/refused_part.html" if getattr(request, "htmx", False) else "common/refused.html"
    return render(request, template, {"refusal": refusal}, status=status_of(refusal))
