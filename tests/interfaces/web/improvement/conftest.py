"""The pages about what changes, opened by people of every role on the Tuesday of scenario 0."""

import pytest
import time_machine

from huiyin.people.roles import Role
from tests import factories
from tests.interfaces.web.desk.conftest import NOON, Desk, desk_of


@pytest.fixture(autouse=True)
def _policy(db):
    factories.load_policy()


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lina():
    return Desk(factories.agent().person)


@pytest.fixture
def chen():
    return Desk(factories.supervisor().person)


@pytest.fixture
def zhou():
    return Desk(factories.handler().person)


@pytest.fixture
def wang():
    return desk_of("wangzong", Role.LEADER, name="王志远", of="management")


@pytest.fixture
def admin():
    return desk_of("guanli", Role.ADMINISTRATOR, name="赵敏", of="office")


@pytest.fixture
def auditor():
    return desk_of("shenji", Role.AUDITOR, name="孙立", of="audit")
