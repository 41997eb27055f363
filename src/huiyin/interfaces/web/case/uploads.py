"""Files that come with a step: taken into the case in the step's own transaction, so that a refusal leaves none."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile

from huiyin.complaints.permissions import CASE
from huiyin.files import store
from huiyin.files.models import StoredFile
from huiyin.interfaces.web.case.here import Here


class UploadField(forms.FileField):
    """One file, if any."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.FileInput({"data-files": "", "data-max-mb": str(store.FROM_STAFF.most_bytes // store.MEGABYTE)})
        widget.template_name = "components/upload.html"
        super().__init__(required=False, allow_empty_file=True, widget=widget, **kwargs)


def kept(upload: "UploadedFile[Any] | None", here: Here) -> StoredFile | None:
    """Take the file into the case: size, real type and hash are looked at there."""
    if upload is None:
        return None
    return store.save(
        upload, owner_kind=CASE, owner_id=here.complaint.pk, by=here.actor, at=here.at, limits=store.FROM_STAFF
    )
