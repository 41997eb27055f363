"""Tries are counted together by all processes, by source and stretch of time, without telling who was there."""

from datetime import UTC, datetime, timedelta

import pytest

from huiyin.interfaces.common import throttle
from huiyin.interfaces.common.models import Tries
from huiyin.interfaces.common.throttle import Limit

AT = datetime(2025, 3, 4, 2, 0, tzinfo=UTC)
THREE = Limit("test", tries=3, minutes=10)
pytestmark = pytest.mark.django_db


def test_after_the_last_allowed_try_every_other_is_refused_until_the_stretch_ends():
    assert [throttle.take(THREE, "198.51.100.1", at=AT) for _try in range(5)] == [True, True, True, False, False]
    assert throttle.take(THREE, "198.51.100.1", at=AT + timedelta(minutes=10))


def test_sources_and_things_are_counted_apart():
    for _try in range(3):
        throttle.take(THREE, "198.51.100.1", at=AT)

    assert throttle.take(THREE, "198.51.100.2", at=AT)
    assert throttle.take(Limit("other", 3, 10), "198.51.100.1", at=AT)


def test_the_table_does_not_say_who_was_here_and_forgets_after_two_days():
    throttle.take(THREE, "198.51.100.1", at=AT)

    assert "198.51" not in Tries.objects.get().source
    assert throttle.forget(AT + timedelta(days=1)) == 0
    assert throttle.forget(AT + timedelta(days=2, minutes=1)) == 1
