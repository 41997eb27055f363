"""What clocks hear: signals that start them, end them, pause them and let them go on (ENG-01, ENG-09).

Signals are the words of packs: `entered.planning`, `left.offering`, `message.out`, `refund.paid` … Stage clocks end
when their state is left; no clock resets another (decision 4).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from huiyin.complaints import promises, succession
from huiyin.complaints.models import Complaint, MetBy, Promise, PromiseKind, PromiseStatus
from huiyin.complaints.promises import Change
from huiyin.policy import clocks
from huiyin.policy.packs.schema import ClockRule, Pack


def hear(complaint: Complaint, signals: Sequence[str], *, at: datetime) -> list[Change]:
    """Let every clock of the case hear these signals; gives what ended, paused, went on and started."""
    heard = set(signals)
    pack = promises.base_pack(complaint)
    rules = {clock.code: clock for clock in pack.clocks}
    running = Promise.objects.filter(complaint=complaint, ended_at=None).exclude(kind=PromiseKind.SPOKEN)
    changes: list[Change] = []
    for row in running:
        changes += _hear_running(row, pack, rules.get(row.code), heard, at)
    taken = set(Promise.objects.filter(complaint=complaint, ended_at=None).values_list("code", flat=True))
    for rule in _starting(pack, complaint, signals, at):
        if rule.code not in taken:
            taken.add(rule.code)
            changes.append(promises.start(_clock_row(complaint, pack, rule, at), at))
    promises.refresh_next_due(complaint)
    return changes


def _hear_running(row: Promise, pack: Pack, rule: ClockRule | None, heard: set[str], at: datetime) -> list[Change]:
    left = any(signal.startswith("left.") for signal in heard)
    if row.kind == PromiseKind.STAGE and left:
        return [promises.keep(row, at=at)]
    if rule is None:
        return []
    if heard & set(rule.ends_on):
        return [promises.keep(row, at=at)]
    if heard & set(rule.pause_events) and row.status == PromiseStatus.OPEN:
        return succession.pause(row, pack, rule, reason=_first(heard, rule.pause_events), at=at)
    if heard & set(rule.resume_events) and row.status == PromiseStatus.PAUSED:
        return succession.resume(row, pack, rule, at=at)
    return []


def _first(heard: set[str], named: Iterable[str]) -> str:
    return next(signal for signal in named if signal in heard)


def _starting(pack: Pack, complaint: Complaint, signals: Sequence[str], at: datetime) -> Iterable[ClockRule]:
    day = clocks.local_day(pack, at)
    for signal in signals:
        yield from pack.clocks_started_by(signal, complaint.category, day)
        if signal.startswith("entered."):
            rule = pack.stage_clock(signal.removeprefix("entered."), complaint.category, day)
            if rule is not None:
                yield rule


def _clock_row(complaint: Complaint, pack: Pack, rule: ClockRule, at: datetime) -> Promise:
    derived = clocks.derive(pack, rule, at)
    return Promise(
        complaint=complaint,
        kind=PromiseKind(rule.kind),
        met_by=MetBy.MOVE if rule.kind == "stage" else MetBy.EVENT,
        code=rule.code,
        round=complaint.round,
        pack_version_id=promises.version_with(complaint, rule.code),
        made_at=at,
        start_at=at,
        target_at=derived.target_at,
        due_at=derived.due_at,
        provisional=derived.provisional,
        ours=rule.bearer == "company",
        why=derived.why,
    )
