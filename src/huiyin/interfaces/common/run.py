"""How every way in takes a step: one transaction, and nobody overwrites what another has just done."""

from collections.abc import Callable
from typing import Any, TypeVar

from django.db import transaction

from huiyin.complaints import queries

Result = TypeVar("Result")


@transaction.atomic
def run(step: Callable[..., Result], complaint_id: int, *args: Any, seen: int | None = None, **details: Any) -> Result:
    """Take a step on a case.

    `seen` is the number of the last event the page or the client knew; the step is refused when the case has gone on
    since (流程-04). Without it the step stands for itself, as an arriving mail does.
    """
    if seen is not None:
        queries.require_unchanged(complaint_id, seen)
    return step(complaint_id, *args, **details)
