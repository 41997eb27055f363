"""What the coach looks for: each category with its rule, whether it holds a message back, and why it matters.

Which categories hold back is for the pack to say (`[coach]` in its settings); what stands here is taken where it is
silent. Of the findings of a category that holds back, those marked as mere hints still only advise.
"""

from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from huiyin.knowledge import rules
from huiyin.rules import Rule

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BLOCK, HINT = "block", "hint"


class Category(StrEnum):
    """The nine forbidden manners of speech first, then what a message lacks or promises too much of."""

    STIFF = "stiff"
    SHIRKING = "shirking"
    BLAMING = "blaming"
    REBUTTING = "rebutting"
    IMPATIENT = "impatient"
    EXCUSING = "excusing"
    DISPARAGING = "disparaging"
    THREATENING = "threatening"
    BUCK_PASSING = "buck_passing"
    COMPANY_WORK = "company_work"
    SETTLEMENT = "settlement"
    RECOMMENDATION = "recommendation"
    PRESSURE = "pressure"
    COLD = "cold"
    FORMULAIC_APOLOGY = "formulaic_apology"
    APOLOGY_TYPE = "apology_type"
    PLEASE = "please"
    ADDRESS = "address"
    FAREWELL = "farewell"
    SUBJECTIVE = "subjective"
    PENDING = "pending"
    VAGUE_TIME = "vague_time"
    OVERPROMISE = "overpromise"
    AUTHORITY = "authority"
    CATALOGUE = "catalogue"
    CAPACITY = "capacity"
    TOO_EARLY = "too_early"
    THREE_PARTS = "three_parts"
    SLOT = "slot"
    UNPOLISHED = "unpolished"
    EMPTY = "empty"
    CRISIS = "crisis"


@dataclass(frozen=True)
class Kind:
    """One category: the rule its findings name, what it does where the pack is silent, and why it matters."""

    rule: Rule
    level: str
    why: "str | _StrPromise"


C = Category
KINDS: MappingProxyType[Category, Kind] = MappingProxyType(
    {
        C.STIFF: Kind(rules.STIFF, BLOCK, _("It shuts the door: say what is possible, and why the rest is not.")),
        C.SHIRKING: Kind(rules.SHIRKING, BLOCK, _("The customer came to us: say who takes care of it here.")),
        C.BLAMING: Kind(
            rules.BLAMING, BLOCK, _("It puts the fault on the customer: say what was found, not who failed.")
        ),
        C.REBUTTING: Kind(
            rules.REBUTTING, BLOCK, _("It argues: first take up what he says, then show what was found.")
        ),
        C.IMPATIENT: Kind(rules.IMPATIENT, BLOCK, _("It sends the customer away: give him the time he needs.")),
        C.EXCUSING: Kind(rules.EXCUSING, BLOCK, _("Our difficulties do not help him: say what happens now.")),
        C.DISPARAGING: Kind(rules.DISPARAGING, BLOCK, _("It makes the customer or his matter small.")),
        C.THREATENING: Kind(
            rules.THREATENING, BLOCK, _("Nobody is threatened here, and nobody is kept from his rights.")
        ),
        C.BUCK_PASSING: Kind(
            rules.BUCK_PASSING, BLOCK, _("It sends the customer on: ask the others yourself, then tell him.")
        ),
        C.COMPANY_WORK: Kind(
            rules.COMPANY_WORK, BLOCK, _("This is our work: keep the difficulty, give him the convenience.")
        ),
        C.SETTLEMENT: Kind(
            rules.SETTLEMENT, BLOCK, _("No settlement may forbid complaining, reporting or telling others.")
        ),
        C.RECOMMENDATION: Kind(rules.RECOMMENDATION, BLOCK, _("Nothing is recommended before his matter is settled.")),
        C.PRESSURE: Kind(
            rules.PRESSURE, BLOCK, _("It presses with what is not so: give him the facts and the time to decide.")
        ),
        C.COLD: Kind(rules.COLD, HINT, _("It sounds cold: say that it was understood, and what happens next.")),
        C.FORMULAIC_APOLOGY: Kind(
            rules.FORMULAIC_APOLOGY, BLOCK, _("The apology has no word of what happened to the customer.")
        ),
        C.APOLOGY_TYPE: Kind(rules.APOLOGY_TYPE, BLOCK, _("What it admits is not what was found.")),
        C.PLEASE: Kind(rules.PLEASE, HINT, _("A first word to the customer says please or greets him.")),
        C.ADDRESS: Kind(rules.ADDRESS, HINT, _("The customer is addressed politely.")),
        C.FAREWELL: Kind(rules.FAREWELL, HINT, _("A last word to the customer takes leave of him.")),
        C.SUBJECTIVE: Kind(rules.SUBJECTIVE, HINT, _("Say what is known and on what it rests.")),
        C.PENDING: Kind(rules.PENDING_WITHOUT_TIME, BLOCK, _("It leaves him waiting and names no next step.")),
        C.VAGUE_TIME: Kind(
            rules.VAGUE_TIME, HINT, _("A time he cannot measure is no promise: name the hour or the day.")
        ),
        C.OVERPROMISE: Kind(rules.OVERPROMISE, BLOCK, _("Nobody can hold this: promise what is certain.")),
        C.AUTHORITY: Kind(rules.AUTHORITY, BLOCK, _("It promises more than your authority covers.")),
        C.CATALOGUE: Kind(rules.CATALOGUE, BLOCK, _("It promises what the catalogue does not offer for this case.")),
        C.CAPACITY: Kind(rules.CAPACITY, HINT, _("At that time too much is promised already.")),
        C.TOO_EARLY: Kind(rules.TOO_EARLY, HINT, _("Nine of ten such promises took longer.")),
        C.THREE_PARTS: Kind(
            rules.THREE_PARTS, HINT, _("An answer gives a conclusion, what it rests on, and what is done.")
        ),
        C.SLOT: Kind(rules.SLOT, BLOCK, _("This place of the template is not filled in.")),
        C.UNPOLISHED: Kind(rules.UNPOLISHED, HINT, _("Short sentences, plain marks: it reads more easily.")),
        C.EMPTY: Kind(rules.EMPTY_MESSAGE, BLOCK, _("The message is empty.")),
        C.CRISIS: Kind(rules.CRISIS, HINT, _("Somebody may be in danger: help comes first, wording later.")),
    }
)
# What a phrase of the library can be about; the others are found by rules of their own.
IN_LIBRARY = (
    C.STIFF, C.SHIRKING, C.BLAMING, C.REBUTTING, C.IMPATIENT, C.EXCUSING, C.DISPARAGING, C.THREATENING, C.BUCK_PASSING,
    C.COMPANY_WORK, C.SETTLEMENT, C.RECOMMENDATION, C.PRESSURE, C.COLD, C.OVERPROMISE, C.PENDING, C.VAGUE_TIME,
    C.SUBJECTIVE, C.UNPOLISHED, C.CRISIS,
)  # fmt: skip
# The manners of speech: of two that mark the same words, the first named here speaks.
MANNERS = IN_LIBRARY[:14]
# What no pack may soften: a message that says nothing, and a person in danger.
FIXED = (C.EMPTY, C.CRISIS)
