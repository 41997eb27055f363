"""Who acts: a person of the house, a customer, a partner, or the system under a name."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from huiyin.people.models import Customer, Person


class ActorKind(StrEnum):
    PERSON = "person"
    CUSTOMER = "customer"
    PARTNER = "partner"
    SYSTEM = "system"


@dataclass(frozen=True)
class Actor:
    kind: ActorKind
    person: "Person | None" = None
    customer_id: int | None = None
    name: str = ""

    @classmethod
    def of(cls, person: "Person") -> "Actor":
        return cls(ActorKind.PERSON, person=person, name=person.name)

    @classmethod
    def customer(cls, customer: "Customer") -> "Actor":
        return cls(ActorKind.CUSTOMER, customer_id=customer.pk)

    @classmethod
    def partner(cls, name: str) -> "Actor":
        return cls(ActorKind.PARTNER, name=name)

    @classmethod
    def system(cls, name: str) -> "Actor":
        return cls(ActorKind.SYSTEM, name=name)

    @property
    def person_id(self) -> int | None:
        return self.person.pk if self.person else None

    @property
    def label(self) -> str:
        """A stable label for logs and events, without personal data: `person:7`, `system(portal)`."""
        if self.kind is ActorKind.PERSON:
            return f"person:{self.person_id}"
        if self.kind is ActorKind.CUSTOMER:
            return f"customer:{self.customer_id}"
        return f"{self.kind.value}({self.name})"

    def is_person(self, person_id: int | None) -> bool:
        return person_id is not None and self.person_id == person_id
