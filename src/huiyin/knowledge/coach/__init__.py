"""The coach: reads words before they go to a customer, and says what would break a rule of good speech."""

from huiyin.knowledge.coach.apology import apologises, touches_fault
from huiyin.knowledge.coach.categories import BLOCK, FIXED, HINT, KINDS, Category
from huiyin.knowledge.coach.checking import check
from huiyin.knowledge.coach.context import Context, Established, Limits, Turn
from huiyin.knowledge.coach.crisis import in_danger
from huiyin.knowledge.coach.marks import Mark
from huiyin.knowledge.coach.notation import PatternWrong
from huiyin.knowledge.coach.phrases import Library, Phrase, shipped
from huiyin.knowledge.coach.promising import gives
from huiyin.knowledge.coach.refusals import EmptyWords, NoTimeInWords, WordsBlocked, require
from huiyin.knowledge.coach.times import first_due, named_in

__all__ = [
    "BLOCK",
    "FIXED",
    "HINT",
    "KINDS",
    "Category",
    "Context",
    "EmptyWords",
    "Established",
    "Library",
    "Limits",
    "Mark",
    "NoTimeInWords",
    "PatternWrong",
    "Phrase",
    "Turn",
    "WordsBlocked",
    "apologises",
    "check",
    "first_due",
    "gives",
    "in_danger",
    "named_in",
    "require",
    "shipped",
    "touches_fault",
]
