"""What is asked of the complainant at this moment: what he has answered in this stage is not asked again."""

from huiyin.complaints.models import Callback, CustomerAnswer
from huiyin.complaints.states import BEFORE_EXECUTION, OPEN_STATES, Outcome, State
from huiyin.complaints.steps import conduct
from huiyin.interfaces.web.components.times import DAY
from huiyin.interfaces.web.portal.reading import Facts
from huiyin.policy import clocks

Kind = CustomerAnswer.Kind


def answered(facts: Facts, kind: CustomerAnswer.Kind) -> CustomerAnswer | None:
    """His answer since the case came into this stage; one given before was about something else."""
    row = facts.answered(kind)
    return row if row is not None and row.at >= facts.complaint.stage_since else None


def to_choose(facts: Facts) -> bool:
    """Whoever objected may still choose while the offer stands."""
    return facts.state is State.OFFERING and bool(facts.offered) and answered(facts, Kind.CHOICE) is None


def to_object(facts: Facts) -> bool:
    return to_choose(facts) and answered(facts, Kind.OBJECTION) is None


def to_accept(facts: Facts) -> bool:
    """Once at first, and again on the day of each further callback."""
    if not to_reject(facts):
        return False
    if answered(facts, Kind.ACCEPT) is None:
        return True
    due = next((row for row in facts.callbacks if row.status == Callback.Status.OPEN), None)
    if due is None:
        return False
    return clocks.local_day(facts.pack, facts.now) >= clocks.local_day(facts.pack, due.due_at)


def to_reject(facts: Facts) -> bool:
    """Whoever was content yesterday may find today that it broke."""
    return facts.state is State.FOLLOWING_UP and answered(facts, Kind.REJECT) is None


def to_withdraw(facts: Facts) -> bool:
    return facts.state in BEFORE_EXECUTION and facts.answered(Kind.WITHDRAW) is None


def to_appeal(facts: Facts) -> bool:
    """Against measures that are in force, once; a case without any asks no table."""
    return facts.state in OPEN_STATES and conduct.may_appeal(facts.complaint)


def to_rate(facts: Facts) -> bool:
    settled = facts.complaint.outcome not in (Outcome.WITHDRAWN, "")
    return facts.state in (State.REVIEWING, State.CLOSED) and settled


def to_reopen(facts: Facts) -> bool:
    return days_left(facts) > 0 and facts.answered(Kind.REOPEN) is None


def days_left(facts: Facts) -> int:
    """How many days it can still be taken up again, a begun day counted; 0 when the window is over."""
    closed_at = facts.complaint.closed_at
    if facts.state is not State.CLOSED or closed_at is None:
        return 0
    left = facts.pack.settings.repeat_window_days - (facts.now - closed_at).total_seconds() / DAY
    return max(0, -int(-left // 1))
