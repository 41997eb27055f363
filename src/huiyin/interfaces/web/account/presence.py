"""Around every page of a person signed in: their time zone, when they were last seen, a password that must change."""

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from huiyin.interfaces.common import clock
from huiyin.people import sign_ins
from huiyin.people.models import Person

SEEN_SECONDS = 60


class Presence:
    """Middleware; stands after the one that says who is signed in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        person = request.user
        if not isinstance(person, Person):
            return self.get_response(request)
        note_seen(request.session.session_key or "")
        with timezone.override(ZoneInfo(person.time_zone)):
            if person.password_due and request.path not in allowed_before_change():
                return HttpResponseRedirect(reverse("account:password"))
            return self.get_response(request)


def note_seen(session_key: str) -> None:
    """Write down that a session is in use; a page view takes the write lock at most once a minute."""
    if session_key and cache.add(f"seen:{session_key}", True, SEEN_SECONDS):
        sign_ins.seen(session_key, at=clock.now())


def allowed_before_change() -> tuple[str, ...]:
    """What may be opened while a password must be changed."""
    return reverse("account:password"), reverse("account:sign_out"), reverse("set_language"), reverse("look")
