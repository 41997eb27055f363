"""What options cost, and whose authority covers them (S2-36, S2-49)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, F, Q, QuerySet, Sum, Value
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
# What a sum is about: this case, what is on offer elsewhere, else the days of a period.
HERE, ON_OFFER = -1, -2
Amounts = list[tuple[str, Decimal]]
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
    before, elsewhere = _spoken_for(pack, person, plan, at)
    for groups in groups_of(pack, person.role_codes, plan):
        for code, amount in groups.items():
            refused = _refused(pack, person, code, amount + before[code], elsewhere[code])
            if refused:
                return refused
    return None


def _spoken_for(pack: Pack, person: Person, plan: Plan, at: datetime) -> tuple[Groups, Groups]:
    """What the person granted in this case, and what he granted or put on offer in others; one statement."""
    roles = person.role_codes
    uses = AuthorityUse.objects.filter(person=person, goodwill=False)
    parts = [_amounts(HERE, uses.filter(complaint=plan.complaint_id))]
    for days in {limit.period_days for limit in pack.authority if limit.period_budget is not None}:
        lately = uses.exclude(complaint=plan.complaint_id).filter(at__gt=at - timedelta(days=days))
        parts.append(_amounts(days, lately))
    offered = RemedyLine.objects.filter(option__plan__in=_on_offer(person, plan))
    parts.append(_amounts(ON_OFFER, offered, plan="option__plan_id", option="option_id"))
    before: Groups = defaultdict(lambda: ZERO)
    elsewhere: Groups = defaultdict(lambda: ZERO)
    offers: dict[int, dict[int, Amounts]] = defaultdict(lambda: defaultdict(list))
    for what, plan_id, option_id, remedy, amount in parts[0].union(*parts[1:], all=True):
        if what == ON_OFFER:
            offers[plan_id][option_id].append((remedy, amount))
        elif what == HERE:
            before[_limited_as(pack, roles, remedy)] += amount
        elif what == authority.period_days(pack, roles=roles, remedy=remedy):
            elsewhere[_limited_as(pack, roles, remedy)] += amount
    for options in offers.values():
        for code, amount in _dearest(pack, roles, options.values()).items():
            elsewhere[code] += amount
    return before, elsewhere


def _amounts(what: int, rows: QuerySet[Any], *, plan: str = "", option: str = "") -> Any:
    """Remedies with their amounts in columns that both tables share; what was granted already is summed."""
    whole = BigIntegerField()
    plan_id = F(plan) if plan else Value(0, output_field=whole)
    option_id = F(option) if option else Value(0, output_field=whole)
    columns = rows.order_by().values_list(Value(what, output_field=whole), plan_id, option_id, "remedy")
    return columns.annotate(sum=Sum("amount")) if what != ON_OFFER else columns.annotate(sum=F("amount"))


def _on_offer(person: Person, plan: Plan) -> QuerySet[Plan, Any]:
    """The plans of other cases that are on offer on this person's authority."""
    approved = Q(approvals__afterwards=False, approvals__decided_by=person)
    own = Q(approvals__afterwards=True, approvals__asked_by=person)
    plans = Plan.objects.filter(approved & Q(approvals__decision=Approval.Decision.APPROVED) | own)
    plans = plans.filter(status__in=(Plan.Status.OFFERED, Plan.Status.APPROVED)).exclude(complaint=plan.complaint_id)
    return plans.order_by().values("pk")


def _dearest(pack: Pack, roles: frozenset[str], options: Iterable[Amounts]) -> Groups:
    """By limit, the dearest of the options of one plan: the customer takes one of them."""
    dearest: Groups = defaultdict(lambda: ZERO)
    for amounts in options:
        for code, amount in grouped(pack, roles, amounts).items():
            dearest[code] = max(dearest[code], amount)
    return dearest


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
