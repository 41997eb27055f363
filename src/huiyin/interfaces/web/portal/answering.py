"""One answer of the complainant, done once: repeated sending is recognised, and nothing is done over unread news."""

from dataclasses import dataclass

from django.db import transaction

from huiyin.complaints import queries
from huiyin.complaints.models import Complaint
from huiyin.interfaces.common import idempotency
from huiyin.interfaces.common.idempotency import Answer
from huiyin.interfaces.web.portal import limits, reading
from huiyin.interfaces.web.portal.acts import Act, Sent


@dataclass(frozen=True)
class Guard:
    """Who sends, under which number of the form, and what his page had shown."""

    holder: str
    number: str
    seen: int


@transaction.atomic
def send(act: Act, sent: Sent, guard: Guard) -> str:
    """Take the answer; gives the key of the sentence that thanks him.

    The same form with the same words is done once. A changed text under the same form is another answer.
    """
    words = idempotency.request_hash(
        act.name,
        *(f"{name}={value}" for name, value in sorted(sent.given.items())),
        *(file.sha256 for file in sent.brought.files),
    )

    def do() -> Answer:
        if act.guarded:
            _require_unread_nothing(sent.case, guard.seen)
        return Answer(303, act.do(sent))

    key = f"{act.name}:{guard.number}:{words[:32]}"
    return idempotency.once(guard.holder, key, request=words, at=sent.at, act=do).body


def require_pace(guard: Guard, sent: Sent) -> None:
    """Count the try before anything is done, so that a refused one counts too."""
    limits.require(limits.ACT, guard.holder, at=sent.at)


def _require_unread_nothing(complaint_id: int, seen: int) -> None:
    """Lock the case and refuse when something of his to see came after what his page showed (flow-04)."""
    if reading.newest_public(Complaint.objects.locked(complaint_id)) != seen:
        raise queries.ChangedMeanwhile()
