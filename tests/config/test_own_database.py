"""A database of its own is migrated, empty, and apart from the one the other tests share."""

import os
import subprocess
import sys

import pytest

COUNT = """
import django; django.setup()
from django.contrib.sessions.models import Session
from django.utils import timezone
Session.objects.create(session_key="apart", expire_date=timezone.now())
print(Session.objects.count())
"""


@pytest.mark.django_db
def test_what_another_process_commits_stays_in_its_own_database(own_database):
    from django.contrib.sessions.models import Session

    environment = {**os.environ, "HUIYIN_DATABASE": own_database, "PYTHONPATH": "src"}
    told = subprocess.run([sys.executable, "-c", COUNT], env=environment, capture_output=True, text=True, check=True)

    assert told.stdout.strip() == "1"
    assert Session.objects.count() == 0
