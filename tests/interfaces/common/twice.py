"""One process, many threads, one key: prints what each was answered and how often the work was done."""

import json
import sys
import threading
from datetime import UTC, datetime

import django

django.setup()

from django.db import connection  # noqa: E402

from huiyin.interfaces.common import idempotency  # noqa: E402
from huiyin.people.models import Department  # noqa: E402

THREADS = int(sys.argv[1])
START = threading.Barrier(THREADS)
answers = []


def act():
    made = Department.objects.create(code=f"d{Department.objects.count()}", name="made")
    return idempotency.Answer(201, str(made.pk))


def ask():
    START.wait()
    answer = idempotency.once("token:1", "key", request="same", at=datetime.now(UTC), act=act)
    answers.append([answer.status, answer.body, answer.repeated])
    connection.close()


threads = [threading.Thread(target=ask) for _number in range(THREADS)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
print(json.dumps({"answers": sorted(answers, key=lambda answer: answer[2]), "made": Department.objects.count()}))
