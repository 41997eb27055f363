"""What one person may read of one case: contacts masked, and free text too for those who may never reveal (S0-06)."""

from dataclasses import dataclass
from functools import cached_property

from huiyin.complaints import queries
from huiyin.complaints.models import Complaint
from huiyin.people import masking
from huiyin.people.models import Person
from huiyin.people.roles import can


@dataclass(frozen=True)
class Eyes:
    """One reader before one case."""

    person: Person
    complaint: Complaint

    @cached_property
    def may_reveal(self) -> bool:
        """Owner or handler, with the capability: sees the name, and contacts after giving a reason."""
        return can(self.person, "complaint.reveal") and queries.sees_contacts(self.person, self.complaint)

    @cached_property
    def covers_text(self) -> bool:
        """Who may never reveal a contact reads free text with every contact in it covered."""
        return not can(self.person, "complaint.reveal")

    @cached_property
    def customer(self) -> str:
        """The customer's name as this reader sees it."""
        name = self.complaint.customer.name
        return name if self.may_reveal else masking.mask_name(name) if name else ""

    def text(self, words: str) -> str:
        """Free text as this reader sees it."""
        if not self.covers_text or not words:
            return words
        return masking.mask_text(words, [self.complaint.customer.name])


def customer_name(person: Person, complaint: Complaint) -> str:
    """The customer's name in a list: full for owner and handler, the surname for everybody else."""
    name = complaint.customer.name
    own = person.pk in (complaint.owner_id, complaint.handler_id) and can(person, "complaint.reveal")
    return name if own or not name else masking.mask_name(name)


def title_in_list(person: Person, complaint: Complaint) -> str:
    """The title in a list, with contacts covered for readers who may never reveal one."""
    if can(person, "complaint.reveal"):
        return complaint.title
    return masking.mask_text(complaint.title, [complaint.customer.name])
