"""A process with a database of its own, in which the demo is loaded, grows old, is written in and starts again.

Prints one JSON line for each thing it did: what was told, how many people are there, when the demo was made.
"""

import json
from datetime import datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import django
from django.core.management import CommandError

django.setup()

from huiyin.complaints.models import Complaint  # noqa: E402 - models need the settings
from huiyin.complaints.steps import messages  # noqa: E402
from huiyin.files.models import StoredFile  # noqa: E402
from huiyin.interfaces.jobs import preparing  # noqa: E402
from huiyin.interfaces.jobs.demo import keeping, loading  # noqa: E402
from huiyin.interfaces.jobs.demo.cases import faults  # noqa: E402
from huiyin.people.actors import Actor  # noqa: E402
from huiyin.people.models import Person  # noqa: E402
from huiyin.queue import worker  # noqa: E402

NOON = datetime(2026, 11, 20, 12, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
# One story with a file is enough to see what becomes of it.
FILL = partial(loading.load, tellers=faults.ALL[:1])


def keeper(hours: float, told: list[str]) -> keeping.Keeper:
    at = NOON + timedelta(hours=hours)
    return keeping.Keeper(told.append, set_up=lambda: preparing.set_up(told.append), at=at, fill=FILL)


def show(what: str, told: list[str]) -> None:
    made = keeping.mark()
    row = {
        "what": what,
        "told": [line for line in told if "Preparing" not in line and "Calendars" not in line],
        "made": made.made_at.isoformat() if made else "",
        "cases": Complaint.objects.count(),
        "files": sorted(StoredFile.objects.values_list("stored_as", flat=True)),
    }
    print(json.dumps(row, ensure_ascii=False), flush=True)


def at(what: str, hours: float) -> None:
    told: list[str] = []
    try:
        getattr(keeper(hours, told), what)()
    except CommandError as error:
        told.append(f"refused: {error}")
    show(what, told)


preparing.set_up(lambda _: None)
at("ensure", 0)
at("load", 1)
at("ensure", 11)
at("ensure", 13)
case = Complaint.objects.get()
lina = Person.objects.get(username="lina")
messages.write_note(case.pk, "有人在用", actor=Actor.of(lina), at=NOON + timedelta(hours=14))
at("ensure", 27)
worker.beat("one", at=NOON + timedelta(hours=28))
at("reset", 28)
worker.beat("one", at=NOON + timedelta(hours=28), stopped=True)
at("reset", 29)
