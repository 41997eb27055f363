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


def hear(complaint: Complaint, signals: Sequence[str], *, at: datetime) -> list[Change]:
    """Let every clock of the case hear these signals; gives what ended, paused, went on and started."""
    heard = set(signals)
    standing = promises.under(complaint)
    pack = standing.pack
    rules = {clock.code: clock for clock in pack.clocks}
    running = Promise.objects.filter(complaint=complaint, ended_at=None).exclude(kind=PromiseKind.SPOKEN)
    changes: list[Change] = []
    for row in running:
        changes += _hear_running(row, pack, rules.get(row.code), heard, at)
    taken = set(Promise.objects.filter(complaint=complaint, ended_at=None).values_list("code", flat=True))
    changes += promises.start_all(_new_clocks(complaint, standing, signals, taken, at), at)
    promises.refresh_next_due(complaint)
    return changes


def begin(complaint: Complaint, standing: Under, signals: Sequence[str], *, at: datetime) -> list[Change]:
    """Start the clocks of a case that was written a moment ago: nothing runs yet, so nothing has to be read.

    The nearest due time is set on the case and saved by whoever writes it next.
    """
    rows = _new_clocks(complaint, standing, signals, set(), at)
    complaint.next_due_at = min((row.due_at for row in rows if row.ours), default=None)
    return promises.start_all(rows, at)


def outlive(complaint: Complaint, entered: State, *, at: datetime) -> list[Change]:
    """End our clocks that wait for what does not come any more: all when the case closes, before the review those that
    only an earlier stage would end. A window of the customer's stays as it is.
    """
    if entered not in (State.REVIEWING, State.CLOSED):
        return []
    running = Promise.objects.filter(complaint=complaint, ended_at=None, ours=True)
    running = running.filter(kind__in=(PromiseKind.CASE, PromiseKind.LEGAL))
    rules = {clock.code: clock for clock in promises.base_pack(complaint).clocks}
    over = [row for row in running if entered is State.CLOSED or _of_earlier_stages(rules.get(row.code))]
    changes = promises.end(over, at=at)
    promises.refresh_next_due(complaint)
    return changes


def _of_earlier_stages(rule: ClockRule | None) -> bool:
    ahead = {f"entered.{State.REVIEWING}", f"entered.{State.CLOSED}"}
    return (
        rule is not None
        and bool(rule.ends_on)
        and all(end.startswith("entered.") and end not in ahead for end in rule.ends_on)
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
