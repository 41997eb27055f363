"""A house that takes complaints, a complainant's browser, and a clock that stands where the test wants it."""

import pytest

from huiyin.complaints.models import Callback, Complaint
from huiyin.complaints.steps import portal
from huiyin.interfaces.common import clock
from tests import factories, later
from tests.interfaces.web.portal.browsing import Browser
from tests.interfaces.web.portal.stages import made


@pytest.fixture(autouse=True)
def _house(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.HUIYIN_ORGANISATION = "晨光数码"
    settings.HUIYIN_CONTACT = "privacy@chenguang.example"
    factories.load_policy()
    factories.agent()


@pytest.fixture
def stand_at(monkeypatch):
    """Let the pages be opened at this time."""

    def stand(at):
        monkeypatch.setattr(clock, "now", lambda: at)
        return at

    return stand


@pytest.fixture
def browser():
    return Browser()


@pytest.fixture
def link():
    """Give the address of a case's own page by its secret link."""

    def open_it(complaint: Complaint) -> str:
        return f"/p/c/{portal.open_access(complaint, clock.now())}/"

    return open_it


@pytest.fixture
def offered(stand_at):
    return made("offering", stand_at)


@pytest.fixture
def done(stand_at):
    """Carried out, and the day of the callback has come."""
    complaint = later.following_up()
    stand_at(Callback.objects.get(complaint=complaint, status="open").due_at)
    return complaint
