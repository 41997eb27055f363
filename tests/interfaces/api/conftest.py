"""Callers with tokens, the policy loaded, and a clock that stands where a test puts it."""

import pytest
import time_machine

from huiyin.interfaces.api import limits
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.roles import Role
from tests import factories
from tests.interfaces.api.calling import Caller


@pytest.fixture(autouse=True)
def _full_buckets():
    limits.buckets.clear()


@pytest.fixture
def clock():
    """A clock that stands still until it is moved; it begins where scenario 0 begins."""
    with time_machine.travel(factories.TUESDAY_10, tick=False) as traveller:
        yield traveller


@pytest.fixture
def policy(db):
    factories.load_policy()


@pytest.fixture
def call(policy):
    """Make callers by name and role."""

    def make(username, *roles, scopes=tuple(Scope.values), **more):
        return Caller(factories.person(username, *roles, **more), scopes)

    return make


@pytest.fixture
def agent(call, clock):
    return call("xiaoli", Role.AGENT, name="李娜")


@pytest.fixture
def supervisor(call, clock):
    return call("chenzhuguan", Role.SUPERVISOR, name="陈静")
