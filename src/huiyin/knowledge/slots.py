"""Slots in scripts: `{product}` is filled from the case; what nobody filled stays in sight and cannot be sent."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from huiyin.knowledge.vocabulary import Names

SLOT = re.compile(r"\{([^{}\s]{1,40})\}")
# What a case can fill.
SLOTS: Names = {
    "name": _("the customer's name"),
    "agent": _("your own name"),
    "number": _("the number of the complaint"),
    "product": _("the product"),
    "order": _("the order number"),
    "when": _("when it reached us"),
    "deadline": _("the time of the next news"),
    "scene": _("what happened"),
    "impact": _("what it means for the customer"),
    "demand": _("the first demand"),
    "amount": _("the amount"),
    "handler": _("who investigates"),
    "department": _("the department"),
    "company": _("the company"),
    "matter": _("the matter in the customer's words"),
}
SENTENCE = re.compile(r"[^。！？!?；;\n]+")
IMPACT = re.compile(
    r"(?:担心|害怕|怕|生怕|以免)?(?:会|要|就)?"
    r"((?:影响|耽误|耽搁|打乱|错过|赶不上|来不及|没法|无法|不能|用不了|用不上|白白)[^,，。;；!！?？、\n]{0,24})"
)
LONGEST = 60


@dataclass(frozen=True)
class Filled:
    """A text with its slots filled as far as the case could."""

    text: str
    missing: tuple[str, ...]


def slots_of(text: str) -> tuple[str, ...]:
    """The names of the slots of a text, each once, in their order."""
    return tuple(dict.fromkeys(SLOT.findall(text)))


def fill(text: str, values: Mapping[str, str]) -> Filled:
    """Put the values into the text; a slot without a value stays as it is written."""
    missing = tuple(name for name in slots_of(text) if not values.get(name))
    return Filled(SLOT.sub(lambda slot: values.get(slot[1]) or slot[0], text), missing)


def scene_words(*texts: str) -> str:
    """What happened in a few words: the first sentence of the first text that says anything, cut at a comma."""
    for text in texts:
        found = SENTENCE.search(text.strip())
        if found is None:
            continue
        said = found[0].strip(" ,，、")
        if len(said) > LONGEST:
            said = re.split(r"[,，]", said)[0][:LONGEST]
        if said:
            return said
    return ""


def impact_words(*texts: str) -> str:
    """What it means for the customer, where a text says so: 担心影响使用 → 影响使用 (S0-12)."""
    for text in texts:
        if found := IMPACT.search(text):
            return found[1].strip()
    return ""
