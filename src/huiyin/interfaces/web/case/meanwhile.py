"""What happened in a case while somebody had its form open (流程-04)."""

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from huiyin.complaints.kinds import KINDS, Audience
from huiyin.complaints.models import Complaint, Event

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SHOWN = 8


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


def is_noise(complaint: Complaint, seen: int) -> bool:
    """Whether nobody did anything since: only clocks spoke up, and a text being written need not stop for that."""
    kinds = set(Event.objects.filter(complaint=complaint, number__gt=seen).values_list("kind", flat=True))
    return all(kind in KINDS and KINDS[kind].audience is Audience.SYSTEM for kind in kinds)
