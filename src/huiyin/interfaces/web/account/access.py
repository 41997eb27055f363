"""Who may open a page: everybody who is signed in, or only those whose roles give a capability."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit, urlunsplit

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from huiyin.interfaces.web import errors
from huiyin.people import roles
from huiyin.people.models import Person

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def staff_page(*capabilities: str) -> Callable[[View[P]], View[P]]:
    """Ask for a sign-in, then for at least one of the capabilities; with none named, every person may enter."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            if not isinstance(request.user, Person):
                return to_sign_in(request)
            if capabilities and not any(roles.can(request.user, capability) for capability in capabilities):
                return errors.forbidden(request, roles.refusal(capabilities[0]))
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def to_sign_in(request: HttpRequest) -> HttpResponse:
    """Ask who it is and come back; from a part of a page the whole page goes there."""
    if getattr(request, "htmx", False):
        here = urlsplit(request.headers.get("HX-Current-URL", "/"))
        address = redirect_to_login(urlunsplit(("", "", here.path, here.query, ""))).url
        return HttpResponse(status=401, headers={"HX-Redirect": address})
    return redirect_to_login(request.get_full_path() if request.method == "GET" else "/")


def person_of(request: HttpRequest) -> Person:
    """The person signed in; a page behind `staff_page` always has one."""
    if not isinstance(request.user, Person):
        raise TypeError("This page was opened without a sign-in; put it behind staff_page.")
    return request.user
