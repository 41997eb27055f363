"""The stage rail: thirteen states in five readable groups, and the complainant's five plain steps."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

Words = str | Promise

STATES: dict[str, Words] = {
    "received": gettext_lazy("Received"),
    "acknowledged": gettext_lazy("Acknowledged"),
    "registered": gettext_lazy("Registered"),
    "investigating": gettext_lazy("Investigating"),
    "analysed": gettext_lazy("Analysed"),
    "explaining": gettext_lazy("Explaining"),
    "planning": gettext_lazy("Planning"),
    "approving": gettext_lazy("Awaiting approval"),
    "offering": gettext_lazy("Offering"),
    "executing": gettext_lazy("Executing"),
    "following_up": gettext_lazy("Following up"),
    "reviewing": gettext_lazy("Reviewing"),
    "closed": gettext_lazy("Closed"),
}
SHORT: dict[str, Words] = {
    "received": gettext_lazy("receive"),
    "acknowledged": gettext_lazy("acknowledge"),
    "registered": gettext_lazy("register"),
    "investigating": gettext_lazy("investigate"),
    "analysed": gettext_lazy("settle the finding"),
    "explaining": gettext_lazy("explain"),
    "planning": gettext_lazy("draw up"),
    "approving": gettext_lazy("approve"),
    "offering": gettext_lazy("offer"),
    "executing": gettext_lazy("carry out"),
    "following_up": gettext_lazy("call back"),
    "reviewing": gettext_lazy("review"),
    "closed": gettext_lazy("close"),
}
GROUPS: tuple[tuple[str, Words, tuple[str, ...]], ...] = (
    ("intake", gettext_lazy("Intake"), ("received", "acknowledged", "registered")),
    ("facts", gettext_lazy("Finding out"), ("investigating", "analysed")),
    ("plan", gettext_lazy("Plan"), ("explaining", "planning", "approving", "offering")),
    ("action", gettext_lazy("Carrying out"), ("executing", "following_up")),
    ("wrap_up", gettext_lazy("Wrap-up"), ("reviewing", "closed")),
)
BRANCH = "explaining"  # a side branch: reached only when nothing is to be made good
ORDER = tuple(STATES)
PORTAL_STEPS: tuple[Words, ...] = (
    gettext_lazy("We have it"),
    gettext_lazy("Looked into"),
    gettext_lazy("You choose"),
    gettext_lazy("Carried out"),
    gettext_lazy("We call back"),
)
PORTAL_STEP_OF = {
    **dict.fromkeys(("received", "acknowledged", "registered"), 1),
    **dict.fromkeys(("investigating", "analysed", "planning", "approving"), 2),
    **dict.fromkeys(("explaining", "offering"), 3),
    "executing": 4,
    **dict.fromkeys(("following_up", "reviewing"), 5),
    "closed": 6,
}
TONES = {"closed": "ok", "investigating": "acc"}


@dataclass(frozen=True)
class Segment:
    """One state on the rail; `mark` is y passed, c here, b side branch, empty to come."""

    state: str
    label: Words
    mark: str


@dataclass(frozen=True)
class Group:
    """One of the five groups with its line of small print."""

    key: str
    label: Words
    segments: tuple[Segment, ...]
    status: str  # done, on or empty
    here: str
    note: str


def state_label(state: str) -> Words:
    """The word for a state; an unknown one is shown as it is rather than hidden."""
    return STATES.get(state, state)


def rail(state: str, passed: Collection[str] | None = None, notes: Mapping[str, str] | None = None) -> list[Group]:
    """The five groups for a case in `state`; `passed` are the states it has been in, `notes` small print by group."""
    position = ORDER.index(state)
    been = set(passed) if passed is not None else {one for one in ORDER[:position] if one != BRANCH}
    return [_group(key, label, states, state, been, notes or {}) for key, label, states in GROUPS]


def portal_steps(current: int, labels: Collection[Words] | None = None) -> list[tuple[Words, str]]:
    """The complainant's five steps with y (done), c (now) or nothing; `current` counts from 1, 6 is all done."""
    steps = tuple(labels or PORTAL_STEPS)
    return [
        (label, "y" if place < current else "c" if place == current else "") for place, label in enumerate(steps, 1)
    ]


def _mark(one: str, state: str, been: set[str]) -> str:
    if one == state:
        return "y" if one == "closed" else "c"
    if one in been and (ORDER.index(one) < ORDER.index(state)):
        return "y"
    return "b" if one == BRANCH else ""


def _group(
    key: str, label: Words, states: tuple[str, ...], state: str, been: set[str], notes: Mapping[str, str]
) -> Group:
    segments = tuple(Segment(one, STATES[one], _mark(one, state, been)) for one in states)
    last, position = ORDER.index(states[-1]), ORDER.index(state)
    if state in states and state != "closed":
        return Group(key, label, segments, "on", str(STATES[state]), notes.get(key) or _next(states, state))
    if last < position or state == "closed":
        return Group(key, label, segments, "done", "", notes.get(key, ""))
    coming = _(", ").join(str(SHORT[one]) for one in states)
    return Group(key, label, segments, "", "", notes.get(key) or coming)


def _next(states: tuple[str, ...], state: str) -> str:
    following = [one for one in states[states.index(state) + 1 :]] or [ORDER[min(ORDER.index(state) + 1, 12)]]
    if state == BRANCH:
        following = ["reviewing"]
    return _("Next: %(state)s") % {"state": SHORT[following[0]]}
