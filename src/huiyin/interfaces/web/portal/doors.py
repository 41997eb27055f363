"""The two doors to a case: the secret link, and the session that a one-time code opened.

Every page behind them is kept by nobody: not by caches, not by search engines, not in the Referer of other sites.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode

from huiyin.complaints.models import PortalAccess
from huiyin.complaints.portal_access import normal
from huiyin.complaints.steps import portal
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.portal import organisation

SESSION = "portal"
OPEN_FOR = timedelta(hours=2)
View = Callable[..., HttpResponseBase]


@dataclass(frozen=True)
class Door:
    """How the complainant came in: his access, and the address below which his pages are."""

    access: PortalAccess
    base: str
    by_link: bool

    def to(self, part: str = "") -> str:
        return self.base + part

    @property
    def holder(self) -> str:
        """Whose tries are counted, and whose repeated requests are recognised."""
        return f"portal:{self.access.pk}"


def private(view: View) -> View:
    """Keep a page out of caches, search engines and the Referer of other sites.

    `strict-origin` names at most our own host. `no-referrer` would make browsers send `Origin: null` with a form,
    which the forgery check rightly refuses.
    """

    @wraps(view)
    def kept(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response["Cache-Control"] = "no-store, private"
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow, noarchive"
        return response

    return kept


def opened(view: View) -> View:
    """Give the view its door, by the secret in the address or by the number a code opened."""

    @wraps(view)
    def through(
        request: HttpRequest, *args: Any, secret: str = "", number: str = "", **kwargs: Any
    ) -> HttpResponseBase:
        now = clock.now()
        door = by_link(secret) if secret else by_number(request, number, now)
        if door is not None:
            return view(request, door, *args, **kwargs)
        if number:
            return HttpResponseRedirect(f"{reverse('portal:follow')}?{urlencode({'number': number})}")
        return render(request, "portal/gone.html", {"organisation": organisation.name()}, status=404)

    return private(through)


def by_link(secret: str) -> Door | None:
    """The door a secret opens. It is 256 bits long, so guesses need no counting."""
    access = portal.access_by_link(secret)
    if access is None:
        return None
    return Door(access, reverse("portal:case", kwargs={"secret": secret}), by_link=True)


def by_number(request: HttpRequest, number: str, at: datetime) -> Door | None:
    """The door to a case whose code this session gave within the last two hours."""
    until = request.session.get(SESSION, {}).get(normal(number))
    if until is None or datetime.fromisoformat(until) <= at:
        return None
    access = (
        PortalAccess.objects.select_related("complaint", "customer").filter(complaint__number=normal(number)).first()
    )
    if access is None:
        return None
    return Door(access, reverse("portal:coded", kwargs={"number": number}), by_link=False)


def let_in(request: HttpRequest, access: PortalAccess, at: datetime) -> str:
    """Open the case for this session; gives the address of its page."""
    number = access.complaint.number
    request.session.cycle_key()
    request.session[SESSION] = {**request.session.get(SESSION, {}), number: (at + OPEN_FOR).isoformat()}
    return reverse("portal:coded", kwargs={"number": number})


def close(request: HttpRequest, door: Door) -> None:
    """Forget that a code was given for this case, on a device that others use."""
    kept = dict(request.session.get(SESSION, {}))
    kept.pop(door.access.complaint.number, None)
    request.session[SESSION] = kept
