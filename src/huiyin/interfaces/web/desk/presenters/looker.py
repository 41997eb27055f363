"""Somebody looking at one case: what the tabs of its side panel are made for."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from huiyin.complaints import queries
from huiyin.complaints.models import Complaint
from huiyin.complaints.states import Seat
from huiyin.interfaces.web.desk import addresses
from huiyin.interfaces.web.desk.presenters.eyes import Eyes
from huiyin.people.models import Person
from huiyin.people.roles import can
from huiyin.policy.packs.schema import Pack


@dataclass(frozen=True)
class Looker:
    person: Person
    complaint: Complaint
    now: datetime
    eyes: Eyes
    sits: set[Seat]
    pack: Pack

    def may(self, capability: str, *seats: Seat) -> bool:
        """Whether he sits in one of the seats and his roles allow the act; without seats the roles alone decide."""
        return (not seats or bool(self.sits & set(seats))) and can(self.person, capability)

    @property
    def kinds_of_evidence(self) -> dict[str, str]:
        """Names of the kinds the pack knows; it may know more than the house does."""
        return {item.code: str(item.title) for item in self.pack.evidence_kinds}

    @property
    def visible(self) -> QuerySet[Complaint]:
        """The cases he may open at all."""
        return queries.visible_to(self.person)

    def step(self, name: str, item: int | None = None) -> str:
        """The address of a step, about one row where it is given."""
        address = addresses.step(self.complaint.number, name)
        return f"{address}?item={item}" if item else address
