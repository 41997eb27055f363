"""What may be given and by whom: remedies, goodwill, the authority matrix and the bands of loss."""

from collections.abc import Collection
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from huiyin.policy.packs import vocabulary as words
from huiyin.policy.packs.giving import GoodwillItem, Limit, LossBand, Remedy
from huiyin.policy.packs.reading import Table, unique
from huiyin.policy.working_time import Span, Unit

A_DAY = Span(24, Unit.HOUR)


def read_remedies(
    sheet: Table, proofs: Collection[str], departments: Collection[str], categories: Collection[str]
) -> tuple[Remedy, ...]:
    found = []
    for table in sheet.tables("remedy"):
        kind = table.choice("kind", words.REMEDY_KINDS)
        remedy = Remedy(
            code=table.code(),
            kind=kind,
            title=table.title(),
            level=table.choice("level", words.LEVELS),
            voluntary=table.flag("voluntary", kind == "goodwill"),
            needs_improvement=table.flag("needs_improvement", kind == "process"),
            policy_right=table.flag("policy_right", False),
            norm_amount=table.amount("norm_amount", None),
            norm_percent_of_order=table.amount("norm_percent_of_order", None, high=1000),
            conditions=table.titles("conditions"),
            proof_kinds=table.choices("proof_kinds", proofs),
            execution_span=table.span("execution_span", A_DAY) or A_DAY,
            department=table.choice("department", departments),
            categories=table.choices("categories", categories),
            basis=table.choice("basis", words.BASES, ""),
        )
        table.finish()
        _check_remedy(table, remedy)
        found.append((table, remedy))
    unique((table, remedy.code) for table, remedy in found)
    return tuple(remedy for _table, remedy in found)


def _check_remedy(table: Table, remedy: Remedy) -> None:
    if remedy.voluntary and remedy.policy_right:
        table.wrong("policy_right", _("A voluntary kindness cannot be a right of the customer (S3-12)."), "false")
    if remedy.kind == "goodwill" and not remedy.voluntary:
        table.wrong("voluntary", _("Goodwill is always voluntary (S3-12)."), "true")
    if remedy.basis and (remedy.policy_right or remedy.kind != "compensation"):
        table.wrong("basis", _("Only compensation rests on a basis of the law, and it is shown before it is a right."))
    if remedy.norm_amount is not None and remedy.norm_percent_of_order is not None:
        table.wrong("norm_amount", _("A remedy has one norm: an amount, or a percentage of the order."))


def read_goodwill(sheet: Table, proofs: Collection[str], reasons: Collection[str]) -> tuple[GoodwillItem, ...]:
    """Read the catalogue open to every role; `suggest_for` names categories or causes."""
    found = []
    for table in sheet.tables("goodwill"):
        item = GoodwillItem(
            code=table.code(),
            title=table.title(),
            cost=table.amount("cost") or Decimal(0),
            level=table.choice("level", words.LEVELS, "value_added"),
            proof_kinds=table.choices("proof_kinds", proofs),
            suggest_for=table.choices("suggest_for", reasons),
        )
        table.finish()
        found.append((table, item))
    unique((table, item.code) for table, item in found)
    return tuple(item for _table, item in found)


def read_limits(sheet: Table, remedies: Collection[str] | None) -> tuple[Limit, ...]:
    """Read the authority matrix; `remedies` is None for an overlay, whose base is not known yet."""
    found: dict[tuple[str, str], Limit] = {}
    for table in sheet.tables("limit"):
        role = table.choice("role", words.ROLES)
        remedy = table.text("remedy", "*")
        if remedies is not None and remedy != "*" and remedy not in remedies:
            table.wrong("remedy", _("%(value)s is not allowed here."), " | ".join(["*", *remedies]), value=repr(remedy))
        days = table.integer("period_days", 1, 366, 30)
        unlimited = table.flag("unlimited", False)
        per_case = table.amount("per_case", None if unlimited else Decimal(0))
        budget = table.amount("period_budget", None)
        if unlimited and (per_case is not None or budget is not None):
            table.wrong("unlimited", _("An unlimited role has no amount per case and no budget."))
        if not unlimited and not table.has("per_case"):
            table.wrong("per_case", _("This key is missing."), "0 …")
        if budget is not None and per_case is not None and budget < per_case:
            table.wrong("period_budget", _("The budget of the period is below the limit of one case."), f"{per_case} …")
        if (role, remedy) in found:
            table.wrong("role", _("%(role)s has two limits for %(remedy)s."), role=role, remedy=remedy)
        found[role, remedy] = Limit(role, remedy, per_case, days, budget)
        table.finish()
    return tuple(found.values())


def read_loss_bands(sheet: Table) -> tuple[LossBand, ...]:
    found: list[LossBand] = []
    for table in sheet.tables("loss_band"):
        band = LossBand(
            who=table.choice("who", ("responsible", "head")),
            above=table.amount("above") or Decimal(0),
            up_to=table.amount("up_to", None),
            percent=table.amount("percent", high=100) or Decimal(0),
        )
        table.finish()
        if band.up_to is not None and band.up_to <= band.above:
            table.wrong("up_to", _("The band ends before it begins."), f"> {band.above}")
        for other in found:
            ends_before = other.up_to is not None and other.up_to <= band.above
            if other.who == band.who and not ends_before:
                table.wrong("above", _("The band overlaps the one before it."))
        found.append(band)
    return tuple(found)
