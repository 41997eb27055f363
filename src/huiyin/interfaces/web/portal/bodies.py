"""How much one request to the portal may carry: anybody may send there, so the whole of it has a limit."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from huiyin.files.store import MEGABYTE
from huiyin.interfaces.web.portal import organisation
from huiyin.interfaces.web.portal.stamps import MOST_FILES
from huiyin.interfaces.web.portal.uploads import MOST_MB

# Every file a form takes at its largest, and as much again as any words need.
MOST_BYTES = (MOST_FILES * MOST_MB + 1) * MEGABYTE


class LargestBody:
    """Refuse what is larger than any form of the portal takes, before a byte of it is read or kept.

    A middleware, because the forgery check reads the form before a view is asked.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        too_large = length.isdecimal() and int(length) > MOST_BYTES
        if too_large and request.path_info.startswith(reverse("portal:start")):
            context = {"organisation": organisation.name(), "most": MOST_FILES, "most_mb": MOST_MB}
            return render(request, "portal/too_large.html", context, status=413)
        return self.get_response(request)
