"""The office of the kill test: it hires workers as processes of its own, and answers each line it is told with a line.

`prepare NUMBER` writes jobs, `hire` starts a worker, `killed PID` and `dismiss PID` wait for its end, `report` tells
what became of the jobs. Everything is imported once; a worker is a fork, so that hiring one takes no second.
"""

import json
import os
import signal
import sys
import time

import django

django.setup()

from django.db import connection, transaction  # noqa: E402
from django.db.models import F  # noqa: E402

from huiyin.interfaces.common import clock  # noqa: E402
from huiyin.interfaces.jobs.working import Loop  # noqa: E402
from huiyin.queue import jobs  # noqa: E402
from huiyin.queue.models import Job, Status  # noqa: E402

MOMENT_SECONDS = 0.05
OUTSIDE = os.environ["CREW_OUTSIDE"]


def tell(sql, *values):
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        return cursor.fetchall() if cursor.description else []


@jobs.register("crew.inside", attempts=1000)
def inside(payload, *, at):
    tell("INSERT INTO effect (word) VALUES (%s)", payload["word"])
    time.sleep(MOMENT_SECONDS)
    tell("INSERT INTO effect (word) VALUES (%s)", payload["word"])


@jobs.register("crew.outside", outside=True, attempts=1000)
def outside(payload, *, at):
    with open(OUTSIDE, "a") as told:
        told.write(payload["word"] + "\n")
    time.sleep(MOMENT_SECONDS)


def prepare(number):
    tell("CREATE TABLE effect (word varchar(20))")
    with transaction.atomic():
        for word in range(number):
            kind = "crew.outside" if word % 3 == 0 else "crew.inside"
            jobs.enqueue(kind, {"word": str(word)}, key=str(word), run_at=clock.now())


def report():
    effects = dict(tell("SELECT word, count(*) FROM effect GROUP BY word"))
    with open(OUTSIDE, "a+") as told:
        told.seek(0)
        outside_words = told.read().split()
    return {
        "unfinished": Job.objects.exclude(status=Status.DONE).count(),
        "running": Job.objects.filter(status=Status.RUNNING).count(),
        "effects": effects,
        "outside": {word: outside_words.count(word) for word in outside_words},
        "taken_again": Job.objects.filter(lease_number__gt=1).count(),
        "attempts_kept": not Job.objects.exclude(attempts=F("lease_number")).exists(),
    }


def hire():
    connection.close()
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        loop = Loop()
        loop.stop_on_signals()
        loop.run()
        code = 0
    finally:
        os._exit(code)


def wait_for(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def dismiss(pid):
    os.kill(pid, signal.SIGTERM)
    return wait_for(pid)


if __name__ == "__main__":
    ways = {"prepare": prepare, "hire": hire, "killed": wait_for, "dismiss": dismiss, "report": report}
    for line in sys.stdin:
        name, *numbers = line.split()
        print(json.dumps(ways[name](*map(int, numbers))), flush=True)
