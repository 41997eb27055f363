"""How a message leaves the house: one file per way, each a function `send(letter)` that gives the provider's answer."""

from huiyin.messaging.transports.result import Rejected, Unreachable
from huiyin.messaging.transports.ways import leaves, way_for

__all__ = ["Rejected", "Unreachable", "leaves", "way_for"]
