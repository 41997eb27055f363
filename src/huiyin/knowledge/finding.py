"""Finding entries by words: pairs of Han characters and whole words, as cases are found; the best come first.

The database says which entries hold the words, the order is made here, so that both databases give the same.
"""

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from math import log

from django.db import connection
from django.db.models.expressions import RawSQL
from django.utils import translation

from huiyin.knowledge.kinds import SHAPES, Kind
from huiyin.knowledge.models import Entry, EntryText
from huiyin.knowledge.reading import texts_of
from huiyin.knowledge.vocabulary import ANY, name_of
from huiyin.language.fold import fold, query, tokens

FTS5 = "SELECT rowid FROM knowledge_search WHERE knowledge_search MATCH %s"
TSVECTOR = "SELECT entry_id FROM knowledge_entrytext WHERE to_tsvector('simple', tokens) @@ to_tsquery('simple', %s)"
MOST = 400
# What holds less of a question than this has nothing to do with it.
CLOSE = 0.34
# Words that no entry knows at all may be names or slips of the hand; they count for less.
UNHEARD = 0.3
# What every question is made of says nothing of what it is about.
FILLING = frozenset(
    "怎么 么办 什么 时候 多久 多少 可以 能不 不能 是不 不是 有没 没有 为什 为何 如何 一下 请问 我的 你们 我们 这个 那个"
    " 这款 哪里 还是 的话 会不 不会 应该 怎样 么样 是否 the a an is of to how what".split()
)
IN_TITLE = 3.0
# Who looks for an answer does not look for words that must not be said; they are found behind the others.
FAINT = {Kind.PHRASE.value: 0.2}


@dataclass(frozen=True)
class Found:
    """One entry with how well it answers; `whole` says that it holds every word that was asked for."""

    entry: Entry
    score: float
    whole: bool


def found_by(entry: Entry) -> str:
    """The tokens of an entry: what it says, its code, and the names of what it is filed under."""
    shape = SHAPES[entry.kind]
    with translation.override("zh-hans"):
        filed = [name_of(shape.topics or {}, entry.topic) if entry.topic not in ANY else ""]
        if shape.scene and entry.scene not in ANY:
            filed.append(name_of(shape.field(shape.scene).names or {}, entry.scene))
        filed.append(str(Kind(entry.kind).label))
    return tokens("\n".join([*texts_of(entry.kind, entry.content), entry.code, *filed]))


def index(entries: Iterable[Entry]) -> None:
    """Write what these entries are found by."""
    rows = [EntryText(entry=entry, tokens=found_by(entry)) for entry in entries]
    EntryText.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["entry"], update_fields=["tokens"], batch_size=200
    )


def find(text: str, *, kinds: Collection[str] = (), on: date, most: int = 50) -> list[Found]:
    """The entries that answer the text, the best first: all its words, then most of them.

    Facts that are no longer valid stand behind everything that holds; what was retired is not found.
    """
    asked = _asked(text)
    if not asked:
        return []
    rows = Entry.objects.filter(retired_at=None)
    if kinds:
        rows = rows.filter(kind__in=kinds)
    whole = list(rows.filter(pk__in=_matching(_all(text)))[:MOST])
    known = {row.pk for row in whole}
    near = [row for row in rows.filter(pk__in=_matching(_some(asked)))[:MOST] if row.pk not in known]
    weights = _weights(asked, [*whole, *near])
    found = [Found(row, _score(row, weights), True) for row in whole]
    found += [one for row in near if (one := Found(row, _score(row, weights), False)).score >= CLOSE]
    found.sort(key=lambda one: (_expired(one.entry, on), not one.whole, -one.score, one.entry.kind, one.entry.code))
    return found[:most]


def _asked(text: str) -> tuple[str, ...]:
    """The tokens that were asked for, each once; without those every question holds, unless there are no others."""
    found = dict.fromkeys(token for phrase in query(text).phrases for token in phrase.tokens)
    return tuple(token for token in found if token not in FILLING) or tuple(found)


def _all(text: str) -> tuple[str, str]:
    asked = query(text)
    return asked.fts5, asked.tsquery


def _some(asked: tuple[str, ...]) -> tuple[str, str]:
    return " OR ".join(f'"{token}"' for token in asked), " | ".join(f"'{token}'" for token in asked)


def _matching(expression: tuple[str, str]) -> RawSQL:
    fts5, tsquery = expression
    if connection.vendor == "postgresql":
        return RawSQL(TSVECTOR, (tsquery,))  # noqa: S611 - the statement is constant
    return RawSQL(FTS5, (fts5,))  # noqa: S611


def _weights(asked: tuple[str, ...], rows: list[Entry]) -> dict[str, float]:
    """How much each token says: the rarer among what was found, the more; together they make one."""
    texts = [fold(" ".join(texts_of(row.kind, row.content))) for row in rows]
    seen = Counter(token for token in asked for text in texts if token in text)
    rare = {token: 1 + log((1 + len(rows)) / (1 + seen[token])) for token in asked}
    raw = {token: weight if seen[token] else UNHEARD * weight for token, weight in rare.items()}
    return {token: weight / sum(raw.values()) for token, weight in raw.items()}


def _score(row: Entry, weights: dict[str, float]) -> float:
    """The share of the question that the entry holds, and more where its title does."""
    title, text = fold(row.title), fold(" ".join(texts_of(row.kind, row.content)))
    held = sum(weight for token, weight in weights.items() if token in text)
    titled = sum(weight for token, weight in weights.items() if token in title)
    return (held + IN_TITLE * titled * held) * FAINT.get(row.kind, 1.0)


def _expired(row: Entry, on: date) -> bool:
    return row.valid_to is not None and row.valid_to < on
