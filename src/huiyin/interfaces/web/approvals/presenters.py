"""A plan as somebody who must sign it reads it: in twenty seconds, with the cost and what it rests on."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Count, Max, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from huiyin.complaints.guards import inquiry, money
from huiyin.complaints.guards.context import Case
from huiyin.complaints.models import Approval, Complaint, Demand, Finding, Option, Promise, PromiseKind
from huiyin.complaints.steps import planning
from huiyin.interfaces.web.case import granting
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.components.pieces import amount_words
from huiyin.interfaces.web.components.shapes import Answer, Dot, Zone
from huiyin.interfaces.web.components.shapes import Option as OptionCard
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.policy.packs.labels import VALUES
from huiyin.policy.packs.schema import Pack

LETTERS = "ABCDEFGHIJKLMNOPQRST"
LOOK_BACK = timedelta(days=90)
FLAGS = ("escalated", "media", "external", "compound", "unreasonable", "wide", "difficult")


@dataclass(frozen=True)
class Row:
    """One entry of the list, oldest first."""

    approval: Approval
    complaint: Complaint
    clock: Promise | None
    needed: Any


@dataclass(frozen=True)
class Told:
    """How the dearest option answers one demand."""

    rank: int
    text: str
    kind: str
    answer: str


@dataclass(frozen=True)
class Fact:
    icon: str
    text: str


@dataclass(frozen=True)
class Brief:
    """Everything on the page of one plan."""

    complaint: Complaint
    approval: Approval
    currency: str
    clock: Promise | None
    titles: str
    zones: Sequence[Zone]
    dots: Sequence[Dot]
    demands: Sequence[Told]
    facts: Sequence[Fact]
    options: Sequence[OptionCard]
    warnings: Sequence[planning.Warning]
    within: str
    flags: Sequence[str] = field(default_factory=tuple)


def rows(approvals: Iterable[Approval]) -> list[Row]:
    """The entries of the list, with the clock of each."""
    found = list(approvals)
    clocks = {
        clock.complaint_id: clock
        for clock in Promise.objects.filter(
            complaint__in=[row.complaint_id for row in found], kind=PromiseKind.STAGE, ended_at=None
        )
    }
    return [
        Row(row, row.complaint, None if row.afterwards else clocks.get(row.complaint_id), Role(row.needed_role).label)
        for row in found
    ]


def brief(approval: Approval, person: Person, now: datetime) -> Brief:
    case = Case(approval.complaint, Actor.of(person), now)
    pack = case.pack
    options = list(approval.plan.options.prefetch_related("lines", "answers"))
    demands = list(Demand.objects.filter(complaint=case.complaint, dropped_at=None))
    costs = [(LETTERS[place], money.option_cost(option)) for place, option in enumerate(options)]
    clock = Promise.objects.filter(complaint=case.complaint, kind=PromiseKind.STAGE, ended_at=None).first()
    return Brief(
        complaint=case.complaint,
        approval=approval,
        currency=pack.currency,
        clock=None if approval.afterwards else clock,
        titles=_(", ").join(option.title for option in options),
        zones=granting.zones(pack, person),
        dots=granting.dots(costs),
        demands=_answers(demands, options),
        facts=_facts(case, options),
        options=[_card(LETTERS[place], one, demands, pack, case) for place, one in enumerate(options)],
        warnings=planning.warnings(approval.plan, reader=person, at=now),
        within=_time_words(options),
        flags=[name for name in FLAGS if getattr(case.complaint, name)],
    )


def _answers(demands: list[Demand], options: list[Option]) -> list[Told]:
    """Each demand with the dearest option's answer."""
    dearest = max(options, key=money.option_cost, default=None)
    given = {answer.demand_id: answer for answer in dearest.answers.all()} if dearest else {}
    found = []
    for demand in demands:
        answer = given.get(demand.pk)
        kind = "no" if answer is None else "instead" if answer.deviation else "yes"
        text = "" if answer is None else answer.text or answer.deviation
        found.append(Told(demand.rank, demand.text, kind, text))
    return found


def _facts(case: Case, options: list[Option]) -> list[Fact]:
    found = []
    if case.finding is not None:
        found.append(Fact("scale", _cause_words(case.finding, case.pack)))
    kinds = inquiry.independent_kinds(case)
    words = ngettext("%(count)s independent kind of evidence", "%(count)s independent kinds of evidence", len(kinds))
    found.append(Fact("files", words % {"count": len(kinds)}))
    if alike := _alike(case):
        found.append(Fact("history", alike))
    best = max(options, key=lambda option: option.recovery, default=None)
    if best is not None and best.recovery:
        parts = {
            "amount": amount_words(best.recovery, case.pack.currency),
            "net": amount_words(money.option_net(best), case.pack.currency),
        }
        found.append(Fact("undo-2", _("%(amount)s is expected back, net cost %(net)s") % parts))
    return found


def _cause_words(finding: Finding, pack: Pack) -> str:
    names = _(", ").join(row.name for row in finding.responsible.all())
    known = {cause.code: str(cause.title) for listed in pack.problem_types for cause in listed.causes}
    parts = {"cause": known.get(finding.cause, finding.cause), "side": finding.get_side_display(), "who": names}
    if names:
        return _("%(cause)s, %(side)s; responsible: %(who)s") % parts
    if finding.no_person_reason:
        return _("%(cause)s, %(side)s; nobody is responsible: %(why)s") % {**parts, "why": finding.no_person_reason}
    return _("%(cause)s, %(side)s") % parts


def _alike(case: Case) -> str:
    """How many of the same category were approved lately, and between which amounts."""
    rows = Approval.objects.filter(
        complaint__category=case.complaint.category,
        decision=Approval.Decision.APPROVED,
        decided_at__gte=case.at - LOOK_BACK,
    ).exclude(complaint=case.complaint)
    sums = rows.aggregate(count=Count("pk"), low=Min("amount"), high=Max("amount"))
    if not sums["count"]:
        return ""
    parts = {
        "days": LOOK_BACK.days,
        "count": sums["count"],
        "low": amount_words(sums["low"], case.pack.currency),
        "high": amount_words(sums["high"], case.pack.currency),
    }
    if sums["low"] == sums["high"]:
        return _("%(count)s alike in %(days)s days, each approved at %(low)s") % parts
    return _("%(count)s alike in %(days)s days, approved from %(low)s to %(high)s") % parts


def _card(letter: str, option: Option, demands: list[Demand], pack: Pack, case: Case) -> OptionCard:
    given = {answer.demand_id: answer for answer in option.answers.all()}
    lines = [(line.remedy, line.amount) for line in option.lines.all()]
    answers = []
    for demand in demands:
        answer = given.get(demand.pk)
        kind = "no" if answer is None else "instead" if answer.deviation else "yes"
        text = _("not answered") if answer is None else answer.text or answer.deviation
        answers.append(Answer(demand.rank, kind, text))
    levels = [VALUES.get(line.level, line.level) for line in option.lines.all()]
    within = granting.needed(pack, case.complaint.owner, lines) is None
    who = granting.who_may(pack, case.complaint.owner, lines) if lines else ""
    return OptionCard(
        name=_("%(letter)s %(title)s") % {"letter": letter, "title": option.title},
        amount=money.option_cost(option),
        currency=pack.currency,
        net=money.option_net(option) if option.recovery else None,
        text=_(", ").join(line.title for line in option.lines.all()),
        answers=answers,
        level=levels[-1] if levels else "",
        approver=who if within else "",
    )


def _time_words(options: list[Option]) -> str:
    longest = max((option.execute_within_minutes for option in options), default=0)
    return times.duration(longest * 60) if longest else ""


def of_case(complaint: Complaint, approvals: Any) -> Approval | None:
    """What waits for this person in this case, the plan to be approved before the look afterwards."""
    rows = approvals.filter(complaint=complaint).order_by("afterwards", "asked_at")
    found: Approval | None = rows.first()
    return found


def decided(complaint: Complaint) -> Approval | None:
    """The last decision in the case, for a page opened too late."""
    rows = Approval.objects.filter(~Q(decision=Approval.Decision.PENDING), complaint=complaint)
    return rows.select_related("decided_by").order_by("-decided_at").first()
