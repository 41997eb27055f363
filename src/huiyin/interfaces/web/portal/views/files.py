"""The complainant's files: what he brought himself, and what he was given to see."""

from django.http import FileResponse, Http404, HttpRequest
from django.views.decorators.http import require_safe

from huiyin.files.models import StoredFile
from huiyin.interfaces.web.files.views import attachment, shown
from huiyin.interfaces.web.portal import reading
from huiyin.interfaces.web.portal.doors import Door, opened


@opened
@require_safe
def download(request: HttpRequest, door: Door, file_id: int) -> FileResponse:
    """The file as it was taken, to be saved."""
    return attachment(_his(door, file_id))


@opened
@require_safe
def thumbnail(request: HttpRequest, door: Door, file_id: int) -> FileResponse:
    """A small picture of it, drawn anew."""
    return shown(_his(door, file_id), thumbnail=True)


def _his(door: Door, file_id: int) -> StoredFile:
    """The file if it is his to see; any other is answered like one that is not there."""
    file = next((row for row in reading.his_files(door.access.complaint) if row.pk == file_id), None)
    if file is None:
        raise Http404
    return file
