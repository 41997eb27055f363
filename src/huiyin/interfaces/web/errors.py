"""Pages for what went wrong: no permission, not found, a stale form, our own fault, no connection."""

import structlog
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: the address or the form cannot be read."""
    return render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: this person may not see or do this; the sentence of the refusal is shown when there is one."""
    return render(
        request, "errors/403.html", {"refusal": exception if hasattr(exception, "rule") else None}, status=403
    )


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: nothing is here, or nothing this person may see."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500: drawn without database, session or context processors, since any of them may be what failed."""
    reference = structlog.contextvars.get_contextvars().get("request_id", "")
    return HttpResponse(render_to_string("errors/500.html", {"reference": reference}), status=500)


def stale_form(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of the forgery check: the form is older than the sign-in; what was typed is given back to copy."""
    typed = [value for key, values in request.POST.lists() for value in values if key != "csrfmiddlewaretoken"]
    kept = [value for value in typed if len(value) > 20]
    return render(request, "errors/csrf.html", {"kept": kept}, status=403)


def offline(request: HttpRequest) -> HttpResponse:
    """The page that says the server cannot be reached."""
    return render(request, "errors/offline.html")
