"""Which browsers a person is signed in with, and how each is signed out."""

from datetime import datetime, timedelta
from importlib import import_module

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet

from huiyin.people.models import Person, SignIn

SEEN_EVERY = timedelta(minutes=1)


def opened(person: Person, *, session_key: str, address: str | None, device: str, at: datetime) -> SignIn:
    """Note that somebody signed in with a browser."""
    return SignIn.objects.create(
        person=person, session_key=session_key, address=address, device=device[:300], at=at, last_seen_at=at
    )


def seen(session_key: str, *, at: datetime) -> None:
    """Note that a session is in use, at most once a minute."""
    SignIn.objects.filter(session_key=session_key, last_seen_at__lt=at - SEEN_EVERY).update(last_seen_at=at)


def renamed(old_key: str, new_key: str) -> None:
    """Follow a session whose key was changed, as happens when a password is."""
    SignIn.objects.filter(session_key=old_key).update(session_key=new_key)


def open_of(person: Person) -> QuerySet[SignIn]:
    """The sessions still open, the last used first."""
    return SignIn.objects.filter(person=person, ended_at__isnull=True).order_by("-last_seen_at", "-pk")


def listed(person: Person, *, at: datetime, here: str) -> QuerySet[SignIn]:
    """The open sessions worth showing: this one, and those young enough not to have run out by themselves."""
    youngest = at - timedelta(seconds=settings.SESSION_COOKIE_AGE)
    return open_of(person).filter(Q(at__gt=youngest) | Q(session_key=here))


@transaction.atomic
def end(sign_in_id: int, *, person: Person, at: datetime) -> None:
    """End one of a person's own sessions; somebody else's is not found."""
    _close(open_of(person).filter(pk=sign_in_id), at)


@transaction.atomic
def end_session(session_key: str, *, at: datetime) -> None:
    """Note that a session ended by signing out."""
    _close(SignIn.objects.filter(session_key=session_key, ended_at__isnull=True), at)


@transaction.atomic
def end_all(person: Person, *, at: datetime, keep: str = "") -> None:
    """End every session of a person, but the one in hand if it is to be kept."""
    _close(open_of(person).exclude(session_key=keep), at)


def _close(rows: QuerySet[SignIn], at: datetime) -> None:
    store = import_module(settings.SESSION_ENGINE).SessionStore
    for row in rows:
        store(session_key=row.session_key).delete()
        SignIn.objects.filter(pk=row.pk).update(ended_at=at)
