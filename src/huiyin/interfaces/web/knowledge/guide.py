"""The guide beside a case: what is at hand for whoever speaks next, ready to be put into the message."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import get_language

from huiyin.complaints.models import Complaint
from huiyin.complaints.situation import situation
from huiyin.interfaces.web.desk import addresses
from huiyin.interfaces.web.desk.presenters.looker import Looker
from huiyin.interfaces.web.knowledge import shown
from huiyin.interfaces.web.knowledge.shown import Piece
from huiyin.knowledge import advising, finding, guidance
from huiyin.knowledge.advising import Asked
from huiyin.knowledge.course import Place, Stage
from huiyin.knowledge.guidance import Script
from huiyin.knowledge.kinds import ROLES, Kind
from huiyin.knowledge.models import Entry
from huiyin.knowledge.showing import written_in
from huiyin.knowledge.situation import Situation
from huiyin.knowledge.slots import Filled
from huiyin.knowledge.taboos import Taboo
from huiyin.knowledge.vocabulary import CONTENTS, PERSONALITIES, PURPOSES, SLOTS_OF_ADVICE, STEPS, Names, name_of
from huiyin.people.models import Person
from huiyin.people.roles import can

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

MOST_FOUND = 8


@dataclass(frozen=True)
class Card:
    """A coaching card, or the way of a piece of advice, in the reader's letters."""

    entry: Entry
    title: str
    text: str
    do: tuple[str, ...]
    avoid: tuple[str, ...]
    url: str


@dataclass(frozen=True)
class Words:
    """Words ready to be put into a message; `missing` slots are still marked in them."""

    title: str
    step: str
    text: str
    pieces: tuple[Piece, ...]
    missing: tuple[str, ...]
    uses: str
    url: str


@dataclass(frozen=True)
class Playbook:
    entry: Entry
    title: str
    caller: str
    scene: str
    steps: tuple[dict[str, str], ...]
    must_not: tuple[str, ...]
    notify: tuple[str, ...]
    counter_measures: tuple[str, ...]
    hold: Words | None
    url: str


@dataclass(frozen=True)
class Fact:
    entry: Entry
    title: str
    text: str
    source: str
    url: str


@dataclass(frozen=True)
class Advice:
    """The advice for three choices, with what they are chosen from."""

    choices: tuple[tuple[str, "str | _StrPromise", tuple[tuple[str, "str | _StrPromise", bool], ...]], ...]
    rows: tuple[tuple[Card, str], ...]


@dataclass(frozen=True)
class Guide:
    """What the pane shows to one reader of one case."""

    complaint: Complaint
    step: str
    lang: str
    course: tuple[Place, ...]
    now: Stage | None
    cards: tuple[Card, ...]
    scripts: tuple[Words, ...]
    suggestions: tuple[Words, ...]
    playbook: Playbook | None
    facts: tuple[Fact, ...]
    taboos: tuple[Taboo, ...]
    resolved: bool
    may_note: bool
    speaks: bool
    unknown_url: str
    opportunity_url: str


def told(person: Person, complaint: Complaint, now: datetime, step: str = "") -> Situation:
    return situation(complaint, person, at=now, step=step, company=settings.HUIYIN_ORGANISATION)


def guide(person: Person, complaint: Complaint, now: datetime, step: str = "") -> Guide:
    """Everything the shelves have to say to this case now."""
    found = guidance.guide(told(person, complaint, now, step), person, complaint.number)
    suggestions = {one.entry.pk for one in found.suggestions}
    ready = [(one.entry.pk, words(one.entry, one.filled)) for one in found.scripts]
    return Guide(
        complaint=complaint,
        step=step,
        lang=written_in(get_language() or ""),
        course=found.course,
        now=found.now,
        cards=tuple(card(row) for row in found.cards),
        scripts=tuple(one for pk, one in ready if pk not in suggestions),
        suggestions=tuple(one for pk, one in ready if pk in suggestions),
        playbook=_playbook(found.playbook, found.hold) if found.playbook else None,
        facts=tuple(fact(row) for row in found.facts),
        taboos=found.taboos,
        resolved=found.situation.resolved,
        may_note=can(person, "complaint.note"),
        speaks=can(person, "complaint.message"),
        unknown_url=addresses.step(complaint.number, "unknown"),
        opportunity_url=addresses.step(complaint.number, "opportunity"),
    )


def of_looker(looker: Looker) -> Guide:
    """The guide as a tab of the side panel."""
    return guide(looker.person, looker.complaint, looker.now)


def card(row: Entry) -> Card:
    content = row.content
    return Card(
        entry=row,
        title=shown.own_words(row.title),
        text=shown.own_words(content["text"]),
        do=tuple(shown.own_words(text) for text in content.get("do", ())),
        avoid=tuple(shown.own_words(text) for text in content.get("avoid", ())),
        url=shown.address(row.kind, row.code),
    )


def words(row: Entry, filled: Filled) -> Words:
    """A script as it can be inserted, in the customer's letters."""
    return Words(
        title=shown.own_words(row.title),
        step=name_of(STEPS, row.topic),
        text=filled.text,
        pieces=shown.pieces(filled.text),
        missing=filled.missing,
        uses=f"{row.kind}:{row.code}@{row.version}",
        url=shown.address(row.kind, row.code),
    )


def fact(row: Entry) -> Fact:
    return Fact(
        row,
        shown.own_words(row.title),
        shown.own_words(row.content["text"]),
        shown.own_words(row.content["source"]),
        shown.address(row.kind, row.code),
    )


def crisis_sheet(person: Person, complaint: Complaint, now: datetime) -> Playbook | None:
    """What to do where somebody's life is in danger; opens in place of the coach's findings."""
    sheet = guidance.crisis_sheet(told(person, complaint, now))
    return _playbook(*sheet) if sheet else None


def _playbook(row: Entry, hold: Script | None) -> Playbook:
    content = row.content
    caller, scene = shown.filed(row)

    def lines(name: str) -> tuple[str, ...]:
        return tuple(shown.own_words(text) for text in content[name])

    return Playbook(
        entry=row,
        title=shown.own_words(row.title),
        caller=caller,
        scene=scene,
        steps=tuple({part: shown.own_words(text) for part, text in one.items()} for one in content["steps"]),
        must_not=lines("must_not"),
        notify=tuple(name_of(ROLES, code) for code in content["notify"]),
        counter_measures=lines("counter_measures"),
        hold=words(hold.entry, hold.filled) if hold else None,
        url=shown.address(row.kind, row.code),
    )


@dataclass(frozen=True)
class Answers:
    """What a question typed beside the case found: words to say, and facts that hold."""

    asked: str
    scripts: tuple[Words, ...]
    facts: tuple[Fact, ...]


def answers(person: Person, complaint: Complaint, now: datetime, asked: str) -> Answers:
    """Scripts and facts that answer a question, the best first; what has run out is left out (S0-39, S2-35)."""
    about = told(person, complaint, now)
    hits = finding.find(asked, kinds=(Kind.SCRIPT, Kind.FACT), on=about.on, most=4 * MOST_FOUND)
    rows = [hit.entry for hit in hits]
    scripts = [row for row in rows if row.kind == Kind.SCRIPT and (about.resolved or row.topic not in guidance.AFTER)]
    holding = [row for row in rows if row.kind == Kind.FACT and _holds(row, about)]
    return Answers(
        asked,
        tuple(words(row, guidance.filled(row.content["text"], about)) for row in scripts[:MOST_FOUND]),
        tuple(fact(row) for row in holding[:MOST_FOUND]),
    )


def _holds(row: Entry, about: Situation) -> bool:
    begun = row.valid_from is None or row.valid_from <= about.on
    return begun and (row.valid_to is None or row.valid_to >= about.on)


def advice(given: Mapping[str, str], complaint: Complaint, kind: str) -> Advice:
    """The advice for what was chosen; what it is about is taken from the case until somebody chooses (S2-13)."""
    lists: dict[str, Names] = {"content": CONTENTS, "purpose": PURPOSES, "personality": PERSONALITIES}
    chosen = {name: given.get(name, "") if given.get(name) in names else "any" for name, names in lists.items()}
    if "content" not in given:
        chosen["content"] = _content_of(complaint.category, kind)
    rows = advising.advice(Asked(**chosen))[:3]
    choices = tuple(
        (name, SLOTS_OF_ADVICE[name], tuple((code, label, code == chosen[name]) for code, label in names.items()))
        for name, names in lists.items()
    )
    return Advice(choices, tuple((_advised(row), shown.own_words(row.content["source"])) for row in rows))


def _advised(row: Entry) -> Card:
    text = shown.own_words(row.content["text"])
    return Card(row, shown.own_words(row.title), text, (), (), shown.address(row.kind, row.code))


def _content_of(category: str, kind: str) -> str:
    """What a case is about, in the words of the advice, from its category and that category's kind."""
    if category.endswith(".price"):
        return "price"
    known = {"product": "product", "service": "service", "misunderstanding": "misunderstanding", "handling": "service"}
    return {**known, "transport": "logistics", "network": "network"}.get(kind, "any")
