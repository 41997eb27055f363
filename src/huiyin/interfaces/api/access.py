"""Who calls: a person's token, or the person in the browser; and what this call may do."""

from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from huiyin.interfaces.api import limits, rules
from huiyin.interfaces.common import clock, tokens
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.models import Person
from huiyin.rules import Refusal

SAFE = ("GET", "HEAD", "OPTIONS")
MOST_BYTES = 262_144
UPLOAD = "multipart/form-data"


class OutOfScope(Refusal):
    rule = rules.TOKEN_SCOPE
    sentence = _("This token was not made for it; the scope «%(scope)s» is missing.")
    unblock = _("Make a token with that scope, or sign in as the person.")


class ForgedRequest(Exception):
    """A browser's request without the page's own sign that it comes from there."""


class BodyTooLarge(Exception):
    """A request whose body is longer than any operation takes."""


@dataclass(frozen=True)
class Caller:
    """The person for whom a request acts, whose key it is, and what it may be used for."""

    person: Person
    key: str
    scopes: frozenset[str]

    def require(self, scope: Scope) -> None:
        """Refuse what the token was not made for."""
        if scope.value not in self.scopes:
            raise OutOfScope(scope=scope.value)


class Token(HttpBearer):
    """`Authorization: Bearer hy_…`; tokens are made under “My account”, and shown once."""

    def authenticate(self, request: HttpRequest, token: str) -> Caller | None:
        at = clock.now()
        found = tokens.find(token.strip(), at)
        if found is None:
            return None
        _require_fit(request)
        limits.keep_pace(f"token:{found.pk}")
        tokens.note_use(found, at)
        _speak(request, found.person)
        return Caller(found.person, f"token:{found.pk}", frozenset(found.scopes))


class Session(APIKeyCookie):
    """The browser's own sign-in, with the anti-forgery token in `X-CSRFToken` for everything that writes."""

    param_name = settings.SESSION_COOKIE_NAME

    def __call__(self, request: HttpRequest) -> Caller | None:
        return self.authenticate(request, None)

    def authenticate(self, request: HttpRequest, key: str | None) -> Caller | None:
        person = request.user
        if "Authorization" in request.headers or not isinstance(person, Person):
            return None
        if request.method not in SAFE and check_csrf(request) is not None:
            raise ForgedRequest
        _require_fit(request)
        limits.keep_pace(f"person:{person.pk}")
        return Caller(person, f"person:{person.pk}", frozenset(Scope.values))


def _require_fit(request: HttpRequest) -> None:
    """Refuse a body that no operation takes, before it is read; files have limits of their own."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if request.content_type != UPLOAD and length.isdecimal() and int(length) > MOST_BYTES:
        raise BodyTooLarge


def _speak(request: HttpRequest, person: Person) -> None:
    """Answer in the language asked for, else in the person's own."""
    if "Accept-Language" not in request.headers:
        translation.activate(person.language)
        request.LANGUAGE_CODE = translation.get_language()


def caller(request: HttpRequest) -> Caller:
    """Who calls; an operation behind the API's authentication always has one."""
    found = getattr(request, "auth", None)
    if not isinstance(found, Caller):
        raise TypeError("This operation is open to everybody; give it an authentication.")
    return found
