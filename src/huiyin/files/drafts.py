"""Files that arrive before the thing they belong to exists: kept for a day, then handed over or disposed of."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import transaction

from huiyin.files import store
from huiyin.files.models import StoredFile
from huiyin.files.store import By, Limits, Upload

# No owner of this kind is registered, so nobody reads a draft (files.permission).
DRAFT = "draft"
KEPT_FOR = timedelta(days=1)


def keep(upload: Upload, *, by: By, at: datetime, limits: Limits) -> StoredFile:
    """Take a file that belongs to nothing yet; refuses what `store.save` refuses (FileRefused)."""
    return store.save(upload, owner_kind=DRAFT, owner_id=0, by=by, at=at, limits=limits)


def waiting(ids: Iterable[int], *, at: datetime) -> list[StoredFile]:
    """The drafts among these files that are still kept, in the order they came."""
    rows = StoredFile.objects.filter(pk__in=list(ids), owner_kind=DRAFT, disposed_at=None, at__gt=at - KEPT_FOR)
    return list(rows.order_by("pk"))


@transaction.atomic
def hand_over(files: Iterable[StoredFile], *, owner_kind: str, owner_id: int, by: By) -> list[StoredFile]:
    """Give drafts to what they belong to, attached by this actor; gives those that were still drafts."""
    held = StoredFile.objects.select_for_update().filter(pk__in=[file.pk for file in files], owner_kind=DRAFT)
    given = list(held.filter(disposed_at=None).order_by("pk"))
    for file in given:
        file.owner_kind, file.owner_id, file.uploaded_by = owner_kind, owner_id, by.label
        file.save(update_fields=["owner_kind", "owner_id", "uploaded_by"])
    return given


def forget(at: datetime) -> int:
    """Dispose of drafts older than a day; gives how many."""
    rows = StoredFile.objects.filter(owner_kind=DRAFT, disposed_at=None, at__lte=at - KEPT_FOR)
    old = list(rows.order_by("pk")[:500])
    for file in old:
        store.dispose(file, at=at)
    return len(old)
