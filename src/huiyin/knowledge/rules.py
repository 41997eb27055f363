"""The rules of wording."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

FORMULAIC_APOLOGY = declare("用语-01", _("An apology touches what happened"), requirements=("S0-11",))
SUBJECTIVE = declare("用语-02", _("Say what is known, not what one feels"), requirements=("S0-30",), level="hint")
PENDING_WITHOUT_TIME = declare(
    "用语-03", _("What is pending has a next step with a time"), requirements=("S1-02", "S0-04")
)
EMPTY_MESSAGE = declare("用语-04", _("A message says something"), requirements=("S0-04",))
