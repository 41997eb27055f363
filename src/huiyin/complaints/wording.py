"""What the coach may know of a case, filled from its rows (decision 14): the same while somebody writes and when he
sends, on every way out.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from math import ceil

from huiyin.complaints import catalogue, promises
from huiyin.complaints.models import (
    Complaint,
    Direction,
    Emotion,
    EmotionEntry,
    Finding,
    Interaction,
    Option,
    Promise,
    PromiseKind,
    RemedyLine,
    Side,
)
from huiyin.complaints.states import GROUPS, Group, Outcome, State
from huiyin.knowledge import coach, library
from huiyin.knowledge.coach import Established, Limits, Mark, Turn
from huiyin.people.models import Person
from huiyin.policy.packs.schema import Pack

# While a case is in one of these states the customer always knows when he hears next (S2-23).
WAITING = frozenset({State.ACKNOWLEDGED, State.REGISTERED, State.INVESTIGATING, State.ANALYSED, State.PLANNING,
                     State.APPROVING, State.EXECUTING})  # fmt: skip
# With these moves we take leave of the customer.
LEAVING = frozenset({"conclude_explanation", "accept", "refuse_above_standard", "settle_externally", "close"})
# A small case is settled without a finding; from then on nothing is judged by one that was never made.
UNJUDGED = frozenset({State.EXECUTING, *GROUPS[Group.CLOSING]})
SETTLING = "settle_at_once"
# With these moves a plan goes out whose amounts the guards of the move have measured already.
OFFERING = frozenset({"offer", "approve", SETTLING})
GRANTED = (Option.Status.APPROVED, Option.Status.OFFERED, Option.Status.CHOSEN, Option.Status.EXECUTED)
FOUND = {
    Side.COMPANY: Established.COMPANY,
    Side.HANDLING: Established.COMPANY,
    Side.PARTNER: Established.PARTNER,
    Side.THIRD_PARTY: Established.PARTNER,
    Side.CUSTOMER: Established.CUSTOMER,
}
# So many words back are read for danger; so many promises kept lately are compared, of so many at least.
LATEST, COMPARED, ENOUGH = 6, 300, 20
HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Writing:
    """What is known of a message besides its words: who writes, with which move, what he promises, which apology."""

    person: Person | None = None
    move: str = ""
    next_at: datetime | None = None
    apology: str = ""


def read(complaint: Complaint, text: str, writing: Writing, *, at: datetime) -> tuple[Mark, ...]:
    """What the coach says to a text in this case, in the order of its words."""
    return coach.check(text, context_of(complaint, text, writing, at=at), library.current())


def context_of(complaint: Complaint, text: str, writing: Writing, *, at: datetime) -> coach.Context:
    """All the coach may know of the case: a few queries, and none for what the text says nothing of."""
    pack = promises.base_pack(complaint)
    said = list(
        Interaction.objects.filter(complaint=complaint)
        .exclude(direction=Direction.NOTE)
        .order_by("-at", "-pk")
        .values_list("direction", "text")[:LATEST]
    )
    ahead = promises.ahead(complaint, at)
    return coach.Context(
        step=writing.move,
        scene=scene_of(complaint),
        names_a_time=writing.next_at is not None or bool(ahead),
        waiting=complaint.state in WAITING,
        turn=_turn(writing.move, any(direction == Direction.OUT for direction, _words in said)),
        finding=_finding(complaint, writing.move) if coach.touches_fault(text) else "",
        apology=writing.apology,
        open_promises=len(ahead),
        limits=_limits(complaint, text, pack, writing),
        promised_in=writing.next_at - at if writing.next_at else None,
        past_p90=_usual(complaint, text, pack, writing),
        resolved=complaint.outcome == Outcome.RESOLVED_ACCEPTED and is_resolved(complaint, _emotion(complaint)),
        danger=any(coach.in_danger(words) for direction, words in said if direction == Direction.IN),
        liability_any_time=pack.settings.apology_liability == "any_time",
        scene_words=pack.settings.apology_scene_words,
        levels=pack.settings.coach_levels,
    )


def scene_of(complaint: Complaint) -> str:
    """The customer's own words about what happened; an apology must touch them (S0-11)."""
    form = getattr(complaint, "registration", None)
    return " ".join([complaint.title, complaint.text, form.matter if form else "", form.object if form else ""])


def is_resolved(complaint: Complaint, emotion: int) -> bool:
    """Whether the customer accepted the outcome and is calm: only then anything is suggested to him (AMB-17)."""
    return complaint.outcome == Outcome.RESOLVED_ACCEPTED and emotion <= Emotion.CALM


def usual_time(category: str, percentile: int) -> timedelta | None:
    """Within which time nine of ten promises to customers were kept lately, in cases of this category where there are
    enough of them; None where too few were kept to tell (S3-30).
    """
    kept = Promise.objects.filter(kind=PromiseKind.SPOKEN, kept_at__isnull=False).order_by("-pk")
    rows = list(kept.values_list("complaint__category", "made_at", "kept_at")[:COMPARED])
    here = [row for row in rows if row[0] == category]
    spans = sorted(ended - made for _category, made, ended in (here if len(here) >= ENOUGH else rows) if ended)
    return spans[ceil(len(spans) * percentile / 100) - 1] if len(spans) >= ENOUGH else None


def _usual(complaint: Complaint, text: str, pack: Pack, writing: Writing) -> timedelta | None:
    promised = writing.next_at is not None or coach.named_in(text)
    return usual_time(complaint.category, pack.settings.promise_percentile) if promised else None


def _turn(move: str, spoken_before: bool) -> str:
    if move in LEAVING:
        return Turn.LAST
    return Turn.ANY if spoken_before else Turn.FIRST


def _emotion(complaint: Complaint) -> int:
    row = EmotionEntry.objects.filter(complaint=complaint).order_by("-at", "-pk").first()
    return row.level if row else 0


def _finding(complaint: Complaint, move: str) -> str:
    found = Finding.objects.filter(complaint=complaint).order_by("-round").values_list("side", flat=True).first()
    if found is not None:
        return FOUND[Side(found)]
    return Established.UNKNOWN if move == SETTLING or complaint.state in UNJUDGED else Established.UNDECIDED


def _limits(complaint: Complaint, text: str, pack: Pack, writing: Writing) -> Limits:
    """What may be promised: within the writer's authority or what was granted here, from the catalogue (S2-09)."""
    due = _due_with(complaint, writing.next_at) if writing.next_at else 0
    most = pack.settings.promises_in_an_hour
    if not coach.gives(text):
        return Limits(due_in_that_hour=due, most_in_an_hour=most)
    statuses = (*GRANTED, Option.Status.DRAFT) if writing.move in OFFERING else GRANTED
    lines = RemedyLine.objects.filter(option__plan__complaint=complaint, option__status__in=statuses)
    granted = list(lines.values_list("option", "remedy", "amount"))
    codes = {remedy for _option, remedy, _amount in granted}
    return Limits(
        amount=_most(pack, writing.person, granted),
        remedies=_kinds(catalogue.of(complaint, pack), complaint.category, codes),
        due_in_that_hour=due,
        most_in_an_hour=most,
    )


def _most(pack: Pack, person: Person | None, granted: list[tuple[int, str, Decimal]]) -> Decimal | None:
    """The highest amount the writer may name as ours to give; None where nothing limits him."""
    if person is None or not pack.authority:
        return None
    own = [limit.per_case for limit in pack.authority if limit.role in person.role_codes]
    if None in own:
        return None
    options: dict[int, Decimal] = {}
    for option, _remedy, amount in granted:
        options[option] = options.get(option, Decimal(0)) + amount
    return max([*(limit for limit in own if limit is not None), *options.values()], default=Decimal(0))


def _kinds(pack: Pack, category: str, granted: set[str]) -> frozenset[str] | None:
    """The kinds of remedies on offer in this case; None where the pack has no catalogue."""
    if not pack.remedies:
        return None
    offered = {remedy.kind for remedy in pack.remedies if not category or remedy.fits(category)}
    offered |= {remedy.kind for remedy in pack.remedies if remedy.code in granted}
    by_law = any(remedy.basis for remedy in pack.remedies if remedy.code in granted)
    return frozenset(offered | ({"goodwill"} if pack.goodwill else set()) | ({"punitive"} if by_law else set()))


def _due_with(complaint: Complaint, due_at: datetime) -> int:
    """How many promises of the same owner fall due in that hour already."""
    begin = due_at.replace(minute=0, second=0, microsecond=0)
    running = Promise.objects.filter(kind=PromiseKind.SPOKEN, ended_at=None, due_at__gte=begin, due_at__lt=begin + HOUR)
    return running.filter(complaint__owner=complaint.owner_id).count() if complaint.owner_id else 0
