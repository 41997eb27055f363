"""The rules that policy enforces, each with the requirement behind it."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

PACK_SOUND = declare(
    "规则-01", _("A pack is used only when all of it can be read"), requirements=("ENG-01", "ENG-02", "C27")
)
PACK_VERSION_FIXED = declare("规则-02", _("A version of a pack never changes its content"), requirements=("ENG-13",))
PACK_IN_FORCE = declare("规则-03", _("A case needs a pack that is in force"), requirements=("ENG-13",))
WITHIN_LIMIT = declare("授权-01", _("Nobody grants more than the limit of their role"), requirements=("S2-49", "S2-09"))
WITHIN_BUDGET = declare("授权-02", _("Nobody grants more than the budget of the period"), requirements=("S2-49",))
GOODWILL_ONCE = declare("授权-03", _("Goodwill from the catalogue is granted once per case"), requirements=("S2-50",))
CALENDAR_SOUND = declare(
    "历法-01", _("A calendar year is loaded only when all of it can be read"), requirements=("ENG-05", "C27")
)
CALENDAR_IN_ORDER = declare("历法-02", _("Calendar years are loaded without a gap"), requirements=("ENG-06",))
CALENDAR_CONFIRMED = declare(
    "历法-03", _("A confirmed calendar year is replaced only by a confirmed one"), requirements=("ENG-06",)
)
CALENDAR_KNOWN = declare("历法-04", _("A clock counts on a calendar that has been loaded"), requirements=("ENG-05", "ENG-06"))
