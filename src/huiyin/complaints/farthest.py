"""How far ahead a promise to a customer may lie: no further than the case itself is given (S2-09, AMB-10)."""

from datetime import datetime, timedelta

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import promises, rules
from huiyin.complaints.models import Complaint, Promise, PromiseStatus
from huiyin.complaints.spelling import spelled_in
from huiyin.policy import clocks
from huiyin.policy.packs.schema import ClockRule, Pack
from huiyin.rules import Refusal

CLOSED = "entered.closed"
NEVER_TOO_FAR = timedelta(days=1)


class PromiseTooFar(Refusal):
    rule = rules.PROMISE_WITHIN
    sentence = _("A promise lies no further ahead than the whole case may take: %(limit)s.")
    unblock = _("Name an earlier time, or have the deadline of the case extended first.")


def require_within(complaint: Complaint, due_at: datetime, *, at: datetime, moved: bool = False) -> None:
    """Refuse a promise beyond the deadline of the whole case.

    News within a day is never too far, however late the case is. Where the deadline is over, stands still or does not
    run, and for a promise moved with a reason, the limit is as far away as a whole case would take from now.
    """
    if due_at <= at + NEVER_TOO_FAR:
        return
    pack = promises.pack_of(complaint)
    rules_of_case = [rule for rule in pack.clocks if CLOSED in rule.ends_on and rule.kind == "case"]
    if not rules_of_case:
        return
    limit = None if moved else _running(complaint, rules_of_case, at)
    if limit is not None and due_at <= limit:
        return
    limit = limit or _anew(pack, rules_of_case, at)
    if due_at > limit:
        raise PromiseTooFar(missing=("next",), limit=spelled_in(pack.zone, limit, at))


def _running(complaint: Complaint, rules_of_case: list[ClockRule], at: datetime) -> datetime | None:
    """When the whole case is due, unless that is over or stands still."""
    codes = [rule.code for rule in rules_of_case]
    rows = Promise.objects.filter(complaint=complaint, code__in=codes, ended_at=None)
    ahead = rows.exclude(status=PromiseStatus.PAUSED).filter(due_at__gt=at)
    return max(ahead.order_by().values_list("due_at", flat=True), default=None)


def _anew(pack: Pack, rules_of_case: list[ClockRule], at: datetime) -> datetime:
    calendar = clocks.calendar_of(pack)
    return max(clocks.derive(pack, rule, at, calendar).due_at for rule in rules_of_case)
