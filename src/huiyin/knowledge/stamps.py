"""The stamp of each shelf: whoever keeps a copy of a shelf asks by one query whether it is still the same."""

import secrets
from collections.abc import Iterable

from huiyin.knowledge.models import Shelf


def stamp(kind: str) -> str:
    """The stamp a shelf has now; empty while nothing was ever put on it."""
    return Shelf.objects.filter(kind=kind).values_list("stamp", flat=True).first() or ""


def touch(kinds: Iterable[str]) -> None:
    """Give these shelves another stamp; the row stays locked until the transaction ends."""
    for kind in sorted(set(kinds)):
        Shelf.objects.update_or_create(kind=kind, defaults={"stamp": secrets.token_hex(16)})
