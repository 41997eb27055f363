"""Steps that record how well a case was served, and what they add up to."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, promises
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint
from huiyin.complaints.states import State
from huiyin.people import roles
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.policy.packs import schema
from huiyin.policy.packs.schema import Pack, codes
from huiyin.quality import gaps, rules
from huiyin.quality.gaps import Gap, Spread
from huiyin.quality.models import Assessment, Checklist, ChecklistItem, Score
from huiyin.rules import Refusal

# What the customer said is noted by whoever calls back; what an inspector saw, by the inspector.
MAY = {Assessment.Rater.CUSTOMER: "complaint.follow_up", Assessment.Rater.INSPECTOR: "rating.give"}
LOWEST, HIGHEST = 0, 100
RATEABLE = (State.FOLLOWING_UP, State.REVIEWING, State.CLOSED)


class NotWeighed(Refusal):
    rule = rules.WEIGHED_SERVICE
    sentence = _("The packs of this case do not weigh service quality.")
    unblock = _("Load the overlay service_quality; cases received from then on can be assessed.")


class NotWhole(Refusal):
    rule = rules.WHOLE_ASSESSMENT
    sentence = _("Each of these dimensions needs points from 0 to 100: %(dimensions)s.")
    unblock = _("Rate every dimension.")


class BareAttitude(Refusal):
    rule = rules.ATTITUDE_BY_CHECKLIST
    sentence = _("Attitude cannot be marked as a number.")
    unblock = _("Fill its checklist, with an example for each item.")


class ItemWithoutEvidence(Refusal):
    rule = rules.LIST_ITEM_EVIDENCE
    sentence = _("These items say nothing of what was seen or heard: %(items)s.")
    unblock = _("Write an example for each, or mark it as not kept and say what was missing.")


class UnknownChecklist(Refusal):
    rule = rules.LIST_ITEM_EVIDENCE
    sentence = _("The checklist is not the one of the pack, item by item.")
    unblock = _("Answer each item of the list once.")


@dataclass(frozen=True)
class Answer:
    """One item of a checklist: kept or not, and the example that shows it."""

    kept: bool
    evidence: str


@dataclass(frozen=True)
class Marked:
    """A filled checklist: how many items are kept, of how many, as a share of 100."""

    code: str
    title: str
    kept: int
    of: int

    @property
    def share(self) -> Decimal:
        return gaps.share(self.kept, self.of)


@transaction.atomic
def assess(
    complaint_id: int, *, side: str, rater: str, points: Mapping[str, Decimal], actor: Actor, at: datetime
) -> Assessment:
    """Record the points of every dimension (S3-08): what was expected, or what was felt.

    Refuses a case whose packs weigh nothing, a dimension left out or unknown, points beyond 0 to 100, and attitude as
    a number (S3-15).
    """
    complaint = Complaint.objects.locked(complaint_id)
    person = _rater(actor, Assessment.Rater(rater))
    pack = promises.pack_of(complaint)
    weights = _weights(pack)
    by_checklist = {listed.code for listed in pack.checklists if listed.about == "attitude"}
    if by_checklist & set(points):
        raise BareAttitude(missing=tuple(sorted(by_checklist & set(points))))
    short = tuple(code for code in weights if not LOWEST <= points.get(code, LOWEST - 1) <= HIGHEST)
    if short or set(points) != set(weights):
        raise NotWhole(dimensions="、".join(str(one.title) for one in pack.dimensions), missing=short)
    row = Assessment.objects.create(
        complaint=complaint,
        side=Assessment.Side(side),
        rater=Assessment.Rater(rater),
        recorded_by=person,
        recorded_at=at,
    )
    Score.objects.bulk_create(Score(assessment=row, dimension=code, points=points[code]) for code in weights)
    told = {"assessment": row.pk, "side": side, "rater": rater, "points": str(gaps.composite(weights, points))}
    lifecycle.happen(complaint, "quality.assessed", actor=actor, at=at, detail=Detail(told))
    return row


@transaction.atomic
def fill_checklist(
    complaint_id: int, *, code: str, answers: Mapping[str, Answer], actor: Actor, at: datetime
) -> Checklist:
    """Record a checklist of the pack, each item with what shows it (S3-15, S3-17, S3-18)."""
    complaint = Complaint.objects.locked(complaint_id)
    person = _rater(actor, Assessment.Rater.INSPECTOR)
    listed = _checklist(promises.pack_of(complaint), code)
    if set(answers) != set(codes(listed.items)):
        raise UnknownChecklist(missing=tuple(codes(listed.items)))
    bare = [item for item in listed.items if not answers[item.code].evidence.strip()]
    if bare:
        raise ItemWithoutEvidence(
            items="、".join(str(item.title) for item in bare), missing=tuple(item.code for item in bare)
        )
    row = Checklist.objects.create(complaint=complaint, code=code, recorded_by=person, recorded_at=at)
    ChecklistItem.objects.bulk_create(
        ChecklistItem(checklist=row, code=item, kept=answer.kept, evidence=answer.evidence.strip())
        for item, answer in answers.items()
    )
    kept = sum(answer.kept for answer in answers.values())
    told = {"checklist": code, "kept": kept, "of": len(answers)}
    lifecycle.happen(complaint, "quality.checked", actor=actor, at=at, detail=Detail(told))
    return row


@dataclass(frozen=True)
class Rated:
    """What is known of one kind of rater: the newest points of each side, their gap, and how several raters differ."""

    rater: Assessment.Rater
    points: dict[str, dict[str, Decimal]]
    gap: Gap | None
    spread: Spread | None


def ratings_of(complaint: Complaint) -> tuple[Rated, ...]:
    """Give customer and inspector apart, each with the newest ratings (S3-14); two queries.

    Who rated again is counted by the newer rating alone.
    """
    weights = {dimension.code: dimension.weight for dimension in promises.pack_of(complaint).dimensions}
    newest: dict[tuple[str, str], dict[int, dict[str, Decimal]]] = {}
    rows = Assessment.objects.filter(complaint=complaint).order_by("recorded_at", "pk").prefetch_related("scores")
    for row in rows:
        by_rater = newest.setdefault((row.rater, row.side), {})
        by_rater.pop(row.recorded_by_id, None)
        by_rater[row.recorded_by_id] = {score.dimension: score.points for score in row.scores.all()}
    return tuple(_rated(rater, weights, newest) for rater in Assessment.Rater if weights)


def _rated(
    rater: Assessment.Rater, weights: Mapping[str, int], newest: Mapping[tuple[str, str], dict[int, dict[str, Decimal]]]
) -> Rated:
    given = {side: list(newest.get((rater, side), {}).values()) for side in Assessment.Side.values}
    last = {side: found[-1] for side, found in given.items() if found}
    whole = len(last) == len(Assessment.Side.values)
    gap = gaps.gap(weights, last[Assessment.Side.EXPECTED], last[Assessment.Side.ACTUAL]) if whole else None
    return Rated(rater, last, gap, gaps.spread(weights, given[Assessment.Side.ACTUAL]))


def gap_of(complaint: Complaint, *, rater: str = Assessment.Rater.CUSTOMER) -> Gap | None:
    """Give the newest expectation against the newest feeling of this rater; nothing while one of them is missing."""
    return next((one.gap for one in ratings_of(complaint) if one.rater == rater), None)


def rateable() -> QuerySet[Complaint]:
    """Cases an inspector may rate: what was done lies before him, followed up, reviewed or closed."""
    return Complaint.objects.filter(state__in=RATEABLE, merged_into=None)


def checklists_of(complaint: Complaint) -> tuple[Marked, ...]:
    """Give the newest filling of each checklist."""
    titles = {listed.code: str(listed.title) for listed in promises.pack_of(complaint).checklists}
    newest: dict[str, Marked] = {}
    rows = Checklist.objects.filter(complaint=complaint).order_by("recorded_at", "pk").prefetch_related("items")
    for row in rows:
        items = list(row.items.all())
        newest[row.code] = Marked(row.code, titles.get(row.code, row.code), sum(i.kept for i in items), len(items))
    return tuple(newest.values())


def weighed(complaint: Complaint) -> bool:
    """Whether the packs of the case weigh service quality."""
    return bool(promises.pack_of(complaint).dimensions)


def _rater(actor: Actor, rater: Assessment.Rater) -> Person:
    if actor.person is None:
        raise roles.refusal(MAY[rater])
    roles.require(actor.person, MAY[rater])
    return actor.person


def _weights(pack: Pack) -> dict[str, int]:
    if not pack.dimensions:
        raise NotWeighed()
    return {dimension.code: dimension.weight for dimension in pack.dimensions}


def _checklist(pack: Pack, code: str) -> schema.Checklist:
    found = next((listed for listed in pack.checklists if listed.code == code), None)
    if found is None:
        raise UnknownChecklist()
    return found
