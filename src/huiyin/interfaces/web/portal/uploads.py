"""Photos and papers that come with a form: taken at once and kept as drafts, so that no mistake loses them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from huiyin.files import drafts, store
from huiyin.files.models import StoredFile
from huiyin.files.refused import FileRefused
from huiyin.files.store import MEGABYTE, Limits
from huiyin.interfaces.common.attachments import in_words
from huiyin.interfaces.web.portal import limits, stamps
from huiyin.people.actors import Actor

MOST_MB = 10
LIMITS = Limits(MOST_MB * MEGABYTE, store.FROM_OUTSIDE.types)
PORTAL = Actor.system("portal")
PHOTOS, KEPT, DROPPED = "photos", "kept", "drop"


@dataclass(frozen=True)
class Brought:
    """What a form brought so far: the files kept, and a sentence for each that was not taken."""

    files: tuple[StoredFile, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def sealed(self) -> str:
        return stamps.seal_files(file.pk for file in self.files)


def take(request: HttpRequest, *, at: datetime) -> Brought:
    """Keep what was sent now beside what was sent before, without what the sender took out again."""
    dropped = set(request.POST.getlist(DROPPED))
    before = drafts.waiting(stamps.read_files(request.POST.get(KEPT, "")), at=at)
    files = [file for file in before if str(file.pk) not in dropped]
    problems: list[str] = []
    for upload in request.FILES.getlist(PHOTOS):
        if len(files) >= stamps.MOST_FILES:
            problems.append(_("At most %(most)s files fit in one message.") % {"most": stamps.MOST_FILES})
            break
        file = _keep(request, upload, files, problems, at)
        if file is not None:
            files.append(file)
    return Brought(tuple(files), tuple(problems))


def _keep(
    request: HttpRequest, upload: "UploadedFile[Any]", files: Sequence[StoredFile], problems: list[str], at: datetime
) -> StoredFile | None:
    """Take one file; a twin of one kept already is not taken again, a refused one leaves its sentence."""
    name = store.clean_name(upload.name or "") or _("file")
    try:
        limits.require(limits.UPLOAD, limits.place_of(request), at=at)
        file = drafts.keep(upload, by=PORTAL, at=at, limits=LIMITS)
    except (FileRefused, limits.TooOften) as error:
        refusal = in_words(error) if isinstance(error, FileRefused) else error
        problems.append(
            _("«%(name)s» was not taken: %(why)s %(how)s")
            % {"name": name, "why": refusal.text, "how": refusal.unblock_text}
        )
        return None
    if any(file.sha256 == other.sha256 for other in files):
        store.dispose(file, at=at)
        return None
    return file
