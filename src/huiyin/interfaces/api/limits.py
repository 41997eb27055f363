"""The pace of a token: so many requests at once, then so many a minute (a token bucket in each process).

The state lives in memory: a request that only reads writes nothing. With several server processes each keeps its own
count, so the pace of all together is that much higher.
"""

import math
import threading
import time
from collections import OrderedDict

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.api import rules
from huiyin.rules import Refusal

KEPT = 10_000


class TooFast(Refusal):
    rule = rules.PACE
    sentence = _("Too many requests; wait %(seconds)s seconds.")
    unblock = _("Send the request again after that time.")


class Buckets:
    """A bucket for each key: filled steadily, emptied by one with each request."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait_seconds(self, key: str, *, per_minute: int, now: float) -> int:
        """Take one request from the bucket; gives 0, or in how many seconds there will be one again."""
        burst, per_second = float(per_minute), per_minute / 60
        with self._lock:
            level, since = self._levels.pop(key, (burst, now))
            level = min(burst, level + (now - since) * per_second)
            short = 1 - level
            self._levels[key] = (level if short > 0 else level - 1, now)
            while len(self._levels) > KEPT:
                self._levels.popitem(last=False)
        return 0 if short <= 0 else math.ceil(short / per_second)

    def clear(self) -> None:
        with self._lock:
            self._levels.clear()


buckets = Buckets()


def keep_pace(key: str) -> None:
    """Refuse a request that comes too soon after too many others."""
    per_minute: int = settings.HUIYIN_API_PER_MINUTE
    if per_minute == 0:
        return
    seconds = buckets.wait_seconds(key, per_minute=per_minute, now=time.monotonic())
    if seconds:
        raise TooFast(seconds=seconds)
