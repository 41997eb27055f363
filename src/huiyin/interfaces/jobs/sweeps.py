"""What every worker tidies up from time to time."""

from huiyin.complaints.steps import conduct
from huiyin.files import drafts, store
from huiyin.interfaces.common import idempotency, throttle
from huiyin.queue import worker

HOUR_SECONDS = 3_600
MINUTE_SECONDS = 60


def register_all() -> None:
    """Name the sweeps to the worker."""
    worker.register_sweep("idempotency.forget", idempotency.forget, every_seconds=HOUR_SECONDS)
    worker.register_sweep("files.orphans", store.remove_orphans, every_seconds=24 * HOUR_SECONDS)
    worker.register_sweep("files.drafts", drafts.forget, every_seconds=HOUR_SECONDS)
    worker.register_sweep("conduct.end", conduct.end_expired, every_seconds=5 * MINUTE_SECONDS)
    worker.register_sweep("throttle.forget", throttle.forget, every_seconds=HOUR_SECONDS)
