"""What guidance may know of a case. Complaints fills it; whatever is left out is not judged (decision 14)."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

NOTHING: Mapping[str, str] = MappingProxyType({})
# Levels of the emotion series, from calm to hostile.
CALM, ANXIOUS, DISAPPOINTED, ANGRY, HOSTILE = 1, 2, 3, 4, 5


def _nothing() -> Mapping[str, str]:
    return NOTHING


@dataclass(frozen=True)
class Situation:
    """Where a case stands and what was said, as far as words and manners go.

    `emotion` is the last reading (0 unknown), `soothed` whether anything was said to the customer since. `step` is the
    form that is being filled in. `resolved`: the outcome was accepted and the customer is calm (AMB-17).
    """

    on: date
    state: str = ""
    step: str = ""
    emotion: int = 0
    soothed: bool = False
    spoken_to: bool = False
    answered: bool = False
    restated: bool = False
    facts_known: bool = False
    time_named: bool = False
    offered: bool = False
    resolved: bool = False
    escalated: bool = False
    category: str = ""
    product: str = ""
    callers: tuple[str, ...] = ()
    words: str = ""
    slots: Mapping[str, str] = field(default_factory=_nothing)
    language: str = "zh-hans"

    @property
    def upset(self) -> bool:
        return self.emotion >= DISAPPOINTED
