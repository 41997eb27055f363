"""Making, finding and revoking tokens; the secret is shown once and never kept."""

import hashlib
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils.crypto import constant_time_compare
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.common import rules
from huiyin.interfaces.common.models import ApiToken
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.models import Person
from huiyin.rules import Refusal

BEGINNING = "hy"
LONGEST_DAYS = 366
MOST_PER_PERSON = 20
# Noting every use would make each read a write; a quarter of an hour is close enough to find an idle token.
NOTED_EVERY = timedelta(minutes=15)


class TokenUnclear(Refusal):
    rule = rules.TOKEN_SOUND
    sentence = _("A token needs a name, at least one scope and an end within %(days)s days.")
    unblock = _("Complete the form.")


class TooManyTokens(Refusal):
    rule = rules.TOKEN_SOUND
    sentence = _("You have %(most)s tokens in use; more are not kept.")
    unblock = _("Revoke one that is no longer needed.")


@dataclass(frozen=True)
class Made:
    """A new token and its text, which nobody can read again."""

    token: ApiToken
    text: str


@transaction.atomic
def make(person: Person, *, name: str, scopes: Collection[str], days: int, at: datetime) -> Made:
    """Make a token for a person's programs; refuses one without name, scope or a near end."""
    wanted = [scope.value for scope in Scope if scope.value in scopes]
    if not name.strip() or len(wanted) != len(set(scopes)) or not wanted or not 1 <= days <= LONGEST_DAYS:
        raise TokenUnclear(days=LONGEST_DAYS, missing=("name", "scopes", "days"))
    if in_use(person, at).count() >= MOST_PER_PERSON:
        raise TooManyTokens(most=MOST_PER_PERSON)
    prefix, secret = secrets.token_hex(4), secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        prefix=prefix,
        digest=_digest(secret),
        person=person,
        name=name.strip(),
        scopes=wanted,
        made_at=at,
        expires_at=at + timedelta(days=days),
    )
    return Made(token, f"{BEGINNING}_{prefix}_{secret}")


def find(text: str, at: datetime) -> ApiToken | None:
    """The good token this text belongs to, with its person; nothing for every other text, whatever is wrong with it."""
    beginning, _first, rest = text.partition("_")
    prefix, _second, secret = rest.partition("_")
    if beginning != BEGINNING or not prefix or not secret:
        return None
    token = ApiToken.objects.select_related("person").filter(prefix=prefix).first()
    right = constant_time_compare(_digest(secret), token.digest if token else "-")
    if token is None or not right or not token.is_good(at) or not token.person.is_active:
        return None
    return token


def note_use(token: ApiToken, at: datetime) -> None:
    """Write down that a token is in use, now and then."""
    if token.last_used_at is None or at - token.last_used_at >= NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)


@transaction.atomic
def revoke(token_id: int, *, person: Person, at: datetime) -> ApiToken:
    """End one of the person's own tokens at once; a second time changes nothing."""
    token = ApiToken.objects.select_for_update().get(pk=token_id, person=person)
    if token.revoked_at is None:
        token.revoked_at = at
        token.save(update_fields=["revoked_at"])
    return token


def in_use(person: Person, at: datetime) -> QuerySet[ApiToken]:
    """The person's tokens that still open something."""
    return ApiToken.objects.filter(person=person, revoked_at=None, expires_at__gt=at)


def listed(person: Person) -> QuerySet[ApiToken]:
    """All the person's tokens, the newest first."""
    return ApiToken.objects.filter(person=person).order_by("-made_at", "-pk")


def _digest(secret: str) -> str:
    # 256 random bits need no slow hash: there is nothing to guess.
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
