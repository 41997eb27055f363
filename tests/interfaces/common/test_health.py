"""GET /healthz: 200 once a complaint can be taken, 503 with the reasons before."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test import Client

from huiyin.interfaces.common import health
from huiyin.policy.models import PackVersion
from huiyin.policy.packs import store

pytestmark = pytest.mark.django_db
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)


def test_a_house_with_a_pack_in_force_is_ready(client):
    store.load_shipped(at=LONG_AGO)

    answer = client.get("/healthz")

    assert answer.status_code == 200
    assert answer.json() == {"ready": True, "lacking": []}
    assert "no-cache" in answer["Cache-Control"]


def test_without_a_pack_in_force_no_complaint_can_be_taken(client):
    PackVersion.objects.all().delete()

    answer = client.get("/healthz")

    assert answer.status_code == 503
    assert answer.json() == {"ready": False, "lacking": ["no policy pack is in force: huiyin pack load"]}


def test_tables_that_are_behind_are_named(client, monkeypatch):
    monkeypatch.setattr(health, "_complete", set())
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'policy'")

    assert client.get("/healthz").json()["lacking"] == ["the database is not up to date: huiyin prepare"]


@pytest.mark.postgresql
def test_a_standby_takes_no_complaint(client):
    assert client.get("/healthz").json()["lacking"] == []
    with connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION READ ONLY")

    assert client.get("/healthz").json()["lacking"] == ["the database cannot be written"]


def test_only_reading_is_answered_and_needs_neither_account_nor_https(settings):
    settings.SECURE_SSL_REDIRECT = True
    store.load_shipped(at=LONG_AGO)

    assert Client().get("/healthz").status_code == 200
    assert Client().post("/healthz", secure=True).status_code == 405
