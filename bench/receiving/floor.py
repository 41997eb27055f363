"""The floor: the rows of a received complaint written raw by the ORM, one transaction each, eight connections.

A complaint received by the step is the model; each further one is a copy of its rows under a number of its own. Every
connection is a process, so nothing but the database and the machine holds them back.
"""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from typing import Any

import django

CONNECTIONS = 8


@dataclass(frozen=True)
class Rows:
    """The rows of one received complaint, ready to be copied."""

    customer: Any
    complaint: Any
    below_customer: tuple[Any, ...]
    below_complaint: tuple[Any, ...]
    promises: tuple[Any, ...]
    event: Any
    words: tuple[Any, ...]


def read(number: str) -> Rows:
    """Read all rows that receiving this complaint wrote."""
    from huiyin.complaints import models  # noqa: PLC0415 - Django is set up by whoever calls
    from huiyin.people.models import Identity  # noqa: PLC0415

    complaint = models.Complaint.objects.select_related("customer").get(number=number)
    mine = {"complaint": complaint}
    event = models.Event.objects.get(**mine)
    beside = (models.SearchText, models.CasePack, models.Intake, models.Interaction)
    return Rows(
        customer=complaint.customer,
        complaint=complaint,
        below_customer=tuple(Identity.objects.filter(customer=complaint.customer)),
        below_complaint=tuple(row for model in beside for row in model.objects.filter(**mine)),
        promises=tuple(models.Promise.objects.filter(**mine)),
        event=event,
        words=tuple(models.EventText.objects.filter(event=event)),
    )


def write(rows: Rows, number: str) -> None:
    """Write the rows once more under another number, in one transaction."""
    from django.db import transaction  # noqa: PLC0415
    from django.db.models import F  # noqa: PLC0415

    from huiyin.complaints.models import NumberCounter, Promise  # noqa: PLC0415

    with transaction.atomic():
        customer = _again(rows.customer)
        for row in rows.below_customer:
            _again(row, customer=customer)
        NumberCounter.objects.filter(day=rows.complaint.received_at.date()).update(last=F("last") + 1)
        complaint = _again(rows.complaint, customer=customer, number=number)
        for row in rows.below_complaint:
            _again(row, complaint=complaint)
        Promise.objects.bulk_create([_copy(row, complaint=complaint) for row in rows.promises])
        event = _again(rows.event, complaint=complaint)
        for row in rows.words:
            _again(row, event=event)


def _copy(row: Any, **changed: Any) -> Any:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    key = row._meta.pk
    if not key.is_relation:
        values.pop(key.attname)
    for name, value in changed.items():
        values.pop(row._meta.get_field(name).attname, None)
        values[name] = value
    return type(row)(**values)


def _again(row: Any, **changed: Any) -> Any:
    made = _copy(row, **changed)
    made.save(force_insert=True)
    return made


class Floor:
    """Eight processes with a connection each, which write when told."""

    def __init__(self, number: str) -> None:
        context = get_context("spawn")
        self.pipes: list[Connection] = []
        self.processes = []
        for place in range(CONNECTIONS):
            ours, theirs = context.Pipe()
            process = context.Process(target=_writer, args=(theirs, number, place), daemon=True)
            process.start()
            self.pipes.append(ours)
            self.processes.append(process)
        self._each("ready")

    def per_second(self, cases: int) -> float:
        """Write so many complaints; gives how many a second."""
        begin = time.perf_counter()
        self._each(*(len(range(place, cases, CONNECTIONS)) for place in range(CONNECTIONS)))
        return cases / (time.perf_counter() - begin)

    def close(self) -> None:
        for pipe in self.pipes:
            pipe.send(None)
        for process in self.processes:
            process.join(10)

    def _each(self, *told: Any) -> Sequence[Any]:
        given = told if len(told) == CONNECTIONS else told * CONNECTIONS
        for pipe, one in zip(self.pipes, given, strict=True):
            pipe.send(one)
        return [pipe.recv() for pipe in self.pipes]


def _writer(pipe: Connection, number: str, place: int) -> None:
    """One connection: writes as many as it is told, until it is told nothing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
    django.setup()
    rows = read(number)
    written = 0
    while (told := pipe.recv()) is not None:
        for _place in range(told if told != "ready" else 0):
            written += 1
            write(rows, f"FL-{place}-{written:06d}")
        pipe.send(written)
