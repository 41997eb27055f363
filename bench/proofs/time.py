"""Proof of working time: 100,000 random deadlines, each found again by somebody who only counts."""

import time as stopwatch
from collections import Counter
from typing import Any

from bench import harness
from bench.counting.cases import DAY, SERVICE, ZONES, Case, random_case
from bench.counting.oracle import count, worked
from huiyin.policy.working_time import (
    DayEnd,
    Due,
    Span,
    Unit,
    due,
    marks,
    remaining,
    working_minutes_between,
)


def due_of(case: Case) -> Due:
    return due(case.start, case.span, case.calendar, count_start_day=case.count_start_day, roll=case.roll)


def check(case: Case, found: Due) -> list[str]:
    """Give what is wrong with the answer to a case; empty when all is right."""
    expected = count(case)
    known_from, known_until = case.calendar.known_from, case.calendar.known_until
    unsure = any(known_until is None or not known_from <= day <= known_until for day in expected.needed)
    wrong = [] if found.at == expected.at else [f"due {found.at}, counted {expected.at}"]
    if found.provisional != unsure:
        wrong.append(f"provisional {found.provisional}, counted {unsure}")
    if list(found.skipped) != expected.skipped:
        wrong.append(f"skipped {found.skipped}, counted {expected.skipped}")
    return wrong + broken_laws(case, found)


def broken_laws(case: Case, found: Due) -> list[str]:
    """Check what must hold of any deadline: marks in order, and the way back leads to the start."""
    wrong = []
    times = (case.start, *marks(case.start, found.at, (50, 75, 90, 100), case.calendar, case.span.unit), found.at)
    if list(times) != sorted(times):
        wrong.append(f"marks out of order: {times}")
    if case.span.unit in SERVICE:
        minutes = case.span.qty * (60 if case.span.unit is Unit.SERVICE_HOUR else 1)
        if working_minutes_between(case.start, found.at, case.calendar) != minutes:
            wrong.append("the service minutes up to the deadline are not the span")
    left = remaining(found.at, case.start, case.calendar, case.span.unit)
    again = due(case.start, left, case.calendar)
    if case.calendar.day_end is DayEnd.MIDNIGHT and again.at != found.at and not resumes_later(case, found):
        wrong.append(f"paused and resumed at the start it is due {again.at}, not {found.at}")
    return wrong


def resumes_later(case: Case, found: Due) -> bool:
    """A clock due on the day it started has no whole day left; resumed on a day off it ends on the next worked day."""
    today = case.start.astimezone(case.calendar.zone).date()
    return found.last_day == today and not worked(case, today)


def deadlines_per_second(questions: int = 50_000) -> harness.Spread:
    """Measure how many deadlines of 15 working days one process works out in a second, on a calendar in use."""
    case = next(case for case in map(random_case, range(1_000)) if case.span.unit is Unit.WORKING_DAY)
    span = Span(15, Unit.WORKING_DAY)
    starts = [case.start + number % 90 * DAY for number in range(questions)]
    rates = []
    for _turn in range(harness.PAIRS):
        begin = stopwatch.perf_counter()
        for start in starts:
            due(start, span, case.calendar)
        rates.append(round(questions / (stopwatch.perf_counter() - begin)))
    return harness.Spread(tuple(rates))


def prove(cases: int, seed: int = 1) -> dict[str, Any]:
    """Check so many random cases and give the figures."""
    begin = stopwatch.perf_counter()
    units: Counter[str] = Counter()
    failures: list[dict[str, Any]] = []
    provisional = 0
    for number in range(cases):
        case = random_case(number, seed)
        found = due_of(case)
        units[case.span.unit.value] += 1
        provisional += found.provisional
        failures += [{"case": number, "seed": seed, "wrong": wrong} for wrong in check(case, found)]
    return {
        "proof": "time",
        "cases": cases,
        "seed": seed,
        "wrong": len(failures),
        "failures": failures[:20],
        "provisional": provisional,
        "units": dict(sorted(units.items())),
        "zones": len(ZONES),
        "seconds": round(stopwatch.perf_counter() - begin, 1),
    }


def main() -> int:
    """Run the proof and give the figures; fails when any deadline is wrong."""
    arguments = harness.parser(__doc__, cases=100_000).parse_args()
    rate = deadlines_per_second()
    figures = prove(arguments.cases) | {"deadlines_per_second": rate.figures()}
    harness.report("time", arguments, figures)
    return 1 if figures["wrong"] else 0


if __name__ == "__main__":
    raise SystemExit(main())
