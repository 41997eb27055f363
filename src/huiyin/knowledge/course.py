"""The order of a conversation: mood first, matter second (S2-06), and the next step after each (S1-07)."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from huiyin.knowledge.situation import Situation

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


@dataclass(frozen=True)
class Stage:
    """One stage of a conversation; `steps` are the scripts that serve it."""

    code: str
    title: "Words"
    how: "Words"
    steps: tuple[str, ...]


STAGES = (
    Stage(
        "soothe", _("The mood"), _("Say what it means for the customer before any question."), ("soothe", "greeting")
    ),
    Stage(
        "acknowledge",
        _("Taking it seriously"),
        _("Recognising a feeling does not make a customer harder; name who takes care of it."),
        ("acknowledge", "offer_help"),
    ),
    Stage("restate", _("The matter in your words"), _("«You mean that …, is that right?»"), ("restate",)),
    Stage(
        "ask",
        _("The facts"),
        _("Ask one thing at a time, and say what it is needed for."),
        ("ask", "check_and_call_back"),
    ),
    Stage(
        "time", _("What happens next, and when"), _("Name the next news with a time that can be held."), ("progress",)
    ),
    Stage(
        "solution", _("Towards a solution"), _("From what went wrong to what can be done now."), ("offer", "explain")
    ),
)


@dataclass(frozen=True)
class Place:
    """A stage of this conversation: behind us, where we are, or ahead."""

    stage: Stage
    standing: str


def course(situation: Situation) -> tuple[Place, ...]:
    """The stages in their order; the first one that is not behind us is where we are.

    While somebody is upset and nothing was said to him since, the mood comes first, whatever else is known (S0-37).
    """
    done = {
        "soothe": not situation.upset or situation.soothed,
        "acknowledge": situation.answered,
        "restate": situation.restated,
        "ask": situation.facts_known,
        "time": situation.time_named,
        "solution": situation.offered,
    }
    places, here = [], False
    for stage in STAGES:
        if done[stage.code] and not here:
            places.append(Place(stage, "done"))
        else:
            places.append(Place(stage, "ahead" if here else "now"))
            here = True
    return tuple(places)


def now(places: tuple[Place, ...]) -> Stage | None:
    """Where the conversation is; nothing when every stage is behind."""
    return next((place.stage for place in places if place.standing == "now"), None)
