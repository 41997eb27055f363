# ruff: noqa: E402 - models can be imported only after the setup
"""Proof that no promise is missed or told twice: workers are killed at random moments while promises fall due.

Two workers fire warnings, then breaches, side by side, and are killed with SIGKILL again and again. In the end every
promise must have warned once and broken once, everybody must have been told once, and every timeline must verify.
"""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import django
from django.core.management import call_command
from django.db import OperationalError, connections

from bench import harness

django.setup()

from huiyin.complaints import admission, replay, timeline, watch
from huiyin.complaints.models import Complaint, Event, Promise
from huiyin.complaints.promises import Spoken
from huiyin.complaints.states import State
from huiyin.messaging.models import Notice
from huiyin.people.actors import Actor
from huiyin.people.models import Customer, Department, Person, PersonRole
from huiyin.people.roles import Role
from huiyin.policy.packs import store

START = datetime(2026, 3, 2, 1, 0, tzinfo=UTC)
WARNED = START + timedelta(minutes=92)
BROKEN = START + timedelta(minutes=121)
CASES_PER_KILL = 12
WORKERS = 2


def prepare(cases: int) -> None:
    """Take over so many cases, each with one promise that is due two hours after the start."""
    pack = next(row for row in store.load_shipped(at=START) if row.code == "retail")
    desk = Department.objects.create(code="proof", name="Proof")
    owner = Person.objects.create(username="proof.owner", name="Owner", department=desk)
    boss = Person.objects.create(username="proof.boss", name="Boss", department=desk)
    PersonRole.objects.create(person=owner, role=Role.AGENT)
    PersonRole.objects.create(person=boss, role=Role.SUPERVISOR)
    customer = Customer.objects.create(name="Customer", created_at=START)
    rows = [
        admission.Admission(
            Complaint(
                number=f"PROOF-{number}",
                title="proof",
                state=State.INVESTIGATING,
                channel="import",
                received_at=START,
                stage_since=START,
                customer=customer,
                owner=owner,
            ),
            pack,
            original=str(number),
            promised=(Spoken("proof", START + timedelta(hours=2)),),
        )
        for number in range(cases)
    ]
    admission.admit_many(rows, actor=Actor.system("proof"), at=START)


def fork(work: Callable[[], None]) -> int:
    """Run work in a process of its own; no connection is shared across the fork."""
    connections.close_all()
    child = os.fork()
    if child:
        return child
    try:
        work()
    finally:
        os._exit(1)


def fire_forever(at: datetime) -> None:
    while True:
        try:
            watch.fire_due(at, limit=20)
        except (
            OperationalError
        ):  # the other worker holds SQLite's one write lock; the loop comes back, as the worker's does
            time.sleep(0.01)


def kill_at_random(kills: int, at: datetime, dice: random.Random) -> int:
    """Kill a worker at a random moment and start another, so many times; gives how many died with work left."""
    in_the_middle = 0
    workers = [fork(lambda: fire_forever(at)) for _ in range(WORKERS)]
    for number in range(kills):
        time.sleep(dice.uniform(0.005, 0.12))
        place = number % WORKERS
        in_the_middle += work_left(at)
        os.kill(workers[place], signal.SIGKILL)
        os.waitpid(workers[place], 0)
        workers[place] = fork(lambda: fire_forever(at))
    for worker in workers:
        os.kill(worker, signal.SIGKILL)
        os.waitpid(worker, 0)
    return in_the_middle


def work_left(at: datetime) -> bool:

    return Promise.objects.filter(status="open", alarm_at__lte=at).exists()


def finish(at: datetime) -> None:

    while watch.fire_due(at):
        pass


def judge() -> dict[str, int]:
    """Count what must be nothing: promises not told once, people not told once, broken chains, wrong replays."""

    told = {kind: Counter[int]() for kind in ("promise.warned", "promise.breached")}
    for kind, data in Event.objects.filter(kind__in=told).values_list("kind", "data"):
        told[kind][data["promise"]] += 1
    promises = list(Promise.objects.all())
    wrong = sum(told[kind][row.pk] != 1 for kind in told for row in promises)
    notices = Notice.objects.count()
    cases = list(Complaint.objects.all())
    return {
        "promises": len(promises),
        "not_told_once": wrong,
        "not_broken": sum(row.status != "breached" for row in promises),
        "notices_wrong": abs(notices - 3 * len(promises)),
        "chains_broken": sum(timeline.verify_case(case) is not None for case in cases),
        "replays_wrong": sum(bool(replay.differences(case)) for case in cases),
    }


def prove(kills: int, seed: int = 1) -> dict[str, Any]:
    """Kill so many workers in all, half while warnings fire and half while breaches do; gives the figures."""
    dice = random.Random(seed)
    begin = time.perf_counter()
    prepare(kills * CASES_PER_KILL)
    middle = 0
    for at, share in ((WARNED, kills // 2), (BROKEN, kills - kills // 2)):
        middle += kill_at_random(share, at, dice)
        finish(at)
    figures = {"proof": "kills", "kills": kills, "killed_with_work_left": middle, "seed": seed} | judge()
    return figures | {"seconds": round(time.perf_counter() - begin, 1)}


def is_clean(figures: dict[str, Any]) -> bool:
    wrong = ("not_told_once", "not_broken", "notices_wrong", "chains_broken", "replays_wrong")
    return not any(figures[name] for name in wrong)


def main() -> int:
    """Run the proof and give the figures; fails when anything was lost or told twice."""
    arguments = harness.parser(__doc__, cases=200).parse_args()
    call_command("migrate", verbosity=0)
    figures = prove(arguments.cases)
    harness.report("kills", arguments, figures)
    return 0 if is_clean(figures) else 1


if __name__ == "__main__":
    raise SystemExit(main())
