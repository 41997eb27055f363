"""Taking over cases that lived elsewhere: imported history and generated data (decision 1).

`admit` is the one way into a state that is not a move. One event says so, with the hash of the original; the case is
marked, and metrics of handling time leave it out. `admit_many` writes the same rows, many at a time.
"""

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from huiyin.complaints import promises, search, timeline
from huiyin.complaints.models import (
    CasePack,
    Complaint,
    Event,
    MetBy,
    Promise,
    PromiseKind,
    SearchText,
)
from huiyin.language.fold import tokens
from huiyin.people.actors import Actor
from huiyin.policy import clocks
from huiyin.policy.models import PackVersion

KIND = "complaint.admitted"


@dataclass(frozen=True)
class Admission:
    """A case as it was elsewhere: an unsaved row in its state, what is still promised, and the original record."""

    complaint: Complaint
    pack: PackVersion
    original: str
    promised: tuple[promises.Spoken, ...] = field(default=())


@transaction.atomic
def admit(admission: Admission, *, actor: Actor, at: datetime) -> Complaint:
    """Take over one case in whatever state it was; its open promises go on, its closed clocks do not come back."""
    return admit_many([admission], actor=actor, at=at)[0]


@transaction.atomic
def admit_many(admissions: Sequence[Admission], *, actor: Actor, at: datetime) -> list[Complaint]:
    """Take over many cases in a handful of statements; the rows are the same as one by one."""
    cases = [_row(one) for one in admissions]
    Complaint.objects.bulk_create(cases)
    CasePack.objects.bulk_create(
        CasePack(complaint=case, version=one.pack, attached_at=at, start_event="admitted")
        for case, one in zip(cases, admissions, strict=True)
    )
    running = _promises(cases, admissions, at)
    events = [
        _event(case, one, running.get(case.pk, []), actor, at) for case, one in zip(cases, admissions, strict=True)
    ]
    Event.objects.bulk_create(events)
    Complaint.objects.bulk_update(cases, ["last_hash"], batch_size=200)
    SearchText.objects.bulk_create(SearchText(complaint=case, tokens=_found_by(case)) for case in cases)
    return cases


def _row(one: Admission) -> Complaint:
    case = one.complaint
    case.admitted, case.last_number = True, 1
    due = min((spoken.due_at for spoken in one.promised), default=case.stage_since)
    case.next_due_at = due if case.is_open else None
    return case


def _promises(cases: Sequence[Complaint], admissions: Sequence[Admission], at: datetime) -> dict[int, list[Promise]]:
    rows = [
        _promise(case, spoken, at)
        for case, one in zip(cases, admissions, strict=True)
        if case.is_open
        for spoken in one.promised
    ]
    by_case: dict[int, list[Promise]] = {}
    for row in Promise.objects.bulk_create(rows):
        by_case.setdefault(row.complaint_id, []).append(row)
    return by_case


def _promise(case: Complaint, spoken: promises.Spoken, at: datetime) -> Promise:
    row = Promise(
        complaint=case,
        kind=PromiseKind.SPOKEN,
        met_by=MetBy.MESSAGE,
        code="spoken",
        what=spoken.what,
        round=case.round,
        made_at=case.received_at,
        start_at=case.received_at,
        due_at=spoken.due_at,
        why=clocks.spoken(case.received_at, spoken.due_at),
    )
    row.alarm_at = promises.next_alarm(row, at)
    return row


def _event(case: Complaint, one: Admission, running: Iterable[Promise], actor: Actor, at: datetime) -> Event:
    data: dict[str, Any] = {
        "state": case.state,
        "round": case.round,
        "outcome": case.outcome,
        "owner": case.owner_id,
        "original": hashlib.sha256(one.original.encode()).hexdigest(),
        "promises": [promises.started(row) for row in running],
    }
    event = timeline.first(case, KIND, actor=actor, at=at, data=data)
    case.last_hash = event.hash
    return event


def _found_by(case: Complaint) -> str:
    return tokens("\n".join(search.own_words(case)))
