import os
import shutil

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.journeys.house import ZONE, keeping
from tests.journeys.windows import PATIENCE

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
expect.set_options(timeout=PATIENCE)


@pytest.fixture(scope="session")
def chromium():
    """The browser of this machine, started once in each process; `x test` finds or installs it."""
    path = os.environ.get("HUIYIN_CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    speaking = {**os.environ, "LANGUAGE": "zh_CN"}  # its own words stand in dates and file fields
    # Playwright keeps an event loop in this thread, which Django would take for asynchronous code from now on.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=path, args=FLAGS, env=speaking, timeout=PATIENCE)
        yield started
        started.close()


@pytest.fixture
def browser(chromium):
    """The browser without any window of an earlier test."""
    yield chromium
    for context in chromium.contexts:
        context.close()


@pytest.fixture
def opened(own_database, django_db_blocker, settings, tmp_path, monkeypatch):
    """Open the house of a story: give the time it begins at and, where it is not the shipped one, the pack."""
    settings.MEDIA_ROOT = tmp_path / "files"
    settings.STATIC_ROOT = tmp_path
    settings.WHITENOISE_MAX_AGE = 3600  # each window asks for scripts and styles once
    settings.TIME_ZONE = ZONE.key
    with keeping(own_database, django_db_blocker, monkeypatch) as house:

        def open_at(begins, pack="retail"):
            settings.HUIYIN_PACK = pack
            house.at(begins)
            return house

        yield open_at
