"""Escalations that need not have been: the owner could have granted himself what the customer took (S4-132)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db.models import Exists, OuterRef, Q

from huiyin.complaints import queries
from huiyin.complaints.guards import money
from huiyin.complaints.models import CasePack, Complaint, Handover, Option
from huiyin.people.models import Person
from huiyin.policy import authority
from huiyin.policy.packs import store
from huiyin.policy.packs.schema import Pack

MOST = 200
TAKEN = (Option.Status.CHOSEN, Option.Status.EXECUTED)


@dataclass(frozen=True)
class Avoidable:
    """One escalated case with the option that was the owner's to give from the beginning."""

    complaint: Complaint
    option: Option
    cost: Decimal


def listed(reader: Person, since: datetime, until: datetime) -> list[Avoidable]:
    """The visible cases received in this time that were escalated or handed up, although the option that was taken
    lay within the owner's own authority; the newest first, at most two hundred looked at, five queries.
    """
    handed = Exists(Handover.objects.filter(complaint=OuterRef("pk")))
    rows = queries.visible_to(reader).filter(Q(escalated=True) | handed, received_at__gte=since, received_at__lt=until)
    newest = rows.filter(merged_into=None).select_related("owner", "customer").prefetch_related("owner__roles")
    cases = list(newest.order_by("-received_at", "-pk")[:MOST])
    packs = _packs(cases)
    taken = _taken(cases)
    found = []
    for case in cases:
        option = taken.get(case.pk)
        if option is not None and case.pk in packs and _was_his(option, case.owner, packs[case.pk]):
            found.append(Avoidable(case, option, money.option_cost(option)))
    return found


def _packs(cases: Iterable[Complaint]) -> dict[int, Pack]:
    attached: dict[int, list[int]] = {}
    rows = CasePack.objects.filter(complaint__in=list(cases)).order_by("-base", "pk")
    for complaint_id, version_id in rows.values_list("complaint_id", "version_id"):
        attached.setdefault(complaint_id, []).append(version_id)
    return {case: store.combined(base, overlays) for case, (base, *overlays) in attached.items()}


def _taken(cases: Iterable[Complaint]) -> dict[int, Option]:
    """What each customer took in the last round."""
    rows = Option.objects.filter(plan__complaint__in=list(cases), status__in=TAKEN)
    found = rows.select_related("plan").prefetch_related("lines").order_by("plan__number")
    return {option.plan.complaint_id: option for option in found}


def _was_his(option: Option, owner: Person, pack: Pack) -> bool:
    """Whether the owner's limits covered each amount; what stood in his budget that day is not asked again."""
    roles = owner.role_codes
    groups = money.grouped(pack, roles, ((line.remedy, line.amount) for line in option.lines.all()))
    return all(
        authority.check(pack, roles=roles, remedy=code, amount=amount, spent_in_period=money.ZERO).within
        for code, amount in groups.items()
    )
