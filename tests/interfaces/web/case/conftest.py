from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from huiyin.complaints.models import Complaint
from huiyin.interfaces.common import clock
from huiyin.people.models import Person
from tests import factories


@pytest.fixture(autouse=True)
def _policy(db):
    factories.load_policy()


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
        given = {"seen": complaint.last_number if seen is None else seen, **fields}
        answer = self.client.post(address(complaint, step), given)
        complaint.refresh_from_db()
        return answer


def address(complaint: Complaint, step: str) -> str:
    return f"/desk/{complaint.number}/do/{step}/"


@pytest.fixture
def at_time(monkeypatch):
    """Let the pages live at a time of the test's choosing."""

    def live(at: datetime) -> None:
        monkeypatch.setattr(clock, "now", lambda: at)

    return live


@pytest.fixture
def agent():
    return Desk(factories.agent().person)


@pytest.fixture
def supervisor():
    return Desk(factories.supervisor().person)


@pytest.fixture
def handler():
    return Desk(factories.handler().person)
