"""The rules of wording, and of the shelves. Of the first the pack says which hold a message back (`[coach]`)."""

from django.utils.translation import gettext_lazy as _

from huiyin.rules import declare

FORMULAIC_APOLOGY = declare("用语-01", _("An apology touches what happened"), requirements=("S0-11", "AMB-07"))
SUBJECTIVE = declare("用语-02", _("Say what is known, not what one feels"), requirements=("S0-30",), level="hint")
PENDING_WITHOUT_TIME = declare(
    "用语-03", _("What is pending has a next step with a time"), requirements=("S1-02", "S0-04")
)
EMPTY_MESSAGE = declare("用语-04", _("A message says something"), requirements=("S0-04",))
STIFF = declare("用语-05", _("No stiff language"), requirements=("S4-06", "S4-112"), level="warn")
SHIRKING = declare("用语-06", _("No shirking"), requirements=("S4-06", "S2-58"), level="warn")
BLAMING = declare("用语-07", _("No blaming the customer"), requirements=("S4-06", "S2-58"), level="warn")
REBUTTING = declare("用语-08", _("No rebuttal, no argument"), requirements=("S2-55", "S2-58"), level="warn")
IMPATIENT = declare("用语-09", _("No impatience, no sending away"), requirements=("S4-129", "AMB-32"), level="warn")
EXCUSING = declare("用语-10", _("No excusing oneself"), requirements=("S4-131",), level="warn")
DISPARAGING = declare("用语-11", _("No belittling"), requirements=("S4-112", "S4-128"), level="warn")
THREATENING = declare("用语-12", _("No threat"), requirements=("AMB-34", "S3-29", "S4-112"), level="warn")
BUCK_PASSING = declare(
    "用语-13", _("No passing on of the customer"), requirements=("S4-06", "S4-01", "S2-58"), level="warn"
)
COMPANY_WORK = declare("用语-14", _("The company's work stays with the company"), requirements=("S4-01",), level="warn")
SETTLEMENT = declare(
    "用语-15", _("A settlement forbids nobody to complain"), requirements=("AMB-34", "S4-112"), level="warn"
)
RECOMMENDATION = declare(
    "用语-16", _("No recommendation before resolution"), requirements=("AMB-17", "S0-43"), level="warn"
)
PRESSURE = declare("用语-17", _("No pressure by what is not so"), requirements=("S3-29", "AMB-34"), level="warn")
COLD = declare("用语-18", _("No slighting"), requirements=("S4-128", "S4-10"), level="hint")
APOLOGY_TYPE = declare(
    "用语-19", _("An apology admits what was found"), requirements=("S1-06", "S2-25", "AMB-07"), level="warn"
)
PLEASE = declare("用语-20", _("Please comes first"), requirements=("S4-05", "S4-35"), level="hint")
ADDRESS = declare("用语-21", _("The customer is addressed politely"), requirements=("S4-05",), level="hint")
FAREWELL = declare("用语-22", _("Goodbye comes last"), requirements=("S4-05", "S4-35"), level="hint")
VAGUE_TIME = declare("用语-23", _("A time is measurable"), requirements=("S3-36", "S0-04"), level="hint")
OVERPROMISE = declare("用语-24", _("No excessive promise"), requirements=("S2-09", "S4-130"), level="warn")
AUTHORITY = declare(
    "用语-25", _("A promise stays within one's authority"), requirements=("S2-09", "S4-130"), level="warn"
)
CATALOGUE = declare("用语-26", _("A promise comes from the catalogue"), requirements=("S2-09", "S4-130"), level="warn")
CAPACITY = declare("用语-27", _("A promise fits what can be done"), requirements=("S2-09", "S4-130"), level="hint")
TOO_EARLY = declare("用语-28", _("A promise takes its usual time"), requirements=("S3-30", "AMB-10"), level="hint")
THREE_PARTS = declare("用语-29", _("Conclusion, basis, action"), requirements=("S0-31",), level="hint")
SLOT = declare("用语-30", _("No slot stays unfilled"), requirements=("S4-04",), level="warn")
UNPOLISHED = declare("用语-31", _("Concise and polished"), requirements=("S4-04", "S4-10"), level="hint")
CRISIS = declare("用语-32", _("A person in danger comes first"), requirements=("S2-48",), level="warn")
PATTERN_READABLE = declare("用语-33", _("A pattern of the library can be read"), requirements=("S4-112",))

# The shelves
CHANGE_SAYS_WHY = declare("知识-01", _("Every change of an entry says why"), requirements=("C13", "ENG-16"))
CHANGE_NOT_OVERWRITTEN = declare("知识-02", _("Nobody overwrites another's change of an entry"), requirements=("C13",))
ENTRY_COMPLETE = declare("知识-03", _("An entry says what it is for"), requirements=("S2-42", "S2-13"))
FACT_HAS_SOURCE = declare("知识-04", _("A fact has a source and a time"), requirements=("S0-39",))
PHRASE_HAS_BETTER = declare("知识-05", _("Forbidden words come with better ones"), requirements=("S4-112",))
CODE_ONCE = declare("知识-06", _("A code stands for one entry"), requirements=("C13",))
RETIRED_RESTS = declare("知识-07", _("What is retired is brought back before it changes"), requirements=("C13",))
CHANGE_CHANGES = declare("知识-08", _("A change changes something"), requirements=("C13",))
