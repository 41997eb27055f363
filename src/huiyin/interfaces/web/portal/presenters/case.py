"""The page of one case, ready to be drawn."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import CustomerAnswer
from huiyin.complaints.states import GROUPS, Group
from huiyin.files.models import StoredFile
from huiyin.interfaces.web.components.clocks import Clock
from huiyin.interfaces.web.components.rails import PORTAL_STEP_OF
from huiyin.interfaces.web.portal import acts, asked, names
from huiyin.interfaces.web.portal.presenters import choices, promised, standing, story
from huiyin.interfaces.web.portal.presenters.choices import Choice, Doing
from huiyin.interfaces.web.portal.presenters.promised import Promised
from huiyin.interfaces.web.portal.presenters.story import Item
from huiyin.interfaces.web.portal.reading import Facts

LATEST = 4
QUOTED = 160
# From here on what was said in an earlier stage is about something he has answered since.
NEW_MATTER = frozenset((*GROUPS[Group.EXECUTION], *GROUPS[Group.CLOSING]))
Kind = CustomerAnswer.Kind
CONDITIONS: dict[str, str | LazyText] = {
    "goods_confirmed": _("The goods have arrived and are in order"),
    "solution_accepted": _("The matter is settled for me"),
    "refund_arrived": _("The money has arrived"),
}


@dataclass(frozen=True)
class Quote:
    """What we said last: a message, cut where it is long."""

    at: datetime
    name: str
    text: str
    cut: bool


@dataclass(frozen=True)
class Page:
    """Everything the page shows; templates decide nothing but the look."""

    number: str
    title: str
    state: str
    place: int
    labels: tuple[str | LazyText, ...] | None
    headline: str
    said: Quote | None
    next: list[str]
    clock: Clock | None
    promises: list[Promised]
    choices: list[Choice]
    doing: list[Doing]
    latest: list[Item]
    story: list[Item]
    acts: frozenset[str]
    owner: str
    round: int
    nudges: int
    nudged_at: datetime | None
    asked_person_at: datetime | None
    withdrawn_at: datetime | None
    asked_reopening_at: datetime | None
    rated: int | None
    condition: str | LazyText
    reopen_until: datetime | None
    days_left: int
    from_us: list[StoredFile]
    outside_phone: str
    seen: int


def page(facts: Facts) -> Page:
    complaint, lines = facts.complaint, story.told(facts)
    return Page(
        number=complaint.number,
        title=complaint.title,
        state=complaint.state,
        place=PORTAL_STEP_OF[complaint.state],
        labels=standing.labels(facts),
        headline=standing.headline(facts),
        said=_said(facts),
        next=standing.next_lines(facts),
        clock=promised.nearest(facts),
        promises=promised.made(facts),
        choices=choices.offered(facts),
        doing=choices.being_done(facts),
        latest=list(reversed(lines))[:LATEST],
        story=lines,
        acts=acts.open_now(facts),
        owner=names.shown(facts.owner),
        round=complaint.round,
        nudges=sum(row.kind == Kind.NUDGE for row in facts.answers),
        rated=_rated(facts),
        condition=_condition(facts),
        reopen_until=_reopen_until(facts),
        days_left=asked.days_left(facts),
        from_us=[file for file in facts.files if file.public_to_customer],
        outside_phone=facts.pack.settings.outside_phone,
        seen=facts.seen,
        nudged_at=_when(facts, Kind.NUDGE),
        asked_person_at=_when(facts, Kind.ASK_SUPERIOR) or _when(facts, Kind.ASK_PERSON),
        withdrawn_at=_when(facts, Kind.WITHDRAW),
        asked_reopening_at=_when(facts, Kind.REOPEN),
    )


def _said(facts: Facts) -> Quote | None:
    row = facts.latest_from_us
    if row is None or (facts.state in NEW_MATTER and row.at < facts.complaint.stage_since):
        return None
    name = names.shown(facts.people.get(row.person_id or 0))
    text = row.text.strip()
    return Quote(row.at, name, text[:QUOTED].rstrip(), cut=len(text) > QUOTED)


def _when(facts: Facts, kind: Kind) -> datetime | None:
    row = facts.answered(kind)
    return row.at if row else None


def _rated(facts: Facts) -> int | None:
    row = facts.answered(Kind.RATE)
    return row.score if row else None


def _condition(facts: Facts) -> str | LazyText:
    """What must be true for the matter to be over, where the category names it."""
    known = {category.code: category.end_condition for category in facts.pack.categories}
    return CONDITIONS.get(known.get(facts.complaint.category, ""), "")


def _reopen_until(facts: Facts) -> datetime | None:
    closed_at = facts.complaint.closed_at
    return closed_at and closed_at + timedelta(days=facts.pack.settings.repeat_window_days)
