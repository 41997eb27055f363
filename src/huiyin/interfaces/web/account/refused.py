"""Put the sentence of a refusal where the person will look: beside the field it is about."""

from django.forms import BaseForm
from django.utils.translation import gettext as _

from huiyin.rules import Refusal


def show_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Add a refusal to a form: to the first missing field that the form has, else to the form as a whole."""
    field = next((name for name in refusal.missing if name in form.fields), None)
    parts = {"sentence": refusal.text, "unblock": refusal.unblock_text, "rule": refusal.rule.code}
    if parts["unblock"]:
        form.add_error(field, _("%(sentence)s %(unblock)s § %(rule)s") % parts)
    else:
        form.add_error(field, _("%(sentence)s § %(rule)s") % parts)
