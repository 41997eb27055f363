"""What was promised and what became of it, said honestly: kept, late, replaced, still running."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from huiyin.complaints.models import Promise, PromiseKind, PromiseStatus
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.components.clocks import Clock
from huiyin.interfaces.web.portal.reading import Facts

KEPT, BROKEN, REPLACED, RUNNING = "kept", "broken", "replaced", "running"


@dataclass(frozen=True)
class Promised:
    """One promise as a line: what, by when, how it stands in words and shape."""

    what: str
    due_at: datetime
    words: str
    clock: Clock

    @property
    def tone(self) -> str:
        return self.clock.status


def made(facts: Facts) -> list[Promised]:
    """Every promise said to the customer, in the order it was made; nothing is left out because it looks bad."""
    return [_line(row, facts.now) for row in facts.promises if row.kind == PromiseKind.SPOKEN]


def nearest(facts: Facts) -> Clock | None:
    """The clock at the top: the nearest promise that runs."""
    running = [row for row in facts.promises if row.kind == PromiseKind.SPOKEN and row.ended_at is None]
    first = min(running, key=lambda row: row.due_at, default=None)
    return Clock(first.due_at, first.made_at) if first else None


def _line(row: Promise, now: datetime) -> Promised:
    phase, words = _standing(row, now)
    status = "open" if phase == RUNNING else phase
    return Promised(row.what, row.due_at, words, Clock(row.due_at, row.made_at, status, row.kept_at))


def _standing(row: Promise, now: datetime) -> tuple[str, str]:
    if row.status == PromiseStatus.MOOT:
        return REPLACED, _("no longer needed")
    replaced = row.ended_at is not None and row.kept_at is None
    late = (row.kept_at or row.ended_at or now) > row.due_at
    if replaced:
        return (BROKEN, _("not kept; a new time was named")) if late else (REPLACED, _("moved to another time"))
    if row.kept_at is not None and late:
        return BROKEN, _("kept %(duration)s late") % {
            "duration": times.duration((row.kept_at - row.due_at).total_seconds())
        }
    if row.kept_at is not None:
        return KEPT, _kept(row.due_at, row.kept_at)
    return (BROKEN if late else RUNNING), times.left(row.due_at, now)


def _kept(due_at: datetime, kept_at: datetime) -> str:
    early = (due_at - kept_at).total_seconds()
    if early < times.MINUTE:
        return _("kept")
    return _("kept %(duration)s early") % {"duration": times.duration(early)}
