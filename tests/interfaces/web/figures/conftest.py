"""The figures on the Tuesday of scenario 0, opened by people of every role."""

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
def chen():
    return Desk(factories.supervisor().person)


@pytest.fixture
def lina():
    return Desk(factories.agent().person)


@pytest.fixture
def finance():
    return desk_of("qian", Role.FINANCE, name="钱会计", of="finance")


@pytest.fixture
def auditor():
    return desk_of("shenji", Role.AUDITOR, name="孙立", of="audit")
