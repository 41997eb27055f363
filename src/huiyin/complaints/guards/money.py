"""What options cost, and whose authority covers them (S2-36, S2-49)."""

from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.models import AuthorityUse, Option, Plan
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.policy import authority
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal

ZERO = Decimal("0.00")


class BeyondAuthority(Refusal):
    rule = rules.WITHIN_AUTHORITY
    sentence = _("%(amount)s for «%(remedy)s» is beyond the authority of %(name)s (limit %(limit)s).")
    unblock = _("Have it approved by: %(needed)s.")


def option_cost(option: Option) -> Decimal:
    """What the option costs before anything is recovered, in the pack's currency."""
    return sum((line.amount for line in option.lines.all()), ZERO)


def option_net(option: Option) -> Decimal:
    return option_cost(option) - option.recovery


def plan_total(plan: Plan | None) -> Decimal:
    """The dearest option: what the organisation may have to carry."""
    if plan is None:
        return ZERO
    return max((option_cost(option) for option in plan.options.prefetch_related("lines")), default=ZERO)


def spent(person: Person, remedy: str, *, days: int, at: datetime) -> Decimal:
    """What the person has granted of this remedy within the budget's period."""
    since = at - timedelta(days=days)
    total = AuthorityUse.objects.filter(person=person, remedy=remedy, at__gt=since).aggregate(total=Sum("amount"))
    return total["total"] or ZERO


def beyond(pack: Pack, person: Person, plan: Plan | None, at: datetime) -> BeyondAuthority | None:
    """The first remedy of any option that the person may not grant, or nothing."""
    for option in plan.options.prefetch_related("lines") if plan else ():
        sums: dict[str, Decimal] = defaultdict(lambda: ZERO)
        for line in option.lines.all():
            sums[line.remedy] += line.amount
        sums["*"] = option_cost(option)
        for remedy, amount in sums.items():
            refused = _refused(pack, person, remedy, amount, at)
            if refused:
                return refused
    return None


def _refused(pack: Pack, person: Person, remedy: str, amount: Decimal, at: datetime) -> BeyondAuthority | None:
    days = authority.period_days(pack, roles=person.role_codes, remedy=remedy)
    already = spent(person, remedy, days=days, at=at) if days else ZERO
    verdict = authority.check(pack, roles=person.role_codes, remedy=remedy, amount=amount, spent_in_period=already)
    if verdict.within:
        return None
    needed = " / ".join(str(Role(code).label) for code in verdict.needed_roles)
    title = remedy if remedy == "*" else str(pack.remedy(remedy).title)
    return BeyondAuthority(amount=amount, remedy=title, name=person.name, limit=verdict.limit, needed=needed)


def require_authority(pack: Pack, person: Person, plan: Plan | None, at: datetime) -> None:
    if refused := beyond(pack, person, plan, at):
        raise refused
