"""People at their desks, sending forms as the pages do."""

from datetime import datetime
from typing import Any

from django.test import Client

from huiyin.complaints.models import Complaint
from huiyin.people.models import Person
from tests import factories


class Desk:
    """Somebody at the desk: opens a step's form and sends it, as the page would."""

    def __init__(self, person: Person) -> None:
        self.person = person
        self.client = Client()
        self.client.force_login(person)

    def open(self, complaint: Complaint, step: str, **query: Any):
        return self.client.get(address(complaint, step), query)

    def send(self, complaint: Complaint, step: str, seen: int | None = None, **fields: Any):
        complaint.refresh_from_db()
        given = {"seen": complaint.last_number if seen is None else seen}
        given |= {name: value for name, value in fields.items() if value is not None}
        answer = self.client.post(address(complaint, step), given)
        complaint.refresh_from_db()
        return answer

    def take(self, complaint: Complaint, step: str, **fields: Any) -> str:
        """Send the form and expect the step to be taken; gives the state the case is in then."""
        answer = self.send(complaint, step, **fields)
        assert answer.status_code == 303, told(answer)
        return complaint.state


def told(answer) -> str:
    """What a refused form says, without the rest of the page."""
    form = (answer.context or {}).get("form")
    refusal = getattr(form, "refusal", None) or (answer.context or {}).get("refusal")
    return f"{answer.status_code} {refusal.text if refusal else ''} {getattr(form, 'errors', '')}"


def address(complaint: Complaint, step: str) -> str:
    return f"/desk/{complaint.number}/do/{step}/"


def local(at: datetime) -> str:
    """A time as the browser's picker sends it."""
    return at.astimezone(factories.ZONE).strftime("%Y-%m-%dT%H:%M")


def says(text: str, *, until: datetime | None = None, what: str = "", **more: Any) -> dict[str, Any]:
    """The part of a form with words to the customer."""
    return {"tell": "say", "text": text, "next_at": local(until) if until else "", "next_what": what, **more}


SAYS_NOTHING = {"tell": "skip", "skip_reason": "由责任人统一告知客户"}
