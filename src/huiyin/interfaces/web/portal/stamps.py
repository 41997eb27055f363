"""Signed words that travel with a form: when it was shown, its own number, and which files it already sent."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core import signing

SALT = "huiyin.portal.form"
FILES_SALT = "huiyin.portal.files"
# Nobody reads and fills the form faster; a program does.
LEAST = timedelta(seconds=2)
MOST_FILES = 9


@dataclass(frozen=True)
class Stamp:
    """When a form was first shown, and the number that makes sending it twice the same as once."""

    shown_at: datetime
    number: str

    def sealed(self) -> str:
        return signing.dumps([self.shown_at.isoformat(), self.number], salt=SALT)

    def is_too_quick(self, at: datetime) -> bool:
        return at - self.shown_at < LEAST


def fresh(at: datetime) -> Stamp:
    return Stamp(at, secrets.token_hex(8))


def read(sealed: str) -> Stamp | None:
    """The stamp of a form that was sent; nothing when it is not ours."""
    try:
        shown_at, number = signing.loads(sealed, salt=SALT)
        return Stamp(datetime.fromisoformat(shown_at), str(number))
    except (signing.BadSignature, ValueError, TypeError):
        return None


def seal_files(ids: Iterable[int]) -> str:
    return signing.dumps(list(ids), salt=FILES_SALT)


def read_files(sealed: str) -> list[int]:
    """The files a form sent before; none when the list is not ours."""
    try:
        return [int(one) for one in signing.loads(sealed, salt=FILES_SALT)][:MOST_FILES]
    except (signing.BadSignature, ValueError, TypeError):
        return []
