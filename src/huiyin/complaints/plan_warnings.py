"""What a plan should have or had better not do; advice that stops nobody."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.complaints import (
    bottom_line,
    catalogue,
    durations,
    expecting,
    preparation,
    promises,
    rules,
    similar,
    splitting,
)
from huiyin.complaints.expecting import Talks
from huiyin.complaints.guards import money
from huiyin.complaints.guards.context import options_of
from huiyin.complaints.models import Option, Plan
from huiyin.people.models import Person
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Rule

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Warning:
    """Something a plan should have and lacks; it stops nobody."""

    rule: Rule
    sentence: "str | _StrPromise"


def warnings(plan: Plan, *, reader: Person | None = None, at: datetime | None = None) -> tuple[Warning, ...]:
    """Everything to be said against a plan, none of which refuses it.

    Like cases are compared only for a reader, who is shown what he may open; what was granted lately only at a time.
    """
    complaint = plan.complaint
    pack = promises.pack_of(complaint)
    options = options_of(plan)
    talks = expecting.talks(complaint)
    found = [*_of_the_options(plan, options, pack), *_of_the_times(options, pack)]
    found += _of_the_talks(plan, talks, catalogue.of(complaint, pack))
    if reader is not None:
        found += _of_like_cases(plan, options, reader, pack)
    if at is not None:
        found += _of_splitting(plan, pack, at)
    return tuple(found)


def _of_the_options(plan: Plan, options: list[Option], pack: Pack) -> Iterator[Warning]:
    """Enough options (S2-26), a better process (S0-18), what is beyond our control (S2-08)."""
    complaint, target = plan.complaint, pack.settings.plan_target_options
    if len(options) < target:
        sentence = _("The plan has %(have)s options; %(target)s are aimed at.")
        yield Warning(rules.TARGET_OPTIONS, sentence % {"have": len(options), "target": target})
    lines = [line for option in options for line in option.lines.all()]
    improving = {remedy.code for remedy in catalogue.of(complaint, pack).remedies if remedy.needs_improvement}
    service = bool(complaint.category) and pack.category(complaint.category).kind == "service"
    if service and not any(line.remedy in improving for line in lines):
        yield Warning(rules.SERVICE_IMPROVEMENT, _("A service error asks for a promise to improve the process."))
    finding = complaint.findings.filter(round=plan.round).first()
    if finding is not None and not finding.within_control:
        yield Warning(rules.BEYOND_CONTROL, _("The cause lies outside our control; promise only what is ours."))
        yield from _counting_on_others(options)


def _counting_on_others(options: list[Option]) -> Iterator[Warning]:
    """Items of the plan that hold only if somebody outside does his part (S2-08)."""
    sentence = _("«%(option)s» counts on what others give back, which is not in our hands: %(note)s")
    for option in options:
        if option.recovery:
            told = {"option": option.title, "note": option.recovery_note or option.recovery}
            yield Warning(rules.BEYOND_CONTROL, sentence % told)


def _of_the_times(options: list[Option], pack: Pack) -> Iterator[Warning]:
    """A time shorter than the past ever held (S3-30)."""
    percentile = pack.settings.promise_percentile
    known: dict[str, timedelta | None] = {}
    for option in options:
        for line in option.lines.all():
            if line.remedy not in known:
                known[line.remedy] = durations.realistic(line.remedy, percentile)
            held = known[line.remedy]
            if held is None or timedelta(minutes=option.execute_within_minutes) >= held:
                continue
            hours = max(1, round(held.total_seconds() / 3600))
            sentence = ngettext(
                "«%(remedy)s» within the time of «%(option)s» was kept too seldom: %(percent)s %% were done in"
                " %(hours)s hour.",
                "«%(remedy)s» within the time of «%(option)s» was kept too seldom: %(percent)s %% were done in"
                " %(hours)s hours.",
                hours,
            )
            parts = {"remedy": line.title, "option": option.title, "percent": percentile, "hours": hours}
            yield Warning(rules.REALISTIC_TIME, sentence % parts)


def _of_the_talks(plan: Plan, talks: Talks, pack: Pack) -> Iterator[Warning]:
    """The first condition above the norm (S3-28), room to move (S2-37), a reason (S3-40), empty fields (S2-33)."""
    demands = list(plan.complaint.demands.filter(dropped_at=None))
    for above in expecting.above_norm(pack, plan.complaint, talks.expectations, demands):
        yield Warning(rules.FIRST_CONDITION, first_condition(above))
    if talks.anything and not (talks.sheet and talks.sheet.reason.strip()):
        yield Warning(rules.REASON_SUPPLIED, _("The offer gives the customer no reason to say yes."))
    if talks.sheet is not None and talks.sheet.opening is not None:
        left = bottom_line.reserve(plan.complaint, plan.complaint.owner, talks.principle, talks.sheet.opening)
        if left is not None and left <= 0:
            yield Warning(rules.ROOM_LEFT, _("You open at the very end of what you may give; nothing is left to give."))
    if empty := preparation.empty_fields(talks):
        words = str(_(", ")).join(str(gap.title) for gap in empty)
        yield Warning(rules.FIELDS_FILLED, _("Still empty on the sheet: %(fields)s.") % {"fields": words})


def first_condition(above: expecting.Above) -> str:
    """Why not to accept the first condition, in words."""
    parts = {"text": above.text, "amount": f"{above.amount:,.2f}", "norm": f"{above.norm:,.2f}", "times": above.times}
    if above.times is None:
        return _("Do not accept the first condition: «%(text)s» asks for what is not usual at all.") % parts
    return _("Do not accept the first condition: %(amount)s is %(times)s times the usual %(norm)s.") % parts


def _of_like_cases(plan: Plan, options: list[Option], reader: Person, pack: Pack) -> Iterator[Warning]:
    """An option far from what like cases were decided on."""
    alike = similar.to(plan.complaint, reader)
    for option in options:
        cost = money.option_cost(option)
        if cost and alike.stands_out(cost, pack.settings.similar_outlier):
            sentence = _("«%(option)s» costs %(cost)s; the middle of %(count)s like cases is %(median)s.")
            parts = {"option": option.title, "cost": cost, "count": alike.decided, "median": alike.median}
            yield Warning(rules.STANDS_OUT, sentence % parts)


def _of_splitting(plan: Plan, pack: Pack, at: datetime) -> Iterator[Warning]:
    """A large amount cut into small ones (S2-49)."""
    person = plan.prepared_by
    together: Decimal | None = splitting.over_remedies(pack, person, plan)
    if together is not None:
        sentence = _(
            "Each remedy is within its limit, together they come to %(sum)s: this is for somebody else to sign."
        )
        yield Warning(rules.SPLIT_NOTICED, sentence % {"sum": together})
    elsewhere = splitting.over_cases(pack, person, plan, at)
    if elsewhere is not None:
        sentence = _("With what %(name)s gave this customer in other cases lately it comes to %(sum)s.")
        yield Warning(rules.SPLIT_NOTICED, sentence % {"name": person.name, "sum": elsewhere})
