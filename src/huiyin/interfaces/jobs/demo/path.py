"""The usual way of a case through its thirteen states, at a usual pace, up to the state where a story takes over."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from huiyin.complaints.models import Side
from huiyin.complaints.states import State
from huiyin.interfaces.jobs.demo import aftercare
from huiyin.interfaces.jobs.demo.casework import Casework
from huiyin.interfaces.jobs.demo.matter import Matter
from huiyin.interfaces.jobs.demo.world import Story, Teller, World, in_office, work_before, work_later

S = State
# Minutes each step takes after the one before it.
PACE = {
    "acknowledge": 18,
    "register": 24,
    "assign": 36,
    "prove": 75,
    "find": 65,
    "plan": 30,
    "draft": 25,
    "submit": 10,
    "approve": 55,
    "choose": 190,
    "carry": 210,
    "finish": 20,
    "arrive": 1200,
    "call": 1440,
    "call_again": 1500,
    "review": 90,
    "close": 240,
}
ORDER = tuple(PACE)
# How far the case has come after each step; a step changes nothing where its state is missing.
REACHES = {
    "acknowledge": S.ACKNOWLEDGED,
    "register": S.REGISTERED,
    "assign": S.INVESTIGATING,
    "find": S.ANALYSED,
    "plan": S.PLANNING,
    "submit": S.APPROVING,
    "approve": S.OFFERING,
    "choose": S.EXECUTING,
    "finish": S.FOLLOWING_UP,
    "call": S.REVIEWING,
    "close": S.CLOSED,
}
MARGIN = timedelta(minutes=30)


@dataclass(frozen=True)
class Way:
    """From when, up to which state, how fast; `left` minutes remain of the last promise when the demo is loaded.

    `late` names steps that come after the time promised for them. `office` lets what would fall into the night wait
    for the morning; without it the night simply does not count.
    """

    start: datetime
    to: State
    pace: Mapping[str, int] = field(default_factory=dict)
    office: bool = True
    left: int | None = None
    late: frozenset[str] = frozenset()
    signed_by: str = "chenjing"


class Walk:
    """A case on its usual way."""

    def __init__(self, work: Casework, way: Way) -> None:
        self.work = work
        self.way = way
        self.times = self._times()
        self.done = ""

    def _times(self) -> dict[str, datetime]:
        """When each step is taken, known ahead, so that promises can name a time that is kept."""
        times, moment = {}, self.way.start
        for step in ORDER:
            minutes = {**PACE, **self.way.pace}[step]
            if self.way.office:
                moment = in_office(moment + timedelta(minutes=minutes + self.work.world.chance.randrange(5)))
            else:
                moment = work_later(moment, minutes)
            times[step] = moment
        return times

    def by(self, step: str) -> datetime:
        """The time to promise for a step: a little after it is taken, or before it where it is late."""
        if self.way.left is not None and self._is_last(step):
            return self.work.world.ahead(minutes=self.way.left)
        due = self.times[step]
        if step in self.way.late:
            return max(due - timedelta(minutes=40), self.work.world.later(minutes=5))
        rounded = due + MARGIN
        return rounded - timedelta(
            minutes=rounded.minute % 10, seconds=rounded.second, microseconds=rounded.microsecond
        )

    def _is_last(self, step: str) -> bool:
        """Whether the case stops before this step."""
        return ORDER.index(step) > ORDER.index(self._end())

    def _end(self) -> str:
        if self.way.to is S.REVIEWING:
            return "call_again" if self._called_twice else "call"
        return next(step for step, reached in REACHES.items() if reached == self.way.to)

    def story(self) -> Story:
        """Take step after step until the case is where the way ends."""
        yield self.way.start
        self.work.receive()
        if self.way.to is S.RECEIVED:
            return
        for step in ORDER:
            yield self.times[step]
            getattr(self, f"_{step}")()
            if step == self._end():
                return

    def _acknowledge(self) -> None:
        self.work.acknowledge(self.by("assign"))

    def _register(self) -> None:
        self.work.register(self.by("assign") if self.way.to is S.REGISTERED else None)

    def _assign(self) -> None:
        self.work.assign(self.by("plan"))

    def _prove(self) -> None:
        for clue in self.work.inquiry.clues:
            self.work.prove(clue)
        self.work.judge()

    def _find(self) -> None:
        self.work.find()

    def _plan(self) -> None:
        self.work.start_plan(self.by("approve"))

    def _draft(self) -> None:
        self.work.draft()

    def _submit(self) -> None:
        if self._needs_signature:
            self.work.submit()

    def _approve(self) -> None:
        if self._needs_signature:
            self.work.approve(by=self.way.signed_by)
        else:
            self.work.offer()

    @property
    def _needs_signature(self) -> bool:
        dearest = max(sum(line.amount for line in offer.lines) for offer in self.work.matter.offers)
        return dearest > 500 or self.work.matter.pack == "enterprise_8_steps"

    def _choose(self) -> None:
        self.work.choose(self.by("finish"))

    def _carry(self) -> None:
        for action in self.work.to_do:
            self.work.carry_out(action)

    def _finish(self) -> None:
        self.work.finish_execution()

    def _arrive(self) -> None:
        self.work.arrive()

    def _call(self) -> None:
        aftercare.call_back(self.work)
        if not self._called_twice:
            aftercare.conclude(self.work)

    @property
    def _called_twice(self) -> bool:
        return self.work.inquiry.side == Side.COMPANY

    def _call_again(self) -> None:
        if self._called_twice:
            aftercare.call_back(self.work)
            aftercare.conclude(self.work)

    def _review(self) -> None:
        aftercare.look_back(self.work)
        aftercare.settle_questions(self.work)

    def _close(self) -> None:
        aftercare.close(self.work)


def walk(work: Casework, way: Way) -> Story:
    return Walk(work, way).story()


def before(reached: datetime, to: State, **pace: int) -> datetime:
    """When a case must begin to be in a state at a moment, at the usual pace."""
    end = next(step for step, state in REACHES.items() if state == to)
    minutes = [{**PACE, **pace}[step] for step in ORDER[: ORDER.index(end) + 1]]
    return work_before(reached, sum(minutes))


def usual(matter: Matter, way: Callable[[World], Way]) -> Teller:
    """The story of a case that goes the usual way and stops there."""

    def story(world: World) -> Story:
        yield from walk(Casework(world, matter), way(world))

    story.__name__ = matter.code
    return story
