"""What happened in a case while somebody had its form open (流程-04)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db import transaction

from huiyin.complaints.kinds import KINDS, Audience
from huiyin.complaints.models import Complaint, Event
from huiyin.complaints.queries import ChangedMeanwhile

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SHOWN = 8
# What a page had seen that does not say so.
NOTHING = -1


@dataclass(frozen=True)
class Change:
    """One thing that came in between."""

    at: datetime
    title: "str | _StrPromise"
    who: str


def since(complaint: Complaint, seen: int) -> list[Change]:
    """What happened after the event the page knew, the newest first."""
    rows = Event.objects.filter(complaint=complaint, number__gt=seen).select_related("actor").order_by("-number")
    return [Change(row.at, KINDS[row.kind].title, _who(row)) for row in rows[:SHOWN] if row.kind in KINDS]


def _who(row: Event) -> str:
    return row.actor.name if row.actor is not None else row.actor_name


@transaction.atomic
def take(step: Callable[..., object], complaint_id: int, *args: Any, seen: int) -> None:
    """Take a step as a page does: refused when somebody acted since the last event the page had `seen` (流程-04).

    Clocks that spoke up since, even at this very moment, overwrite nobody, and a text being written need not stop for
    them.
    """
    complaint = Complaint.objects.locked(complaint_id)
    if complaint.last_number != seen and not _only_clocks_spoke(complaint, seen):
        raise ChangedMeanwhile()
    step(complaint_id, *args)


def _only_clocks_spoke(complaint: Complaint, seen: int) -> bool:
    if not 0 <= seen < complaint.last_number:
        return False
    kinds = set(Event.objects.filter(complaint=complaint, number__gt=seen).values_list("kind", flat=True))
    return all(kind in KINDS and KINDS[kind].audience is Audience.SYSTEM for kind in kinds)
