"""The lists of the knowledge base: by kind, topic, scene and standing, or by words with the best first."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.http import QueryDict
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.components.shapes import Tab
from huiyin.interfaces.web.desk.presenters.found import Piece, marked, snippet
from huiyin.interfaces.web.knowledge import shown
from huiyin.knowledge import finding, queries
from huiyin.knowledge.kinds import SHAPES, Kind
from huiyin.knowledge.models import Entry
from huiyin.knowledge.queries import Counts, Filed
from huiyin.knowledge.reading import prose_of
from huiyin.knowledge.vocabulary import ANY, Names, name_of
from huiyin.language.fold import fold

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PAGE = 50
STANDINGS: Names = {
    "": _("In use"),
    "offered": _("Newer wording offered"),
    "expiring": _("Running out within 30 days"),
    "expired": _("Run out"),
    "retired": _("Retired"),
}


@dataclass(frozen=True)
class Choice:
    code: str
    name: "str | _StrPromise"
    chosen: bool


@dataclass(frozen=True)
class Row:
    """One entry of a list."""

    url: str
    kind: str
    title: tuple[Piece, ...]
    snippet: tuple[Piece, ...]
    topic: str
    scene: str
    standing: shown.Standing
    entry: Entry


@dataclass(frozen=True)
class Listed:
    """One page of a list or of what was found."""

    words: str
    filed: Filed
    tabs: tuple[Tab, ...]
    topics: tuple[Choice, ...]
    scenes: tuple[Choice, ...]
    standings: tuple[Choice, ...]
    rows: tuple[Row, ...]
    close: tuple[Row, ...]
    newer: str
    older: str
    total: int

    @property
    def topic_label(self) -> "str | _StrPromise":
        shape = SHAPES[self.filed.kind]
        return shape.field(shape.topic).label if shape.topic else ""


def listed(asked: QueryDict, on: date) -> Listed:
    """The page that was asked for; an unknown code narrows to nothing rather than failing."""
    kind = asked.get("kind", "") if asked.get("kind") in Kind.values else ""
    words = asked.get("q", "").strip()[:200]
    standing = asked.get("standing", "") if asked.get("standing") in STANDINGS else ""
    filed = Filed(kind or Kind.SCRIPT.value, asked.get("topic", "")[:64], asked.get("scene", "")[:64], standing)
    counts = queries.counts(on)
    if words:
        return _found(asked, words, kind, counts, on)
    begin = asked.get("from", "")
    start = int(begin) if begin.isdecimal() and len(begin) < 6 else 0
    rows = list(queries.entries(filed, on)[start : start + PAGE + 1])
    topics, scenes = queries.filed_under(filed.kind)
    shape = SHAPES[filed.kind]
    scene_names = shape.field(shape.scene).names if shape.scene else {}
    return Listed(
        words="",
        filed=filed,
        tabs=tuple(_tabs(asked, counts)),
        topics=_choices(topics, shape.topics or {}, filed.topic),
        scenes=_choices(scenes, scene_names or {}, filed.scene),
        standings=_standings(_of(counts, filed.kind), filed.standing),
        rows=tuple(_row(row, [], on) for row in rows[:PAGE]),
        close=(),
        newer=_page(asked, max(0, start - PAGE)) if start else "",
        older=_page(asked, start + PAGE) if len(rows) > PAGE else "",
        total=_of(counts, filed.kind).in_use,
    )


def _found(asked: QueryDict, words: str, kind: str, counts: Mapping[str, Counts], on: date) -> Listed:
    hits = finding.find(words, kinds=[kind] if kind else (), on=on, most=PAGE)
    terms = [term for part in words.split() if (term := fold(part).strip())]
    return Listed(
        words=words,
        filed=Filed(kind),
        tabs=tuple(_tabs(asked, counts)),
        topics=(),
        scenes=(),
        standings=(),
        rows=tuple(_row(hit.entry, terms, on) for hit in hits if hit.whole),
        close=tuple(_row(hit.entry, terms, on) for hit in hits if not hit.whole),
        newer="",
        older="",
        total=len(hits),
    )


def _row(row: Entry, terms: list[str], on: date) -> Row:
    topic, scene = shown.filed(row)
    said = [shown.own_words(text) for text in prose_of(row.kind, row.content)]
    return Row(
        url=shown.address(row.kind, row.code),
        kind=str(Kind(row.kind).label),
        title=marked(shown.title_of(row), terms),
        snippet=snippet(said, terms),
        topic=topic,
        scene=scene,
        standing=shown.standing(row, on),
        entry=row,
    )


def _tabs(asked: QueryDict, counts: Mapping[str, Counts]) -> list[Tab]:
    """A tab for each kind; while something is looked for, one more for all of them."""
    words = asked.get("q", "").strip()
    found = [Tab("", _("Everything"), _address(q=words))] if words else []
    for kind in Kind:
        url = _address(q=words, kind=kind.value)
        found.append(Tab(kind.value, kind.label, url, None if words else _of(counts, kind).in_use))
    return found


def _address(**query: str) -> str:
    given = QueryDict(mutable=True)
    given.update({name: value for name, value in query.items() if value})
    return f"{reverse('knowledge:list')}?{given.urlencode()}"


def _page(asked: QueryDict, start: int) -> str:
    query = asked.copy()
    query["from"] = str(start)
    return f"?{query.urlencode()}"


def _of(counts: Mapping[str, Counts], kind: str) -> Counts:
    return counts.get(kind, Counts())


def _choices(codes: Iterable[str], names: Names, chosen: str) -> tuple[Choice, ...]:
    known = [code for code in codes if code not in ANY]
    if chosen and chosen not in known:
        known.append(chosen)
    found = [Choice(code, name_of(names, code), code == chosen) for code in known]
    order = {code: place for place, code in enumerate(names)}
    return tuple(sorted(found, key=lambda one: (order.get(one.code, len(order)), one.code)))


def _standings(counts: Counts, chosen: str) -> tuple[Choice, ...]:
    """What stands how; what there is none of is left out, unless it was chosen."""
    return tuple(
        Choice(code, name, code == chosen)
        for code, name in STANDINGS.items()
        if code == "" or code == chosen or getattr(counts, code)
    )
