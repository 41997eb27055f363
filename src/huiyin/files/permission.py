"""Who may read a file is asked of whoever owns the thing it is attached to."""

from collections.abc import Callable

from huiyin.files.models import StoredFile

Ask = Callable[[object, int], bool]
_asked: dict[str, Ask] = {}


class OwnerTaken(Exception):
    """Two functions want to decide about the same kind of owner."""


def register(owner_kind: str, may_read: Ask) -> None:
    """Have `may_read(reader, owner_id)` decide who reads the files of this kind of owner."""
    if owner_kind in _asked:
        raise OwnerTaken(owner_kind)
    _asked[owner_kind] = may_read


def may_read(reader: object, file: StoredFile) -> bool:
    """Ask the owner; nobody reads the files of an owner nobody registered, nor disposed ones."""
    ask = _asked.get(file.owner_kind)
    return ask is not None and file.disposed_at is None and ask(reader, file.owner_id)
