"""What is different between two versions of an entry: field by field, and in each field letter by letter."""

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Any

from huiyin.knowledge.kinds import SHAPES, Content, Field, Sort
from huiyin.knowledge.vocabulary import name_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Run:
    """A stretch of text: both have it (""), it went ("gone"), or it came ("new")."""

    text: str
    what: str


@dataclass(frozen=True)
class Change:
    """One field that says something else."""

    label: "str | _StrPromise"
    runs: tuple[Run, ...]


def changes(kind: str, before: Content, after: Content) -> list[Change]:
    """The fields that differ, in the order of the kind."""
    found = []
    for field in SHAPES[kind].fields:
        old, new = (plain(field, content.get(field.name, field.empty)) for content in (before, after))
        if old != new:
            found.append(Change(field.label, _runs(old, new)))
    return found


def plain(field: Field, value: Any) -> str:
    """A field's value as people read it: codes by their names, steps and lists one to a line."""
    if field.sort is Sort.STEPS:
        return "\n".join("　".join(part for part in one.values() if part) for one in value)
    if isinstance(value, list):
        return ("\n" if field.sort is Sort.LINES else "、").join(name_of(field.names or {}, one) for one in value)
    return name_of(field.names, value) if field.names else str(value)


def _runs(old: str, new: str) -> tuple[Run, ...]:
    runs: list[Run] = []
    for what, start, end, begin, stop in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what == "equal":
            runs.append(Run(old[start:end], ""))
            continue
        runs += [Run(old[start:end], "gone")] if end > start else []
        runs += [Run(new[begin:stop], "new")] if stop > begin else []
    return tuple(runs)
