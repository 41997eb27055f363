"""Working time against somebody who only counts: random calendars, zones, starts and spans."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bench.counting.cases import MINUTE, ZONES, random_case
from bench.proofs import time as proof
from huiyin.policy.working_time import Unit

# `x prove time` runs 100,000. Another seed than the proof's, so that the two do not ask the same questions. About 8 s.
CASES, SEED = 3_000, 2


def test_random_deadlines_are_those_that_counting_minute_by_minute_and_day_by_day_finds():
    found = proof.prove(CASES, SEED)

    assert found["failures"] == []
    assert (found["cases"], found["wrong"]) == (CASES, 0)


def test_the_random_cases_reach_every_unit_zone_and_change_of_the_clock():
    cases = [random_case(number, SEED) for number in range(CASES)]

    assert {case.span.unit for case in cases} == set(Unit)
    assert {case.calendar.zone.key for case in cases} == set(ZONES)
    assert sum(_changes_within_a_week(case) for case in cases) > CASES // 10
    assert CASES // 20 < sum(proof.due_of(case).provisional for case in cases) < CASES // 2


@pytest.mark.parametrize("shift_minutes", [-1, 1])
def test_the_one_who_counts_sees_a_deadline_that_is_a_minute_off(monkeypatch, shift_minutes):
    right = proof.due_of

    def wrong(case):
        found = right(case)
        return replace(found, at=found.at + shift_minutes * MINUTE)

    monkeypatch.setattr(proof, "due_of", wrong)

    assert proof.prove(50, SEED)["wrong"] >= 50


def _changes_within_a_week(case):
    zone = case.calendar.zone
    later = datetime.fromtimestamp(case.start.timestamp() + 7 * 86_400, UTC)
    return case.start.astimezone(zone).utcoffset() != later.astimezone(zone).utcoffset()
