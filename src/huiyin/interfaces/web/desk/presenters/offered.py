"""The plans of a case: options with cost, level and the demands they answer; who signed."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from huiyin.complaints import balance, catalogue, levels, similar
from huiyin.complaints.models import Approval, Demand, Expectation, Option, Plan
from huiyin.complaints.similar import Similar
from huiyin.complaints.steps import planning
from huiyin.interfaces.web.components.shapes import Answer, Signature
from huiyin.interfaces.web.components.shapes import Option as OptionCard
from huiyin.interfaces.web.desk.presenters.looker import Looker
from huiyin.people.roles import Role
from huiyin.policy.packs.labels import VALUES

SHAPES = {Option.Status.CHOSEN: "on", Option.Status.EXECUTED: "on", Option.Status.DECLINED: "no"}


@dataclass(frozen=True)
class PlanCard:
    """One plan with its options and signatures."""

    number: int
    round: int
    status: str
    status_word: str
    mode: str
    reason: str
    by: str
    at: datetime
    options: tuple[OptionCard, ...]
    signatures: tuple[Signature, ...]
    # What lies one level higher in the catalogue, while the plan is drawn up (S3-09).
    higher: str


@dataclass(frozen=True)
class Plans:
    rows: tuple[PlanCard, ...]
    currency: str


def plans(looker: Looker) -> Plans:
    """Every plan, the newest first: as many queries at any size."""
    rows = Plan.objects.filter(complaint=looker.complaint).select_related("prepared_by").order_by("-number")
    expected = ["options__expected"] if looker.complaint.bargained else []
    rows = rows.prefetch_related("options__lines", "options__answers__demand", "approvals__decided_by", *expected)
    rows = rows.annotate(
        demands=_count(Demand.objects.filter(dropped_at=None)),
        ranked=_count(Expectation.objects.filter(dropped_at=None, rank__isnull=False)),
    )
    alike = similar.to(looker.complaint, looker.person) if rows else similar.NOTHING
    return Plans(tuple(_plan(row, looker, alike) for row in rows), looker.pack.currency)


def _count(rows: QuerySet[Any]) -> Coalesce:
    """How many of them the case of each plan has, counted beside the plans."""
    counted = rows.filter(complaint=OuterRef("complaint")).order_by().values("complaint").annotate(many=Count("pk"))
    return Coalesce(Subquery(counted.values("many")), 0)


def _weighed(option: Option, plan: Any, alike: Similar) -> str:
    """What the option does for the customer, beside what it costs (S2-51)."""
    one = balance.of(option, ranked=plan.ranked, demands=plan.demands, alike=alike)
    parts = [_("meets %(met)s of %(asked)s") % {"met": one.met, "asked": one.asked}] if one.asked else []
    if one.answered:
        told = {"content": one.content, "asked": one.answered}
        parts.append(_("%(content)s of %(asked)s like customers content") % told)
    return "　".join(parts)


def _plan(row: Plan, looker: Looker, alike: Similar) -> PlanCard:
    return PlanCard(
        number=row.number,
        round=row.round,
        status=row.status,
        status_word=str(row.get_status_display()),
        mode=str(row.get_mode_display()),
        reason=looker.eyes.text(row.single_reason),
        by=row.prepared_by.name,
        at=row.prepared_at,
        options=tuple(_option(one, looker, _weighed(one, row, alike)) for one in row.options.all()),
        signatures=tuple(_signature(one, looker) for one in row.approvals.all()),
        higher=_higher(row, looker) if row.status == Plan.Status.DRAFT else "",
    )


def _higher(row: Plan, looker: Looker) -> str:
    """The next level of service above the highest of this plan, and what the catalogue has there."""
    used = [line.level for option in row.options.all() for line in option.lines.all()]
    level, titles = levels.above(used, catalogue.of(looker.complaint, looker.pack), looker.complaint.category)
    told = {"level": VALUES.get(level, level), "remedies": str(_(", ")).join(titles)}
    return _("One level higher, %(level)s: %(remedies)s") % told if titles else ""


def _option(row: Option, looker: Looker, weighed: str) -> OptionCard:
    lines = list(row.lines.all())
    amount = sum((line.amount for line in lines), Decimal(0))
    two = planning.levers(row)
    levels = dict.fromkeys(str(VALUES.get(line.level, line.level)) for line in lines)
    return OptionCard(
        name=looker.eyes.text(row.title),
        amount=amount,
        currency=looker.pack.currency,
        net=amount - row.recovery if row.recovery else None,
        answers=tuple(
            Answer(
                answer.demand.rank,
                "instead" if answer.deviation else "yes",
                looker.eyes.text(_("%(text)s (%(why)s)") % {"text": answer.text, "why": answer.deviation})
                if answer.deviation
                else looker.eyes.text(answer.text),
            )
            for answer in sorted(row.answers.all(), key=lambda one: one.demand.rank)
        ),
        level=_(", ").join(levels),
        weighed=weighed,
        feeling=tuple(looker.eyes.text(text) for text in two.feeling),
        expectation=tuple(looker.eyes.text(text) for text in two.expectation),
        approver="",
        status=SHAPES.get(Option.Status(row.status), ""),
        status_word=str(row.get_status_display()),
    )


def _signature(row: Approval, looker: Looker) -> Signature:
    role = str(Role(row.needed_role).label) if row.needed_role in Role.values else ""
    open_now = row.decision == Approval.Decision.PENDING
    waiting = _("awaited, to be looked at afterwards") if row.afterwards else _("awaited")
    return Signature(
        name=row.decided_by.name if row.decided_by else role,
        role=role,
        note=looker.eyes.text(row.comment) or str(row.get_decision_display()),
        signed=not open_now,
        tone="bad" if row.decision in (Approval.Decision.RETURNED, Approval.Decision.OBJECTED) else "",
        waiting=waiting if open_now else "",
    )
