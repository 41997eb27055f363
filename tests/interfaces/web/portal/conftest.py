"""A house that takes complaints, and a complainant's browser."""

import pytest

from huiyin.complaints.models import Complaint
from huiyin.complaints.steps import portal
from huiyin.interfaces.common import clock
from tests import factories
from tests.interfaces.web.portal.browsing import Browser


@pytest.fixture(autouse=True)
def _house(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.HUIYIN_ORGANISATION = "晨光数码"
    settings.HUIYIN_CONTACT = "privacy@chenguang.example"
    factories.load_policy()
    factories.agent()


@pytest.fixture
def now():
    return clock.now()


@pytest.fixture
def browser():
    """A browser without scripts that keeps cookies and is checked for forged forms, as a complainant's is."""
    return Browser()


@pytest.fixture
def opened():
    """Give the address of a case's own page by its secret link."""

    def open_it(complaint: Complaint) -> str:
        return f"/p/c/{portal.open_access(complaint, clock.now())}/"

    return open_it
