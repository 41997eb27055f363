from datetime import datetime

import pytest

from huiyin.complaints.models import Complaint
from huiyin.interfaces.common import clock
from huiyin.people.roles import Role
from tests import factories
from tests.factories import at_of
from tests.interfaces.web.case.desks import Desk


@pytest.fixture(autouse=True)
def _policy(db):
    factories.load_policy()


@pytest.fixture
def at_minute(monkeypatch):
    """Let the pages live so many minutes after a case was received."""

    def live(complaint: Complaint, minutes: int) -> datetime:
        moment = at_of(complaint, minutes)
        monkeypatch.setattr(clock, "now", lambda: moment)
        return moment

    return live


@pytest.fixture
def agent():
    return Desk(factories.agent().person)


@pytest.fixture
def other_agent():
    return Desk(factories.person("xiaozhou", Role.AGENT, name="周敏"))


@pytest.fixture
def supervisor():
    return Desk(factories.supervisor().person)


@pytest.fixture
def handler():
    return Desk(factories.handler().person)


@pytest.fixture
def leader():
    return Desk(factories.person("wangzong", Role.LEADER, name="王志远", of="management"))


@pytest.fixture
def auditor():
    return Desk(factories.person("shenji", Role.AUDITOR, name="沈静", of="audit"))
