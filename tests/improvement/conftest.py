import pytest

from huiyin.people.roles import Role
from tests import factories


@pytest.fixture
def policy(db):
    factories.load_policy()


@pytest.fixture
def agent(policy):
    return factories.agent()


@pytest.fixture
def supervisor(policy):
    return factories.supervisor()


@pytest.fixture
def leader(policy):
    return factories.acting("wangzong", Role.LEADER, name="王志远", of="management")


@pytest.fixture
def handler(policy):
    return factories.handler()
