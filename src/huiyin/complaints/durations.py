"""How long things took before: a promised time is one that was held (S3-30, AMB-10)."""

from datetime import datetime, timedelta
from math import ceil

from huiyin.complaints.models import Action

SAMPLE = 200
# Fewer cases than this say nothing about the next one.
ENOUGH = 5


def realistic(remedy: str, percentile: int) -> timedelta | None:
    """The time within which this share of the last actions of a remedy was done; None while too few are known.

    The nearest rank of at most two hundred actions, counted from the customer's choice.
    """
    rows = Action.objects.filter(remedy=remedy, status=Action.Status.DONE, line__isnull=False).order_by("-done_at")
    known = rows.values_list("done_at", "due_at", "line__option__execute_within_minutes")[:SAMPLE]
    taken = sorted(_took(done, due, within) for done, due, within in known if done is not None)
    if len(taken) < ENOUGH:
        return None
    return taken[ceil(len(taken) * percentile / 100) - 1]


def _took(done_at: datetime, due_at: datetime, within_minutes: int) -> timedelta:
    chosen_at = due_at - timedelta(minutes=within_minutes)
    return max(done_at - chosen_at, timedelta(0))
