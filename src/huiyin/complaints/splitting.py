"""One large amount cut into small ones, over remedies with limits of their own or over cases: noticed (S2-49)."""

from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q, Sum

from huiyin.complaints.guards import money
from huiyin.complaints.models import AuthorityUse, Complaint, Plan
from huiyin.people.models import Person
from huiyin.policy import authority
from huiyin.policy.packs.schema import Pack

REST = "*"


def over_remedies(pack: Pack, person: Person, plan: Plan) -> Decimal | None:
    """The sum of an option whose parts each fit a limit of their own and together exceed the general one."""
    limit = authority.limit_for(pack, person.role_codes, REST)
    if limit is None or limit.per_case is None:
        return None
    for groups in money.groups_of(pack, person.role_codes, plan):
        total = sum(groups.values(), money.ZERO)
        if len(groups) > 1 and total > limit.per_case:
            return total
    return None


def over_cases(pack: Pack, person: Person, plan: Plan, at: datetime) -> Decimal | None:
    """What the same person gave the same customer, or for the same order, in other cases lately, with this plan.

    Nothing unless the sum exceeds what may be given in one case.
    """
    limit = authority.limit_for(pack, person.role_codes, REST)
    if limit is None or limit.per_case is None:
        return None
    before = _given_elsewhere(plan.complaint, person, at - timedelta(days=pack.settings.repeat_window_days))
    total = before + money.plan_total(plan)
    return total if before and total > limit.per_case else None


def _given_elsewhere(complaint: Complaint, person: Person, since: datetime) -> Decimal:
    same = Q(complaint__customer=complaint.customer_id)
    if complaint.order_number:
        same |= Q(complaint__order_number=complaint.order_number)
    rows = AuthorityUse.objects.filter(same, person=person, at__gte=since, goodwill=False)
    return rows.exclude(complaint=complaint.pk).aggregate(sum=Sum("amount"))["sum"] or money.ZERO
