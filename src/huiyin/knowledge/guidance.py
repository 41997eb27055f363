"""Guidance at the right moment: cards, scripts with their slots filled, a playbook, facts. It suggests, never decides.

One pass over the shelves that speak now; what a customer should not hear yet (suggestions while his matter is open) is
left out here, so that no page can show it by mistake (S2-32, S2-47).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Q

from huiyin.knowledge import course, queries
from huiyin.knowledge.course import Place, Stage
from huiyin.knowledge.kinds import Kind
from huiyin.knowledge.models import Dismissal, Entry
from huiyin.knowledge.reading import texts_of
from huiyin.knowledge.seeds import CODE
from huiyin.knowledge.showing import shown
from huiyin.knowledge.situation import ANGRY, ANXIOUS, CALM, DISAPPOINTED, HOSTILE, Situation
from huiyin.knowledge.slots import Filled, fill
from huiyin.knowledge.taboos import TABOOS, Taboo
from huiyin.knowledge.vocabulary import ANY
from huiyin.language.fold import tokens
from huiyin.people.models import Person

AFTER = ("recommend", "recommending")
MOST_SCRIPTS, MOST_CARDS, MOST_FACTS = 12, 6, 4
# Scripts that may be wanted in a state, the likeliest first.
STEPS_OF: Mapping[str, tuple[str, ...]] = {
    "received": ("acknowledge", "soothe", "offer_help", "greeting"),
    "acknowledged": ("restate", "ask", "register", "soothe", "check_and_call_back", "progress"),
    "registered": ("register", "progress", "check_and_call_back", "ask"),
    "investigating": ("investigate", "progress", "check_and_call_back", "ask"),
    "analysed": ("progress", "explain"),
    "explaining": ("explain", "refuse", "check_and_call_back"),
    "planning": ("plan", "progress", "consent"),
    "approving": ("plan", "progress", "consent"),
    "offering": ("offer", "refuse", "consent"),
    "executing": ("execute", "progress"),
    "following_up": ("follow_up", "farewell"),
    "reviewing": ("review", "follow_up", "recommend", "farewell"),
    "closed": ("recommend", "farewell"),
}
# What a form is about, where that says more than the state does.
STEPS_OF_FORM: Mapping[str, tuple[str, ...]] = {
    "acknowledge": ("acknowledge", "soothe", "offer_help"),
    "register": ("restate", "register", "ask"),
    "unknown": ("check_and_call_back",),
    "promise": ("progress",),
    "extend": ("progress",),
    "explain": ("explain",),
    "conclude_explanation": ("explain", "farewell"),
    "offer": ("offer",),
    "choose": ("offer", "execute"),
    "replan": ("soothe", "progress"),
    "refuse_above_standard": ("refuse",),
    "tell": ("execute",),
    "finish_execution": ("execute",),
    "callback": ("follow_up", "farewell"),
    "accept": ("follow_up", "farewell"),
    "dissatisfied": ("soothe", "progress"),
    "close": ("farewell",),
}
MOMENTS_OF: Mapping[str, tuple[str, ...]] = {
    "received": ("first_contact", "warm"),
    "acknowledged": ("restating",),
    "registered": ("investigating",),
    "investigating": ("investigating", "not_knowing"),
    "analysed": ("bad_news",),
    "explaining": ("bad_news", "refusing"),
    "planning": ("negotiating", "confidence"),
    "approving": ("confidence",),
    "offering": ("offering", "excessive_demand"),
    "executing": ("following_up",),
    "following_up": ("following_up", "after_call"),
    "reviewing": ("recommending", "after_call"),
    "closed": ("recommending",),
}
MOMENTS_OF_FORM: Mapping[str, tuple[str, ...]] = {
    "unknown": ("not_knowing",),
    "refuse_above_standard": ("refusing",),
    "owner": ("handover",),
    "plan": ("negotiating",),
    "draft_plan": ("negotiating", "excessive_demand"),
}
# Callers whose manner asks for a card of its own, and for words to hold them by.
SPECIAL = ("crisis", "media", "rights", "help", "harassment")
FEELINGS = {CALM: "calm", ANXIOUS: "anxious", DISAPPOINTED: "disappointed", ANGRY: "angry", HOSTILE: "hostile"}
# Which scenes a category of the packs is about, by its last part.
SCENES_OF: Mapping[str, tuple[str, ...]] = {
    "quality": ("damage", "fault"),
    "courier": ("attitude",),
    "after_sales": ("waiting", "repair"),
    "usage": ("fault",),
    "not_received": ("lost",),
    "coverage": ("signal",),
    "network": ("signal", "outage", "dropped_call"),
    "fees": ("billing", "charge"),
}


@dataclass(frozen=True)
class Script:
    """A script ready to be said: filled from the case, with what is still open."""

    entry: Entry
    filled: Filled


@dataclass(frozen=True)
class Guidance:
    """What the shelves have to say to one situation."""

    situation: Situation
    cards: tuple[Entry, ...]
    scripts: tuple[Script, ...]
    playbook: Entry | None
    facts: tuple[Entry, ...]
    # The holding words of the playbook, ready to be said.
    hold: Script | None = None

    @property
    def taboos(self) -> tuple[Taboo, ...]:
        """Read before any contact; a closed matter has none ahead."""
        return TABOOS if self.situation.state != "closed" else ()

    @cached_property
    def course(self) -> tuple[Place, ...]:
        return course.course(self.situation)

    @property
    def now(self) -> Stage | None:
        return course.now(self.course)

    @property
    def suggestions(self) -> tuple[Script, ...]:
        """Reminders and suggestions, there only when the matter is resolved (S2-47)."""
        return tuple(one for one in self.scripts if one.entry.topic in AFTER)


def guide(situation: Situation, person: Person | None = None, about: str = "") -> Guidance:
    """What to have at hand now, in four queries; `about` names the matter in which this person put cards aside."""
    steps, moments = steps_now(situation), moments_now(situation)
    wanted = (
        Q(kind=Kind.SCRIPT, topic__in=steps)
        | Q(kind=Kind.CARD, topic__in=moments)
        | Q(kind=Kind.PLAYBOOK, topic__in=[*situation.callers, *ANY])
    )
    rows = list(Entry.objects.filter(wanted, retired_at=None).defer("offered"))
    aside = _put_aside(person, about)
    near = Nearness(situation)
    cards = [row for row in rows if row.kind == Kind.CARD and row.pk not in aside]
    cards.sort(key=lambda row: (-near.of(row), row.code))
    scripts = [row for row in rows if row.kind == Kind.SCRIPT]
    scripts.sort(key=lambda row: (not near.fits(row), -near.of(row), row.code))
    playbook = _playbook([row for row in rows if row.kind == Kind.PLAYBOOK], situation, near)
    return Guidance(
        situation,
        tuple(_mixed(cards, moments)[:MOST_CARDS]),
        tuple(Script(row, filled(row.content["text"], situation)) for row in _mixed(scripts, steps)[:MOST_SCRIPTS]),
        playbook,
        tuple(_facts(situation, near)),
        _hold(playbook, situation),
    )


def filled(text: str, situation: Situation) -> Filled:
    """A script in the customer's letters, filled from the case."""
    return fill(shown(text, situation.language), situation.slots)


def steps_now(situation: Situation) -> list[str]:
    """The steps whose scripts may be wanted: the mood first where somebody is upset, suggestions only at the end."""
    steps = [*STEPS_OF_FORM.get(situation.step, STEPS_OF.get(situation.state, ()))]
    if situation.upset and not situation.soothed:
        steps = ["soothe", *(step for step in steps if step != "soothe")]
    if any(caller in SPECIAL for caller in situation.callers):
        steps.append("hold")
    return [step for step in steps if step not in AFTER or situation.resolved]


def moments_now(situation: Situation) -> list[str]:
    """The moments whose cards are shown. The card against hostility comes at that level alone (S0-36)."""
    feeling = [FEELINGS[situation.emotion]] if situation.emotion in FEELINGS and not situation.resolved else []
    feeling += [caller for caller in situation.callers if caller in SPECIAL]
    moments = [*feeling, *MOMENTS_OF_FORM.get(situation.step, MOMENTS_OF.get(situation.state, ()))]
    if not situation.spoken_to:
        moments.append("before_contact")
    if situation.escalated:
        moments += ["confidence", "excessive_demand"]
    return [moment for moment in dict.fromkeys(moments) if moment not in AFTER or situation.resolved]


class Nearness:
    """How near an entry is to what happened: its scene first, then the words they share."""

    def __init__(self, situation: Situation) -> None:
        self.scenes = scenes_of(situation.category) | set(situation.callers)
        self.words = set(tokens(f"{situation.words} {situation.product}").split())
        self.product = situation.product.strip()

    def fits(self, row: Entry) -> bool:
        """Whether its scene is this one, or it is for every scene."""
        return row.scene in ANY or row.scene in self.scenes or self.shares(row)

    def shares(self, row: Entry) -> bool:
        """Whether the case itself speaks of what its title speaks of, as of milk powder for a child (S0-32)."""
        return bool(self._pairs(row.title) & self.words)

    def of(self, row: Entry) -> float:
        said = self._pairs(" ".join(texts_of(row.kind, row.content)))
        about = 3.0 * (row.scene in self.scenes) + 2.0 * len(self._pairs(row.title) & self.words)
        names = [name for name in row.content.get("product", ()) if name]
        about += 6.0 * any(name in self.product or self.product in name for name in names if self.product)
        return about + len(said & self.words) / (1 + len(said)) * 4

    @staticmethod
    def _pairs(text: str) -> set[str]:
        return {token for token in tokens(text).split() if len(token) > 1}


def scenes_of(category: str) -> set[str]:
    """The scenes of a category: its own last part, and what it is known to be about."""
    parts = [part for part in category.split(".") if part]
    found = set(parts)
    for part in reversed(parts):
        if part in SCENES_OF:
            return found | set(SCENES_OF[part])
        break
    return found


def _mixed(entries: list[Entry], topics: list[str]) -> list[Entry]:
    """The best of each topic first, so that none crowds out the others."""
    filed: dict[str, list[Entry]] = {topic: [] for topic in topics}
    for row in entries:
        filed[row.topic].append(row)
    ranked = [(place, topics.index(topic), row) for topic, rows in filed.items() for place, row in enumerate(rows)]
    return [row for _place, _step, row in sorted(ranked, key=lambda one: one[:2])]


def _playbook(rows: list[Entry], situation: Situation, near: Nearness) -> Entry | None:
    """The one that fits caller and scene, the gravest caller first; one for any caller where its scene fits (S2-42)."""
    order = {caller: place for place, caller in enumerate(situation.callers)}

    def rank(row: Entry) -> tuple[int, bool, float, str]:
        return order.get(row.topic, len(order)), row.scene not in near.scenes, -near.of(row), row.code

    fitting = [row for row in rows if row.topic not in ANY or row.scene in near.scenes]
    fitting = [row for row in fitting if row.scene in ANY or row.scene in near.scenes]
    return min(fitting, key=rank, default=None)


def _hold(playbook: Entry | None, situation: Situation) -> Script | None:
    """The holding words of a playbook: a script by its code, or words of its own."""
    named = playbook.content["hold_script"].strip() if playbook else ""
    if playbook is None or not named:
        return None
    script = Entry.objects.filter(kind=Kind.SCRIPT, code=named, retired_at=None).first()
    return (
        Script(script, filled(script.content["text"], situation)) if script else _own_words(playbook, named, situation)
    )


def crisis_sheet(situation: Situation) -> tuple[Entry, Script | None] | None:
    """The playbook for somebody in danger of his life, with its holding words: what opens instead of advice (S2-48)."""
    rows = Entry.objects.filter(kind=Kind.PLAYBOOK, topic="help", scene="crisis", retired_at=None)
    row = rows.order_by("code").first()
    return (row, _hold(row, situation)) if row else None


def _own_words(playbook: Entry, text: str, situation: Situation) -> Script | None:
    """Words that stand in the playbook itself; a code that no script has any more is none."""
    return None if CODE.fullmatch(text) else Script(playbook, filled(text, situation))


def _facts(situation: Situation, near: Nearness) -> Iterable[Entry]:
    """Facts that hold on this day and touch the product or the scene; an expired one is never offered (S0-39)."""
    if situation.step == "" and situation.state == "closed":
        return ()
    rows = [row for row in queries.facts_on(situation.on).defer("offered") if _about(row, near)]
    rows.sort(key=lambda row: (-near.of(row), row.code))
    return rows[:MOST_FACTS]


def _about(row: Entry, near: Nearness) -> bool:
    products = [name for name in row.content.get("product", ()) if name]
    if products and near.product and any(name in near.product or near.product in name for name in products):
        return True
    return bool(row.scene) and row.scene in near.scenes and not products


def _put_aside(person: Person | None, about: str) -> set[int]:
    if person is None or not about:
        return set()
    return set(Dismissal.objects.filter(person=person, about=about).values_list("entry_id", flat=True))
