"""The clock is real time, or ahead of it by what one file says; it never goes back."""

import os
from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError, call_command

from huiyin.interfaces.common import clock


@pytest.fixture
def movable(settings, tmp_path):
    settings.HUIYIN_CLOCK = tmp_path / "data" / "clock"
    return settings.HUIYIN_CLOCK


def ahead():
    return (clock.now() - datetime.now(UTC)).total_seconds()


def test_the_clock_is_real_time_aware_and_in_utc():
    assert clock.now().tzinfo is UTC
    assert abs(ahead()) < 2


@pytest.mark.parametrize(
    ("step", "seconds"), [("+45s", 45), ("+30m", 1800), ("+2h", 7200), ("+1d", 86400), ("+1w", 604800)]
)
def test_the_clock_moves_forward_by_a_step(movable, step, seconds):
    clock.move(step)

    assert abs(ahead() - seconds) < 2
    assert movable.read_text() == f"{seconds}\n"


def test_steps_add_up(movable):
    clock.move("+1d")
    clock.move("+2h")

    assert clock.offset() == timedelta(days=1, hours=2)


def test_the_clock_moves_to_a_time_in_the_zone_of_the_house(movable):
    target = (datetime.now(UTC) + timedelta(days=40)).replace(microsecond=0)
    at = clock.move((target + timedelta(hours=8)).replace(tzinfo=None).isoformat())

    assert timedelta() <= at - target < timedelta(seconds=3)


@pytest.mark.parametrize("wrong", ["2020-01-01T00:00", "-1d", "+1", "tomorrow", "", "+1y"])
def test_the_clock_refuses_to_go_back_and_what_it_does_not_understand(movable, wrong):
    clock.move("+1d")
    with pytest.raises(clock.ClockRefused):
        clock.move(wrong)

    assert clock.offset() == timedelta(days=1)


def test_another_process_s_move_is_seen_at_the_next_call(movable):
    clock.move("+1h")
    movable.write_text("7200\n")
    os.utime(movable, ns=(1, 1))

    assert clock.offset() == timedelta(hours=2)


def test_a_clock_without_a_file_cannot_be_moved(settings):
    settings.HUIYIN_CLOCK = None
    with pytest.raises(clock.ClockRefused, match="HUIYIN_CLOCK"):
        clock.move("+1d")


def test_a_file_that_holds_no_number_is_refused(movable):
    movable.parent.mkdir()
    movable.write_text("-5")
    with pytest.raises(ImproperlyConfigured, match="HUIYIN_CLOCK"):
        clock.now()


def test_the_command_shows_and_moves_the_clock(movable):
    said = StringIO()
    call_command("clock", stdout=said)
    call_command("clock", "+1d", stdout=said)

    first, second = said.getvalue().splitlines()
    assert first.endswith("+08:00 (real time)")
    assert second.endswith("+08:00 (1 day, 0:00:00 ahead of real time)")


def test_the_command_refuses_in_one_line(movable):
    with pytest.raises(CommandError, match="forward only"):
        call_command("clock", "2001-01-01T00:00")
