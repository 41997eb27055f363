"""What clocks hear: signals that start them, end them, pause them and let them go on (ENG-01, ENG-09).

Signals are the words of packs: `entered.planning`, `left.offering`, `message.out`, `refund.paid` … Stage clocks end
when their state is left; no clock resets another (decision 4).
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from huiyin.complaints import promises, succession
from huiyin.complaints.models import Complaint, MetBy, Promise, PromiseKind, PromiseStatus
from huiyin.complaints.promises import Change, Under
from huiyin.complaints.states import State
from huiyin.policy import clocks
from huiyin.policy.packs.schema import ClockRule, Pack
from huiyin.policy.working_time import Calendar

CLOSED = f"entered.{State.CLOSED}"
LAST_STAGES = (f"entered.{State.REVIEWING}", CLOSED)


def hear(complaint: Complaint, signals: Sequence[str], *, at: datetime) -> list[Change]:
    """Let every clock of the case hear these signals; gives what ended, paused, went on and started.

    The nearest due time is set on the case; the event that carries the signals writes it.
    """
    standing = promises.under(complaint)
    running = promises.running(complaint)
    changes = _hear_all(running, standing.pack, set(signals), at)
    if any(change.get("replaces") for change in changes):
        running = promises.running(complaint)
    running = [row for row in running if row.ended_at is None]
    new = _new_clocks(complaint, standing, signals, {row.code for row in running}, at)
    changes += promises.start_all(new, at)
    over = _outlived(running + new, standing.pack, signals)
    changes += promises.end(over, at=at)
    promises.set_next_due(complaint, [row for row in running + new if row.ended_at is None])
    return changes


def _hear_all(running: Iterable[Promise], pack: Pack, heard: set[str], at: datetime) -> list[Change]:
    rules = {clock.code: clock for clock in pack.clocks}
    clocks = [row for row in running if row.kind != PromiseKind.SPOKEN]
    return [change for row in clocks for change in _hear_running(row, pack, rules.get(row.code), heard, at)]


def begin(complaint: Complaint, standing: Under, signals: Sequence[str], *, at: datetime) -> list[Change]:
    """Start the clocks of a case that was written a moment ago: nothing runs yet, so nothing has to be read.

    The nearest due time is set on the case and saved by whoever writes it next.
    """
    rows = _new_clocks(complaint, standing, signals, set(), at)
    complaint.next_due_at = min((row.due_at for row in rows if row.ours), default=None)
    return promises.start_all(rows, at)


def _outlived(running: Iterable[Promise], pack: Pack, signals: Sequence[str]) -> list[Promise]:
    """Our clocks that wait for what does not come any more: all when the case closes, before the review those that
    only an earlier stage would end. A window of the customer's stays as it is.
    """
    entered = [end for end in LAST_STAGES if end in signals]
    if not entered:
        return []
    rules = {clock.code: clock for clock in pack.clocks}
    ours = [row for row in running if row.ours and row.kind in (PromiseKind.CASE, PromiseKind.LEGAL)]
    return [row for row in ours if CLOSED in entered or _of_earlier_stages(rules.get(row.code))]


def _of_earlier_stages(rule: ClockRule | None) -> bool:
    return (
        rule is not None
        and bool(rule.ends_on)
        and all(end.startswith("entered.") and end not in LAST_STAGES for end in rule.ends_on)
    )


def _new_clocks(
    complaint: Complaint, standing: Under, signals: Sequence[str], taken: set[str], at: datetime
) -> list[Promise]:
    """The clocks these signals start, each code once; a clock that runs already goes on by itself."""
    pack = standing.pack
    rules: dict[str, ClockRule] = {}
    for rule in _starting(pack, complaint, signals, at):
        if rule.code not in taken:
            rules.setdefault(rule.code, rule)
    if not rules:
        return []
    calendar = clocks.calendar_of(pack)
    return [_clock_row(complaint, standing, rule, calendar, at) for rule in rules.values()]


def _hear_running(row: Promise, pack: Pack, rule: ClockRule | None, heard: set[str], at: datetime) -> list[Change]:
    left = any(signal.startswith("left.") for signal in heard)
    if row.kind == PromiseKind.STAGE and left:
        return [promises.keep(row, at=at)]
    if rule is None:
        return []
    if heard & set(rule.ends_on):
        return [promises.keep(row, at=at)]
    if heard & set(rule.pause_events) and row.status == PromiseStatus.OPEN and at <= row.due_at:
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


def _clock_row(complaint: Complaint, standing: Under, rule: ClockRule, calendar: Calendar, at: datetime) -> Promise:
    derived = clocks.derive(standing.pack, rule, at, calendar)
    return Promise(
        complaint=complaint,
        kind=PromiseKind(rule.kind),
        met_by=MetBy.MOVE if rule.kind == "stage" else MetBy.EVENT,
        code=rule.code,
        round=complaint.round,
        pack_version_id=standing.setting(rule.code),
        made_at=at,
        start_at=at,
        target_at=derived.target_at,
        due_at=derived.due_at,
        provisional=derived.provisional,
        ours=rule.bearer == "company",
        why=derived.why,
    )
