"""An entry as a page shows it: its fields in the reader's letters, its standing, its versions and what they changed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import get_language

from huiyin.knowledge import comparing, queries
from huiyin.knowledge.comparing import Change
from huiyin.knowledge.kinds import SHAPES, Content, Field, Kind, Sort
from huiyin.knowledge.models import Entry, Origin, Version
from huiyin.knowledge.queries import SOON
from huiyin.knowledge.showing import shown, written_in
from huiyin.knowledge.slots import SLOT, SLOTS, slots_of
from huiyin.knowledge.vocabulary import ANY, PERSONALITIES, PURPOSES, name_of

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


@dataclass(frozen=True)
class Piece:
    """A stretch of text; a slot is what the case fills."""

    text: str
    slot: bool


@dataclass(frozen=True)
class Line:
    """One field: a text in pieces, lines, or steps; `own` says that it is written in the language of the entry."""

    label: "str | _StrPromise"
    sort: str
    pieces: tuple[Piece, ...] = ()
    lines: tuple[str, ...] = ()
    steps: tuple[dict[str, str], ...] = ()
    own: bool = True


@dataclass(frozen=True)
class Turn:
    """One version: who, when, why, and what it changed against the one before."""

    version: Version
    changes: tuple[Change, ...]
    current: bool


@dataclass(frozen=True)
class Shown:
    """One entry for its page."""

    entry: Entry
    title: str
    lang: str
    lines: tuple[Line, ...]
    slots: tuple[tuple[str, str], ...]
    turns: tuple[Turn, ...]
    offered: tuple[Change, ...]
    standing: "Standing"

    @property
    def kind_label(self) -> str:
        return str(Kind(self.entry.kind).label)


@dataclass(frozen=True)
class Standing:
    """Whether an entry is offered to anybody now."""

    retired: bool
    expired: bool
    not_yet: bool
    ends_soon: bool
    changed: bool
    ours: bool
    offered: bool


def language() -> str:
    return get_language() or "zh-hans"


def own_words(text: str) -> str:
    """Words of an entry in the letters of the reader."""
    return shown(text, language())


def address(kind: str, code: str, name: str = "entry", *more: object) -> str:
    return reverse(f"knowledge:{name}", args=(kind, code, *more))


def standing(entry: Entry, on: date) -> Standing:
    return Standing(
        retired=entry.retired_at is not None,
        expired=entry.valid_to is not None and entry.valid_to < on,
        not_yet=entry.valid_from is not None and entry.valid_from > on,
        ends_soon=entry.valid_to is not None and on <= entry.valid_to <= on + SOON,
        changed=entry.by_hand and entry.origin == Origin.SHIPPED,
        ours=entry.origin == Origin.SHIPPED,
        offered=entry.offered is not None,
    )


def title_of(entry: Entry) -> str:
    """What an entry is called in lists; advice by what it is for."""
    if entry.kind != Kind.ADVICE:
        return own_words(entry.title)
    content = entry.content
    parts = (name_of(PURPOSES, content["purpose"]), name_of(PERSONALITIES, content["personality"]))
    return f"{own_words(entry.title)}　{'　'.join(parts)}"


def filed(entry: Entry) -> tuple[str, str]:
    """Topic and scene of an entry by their names; empty where it is for all of them."""
    shape = entry.shape
    scene = shape.field(shape.scene).names if shape.scene else None
    topic_name = name_of(shape.topics or {}, entry.topic) if entry.topic not in ANY else ""
    scene_name = name_of(scene or {}, entry.scene) if entry.scene not in ANY else ""
    return topic_name, scene_name


def entry(row: Entry, now: datetime, on: date) -> Shown:
    """Everything the page of an entry shows: the versions in one query."""
    text = str(row.content.get("text", "")) if row.kind == Kind.SCRIPT else ""
    return Shown(
        entry=row,
        title=title_of(row),
        lang=written_in(language()),
        lines=tuple(lines(row.kind, row.content)),
        slots=tuple((name, name_of(SLOTS, name) if name in SLOTS else "") for name in slots_of(text)),
        turns=tuple(turns(row, queries.versions(row))),
        offered=tuple(comparing.changes(row.kind, row.content, row.offered)) if row.offered else (),
        standing=standing(row, on),
    )


def lines(kind: str, content: Content) -> list[Line]:
    """The fields that say something; the title stands above the page."""
    shape = SHAPES[kind]
    found = []
    for field in shape.fields:
        value = content.get(field.name, field.empty)
        if value and field.name != shape.title:
            found.append(_line(field, value))
    return found


def _line(field: Field, value: object) -> Line:
    if field.sort is Sort.STEPS and isinstance(value, list):
        steps = tuple({part: own_words(text) for part, text in one.items()} for one in value)
        return Line(field.label, "steps", steps=steps)
    if field.sort is Sort.LINES and isinstance(value, list):
        return Line(field.label, "lines", lines=tuple(own_words(text) for text in value))
    if field.name == "hold_script" and (script := queries.by_code(Kind.SCRIPT, str(value))) is not None:
        value = script.content["text"]
    if field.sort in (Sort.TEXT, Sort.LINE):
        return Line(field.label, field.sort.value, pieces=pieces(own_words(str(value))))
    return Line(field.label, "line", pieces=(Piece(comparing.plain(field, value), False),), own=False)


def pieces(text: str) -> tuple[Piece, ...]:
    """A text with its slots apart."""
    found, last = [], 0
    for slot in SLOT.finditer(text):
        found += [Piece(text[last : slot.start()], False)] if slot.start() > last else []
        found.append(Piece(slot[0], True))
        last = slot.end()
    return (*found, *((Piece(text[last:], False),) if last < len(text) else ()))


def turns(row: Entry, versions: Sequence[Version]) -> list[Turn]:
    """Each version against the one before it."""
    befores = [*versions[1:], None]
    return [
        Turn(
            one,
            tuple(comparing.changes(row.kind, before.content, one.content)) if before else (),
            one.number == row.version,
        )
        for one, before in zip(versions, befores, strict=True)
    ]
