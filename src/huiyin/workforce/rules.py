"""The rules this room enforces: work goes to people who are there."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

ON_DUTY = declare(
    "在岗-01",
    _("Work is given only to somebody who is there."),
    requirements=("S4-34", "AMB-12"),
)
ABSENCE_SOUND = declare(
    "在岗-02", _("An absence has a beginning, an end and at most one stand-in who is there."), requirements=("AMB-12",)
)
