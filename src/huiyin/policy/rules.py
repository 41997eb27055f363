"""The rules that policy enforces, each with the requirement behind it."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

PACK_SOUND = declare(
    "规则-01", _("A pack is used only when all of it can be read"), requirements=("ENG-01", "ENG-02", "C27")
)
PACK_VERSION_FIXED = declare("规则-02", _("A version of a pack never changes its content"), requirements=("ENG-13",))
PACK_IN_FORCE = declare("规则-03", _("A case needs a pack that is in force"), requirements=("ENG-13",))
CALENDAR_SOUND = declare(
    "历法-01", _("A calendar year is loaded only when all of it can be read"), requirements=("ENG-05", "C27")
)
CALENDAR_IN_ORDER = declare("历法-02", _("Calendar years are loaded without a gap"), requirements=("ENG-06",))
CALENDAR_CONFIRMED = declare(
    "历法-03", _("A confirmed calendar year is replaced only by a confirmed one"), requirements=("ENG-06",)
)
CALENDAR_KNOWN = declare(
    "历法-04", _("A clock counts on a calendar that has been loaded"), requirements=("ENG-05", "ENG-06")
)
ONE_BASIS = declare(
    "赔偿-01",
    _("Two bases of claim are never added up for one purchase"),
    requirements=("S3-26",),
    source="法释〔2024〕9号 第9条",
    evidence="V",
)
BASIS_SHOWN = declare("赔偿-02", _("A basis of claim rests on what was shown"), requirements=("S3-26",))
