"""Take files in, give them out, and dispose of them."""

import hashlib
import os
import re
import secrets
import shutil
import tempfile
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from io import BytesIO
from pathlib import Path
from typing import BinaryIO, Protocol

from django.conf import settings

from huiyin.files import kinds, pictures
from huiyin.files.models import StoredFile
from huiyin.files.refused import FileRefused, Why

MEGABYTE = 1_048_576
CHUNK = 262_144
ORPHANED_AFTER = timedelta(days=1)
NAME_LENGTH = 120
PICTURE, THUMBNAIL = ".picture", ".thumbnail"


class Upload(Protocol):
    """What arrives: a name and bytes, as Django's uploads and open files have them."""

    name: str | None

    def read(self, size: int = ..., /) -> bytes: ...


class By(Protocol):
    """Whoever attaches a file, as a label without personal data."""

    @property
    def label(self) -> str: ...


@dataclass(frozen=True)
class Limits:
    """How large a file may be, and which types are taken."""

    most_bytes: int
    types: frozenset[str]


FROM_OUTSIDE = Limits(20 * MEGABYTE, frozenset(kinds.EXTENSIONS) - kinds.ACTIVE - {"application/zip"})
FROM_STAFF = Limits(100 * MEGABYTE, frozenset(kinds.EXTENSIONS))


def save(upload: Upload, *, owner_kind: str, owner_id: int, by: By, at: datetime, limits: Limits) -> StoredFile:
    """Take a file: size, real type, hash, and for pictures a copy without metadata; the row goes with the caller.

    Refuses what is empty, too large, of a type not taken, broken, a program, or two types at once (FileRefused).
    """
    with tempfile.TemporaryFile(dir=_folder()) as content:
        size, sha256 = _copy(upload, content, limits.most_bytes)
        media_type = kinds.detect(content)
        if media_type not in limits.types:
            raise FileRefused(Why.TYPE_NOT_TAKEN, media_type=media_type)
        drawn = pictures.redraw(content) if media_type in kinds.PICTURES else None
        stored_as = secrets.token_hex(16)
        content.seek(0)
        _write(_path(stored_as), content)
    if drawn:
        _write(_path(stored_as + PICTURE), BytesIO(drawn[0]))
        _write(_path(stored_as + THUMBNAIL), BytesIO(drawn[1]))
    return StoredFile.objects.create(
        name=clean_name(upload.name or ""),
        stored_as=stored_as,
        size=size,
        sha256=sha256,
        media_type=media_type,
        owner_kind=owner_kind,
        owner_id=owner_id,
        uploaded_by=by.label,
        at=at,
        picture_sha256=hashlib.sha256(drawn[0]).hexdigest() if drawn else "",
        thumbnail_sha256=hashlib.sha256(drawn[1]).hexdigest() if drawn else "",
    )


def open(file: StoredFile) -> BinaryIO:
    """Open the bytes as they were taken; refuses a file whose bytes are gone or no longer have their hash."""
    return _open_verified(file, "", file.sha256)


def open_picture(file: StoredFile, *, thumbnail: bool = False) -> BinaryIO:
    """Open the copy that may be shown to others: JPEG, upright, no metadata; refuses where there is none."""
    if thumbnail:
        return _open_verified(file, THUMBNAIL, file.thumbnail_sha256)
    return _open_verified(file, PICTURE, file.picture_sha256)


def show_to_customer(file: StoredFile, *, shown: bool) -> None:
    """Let the complainant see the file on the portal, or no longer."""
    file.public_to_customer = shown
    file.save(update_fields=["public_to_customer"])


def dispose(file: StoredFile, *, at: datetime) -> None:
    """Erase the bytes and the name; the row stays with size, type and hash, so that the timeline can be proved."""
    for suffix in ("", PICTURE, THUMBNAIL):
        _path(file.stored_as + suffix).unlink(missing_ok=True)
    file.name, file.disposed_at = "", at
    file.save(update_fields=["name", "disposed_at"])


def remove_orphans(at: datetime) -> int:
    """Remove bytes older than a day whose row was rolled back; gives how many names were removed."""
    before = (at - ORPHANED_AFTER).timestamp()
    old = {path for path in _folder().glob("??/*") if path.stat().st_mtime < before}
    names = {path.name.split(".")[0] for path in old}
    orphans = names - set(_known(names))
    for path in old:
        if path.name.split(".")[0] in orphans:
            path.unlink(missing_ok=True)
    return len(orphans)


def clean_name(name: str) -> str:
    """Give the last part of the name without control, direction and path characters, at most 120 long."""
    plain = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(c for c in plain if unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Zl", "Zp"))
    plain = re.sub(r'[<>:"|?*]', "_", plain).strip(" .")
    stem, dot, extension = plain.rpartition(".")
    if len(plain) > NAME_LENGTH and dot and len(extension) <= 10:
        return stem[: NAME_LENGTH - len(extension) - 1] + dot + extension
    return plain[:NAME_LENGTH]


def download_name(file: StoredFile) -> str:
    """Give the name with an ending that fits what the file really is."""
    endings = kinds.EXTENSIONS.get(file.media_type, ())
    name = file.name or f"{file.pk}"
    if not endings or name.lower().endswith(endings):
        return name
    return name + endings[0]


def _known(names: Iterable[str]) -> list[str]:
    ordered = sorted(names)
    known: list[str] = []
    for start in range(0, len(ordered), 500):
        part = StoredFile.objects.filter(stored_as__in=ordered[start : start + 500])
        known.extend(part.values_list("stored_as", flat=True))
    return known


def _folder() -> Path:
    folder = Path(settings.MEDIA_ROOT)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder


def _path(name: str) -> Path:
    """Give the place of a stored name; two letters of it make the folder."""
    return Path(settings.MEDIA_ROOT) / name[:2] / name


def _copy(upload: Upload, content: BinaryIO, most_bytes: int) -> tuple[int, str]:
    """Copy and hash; stops at the limit instead of trusting a stated length."""
    size, digest = 0, hashlib.sha256()
    while chunk := upload.read(CHUNK):
        size += len(chunk)
        if size > most_bytes:
            raise FileRefused(Why.TOO_LARGE, most_megabytes=most_bytes // MEGABYTE)
        digest.update(chunk)
        content.write(chunk)
    if size == 0:
        raise FileRefused(Why.EMPTY)
    return size, digest.hexdigest()


def _write(path: Path, content: BinaryIO) -> None:
    """Write durably before the row that names it can be committed."""
    path.parent.mkdir(mode=0o700, exist_ok=True)
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        shutil.copyfileobj(content, written, CHUNK)
        written.flush()
        os.fsync(written.fileno())


def _open_verified(file: StoredFile, suffix: str, sha256: str) -> BinaryIO:
    """Open and compare the hash before a single byte is given out."""
    path = _path(file.stored_as + suffix)
    if file.disposed_at or not sha256 or not path.is_file():
        raise FileRefused(Why.GONE)
    content = path.open("rb")
    if hashlib.file_digest(content, "sha256").hexdigest() != sha256:
        content.close()
        raise FileRefused(Why.CHANGED)
    content.seek(0)
    return content
