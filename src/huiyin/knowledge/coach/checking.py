"""Reads words before they go to a customer: what is wrong, where, why, and what to say instead.

A pure function of text, context and library: no database, no clock, nothing learnt.
"""

from collections.abc import Iterator

from django.utils.translation import get_language

from huiyin.knowledge.coach import apology, courtesy, parts, pending, polish, promising
from huiyin.knowledge.coach.categories import BLOCK, FIXED, KINDS, Category
from huiyin.knowledge.coach.context import Context
from huiyin.knowledge.coach.crisis import in_danger
from huiyin.knowledge.coach.marks import Found, Mark
from huiyin.knowledge.coach.phrases import Library, shipped
from huiyin.knowledge.coach.reading import HAN, Reading
from huiyin.policy.packs.titles import traditional

NOTHING_KNOWN = Context()
TRADITIONAL = ("zh-hant", "zh-tw", "zh-hk", "zh-mo")
CHECKS = (
    apology.formulaic,
    apology.against_finding,
    courtesy.politely,
    promising.beyond,
    parts.incomplete,
    polish.open_slots,
    polish.roughly,
)


def check(text: str, context: Context = NOTHING_KNOWN, library: Library | None = None) -> tuple[Mark, ...]:
    """Every finding in a text, in the order of the words; positions count characters of the text as given.

    Where somebody may be in danger there is one finding alone, and it opens the crisis sheet: tone waits.
    """
    if context.danger or in_danger(text) or in_danger(context.scene):
        return (_mark(Found(Category.CRISIS, 0, 0), Reading(text), context),)
    if not text.strip():
        return (_mark(Found(Category.EMPTY, 0, 0), Reading(text), context), *_bare(text, context))
    reading = Reading(text)
    marks = [_mark(one, reading, context) for one in _found(reading, context, library or shipped())]
    return tuple(sorted(marks, key=lambda mark: (mark.start, mark.end, mark.rule.code)))


def _bare(text: str, context: Context) -> Iterator[Mark]:
    """What an empty text lacks besides words."""
    reading = Reading(text)
    return (_mark(one, reading, context) for one in pending.without_step(reading, context, []))


def _found(reading: Reading, context: Context, library: Library) -> Iterator[Found]:
    phrases = library.find(reading, turn=context.turn)
    for one in phrases:
        if one.category in (Category.PENDING, Category.VAGUE_TIME):
            continue
        if one.category == Category.RECOMMENDATION and context.resolved:
            continue
        yield one
    yield from pending.without_step(reading, context, phrases)
    yield from pending.vaguely(reading, context, phrases)
    for look in CHECKS:
        yield from look(reading, context)


def _mark(found: Found, reading: Reading, context: Context) -> Mark:
    kind = KINDS[found.category]
    level = kind.level if found.category in FIXED else context.levels.get(found.category, kind.level)
    return Mark(
        kind.rule,
        found.start,
        found.end,
        (_readable(found.why) if found.phrase else found.why) or str(kind.why),
        found.firm and level == BLOCK,
        found.category,
        _in_script(found.better, reading),
        found.swap,
        found.phrase,
    )


def _readable(why: str) -> str:
    """A reason in the reader's own language, or nothing: the library's are written in the language of its phrases."""
    language = (get_language() or "zh-hans").lower()
    if language.startswith("en") != (HAN.search(why) is None):
        return ""
    return traditional(why) if language in TRADITIONAL else why


def _in_script(better: str, reading: Reading) -> str:
    """A wording in the characters the message is written in."""
    return traditional(better) if better and reading.traditional else better
