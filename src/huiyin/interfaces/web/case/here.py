"""What a step's form is given: the case, who sits before the page, the time, and which row of the case is meant."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from huiyin.complaints import catalogue, participation
from huiyin.complaints.models import Complaint, Promise
from huiyin.complaints.states import Seat
from huiyin.interfaces.web.desk.reading import Reading
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.policy.packs.schema import Pack


@dataclass(frozen=True)
class Here:
    complaint: Complaint
    person: Person
    at: datetime
    # Which task, action, callback … the page was opened for; empty when the form itself asks.
    item: str = ""
    # The whole address of a path, for links that are sent out.
    absolute: Callable[[str], str] = str
    actor: Actor = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "actor", Actor.of(self.person))

    @cached_property
    def case(self) -> Reading:
        return Reading(self.complaint, self.actor, self.at)

    @property
    def pack(self) -> Pack:
        """The rules the case stands under, read once per page."""
        return self.case.pack

    @cached_property
    def catalogue(self) -> Pack:
        """The rules of sale of the purchase day, whose remedies are offered (S2-39)."""
        return catalogue.of(self.complaint, self.pack)

    @property
    def running(self) -> list[Promise]:
        """Promises to the customer that still run, the nearest first."""
        return self.case.spoken

    @property
    def seats(self) -> set[Seat]:
        return self.case.seats

    @cached_property
    def speaks(self) -> bool:
        """Whether this person's department is the customer's contact (S0-34)."""
        owner = self.complaint.owner
        if owner.department_id == self.person.department_id:
            self.person.department = owner.department  # it came with the case
        return participation.speaks(self.case)
