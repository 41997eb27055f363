"""When a clock ends for another one: paused, resumed, extended, or planned again on a confirmed calendar.

`due_at` of a row never changes (decision 3). Each of these ends the row with its reason and writes a successor that
carries the remaining time; the chain of rows is what a page shows.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import promises, rules
from huiyin.complaints.models import Event, Promise, PromiseKind, PromiseStatus
from huiyin.complaints.promises import Change
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.policy import clocks, working_time
from huiyin.policy.packs.schema import ClockRule, Extension, Pack
from huiyin.policy.working_time import Span, Unit
from huiyin.rules import Refusal


class NotExtendable(Refusal):
    rule = rules.EXTENDED_IN_TIME
    sentence = _("This deadline cannot be extended (again).")
    unblock = _("Keep it, or let it be seen that it was missed.")


class ExtendedTooLate(Refusal):
    rule = rules.EXTENDED_IN_TIME
    sentence = _("A deadline is extended before it is over, not after.")
    unblock = _("Tell the customer the truth and promise a new time.")


class WrongApprover(Refusal):
    rule = rules.EXTENDED_IN_TIME
    sentence = _("Extending this deadline is decided by: %(role)s.")
    unblock = _("Ask somebody in that role.")


@dataclass(frozen=True)
class Permission:
    """Who lets a deadline be extended, and why."""

    approver: Person
    reason: str


def pause(row: Promise, pack: Pack, rule: ClockRule, *, reason: str, at: datetime) -> list[Change]:
    """Stop a clock for an event the pack lists (ENG-09); the successor stands still with what is left."""
    left = working_time.remaining(row.due_at, at, clocks.calendar_of(pack), rule.span.unit)
    pauses = [*row.why.get("pauses", []), {"start": at.isoformat(), "end": None, "reason": reason}]
    successor = _successor(row, at, due_at=row.due_at, why={**row.why, "pauses": pauses, "left": _as_json(left)})
    successor.status = PromiseStatus.PAUSED
    return [_end(row, reason, at), _paused(successor)]


def _paused(row: Promise) -> Change:
    row.save(force_insert=True)
    return promises.started(row) | {"to": PromiseStatus.PAUSED.value}


def resume(row: Promise, pack: Pack, rule: ClockRule, *, at: datetime) -> list[Change]:
    """Let a paused clock go on with what was left of it."""
    left = Span(row.why["left"]["qty"], Unit(row.why["left"]["unit"]))
    due = working_time.due(at, left, clocks.calendar_of(pack), roll=rule.roll)
    pauses = [*row.why["pauses"][:-1], {**row.why["pauses"][-1], "end": at.isoformat()}]
    why = clocks.renewed(pack, rule, row.why, start=at, due=due) | {"pauses": pauses}
    successor = _successor(row, at, due_at=due.at, why=why)
    successor.provisional = due.provisional
    return [_end(row, row.why["pauses"][-1]["reason"], at), promises.start(successor, at)]


def extend(row: Promise, permission: Permission, *, at: datetime) -> list[Change]:
    """Give a clock more time as the pack allows (ENG-10): in time, often enough not, by the role the pack names.

    The caller sends the written notice in the same transaction; without a message there is no extension.
    """
    pack, rule = _rule_of(row)
    extension = _extension(rule, row)
    if row.breached_at is not None or at > row.due_at:
        raise ExtendedTooLate()
    if not permission.approver.has_role(extension.approver):
        raise WrongApprover(role=Role(extension.approver).label)
    if not permission.reason.strip():
        raise promises.ReplacementWithoutReason()
    due = _extended(row.due_at, extension, pack)
    why = clocks.renewed(pack, rule, row.why, start=row.start_at, due=due)
    why["extensions"] = row.why.get("extensions", 0) + 1
    successor = _successor(row, at, due_at=due.at, why=why)
    successor.start_at, successor.provisional = row.start_at, due.provisional
    ended = _end(row, permission.reason, at, approver=permission.approver)
    return [ended, promises.start(successor, at)]


def replan(row: Promise, *, at: datetime) -> list[Change]:
    """Plan a provisional clock again once its calendar year is known (ENG-06); nothing changes when the day stays.

    What it was given meanwhile stays given: an extension, and the time it stood still.
    """
    pack, rule = _rule_of(row)
    derived = _planned(row, pack, rule)
    if derived.due_at == row.due_at:
        if not derived.provisional:
            Promise.objects.filter(pk=row.pk).update(provisional=False)
        return []
    successor = _successor(row, at, due_at=derived.due_at, why=derived.why)
    successor.start_at, successor.target_at = row.start_at, derived.target_at
    successor.provisional = derived.provisional
    return [_end(row, "calendar.confirmed", at), promises.start(successor, at)]


def _planned(row: Promise, pack: Pack, rule: ClockRule) -> clocks.Derived:
    """A clock's deadline as the calendar now says, along the chain of rows before it."""
    before = row.replaces
    if before is None:
        return clocks.derive(pack, rule, row.start_at)
    calendar = clocks.calendar_of(pack)
    left = before.why.get("left")
    if left is not None:
        due = working_time.due(row.start_at, Span(left["qty"], Unit(left["unit"])), calendar, roll=rule.roll)
    elif rule.extension is not None and row.why.get("extensions", 0) > before.why.get("extensions", 0):
        due = _extended(_planned(before, pack, rule).due_at, rule.extension, pack)
    else:
        return _planned(before, pack, rule)
    why = clocks.renewed(pack, rule, row.why, start=row.start_at, due=due)
    return clocks.Derived(due.at, row.target_at, due.provisional, why)


def _extended(due_at: datetime, extension: Extension, pack: Pack) -> working_time.Due:
    # A day that ends at midnight belongs to the day before; the extension begins after it.
    return working_time.due(due_at - timedelta(seconds=1), extension.span, clocks.calendar_of(pack))


def revive(row: Promise, *, at: datetime) -> Change:
    """Let a clock that had become moot run again to the same due time, even if that has passed meanwhile."""
    successor = _successor(row, at, due_at=row.due_at, why=row.why)
    successor.start_at, successor.target_at, successor.provisional = row.start_at, row.target_at, row.provisional
    pauses = row.why.get("pauses", [])
    if pauses and pauses[-1]["end"] is None:
        successor.status = PromiseStatus.PAUSED
        return _paused(successor)
    return promises.start(successor, at)


def revive_stopped(event: Event, *, at: datetime) -> list[Change]:
    """Let the clocks run again that an event had ended as moot; promises to the customer only while they lie ahead."""
    stopped = [change["promise"] for change in event.data["promises"] if change["to"] == PromiseStatus.MOOT]
    rows = Promise.objects.filter(pk__in=stopped).filter(~Q(kind=PromiseKind.SPOKEN) | Q(due_at__gt=at))
    running = Promise.objects.filter(complaint=event.complaint_id, ended_at=None).exclude(kind=PromiseKind.SPOKEN)
    return [revive(row, at=at) for row in rows.exclude(code__in=running.values("code"))]


def _rule_of(row: Promise) -> tuple[Pack, ClockRule]:
    if row.pack_version_id is None:
        raise NotExtendable()
    pack = promises.pack_of(row.complaint)
    return pack, pack.clock(row.code)


def _extension(rule: ClockRule, row: Promise) -> Extension:
    if rule.extension is None or row.why.get("extensions", 0) >= rule.extension.most:
        raise NotExtendable()
    return rule.extension


def _end(row: Promise, reason: str, at: datetime, approver: Person | None = None) -> Change:
    row.status = PromiseStatus.REPLACED
    row.ended_at, row.alarm_at, row.replaced_reason, row.approved_by = at, None, reason, approver
    row.save(update_fields=["status", "ended_at", "alarm_at", "replaced_reason", "approved_by"])
    return promises.changed(row)


def _successor(row: Promise, at: datetime, *, due_at: datetime, why: dict[str, Any]) -> Promise:
    return Promise(
        complaint_id=row.complaint_id,
        kind=row.kind,
        met_by=row.met_by,
        code=row.code,
        what=row.what,
        ours=row.ours,
        round=row.round,
        pack_version_id=row.pack_version_id,
        made_at=at,
        start_at=at,
        due_at=due_at,
        why=why,
        replaces=row,
    )


def _as_json(span: Span) -> dict[str, Any]:
    return {"qty": span.qty, "unit": span.unit.value}
