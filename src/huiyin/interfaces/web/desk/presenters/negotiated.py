"""The negotiation of a case beside it: expectations, preparation, bottom line, concessions, the law, who calls."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from huiyin.complaints import (
    bottom_line,
    catalogue,
    entitlement,
    expecting,
    plan_warnings,
    preparation,
    similar,
)
from huiyin.complaints.models import (
    AskedQuestion,
    Caller,
    Concession,
    Conduct,
    Expectation,
    Handover,
    Principle,
    Weight,
)
from huiyin.complaints.states import Seat
from huiyin.complaints.steps.expectations import NEGOTIATORS
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.desk.presenters.eyes import title_in_list
from huiyin.interfaces.web.desk.presenters.looker import Looker
from huiyin.policy.compensation import Assessment, Result

LISTED = 5
OPEN_CONDUCT = (Conduct.Status.PROPOSED, Conduct.Status.IN_FORCE)
WEIGHTS = {Weight.MUST: "acc", Weight.MAY: "line", Weight.DROP: "line"}


@dataclass(frozen=True)
class Wish:
    """One expectation as a row: place, his words, what they mean, where they come from, what it is worth."""

    rank: int | None
    said: str
    precise: str
    change: str
    source: str
    hard: bool
    weight: str
    tone: str
    answer: str
    open: bool
    url: str


@dataclass(frozen=True)
class Step:
    """One step of giving way."""

    when: str
    before: Decimal
    amount: Decimal
    reason: str
    obtained: str


@dataclass(frozen=True)
class BasisRow:
    """One basis of the law as a row."""

    title: str
    source: str
    amount: Decimal
    state: str
    words: str


@dataclass(frozen=True)
class Law:
    rows: tuple[BasisRow, ...]
    ceiling: Decimal
    owed: Decimal
    read_on: str


@dataclass(frozen=True)
class LikeRow:
    url: str
    title: str
    outcome: str
    cost: Decimal | None
    satisfied: bool | None


@dataclass(frozen=True)
class Figures:
    """The four numbers of the conversation: asked for, opened with, usual, bottom line; and what is left."""

    asked: Decimal | None
    opening: Decimal | None
    usual: Decimal | None
    limit: Decimal | None
    reserve: Decimal | None


@dataclass(frozen=True)
class Note:
    """A word in bold, what was written, and the small print; contacts covered as for this reader."""

    title: str
    text: str
    small: str


@dataclass(frozen=True)
class Negotiated:
    wishes: tuple[Wish, ...]
    question: str
    proposed: str
    hard: bool
    gaps: tuple[str, ...]
    ready: int
    parts: int
    figures: Figures
    awaited: Principle | None
    above: tuple[str, ...]
    reason: str
    steps: tuple[Step, ...]
    law: Law | None
    like: tuple[LikeRow, ...]
    median: Decimal | None
    decided: int
    caller: Note | None
    handovers: tuple[Note, ...]
    conduct: Note | None
    preferences: str
    currency: str
    may_act: bool
    may_decide: bool
    # The address of each step's form, by its name.
    links: Mapping[str, str]


LINKS = (
    *("expectation", "ask", "rank", "reason", "principle", "decide_principle", "concede", "prepare", "holding"),
    *("entitlement", "preference"),
)


def negotiated(looker: Looker) -> Negotiated:
    """Everything of the tab; as many queries for ten expectations as for one."""
    complaint, eyes = looker.complaint, looker.eyes
    talks = expecting.talks(complaint)
    asked = list(AskedQuestion.objects.filter(complaint=complaint)) if talks.anything else []
    question = expecting.next_question(talks.expectations, asked)
    missing = preparation.of(complaint) if preparation.is_hard(complaint) or talks.sheet else []
    parts = len(preparation.FIELDS) + len(preparation.CHECKS) + 2
    alike = similar.to(complaint, looker.person)
    proposed = expecting.proposed_source(complaint)
    law = entitlement.assessment(complaint)
    conduct = complaint.conducts.select_related("reviewer").last()
    return Negotiated(
        wishes=tuple(_wish(one, looker) for one in talks.expectations),
        question=eyes.text(question.text) if question is not None else "",
        proposed=str(proposed.label) if proposed is not None else "",
        hard=preparation.is_hard(complaint),
        gaps=tuple(str(gap.title) for gap in missing),
        ready=parts - len(missing),
        parts=parts,
        figures=_figures(looker, talks),
        awaited=talks.awaited,
        above=tuple(dict.fromkeys(eyes.text(text) for text in _above(looker, talks))),
        reason=eyes.text(talks.sheet.reason) if talks.sheet else "",
        steps=tuple(_step(row, looker) for row in Concession.objects.filter(complaint=complaint)),
        law=_law(law) if law is not None else None,
        like=tuple(_like(row, looker) for row in alike.rows[:LISTED]),
        median=alike.median,
        decided=alike.decided,
        caller=_caller(looker),
        handovers=tuple(_handover(row, looker) for row in complaint.handovers.select_related("to", "by")),
        conduct=_conduct(conduct, looker) if conduct is not None and conduct.status in OPEN_CONDUCT else None,
        preferences=eyes.text(complaint.customer.preferences),
        currency=looker.pack.currency,
        may_act=complaint.is_open and any(looker.may(able, seat) for seat, able in NEGOTIATORS.items()),
        may_decide=complaint.is_open and looker.may("complaint.approve", Seat.SUPERVISOR, Seat.LEADER),
        links={name: looker.step(name) for name in LINKS},
    )


def _caller(looker: Looker) -> Note | None:
    """The newest note of what kind of caller it is, unless it is an ordinary one."""
    row = looker.complaint.callers.select_related("noted_by").last()
    if row is None or row.kind == Caller.Kind.ORDINARY:
        return None
    small = (row.noted_by.name, times.moment(row.noted_at, looker.now), row.sensitive_day)
    return Note(str(row.get_kind_display()), looker.eyes.text(row.note), _joined(*small))


def _handover(row: Handover, looker: Looker) -> Note:
    said = f"“{row.said}”" if row.consent and row.said and not row.emergency else row.emergency
    who = f"{row.by.name} → {row.to.name}"
    return Note(_joined(who, times.moment(row.at, looker.now)), looker.eyes.text(said), "")


def _conduct(row: Conduct, looker: Looker) -> Note:
    """Measures in force with their end and who looks at them again, or what is reported."""
    in_force = row.status == Conduct.Status.IN_FORCE
    until = _("until %(until)s") % {"until": times.moment(row.expires_at, looker.now)} if row.expires_at else ""
    again = _("looked at again by %(name)s") % {"name": row.reviewer.name} if row.reviewer is not None else ""
    small = _joined(str(row.get_status_display()), until, again, _("What is owed stays owed."))
    return Note("", looker.eyes.text(row.measures if in_force else row.described), small)


def _joined(*parts: str) -> str:
    return "　".join(part for part in parts if part)


def _wish(row: Expectation, looker: Looker) -> Wish:
    eyes = looker.eyes
    due = times.moment(row.due_at, looker.now) if row.due_at else ""
    weight = expecting.weight_of(row)
    return Wish(
        rank=row.rank,
        said=eyes.text(row.said),
        precise=eyes.text("　".join(part for part in (row.precise, due) if part)),
        change=_change(row),
        source=str(row.get_source_display()),
        hard=row.source == "personal",
        weight=str(Weight(weight).label) if weight else "",
        tone=WEIGHTS.get(Weight(weight), "line") if weight else "line",
        answer=eyes.text(row.replacement or row.alternative),
        open=(row.fuzzy and not row.is_precise) or row.hidden or not row.settled,
        url=looker.step("settle", row.pk),
    )


def _change(row: Expectation) -> str:
    """What was made of it, or what is still to be made: from fuzzy to precise, and so on (S3-36 to S3-38)."""
    if row.fuzzy:
        return _("fuzzy → precise") if row.is_precise else _("still fuzzy")
    if row.implicit:
        return _("unspoken → spoken") if not row.hidden else _("not confirmed yet")
    if row.unrealistic:
        return _("unrealistic → possible") if row.settled else _("nothing in its place yet")
    return _("clear")


def _figures(looker: Looker, talks: expecting.Talks) -> Figures:
    complaint = looker.complaint
    amounts = [one.amount for one in talks.expectations if one.amount is not None]
    opening = talks.sheet.opening if talks.sheet is not None else None
    principle = talks.principle
    reserve = None
    if opening is not None:
        reserve = bottom_line.reserve(complaint, complaint.owner, principle, opening)
    return Figures(
        asked=max(amounts, default=None),
        opening=opening,
        usual=expecting.standard(catalogue.of(complaint, looker.pack), complaint),
        limit=principle.amount if principle is not None else None,
        reserve=reserve,
    )


def _above(looker: Looker, talks: expecting.Talks) -> list[str]:
    sold_under = catalogue.of(looker.complaint, looker.pack)
    demands = list(looker.complaint.demands.filter(dropped_at=None))
    found = expecting.above_norm(sold_under, looker.complaint, talks.expectations, demands)
    return [plan_warnings.first_condition(one) for one in found]


def _step(row: Concession, looker: Looker) -> Step:
    eyes = looker.eyes
    return Step(
        times.moment(row.at, looker.now), row.before, row.amount, eyes.text(row.reason), eyes.text(row.obtained)
    )


def _law(law: Assessment) -> Law:
    return Law(
        rows=tuple(_basis(one) for one in law.results),
        ceiling=law.ceiling,
        owed=law.owed,
        read_on=str(law.results[0].basis.read_on),
    )


def _basis(one: Result) -> BasisRow:
    listed = one.against or one.missing
    words = str(_(", ")).join(str(condition.title) for condition in listed)
    state = "ok" if one.established else "no" if one.against else "open"
    return BasisRow(str(one.basis.title), one.basis.source, one.amount, state, words)


def _like(row: similar.Alike, looker: Looker) -> LikeRow:
    case = row.complaint
    address = reverse("desk:case", args=(case.number,))
    title = looker.eyes.text(row.option) or title_in_list(looker.person, case)
    return LikeRow(address, title, row.outcome, row.cost, row.satisfied)
