"""Promises and clocks of a case as rows: what is owed to the customer, and the clocks that run, each with its why."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.complaints.models import Promise, PromiseKind, PromiseStatus
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.components.shapes import CaseClock
from huiyin.interfaces.web.desk.presenters import signals, why
from huiyin.interfaces.web.desk.presenters.eyes import Eyes
from huiyin.policy.packs import store
from huiyin.policy.packs.schema import Pack

SHOWN = 4
CLOCKS = 4
ORDER = (PromiseKind.STAGE, PromiseKind.CASE, PromiseKind.LEGAL)
STATUS = {PromiseStatus.MOOT: "void"}


@dataclass(frozen=True)
class Row:
    """One promise as a chip and a line of text; an ended one is measured at its end, not now."""

    id: int
    text: str
    due_at: datetime
    started_at: datetime
    status: str
    kept_at: datetime | None
    ended_at: datetime | None
    provisional: bool
    pause_reason: str
    now: datetime
    more: str = ""
    running: bool = True


@dataclass(frozen=True)
class Promised:
    """The promises of a case in three views: in the header, all of them, and the clocks that run."""

    header: tuple[Row, ...]
    spoken: tuple[Row, ...]
    note: str
    all: tuple[Row, ...]
    clocks: tuple[CaseClock, ...]
    more_clocks: tuple[CaseClock, ...]
    history: tuple[CaseClock, ...]
    nearest: Row | None


def packs_of(rows: list[Promise]) -> dict[int, Pack]:
    """The packs behind the clocks; each version is read once per process."""
    return {row.pack_version_id: store.parsed(row.pack_version_id) for row in rows if row.pack_version_id}


def promised(rows: list[Promise], eyes: Eyes, now: datetime) -> Promised:
    """All promises of a case, told for one reader."""
    packs = packs_of(rows)
    after = {row.replaces_id: row for row in rows if row.replaces_id}
    spoken = [row for row in rows if row.kind == PromiseKind.SPOKEN]
    shown = _in_header(spoken)
    told = {row.pk: _row(row, eyes, now, after) for row in rows}
    running = [row for row in spoken if row.ended_at is None]
    clocks = sorted(
        (row for row in rows if row.kind != PromiseKind.SPOKEN and row.ended_at is None),
        key=lambda row: (ORDER.index(PromiseKind(row.kind)), row.due_at),
    )
    first = _first_clocks(clocks)
    ended = [row for row in rows if row.kind != PromiseKind.SPOKEN and row.ended_at is not None]
    ours = [row for row in rows if row.ended_at is None and row.ours]
    nearest = min(ours, key=lambda row: row.due_at, default=None)
    return Promised(
        header=tuple(told[row.pk] for row in shown),
        spoken=tuple(told[row.pk] for row in running),
        note=_note(running, now),
        all=tuple(told[row.pk] for row in spoken),
        clocks=tuple(_clock(row, told[row.pk], packs, now) for row in clocks if row.pk in first),
        more_clocks=tuple(_clock(row, told[row.pk], packs, now) for row in clocks if row.pk not in first),
        history=tuple(_clock(row, told[row.pk], packs, now) for row in ended),
        nearest=told[nearest.pk] if nearest else None,
    )


def _first_clocks(clocks: list[Promise]) -> set[int]:
    """The nearest clock of each kind, then the nearest of the rest, as many as there is room for."""
    nearest = {row.kind: row.pk for row in sorted(clocks, key=lambda row: row.due_at, reverse=True)}
    rest = [row.pk for row in sorted(clocks, key=lambda row: row.due_at) if row.pk not in nearest.values()]
    return {*nearest.values(), *rest[: max(0, CLOCKS - len(nearest))]}


def _in_header(spoken: list[Promise]) -> list[Promise]:
    """What runs, and as many ended ones as there is room for: a broken one before a kept one, the last first."""
    running = [row for row in spoken if row.ended_at is None]
    ended = sorted(
        (row for row in spoken if row.ended_at is not None),
        key=lambda row: (row.status == PromiseStatus.BREACHED, row.ended_at),
        reverse=True,
    )
    chosen = {row.pk for row in [*running, *ended[: max(0, SHOWN - len(running))]]}
    return [row for row in spoken if row.pk in chosen]


def _note(running: list[Promise], now: datetime) -> str:
    if not running:
        return _("nothing is promised now")
    count = ngettext("%(count)s running", "%(count)s running", len(running)) % {"count": len(running)}
    soonest = min(row.due_at for row in running)
    return _("%(count)s, the next %(time)s") % {"count": count, "time": times.due(soonest, now)}


def _row(row: Promise, eyes: Eyes, now: datetime, after: Mapping[int, Promise]) -> Row:
    return Row(
        id=row.pk,
        text=eyes.text(why.title_of(row)),
        due_at=row.due_at,
        started_at=row.start_at,
        status=STATUS.get(PromiseStatus(row.status), row.status),
        kept_at=row.kept_at,
        ended_at=row.ended_at,
        provisional=row.provisional,
        pause_reason=_pause_reason(row),
        now=row.ended_at or now,
        more=_more(row, eyes, now, after.get(row.pk)),
        running=row.ended_at is None,
    )


def _pause_reason(row: Promise) -> str:
    """What a paused clock waits for; packs' own events are named by the page that shows the clock's why."""
    pauses = row.why.get("pauses") or [{}]
    if row.status != PromiseStatus.PAUSED or not pauses[-1].get("reason"):
        return ""
    pack = store.parsed(row.pack_version_id) if row.pack_version_id else None
    return signals.say(pauses[-1]["reason"], pack)


def _more(row: Promise, eyes: Eyes, now: datetime, successor: Promise | None) -> str:
    """What became of it: replaced by which time and why, met late, no longer needed."""
    if successor is not None and row.replaced_reason:
        return _("now %(time)s: %(reason)s") % {
            "time": times.moment(successor.due_at, now),
            "reason": eyes.text(row.replaced_reason),
        }
    if row.status == PromiseStatus.BREACHED and row.kept_at is not None:
        return _("due %(due)s, met %(met)s") % {
            "due": times.moment(row.due_at, now),
            "met": times.moment(row.kept_at, now),
        }
    if row.status == PromiseStatus.MOOT:
        return _("no longer needed")
    return ""


def _clock(row: Promise, told: Row, packs: Mapping[int, Pack], now: datetime) -> CaseClock:
    pack = packs.get(row.pack_version_id or 0)
    return CaseClock(kind=kind_word(row), clock=told, why=why.why(row, pack, now), name=f"why-{row.pk}")


def kind_word(row: Promise) -> str:
    """Stage, whole case, legal; a clock that only an agreement or our own policy stands behind is not called law."""
    if not row.ours:
        return _("Customer's")
    if row.kind == PromiseKind.LEGAL:
        return _("By law") if row.why.get("statutory") else _("Agreed")
    return {
        PromiseKind.STAGE.value: _("Stage"),
        PromiseKind.CASE.value: _("Whole case"),
        PromiseKind.SPOKEN.value: _("Promise"),
    }[row.kind]
