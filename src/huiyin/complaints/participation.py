"""Who may take part in a case by an act that is no move: notes, tasks, evidence, flags, messages.

Moves are checked by `lifecycle.check`; everything else asks here, with the seats it is for.
"""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, promises, rules
from huiyin.complaints.conversation import Say
from huiyin.complaints.guards.context import Case
from huiyin.complaints.lifecycle import CaseMerged, WrongSeat, WrongState
from huiyin.complaints.models import Complaint
from huiyin.complaints.states import OPEN_STATES, Seat, State
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.people.roles import can
from huiyin.rules import Refusal


class NotTheContact(Refusal):
    rule = rules.ONE_CONTACT
    sentence = _("The customer has one contact: the owner of the case. Nobody else promises or explains.")
    unblock = _("Leave the message out with the reason that the owner tells the customer.")


# Whoever keeps the customer's trust: the owner, who acts for an absent one, and the supervisor.
KEEPERS = (Seat.OWNER, Seat.DUTY, Seat.SUPERVISOR)


def require(complaint: Complaint, seats: Mapping[Seat, str], *, actor: Actor, at: datetime) -> None:
    """Refuse whoever sits in none of these seats with the capability it asks for, and anyone with an interest."""
    if refusal := refused(Case(complaint, actor, at), seats):
        raise refusal


def refused(case: Case, seats: Mapping[Seat, str]) -> Refusal | None:
    """What stands against this person taking part from one of these seats; nothing where nothing does."""
    if not any(seat in case.seats and _able(case.actor, capability) for seat, capability in seats.items()):
        return WrongSeat(seats=" / ".join(str(seat.label) for seat in seats if seat is not Seat.SYSTEM))
    return lifecycle.interested(case)


def keepers(capability: str) -> dict[Seat, str]:
    """The owner, who acts for him, and the supervisor, each needing the same capability."""
    return dict.fromkeys(KEEPERS, capability)


def _able(actor: Actor, capability: str) -> bool:
    return actor.person is None or can(actor.person, capability)


def require_state(complaint: Complaint, states: Collection[State] = OPEN_STATES) -> None:
    """Refuse an act on a merged case, or in a stage it does not belong to; without states: on a closed case."""
    if complaint.merged_into is not None:
        raise CaseMerged(number=complaint.merged_into.number)
    if complaint.state not in states:
        raise WrongState(state=State(complaint.state).label)


def speaks_to_customers(complaint: Complaint, person: Person) -> bool:
    """Whether the person's department is a first contact by the pack; the customer has one contact (S0-34)."""
    department = person.department
    if department is None:
        return False
    fronts = {row.code for row in promises.pack_of(complaint).departments if row.front}
    return department.code in fronts


def may_speak(complaint: Complaint, *, actor: Actor, at: datetime) -> bool:
    """Whether the actor may say something to the customer: of a first contact, and not as the handler alone (S0-34)."""
    return speaks(Case(complaint, actor, at))


def speaks(case: Case) -> bool:
    """The same for whoever has the case in hand already."""
    complaint, person = case.complaint, case.actor.person
    if person is None:
        return True
    only_handles = Seat.HANDLER in case.seats and not case.seats & {*KEEPERS, Seat.LEADER}
    return not only_handles and speaks_to_customers(complaint, person)


def require_voice(complaint: Complaint, words: object, *, actor: Actor, at: datetime) -> None:
    """Refuse words to the customer by anybody who is not his contact (S0-34)."""
    if isinstance(words, Say) and not may_speak(complaint, actor=actor, at=at):
        raise NotTheContact()
