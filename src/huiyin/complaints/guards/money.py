"""What options cost, and whose authority covers them (S2-36, S2-49)."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.guards.context import Case
from huiyin.complaints.models import Approval, AuthorityUse, Option, Plan
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
    return max((option_cost(option) for option in plan.options.prefetch_related("lines")), default=ZERO)


def groups_of(pack: Pack, roles: frozenset[str], plan: Plan | None) -> Iterator[Groups]:
    """For each option its amounts by limit, as these roles have their limits; what costs nothing needs no authority."""
    for option in plan.options.prefetch_related("lines") if plan else ():
        yield _group(pack, roles, ((line.remedy, line.amount) for line in option.lines.all()))


def _group(pack: Pack, roles: frozenset[str], amounts: Iterable[tuple[str, Decimal]]) -> Groups:
    sums: Groups = defaultdict(lambda: ZERO)
    for remedy, amount in amounts:
        limit = authority.limit_for(pack, roles, remedy)
        sums[limit.remedy if limit else remedy] += amount
    return {code: amount for code, amount in sums.items() if amount}


def beyond(pack: Pack, person: Person, plan: Plan | None, at: datetime) -> BeyondAuthority | None:
    """The first amount of any option that the person may not grant, or nothing.

    Per case means all rounds of the case together; the budget of a period holds what was granted in other cases and
    what is still on offer there, so that customers who say yes tomorrow never break it.
    """
    if plan is None:
        return None
    elsewhere = _spoken_for(pack, person, plan, at)
    before = _group(
        pack, person.role_codes, _uses(person).filter(complaint=plan.complaint_id).values_list("remedy", "amount")
    )
    for groups in groups_of(pack, person.role_codes, plan):
        for code, amount in groups.items():
            refused = _refused(pack, person, code, amount + before.get(code, ZERO), elsewhere.get(code, ZERO))
            if refused:
                return refused
    return None


def _uses(person: Person) -> QuerySet[AuthorityUse]:
    return AuthorityUse.objects.filter(person=person, goodwill=False)


def _spoken_for(pack: Pack, person: Person, plan: Plan, at: datetime) -> Groups:
    """Granted or on offer in other cases within each limit's period."""
    total: Groups = defaultdict(lambda: ZERO)
    roles = person.role_codes
    others = _uses(person).exclude(complaint=plan.complaint_id)
    for remedy in others.order_by().values_list("remedy", flat=True).distinct():
        if days := authority.period_days(pack, roles=roles, remedy=remedy):
            amount = others.filter(remedy=remedy, at__gt=at - timedelta(days=days)).aggregate(sum=Sum("amount"))["sum"]
            for code, part in _group(pack, roles, [(remedy, amount or ZERO)]).items():
                total[code] += part
    for offer in _on_offer(person, plan):
        dearest: Groups = defaultdict(lambda: ZERO)
        for groups in groups_of(pack, roles, offer):
            for code, amount in groups.items():
                dearest[code] = max(dearest[code], amount)
        for code, amount in dearest.items():
            total[code] += amount
    return total


def _on_offer(person: Person, plan: Plan) -> Iterable[Plan]:
    approved = Q(approvals__afterwards=False, approvals__decided_by=person)
    own = Q(approvals__afterwards=True, approvals__asked_by=person)
    rows = Plan.objects.filter(approved & Q(approvals__decision=Approval.Decision.APPROVED) | own)
    return (
        rows.filter(status__in=(Plan.Status.OFFERED, Plan.Status.APPROVED))
        .exclude(complaint=plan.complaint_id)
        .distinct()
    )


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
