"""A repeated request is done once and answered the same, also when both arrive at the same moment."""

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from huiyin.files.refused import FileRefused, Why
from huiyin.interfaces.common import idempotency
from huiyin.interfaces.common.models import IdempotencyKey
from huiyin.people.models import Department

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
TWICE = Path(__file__).with_name("twice.py")
pytestmark = pytest.mark.django_db


def make():
    made = Department.objects.create(code=f"d{Department.objects.count()}", name="made")
    return idempotency.Answer(201, f'{{"id": {made.pk}}}')


def once(scope="token:1", key="k", request="same", act=make, at=AT):
    return idempotency.once(scope, key, request=request, at=at, act=act)


def test_the_same_request_is_done_once_and_answered_the_same():
    first, second = once(), once()

    assert (first.status, first.body, first.repeated) == (201, second.body, False)
    assert (second.status, second.repeated) == (201, True)
    assert Department.objects.count() == 1


def test_the_key_with_another_request_is_refused():
    once()
    with pytest.raises(idempotency.KeyReused) as refused:
        once(request="other")

    assert refused.value.rule.code == "请求-01"
    assert Department.objects.count() == 1


def test_two_callers_may_use_the_same_key():
    once(scope="token:1")
    once(scope="person:1")

    assert Department.objects.count() == 2


def test_a_refused_request_leaves_no_key_and_may_be_tried_again():
    def refuse():
        make()
        raise FileRefused(Why.EMPTY)

    with pytest.raises(FileRefused):
        once(act=refuse)

    assert (IdempotencyKey.objects.count(), Department.objects.count()) == (0, 0)
    assert once().repeated is False


def test_keys_are_forgotten_after_a_week():
    once()

    assert idempotency.forget(AT + timedelta(days=7)) == 0
    assert idempotency.forget(AT + timedelta(days=7, seconds=1)) == 1
    assert once().repeated is False


def test_the_fingerprint_tells_requests_apart():
    assert idempotency.request_hash("POST", "/a", b"1") == idempotency.request_hash("POST", "/a", b"1")
    different = [("POST", "/a", b"2"), ("PUT", "/a", b"1"), ("POST", "/a1", b""), ("POST/", "a", b"1")]
    assert len({idempotency.request_hash(*parts) for parts in different}) == 4


def test_requests_at_the_same_moment_are_done_once(own_database):
    environment = {**os.environ, "PYTHONPATH": "src", "HUIYIN_DATABASE": own_database}
    told = subprocess.run([sys.executable, TWICE, "8"], env=environment, capture_output=True, text=True, check=True)

    outcome = json.loads(told.stdout)
    first = outcome["answers"][0]
    assert outcome["made"] == 1
    assert first[2] is False
    assert outcome["answers"][1:] == [[first[0], first[1], True]] * 7
