"""The rules of improving: every item has an owner, a date and a check; a signal ends with what became of it."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

ITEM_OWNED = declare(
    "改进-01", _("An improvement in hand has an owner who is here and a date ahead."), requirements=("S2-16",)
)
ITEM_VERIFIED = declare(
    "改进-02",
    _("An improvement ends with a check of its effect by somebody other than its owner."),
    requirements=("S2-16",),
)
ITEM_STAGE = declare(
    "改进-03", _("An improvement goes from proposed over accepted to verified."), requirements=("S2-16",)
)
SIGNAL_SETTLED = declare(
    "预警-01", _("A signal ends once, with what was done or the complaint it became."), requirements=("S2-18", "S2-19")
)
GROUP_REPORTED = declare(
    "归类-01", _("A report of grouped complaints names its period and who receives it."), requirements=("S2-17",)
)
