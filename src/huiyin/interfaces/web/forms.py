"""The one form renderer: every form on every page looks and reads the same, and names its errors to a screen reader."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.forms.renderers import DjangoTemplates


class Renderer(DjangoTemplates):
    """Draws forms and fields with the design system; settings name it as FORM_RENDERER."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"

    def get_template(self, template_name: str) -> Any:
        """Lists of field errors are drawn with their shape; everything else is Django's own."""
        if template_name == "django/forms/errors/list/default.html":
            template_name = "components/field_errors.html"
        return super().get_template(template_name)


class SeveralFiles(forms.ClearableFileInput):
    """A file input that takes several at once and shows what was chosen before it is sent."""

    allow_multiple_selected = True
    template_name = "components/upload.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"multiple": True, "data-files": "", **(attrs or {})})


class FilesField(forms.FileField):
    """Several files; `cleaned_data` holds a list, empty when none was chosen."""

    widget = SeveralFiles

    def __init__(self, *, max_mb: int = 10, accept: str = "", **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.widget.attrs["data-max-mb"] = str(max_mb)
        if accept:
            self.widget.attrs["accept"] = accept

    def clean(self, data: Any, initial: Any = None) -> Any:
        """Clean each file by itself."""
        files: Sequence[UploadedFile[Any]] = data if isinstance(data, (list, tuple)) else [data] if data else []
        if not files:
            super().clean(None, initial)
            return []
        return [super(FilesField, self).clean(one, initial) for one in files]


class WantedLine(forms.CharField):
    """A line that is wanted; left empty, the step says so with its rule, not the form."""

    def validate(self, value: Any) -> None:
        """Let an empty line pass, to be refused by the step."""
