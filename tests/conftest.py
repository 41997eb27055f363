"""What every test may use. Settings come from the environment, so the data folder is a temporary one from the start."""

import os
import shutil
import tempfile

import pytest

DATA = tempfile.mkdtemp(prefix="huiyin-test-")
os.environ["HUIYIN_DATA"] = DATA
os.environ["HUIYIN_MODE"] = "development"
os.environ.setdefault("HUIYIN_SECRET_KEY", "a-key-for-tests-that-guards-nothing-at-all")
os.environ.setdefault("HUIYIN_LOG_LEVEL", "ERROR")
os.environ.pop("HUIYIN_CLOCK", None)


def pytest_unconfigure() -> None:
    shutil.rmtree(DATA, ignore_errors=True)


@pytest.fixture(autouse=True)
def _quick_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
