"""The rules of wording."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

FORMULAIC_APOLOGY = declare("用语-01", _("An apology touches what happened"), requirements=("S0-11",))
SUBJECTIVE = declare("用语-02", _("Say what is known, not what one feels"), requirements=("S0-30",), level="hint")
PENDING_WITHOUT_TIME = declare(
    "用语-03", _("What is pending has a next step with a time"), requirements=("S1-02", "S0-04")
)
EMPTY_MESSAGE = declare("用语-04", _("A message says something"), requirements=("S0-04",))

# The shelves
CHANGE_SAYS_WHY = declare("知识-01", _("Every change of an entry says why"), requirements=("C13", "ENG-16"))
CHANGE_NOT_OVERWRITTEN = declare("知识-02", _("Nobody overwrites another's change of an entry"), requirements=("C13",))
ENTRY_COMPLETE = declare("知识-03", _("An entry says what it is for"), requirements=("S2-42", "S2-13"))
FACT_HAS_SOURCE = declare("知识-04", _("A fact has a source and a time"), requirements=("S0-39",))
PHRASE_HAS_BETTER = declare("知识-05", _("Forbidden words come with better ones"), requirements=("S4-112",))
CODE_ONCE = declare("知识-06", _("A code stands for one entry"), requirements=("C13",))
RETIRED_RESTS = declare("知识-07", _("What is retired is brought back before it changes"), requirements=("C13",))
CHANGE_CHANGES = declare("知识-08", _("A change changes something"), requirements=("C13",))
