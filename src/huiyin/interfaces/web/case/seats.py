"""Who is shown which form: the same questions the steps ask, asked before anybody fills it in."""

from collections.abc import Callable, Collection, Mapping

from huiyin.complaints import lifecycle, participation
from huiyin.complaints.states import OPEN_STATES, Seat, State
from huiyin.complaints.steps.linking import NotMerged
from huiyin.interfaces.web.case.here import Here
from huiyin.people import roles
from huiyin.rules import Refusal

# Raises the refusal that keeps this person from the form; returns for everybody else.
Who = Callable[[Here], None]
ANY_STATE = tuple(State)


def moving(name: str) -> Who:
    """Whoever may take this move in the state the case is in."""

    def ask(here: Here) -> None:
        lifecycle.check_seat(here.complaint, name, actor=here.actor, at=here.at)

    return ask


def sitting(seats: Mapping[Seat, str], states: Collection[State] = OPEN_STATES) -> Who:
    """Whoever sits in one of these seats with its capability, in one of these states."""

    def ask(here: Here) -> None:
        participation.require_state(here.complaint, states)
        participation.require(here.complaint, seats, actor=here.actor, at=here.at)

    return ask


def able(capability: str, states: Collection[State] = OPEN_STATES) -> Who:
    """Whoever sees the case and whose role allows it; the step asks about the row that is meant."""

    def ask(here: Here) -> None:
        participation.require_state(here.complaint, states)
        roles.require(here.person, capability)

    return ask


def either(*ways: Who) -> Who:
    """Whoever one of these lets in; the first refusal is told."""

    def ask(here: Here) -> None:
        first = None
        for way in ways:
            try:
                return way(here)
            except Refusal as refused:
                first = first or refused
        if first is not None:
            raise first

    return ask


def anybody(here: Here) -> None:
    """Whoever sees the case."""


def merged(capability: str) -> Who:
    """The owner, who acts for him, and the supervisor, of a case that was merged."""

    def ask(here: Here) -> None:
        if here.complaint.merged_into_id is None:
            raise NotMerged()
        participation.require(here.complaint, participation.keepers(capability), actor=here.actor, at=here.at)

    return ask


def keepers(capability: str, states: Collection[State] = OPEN_STATES) -> Who:
    """The owner, who acts for him, and the supervisor."""
    return sitting(participation.keepers(capability), states)
