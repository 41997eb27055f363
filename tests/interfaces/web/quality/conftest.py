"""A house that weighs service quality, on the Tuesday of scenario 0: those who call back, and those who inspect."""

import pytest
import time_machine

from huiyin.people.roles import Role
from huiyin.policy.packs import loading, store
from tests import factories, later
from tests.interfaces.web.desk.conftest import Desk, desk_of


@pytest.fixture
def case(db):
    """A case in follow-up under a pack that weighs; the house lives at the time its callback is due."""
    factories.load_policy()
    store.load(loading.DATA / "service_quality", at=factories.LONG_AGO)
    return later.following_up()


@pytest.fixture(autouse=True)
def at_callback(case):
    with time_machine.travel(factories.at_of(case, 26 * 60), tick=False) as traveller:
        yield traveller


@pytest.fixture
def lina(at_callback):
    return Desk(factories.agent().person)


@pytest.fixture
def zhou(at_callback):
    return Desk(factories.handler().person)


@pytest.fixture
def inspector(at_callback):
    return desk_of("zhijian_yuan", Role.INSPECTOR, name="林岚", of="audit")


@pytest.fixture
def trainer(at_callback):
    return desk_of("peixun", Role.TRAINER, name="高原", of="audit")
