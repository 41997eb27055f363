"""A request that is repeated, by a double click or a client that tries again, is done once and answered the same.

The key, the effect and the answer are committed together; two requests at the same time wait for each other in the
database. A refusal leaves no key behind: nothing was done, so the same request may be tried again.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.common import rules
from huiyin.interfaces.common.models import IdempotencyKey
from huiyin.rules import Refusal

REMEMBERED_FOR = timedelta(days=7)


class KeyReused(Refusal):
    rule = rules.KEY_STANDS_FOR_ONE
    sentence = _("This key was used for another request before.")
    unblock = _("Take a new key for a new request, or send the first request unchanged.")


@dataclass(frozen=True)
class Answer:
    """What was answered, ready to be answered again."""

    status: int
    body: str
    repeated: bool = False


def request_hash(*parts: bytes | str) -> str:
    """Give the fingerprint of a request: its method, address and body."""
    digest = hashlib.sha256()
    for part in parts:
        piece = part.encode() if isinstance(part, str) else part
        digest.update(len(piece).to_bytes(8, "big") + piece)
    return digest.hexdigest()


@transaction.atomic
def once(scope: str, key: str, *, request: str, at: datetime, act: Callable[[], Answer]) -> Answer:
    """Do `act` for the first request of this key, and give its answer to every later one.

    `scope` is whose key it is (`token:3`, `person:7`); `request` is the request_hash. Refuses a key that comes with
    another request. `act` runs in the same transaction, so a crash leaves neither effect nor key.
    """
    IdempotencyKey.objects.bulk_create(
        [IdempotencyKey(scope=scope, key=key, request_hash=request, at=at)], ignore_conflicts=True
    )
    row = IdempotencyKey.objects.select_for_update().get(scope=scope, key=key)
    if row.request_hash != request:
        raise KeyReused
    if row.status:
        return Answer(row.status, row.body, repeated=True)
    answer = act()
    row.status, row.body = answer.status, answer.body
    row.save(update_fields=["status", "body"])
    return answer


def forget(at: datetime) -> int:
    """Forget keys older than a week; gives how many."""
    forgotten, _by_model = IdempotencyKey.objects.filter(at__lt=at - REMEMBERED_FOR).delete()
    return forgotten
