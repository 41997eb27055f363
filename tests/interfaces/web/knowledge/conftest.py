"""The desks of the pages' tests, and shelves of our own."""

import pytest
import time_machine

from tests import factories
from tests.interfaces.web.desk.conftest import NOON, Desk, desk_of
from tests.knowledge.conftest import shelves

__all__ = ["shelves"]


@pytest.fixture(autouse=True)
def at_noon():
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


@pytest.fixture
def lina(db):
    return Desk(factories.agent().person)


@pytest.fixture
def chen(db):
    return Desk(factories.supervisor().person)


@pytest.fixture
def yexin(db):
    return desk_of("yexin", factories.Role.EDITOR, name="叶欣", of="product")
