"""How often something may be tried from one place: counted in the database, so that all processes count together.

A source (an address, a number) is kept as a keyed digest only: the table tells nobody who was here.
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.db import transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

from huiyin.interfaces.common.models import Tries

KEPT_FOR = timedelta(days=2)


@dataclass(frozen=True)
class Limit:
    """So many tries of one thing from one source within so many minutes."""

    scope: str
    tries: int
    minutes: int


@transaction.atomic
def take(limit: Limit, source: str, *, at: datetime) -> bool:
    """Count one try; gives whether it was still within the limit. Does the same work either way."""
    row, _made = Tries.objects.get_or_create(
        scope=limit.scope, source=_digest(limit.scope, source), since=_stretch(limit, at)
    )
    Tries.objects.filter(pk=row.pk).update(count=F("count") + 1)
    return row.count < limit.tries


def forget(at: datetime) -> int:
    """Forget what was counted days ago; gives how many rows."""
    forgotten, _by_model = Tries.objects.filter(since__lt=at - KEPT_FOR).delete()
    return forgotten


def _stretch(limit: Limit, at: datetime) -> datetime:
    """The beginning of the stretch this moment falls into."""
    seconds = limit.minutes * 60
    return datetime.fromtimestamp(int(at.timestamp()) // seconds * seconds, UTC)


def _digest(scope: str, source: str) -> str:
    return salted_hmac(f"huiyin.throttle.{scope}", source, algorithm="sha256").hexdigest()
