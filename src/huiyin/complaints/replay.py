"""Rebuild what a case is from its events alone: state, round, outcome, owner, promises.

A test and `huiyin verify` compare the result with the rows; a difference means that something changed without
saying so.
"""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from huiyin.complaints.models import Complaint, Event, Promise


@dataclass
class Rebuilt:
    reached: str = ""
    round: int = 0
    outcome: str = ""
    owner_id: int | None = None
    promises: dict[int, tuple[str, bool]] = field(default_factory=dict)
    due: dict[int, datetime] = field(default_factory=dict)


def rebuild(complaint: Complaint) -> Rebuilt:
    """Play the case's events in order."""
    known = Rebuilt()
    for event in Event.objects.filter(complaint=complaint).order_by("number"):
        _play(known, event.data)
    return known


def _play(known: Rebuilt, data: dict[str, Any]) -> None:
    if "state" in data:
        known.reached, known.round = data["state"], data["round"]
        known.outcome = data.get("outcome", known.outcome)
    if "owner" in data:
        known.owner_id = data["owner"]
    for change in data.get("promises", ()):
        known.promises[change["promise"]] = (change["to"], change.get("ended", False))
        if "due" in change:
            known.due[change["promise"]] = datetime.fromisoformat(change["due"])


def differences(complaint: Complaint) -> list[str]:
    """What the rows say otherwise than the events; empty when both agree."""
    known = rebuild(complaint)
    rows = {row.pk: (row.status, row.ended_at is not None) for row in Promise.objects.filter(complaint=complaint)}
    due = dict(Promise.objects.filter(complaint=complaint).values_list("pk", "due_at"))
    pairs = {
        "state": (known.reached, complaint.state),
        "round": (known.round, complaint.round),
        "outcome": (known.outcome, complaint.outcome),
        "owner": (known.owner_id, complaint.owner_id),
        "promises": (known.promises, rows),
        "due times": (known.due, due),
    }
    return [f"{name}: events say {told!r}, rows say {kept!r}" for name, (told, kept) in pairs.items() if told != kept]
