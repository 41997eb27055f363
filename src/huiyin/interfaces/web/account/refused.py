"""Try a step with a form; the sentence of a refusal stands where the person will look: beside the field it is about."""

from collections.abc import Callable

from django.forms import BaseForm
from django.utils.translation import gettext as _

from huiyin.rules import Refusal


def applied(form: BaseForm, step: Callable[[], object]) -> bool:
    """Take the step if the form is sound; a refusal goes into the form."""
    if not form.is_valid():
        return False
    try:
        step()
    except Refusal as refusal:
        show_refusal(form, refusal)
        return False
    return True


def show_refusal(form: BaseForm, refusal: Refusal) -> None:
    """Add a refusal to a form: to the first missing field that the form has, else to the form as a whole."""
    field = next((name for name in refusal.missing if name in form.fields), None)
    parts = {"sentence": refusal.text, "unblock": refusal.unblock_text, "rule": refusal.rule.code}
    if parts["unblock"]:
        form.add_error(field, _("%(sentence)s %(unblock)s § %(rule)s") % parts)
    else:
        form.add_error(field, _("%(sentence)s § %(rule)s") % parts)
