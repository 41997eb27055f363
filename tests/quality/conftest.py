import pytest

from huiyin.people.roles import Role
from huiyin.policy.packs import loading, store
from tests import factories


@pytest.fixture
def weighed(db):
    """The house weighs service quality: the overlay is in force before any case comes in."""
    factories.load_policy()
    store.load(loading.DATA / "service_quality", at=factories.LONG_AGO)


@pytest.fixture
def inspector(db):
    return factories.acting("zhijian_yuan", Role.INSPECTOR, name="林岚", of="audit")
