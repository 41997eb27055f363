"""What somebody who signs writes: a comment, and for a return why."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.case.fields import words_field

REASONS: tuple[tuple[str, Any], ...] = (
    ("amount", _("The amount is too high")),
    ("evidence", _("The evidence is not enough")),
    ("answers", _("The demands are not all answered")),
    ("other", _("Another reason")),
)


class DecisionForm(forms.Form):
    """The comment, and for a return the reason to begin with."""

    use_required_attribute = False
    reason = forms.ChoiceField(
        label=_("To return it, choose a reason"), choices=REASONS, required=False, widget=forms.RadioSelect
    )
    comment = words_field(_("Comment"), rows=2)

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="sign-%s")

    def comment_words(self) -> str:
        """The comment; for a return begun with the reason that was chosen."""
        said = str(self.cleaned_data["comment"]).strip()
        chosen = dict(REASONS).get(self.cleaned_data["reason"], "")
        if self.cleaned_data["reason"] in ("", "other"):
            return said
        return f"{chosen} {said}".strip()
