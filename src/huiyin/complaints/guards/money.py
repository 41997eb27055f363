"""What options cost, and whose authority covers them (S2-36, S2-49)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import Q, Sum
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.guards.context import Case, options_of
from huiyin.complaints.models import Approval, AuthorityUse, Option, Plan, RemedyLine
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.policy import authority
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal

ZERO = Decimal("0.00")
REST = "*"
# Amounts by the limit that covers them: a remedy with a limit of its own, all the rest together under REST.
Groups = dict[str, Decimal]


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
    return max((option_cost(option) for option in options_of(plan)), default=ZERO)


def groups_of(pack: Pack, roles: frozenset[str], plan: Plan | None) -> Iterator[Groups]:
    """For each option its amounts by limit, as these roles have their limits; what costs nothing needs no authority."""
    for option in options_of(plan) if plan else ():
        yield grouped(pack, roles, ((line.remedy, line.amount) for line in option.lines.all()))


def grouped(pack: Pack, roles: frozenset[str], amounts: Iterable[tuple[str, Decimal]]) -> Groups:
    """Amounts by the limit that covers them for these roles; what costs nothing is left out."""
    sums: Groups = defaultdict(lambda: ZERO)
    for remedy, amount in amounts:
        sums[_limited_as(pack, roles, remedy)] += amount
    return {code: amount for code, amount in sums.items() if amount}


def _limited_as(pack: Pack, roles: frozenset[str], remedy: str) -> str:
    """Under which limit an amount of this remedy counts."""
    limit = authority.limit_for(pack, roles, remedy)
    return limit.remedy if limit else remedy


def beyond(pack: Pack, person: Person, plan: Plan | None, at: datetime) -> BeyondAuthority | None:
    """The first amount of any option that the person may not grant, or nothing.

    Per case means all rounds of the case together; the budget of a period holds what was granted in other cases and
    what is still on offer there, so that customers who say yes tomorrow never break it.
    """
    if plan is None:
        return None
    before, elsewhere = _granted(pack, person, plan, at)
    for code, amount in _on_offer(pack, person, plan).items():
        elsewhere[code] += amount
    for groups in groups_of(pack, person.role_codes, plan):
        for code, amount in groups.items():
            refused = _refused(pack, person, code, amount + before[code], elsewhere[code])
            if refused:
                return refused
    return None


def _granted(pack: Pack, person: Person, plan: Plan, at: datetime) -> tuple[Groups, Groups]:
    """What the person granted in this case, and in others within the period of each limit; one query."""
    here = Q(complaint=plan.complaint_id)
    budgets = {limit.period_days for limit in pack.authority if limit.period_budget is not None}
    since = {f"days_{days}": at - timedelta(days=days) for days in budgets}
    sums = {name: Sum("amount", filter=~here & Q(at__gt=begin)) for name, begin in since.items()}
    rows = AuthorityUse.objects.filter(person=person, goodwill=False)
    rows = rows.filter(here | Q(at__gt=min(since.values()))) if since else rows.filter(here)
    before: Groups = defaultdict(lambda: ZERO)
    elsewhere: Groups = defaultdict(lambda: ZERO)
    found: Iterable[Any] = rows.order_by().values("remedy").annotate(here=Sum("amount", filter=here), **sums)
    for row in found:
        code = _limited_as(pack, person.role_codes, row["remedy"])
        before[code] += row["here"] or ZERO
        if days := authority.period_days(pack, roles=person.role_codes, remedy=row["remedy"]):
            elsewhere[code] += row[f"days_{days}"] or ZERO
    return before, elsewhere


def _on_offer(pack: Pack, person: Person, plan: Plan) -> Groups:
    """What the person put on offer in other cases: of each plan the dearest option; one query."""
    approved = Q(approvals__afterwards=False, approvals__decided_by=person)
    own = Q(approvals__afterwards=True, approvals__asked_by=person)
    plans = Plan.objects.filter(approved & Q(approvals__decision=Approval.Decision.APPROVED) | own)
    plans = plans.filter(status__in=(Plan.Status.OFFERED, Plan.Status.APPROVED)).exclude(complaint=plan.complaint_id)
    lines = RemedyLine.objects.filter(option__plan__in=plans.values("pk"))
    options: dict[tuple[int, int], list[tuple[str, Decimal]]] = defaultdict(list)
    for plan_id, option_id, remedy, amount in lines.values_list("option__plan", "option", "remedy", "amount"):
        options[plan_id, option_id].append((remedy, amount))
    dearest: dict[tuple[int, str], Decimal] = defaultdict(lambda: ZERO)
    for (plan_id, _option), amounts in options.items():
        for code, amount in grouped(pack, person.role_codes, amounts).items():
            dearest[plan_id, code] = max(dearest[plan_id, code], amount)
    total: Groups = defaultdict(lambda: ZERO)
    for (_plan, code), amount in dearest.items():
        total[code] += amount
    return total


def _refused(pack: Pack, person: Person, code: str, amount: Decimal, elsewhere: Decimal) -> BeyondAuthority | None:
    verdict = authority.check(pack, roles=person.role_codes, remedy=code, amount=amount, spent_in_period=elsewhere)
    if verdict.within:
        return None
    needed = " / ".join(str(Role(role).label) for role in verdict.needed_roles)
    title = str(_("all remedies together")) if code == REST else _title(pack, code)
    return BeyondAuthority(amount=amount, remedy=title, name=person.name, limit=verdict.limit or "0", needed=needed)


def _title(pack: Pack, code: str) -> str:
    """The remedy by its name; by its code where only the catalogue of the purchase day has it (S2-39)."""
    return next((str(remedy.title) for remedy in pack.remedies if remedy.code == code), code)


def grantor(case: Case) -> Person:
    """On whose authority an offer without approval goes out: of whoever acts."""
    return case.actor.person or case.complaint.owner


def hold_budget(person: Person) -> None:
    """Let one offer at a time count on somebody's budget: two cases at once would each see it unspent (S2-49)."""
    Person.objects.select_for_update(no_key=True).get(pk=person.pk)


def require_authority(pack: Pack, person: Person, plan: Plan | None, at: datetime) -> None:
    if refused := beyond(pack, person, plan, at):
        raise refused
