"""Give out attached files: the original only as a download, in the page only pictures drawn anew."""

from typing import BinaryIO

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from huiyin.files import kinds, permission, store
from huiyin.files.models import StoredFile

JPEG = "image/jpeg"
UNKNOWN = "application/octet-stream"


@require_safe
@login_required
def download(request: HttpRequest, file_id: int) -> FileResponse:
    """The file as it was taken, to be saved and never shown by the browser."""
    return attachment(_readable(request, file_id))


@require_safe
@login_required
def picture(request: HttpRequest, file_id: int) -> FileResponse:
    """A picture without its metadata, to be shown in the page."""
    return shown(_readable(request, file_id))


@require_safe
@login_required
def thumbnail(request: HttpRequest, file_id: int) -> FileResponse:
    """The same, small."""
    return shown(_readable(request, file_id), thumbnail=True)


def attachment(file: StoredFile) -> FileResponse:
    """Answer with the original as a download; what a browser might run is not even called by its type."""
    media_type = UNKNOWN if file.media_type in kinds.ACTIVE else file.media_type
    return _closed_off(
        FileResponse(store.open(file), as_attachment=True, filename=store.download_name(file), content_type=media_type)
    )


def shown(file: StoredFile, *, thumbnail: bool = False) -> FileResponse:
    """Answer with the picture drawn anew; there is none of anything but a picture."""
    if not file.has_picture:
        raise Http404
    content: BinaryIO = store.open_picture(file, thumbnail=thumbnail)
    return _closed_off(FileResponse(content, content_type=JPEG, filename=f"{file.pk}.jpg"))


def _readable(request: HttpRequest, file_id: int) -> StoredFile:
    """Find the file; one this person may not read is answered like one that is not there."""
    file = get_object_or_404(StoredFile, pk=file_id)
    if not permission.may_read(request.user, file):
        raise Http404
    return file


def _closed_off(response: FileResponse) -> FileResponse:
    """Let no cache between share it and no browser guess its type or run anything in it."""
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=0, must-revalidate"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response
