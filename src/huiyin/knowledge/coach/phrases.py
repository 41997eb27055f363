"""The phrase library: what is better not said, each with a better wording; and wordings worth using.

A `Library` is frozen: made once from rows of the database, or from the files that come with the product, and then
read by every check. All entries are this project's own writing.
"""

import csv
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from pathlib import Path

from huiyin.knowledge.coach.categories import BLOCK, HINT, IN_LIBRARY, MANNERS, Category
from huiyin.knowledge.coach.marks import Found
from huiyin.knowledge.coach.notation import KINDS, Compiled, PatternWrong, compiled
from huiyin.knowledge.coach.reading import Reading, Span
from huiyin.knowledge.coach.told import helps, is_told

FOLDER = Path(__file__).parent.parent / "data" / "phrases"
# A wording worth using: its pattern is the wording itself, and it marks nothing.
GOOD = "good"
COLUMNS = ("code", "pattern", "kind", "severity", "turn", "why", "better", "requirement", "exceptions")
SAME = "…"
# An exception that counts wherever it stands in the message, not in the sentence alone.
ANYWHERE = "*"


@dataclass(frozen=True)
class Phrase:
    """One entry. `better` takes the place of its clause; a `…` in it stands for what stood in the pattern's first gap,
    and then it takes the place of the marked words alone. `exceptions` is a
    pattern too: no mark in a sentence where it is found, and with a `*` before it, in a message.
    """

    code: str
    category: Category
    pattern: str
    kind: str = "literal"
    severity: str = BLOCK
    turn: str = ""
    why: str = ""
    better: str = ""
    requirement: str = ""
    exceptions: str = ""

    def check(self) -> None:
        """Refuse an entry that nothing could be found by; what a page or a command asks before it keeps one."""
        if self.kind == GOOD:
            return
        if self.kind not in KINDS or self.severity not in (BLOCK, HINT) or self.category not in IN_LIBRARY:
            raise ValueError(f"phrase {self.code}: kind, severity or category is none of the library's")
        compiled(self.pattern, self.kind)
        if self.exceptions:
            compiled(self.exceptions.removeprefix(ANYWHERE))


@dataclass(frozen=True, eq=False)
class _Entry:
    phrase: Phrase
    pattern: Compiled
    unless: Compiled | None

    @classmethod
    def of(cls, phrase: Phrase) -> "_Entry":
        unless = phrase.exceptions.removeprefix(ANYWHERE)
        return cls(phrase, compiled(phrase.pattern, phrase.kind), compiled(unless) if unless else None)

    def excused(self, text: str, sentence: Span) -> bool:
        """Whether something in the sentence, or where the entry says so in the message, makes the words harmless."""
        if self.unless is None:
            return False
        whole = self.phrase.exceptions.startswith(ANYWHERE)
        return self.unless.search(text if whole else text[sentence.start : sentence.end])


@dataclass(frozen=True, eq=False)
class _Index:
    """Which entries could stand in a sentence, by the words that must be there.

    Every word is known by its first two characters; a sentence is looked through once, not once per entry.
    """

    words: Mapping[str, tuple[str, ...]]
    entries: Mapping[str, tuple[_Entry, ...]]

    @classmethod
    def of(cls, entries: Iterable[_Entry]) -> "_Index":
        asked: dict[str, list[_Entry]] = defaultdict(list)
        known: dict[str, set[str]] = defaultdict(set)
        for entry in entries:
            for word in entry.pattern.needs[0]:
                asked[word].append(entry)
            for word in chain.from_iterable(entry.pattern.needs):
                known[word[:2]].add(word)
        return cls(
            {start: tuple(sorted(words)) for start, words in known.items()},
            {word: tuple(rows) for word, rows in asked.items()},
        )

    def candidates(self, sentence: str) -> list[_Entry]:
        known = self.words
        starts = {sentence[place : place + 2] for place in range(len(sentence))} | set(sentence)
        there = {word for start in known.keys() & starts for word in known[start] if word in sentence}
        rows = {entry: None for word in there if word in self.entries for entry in self.entries[word]}
        return [entry for entry in rows if all(not there.isdisjoint(group) for group in entry.pattern.needs[1:])]


@dataclass(frozen=True, eq=False)
class Library:
    """Phrases ready to be looked for, and the good wordings by category."""

    phrases: tuple[Phrase, ...]
    good: tuple[Phrase, ...]
    index: _Index

    @classmethod
    def of(cls, phrases: Iterable[Phrase]) -> "Library":
        """Make a library; refuses a pattern that cannot be read, and a code that stands twice."""
        every = tuple(phrases)
        seen: set[str] = set()
        for one in every:
            if one.code in seen:
                raise ValueError(f"the phrase {one.code} stands twice")
            seen.add(one.code)
            one.check()
        entries = [_Entry.of(one) for one in every if one.kind != GOOD]
        return cls(every, tuple(one for one in every if one.kind == GOOD), _Index.of(entries))

    def wordings(self, category: Category | str) -> tuple[str, ...]:
        """Wordings worth using in place of this manner of speech."""
        return tuple(one.pattern for one in self.good if one.category == category)

    def find(self, reading: Reading, *, turn: str = "") -> list[Found]:
        """Every phrase in a text; of manners that mark the same words, the one that says most."""
        found = [
            (entry, *span)
            for sentence in reading.sentences
            for entry in self.index.candidates(reading.polite[sentence.start : sentence.end])
            if entry.phrase.turn in ("", turn)
            for span in _spans(entry, reading, sentence)
        ]
        softened = helps(reading.polite)
        return [_found(hit, reading, softened) for hit in _strongest(found)]


Hit = tuple[_Entry, int, int, str]


def _spans(entry: _Entry, reading: Reading, sentence: Span) -> Iterator[tuple[int, int, str]]:
    text = reading.polite
    for hit in entry.pattern.expression.finditer(text, sentence.start, sentence.end):
        start, end = hit.span()
        if start == end or reading.in_quotation(start, end):
            continue
        if entry.excused(text, sentence):
            return
        if entry.phrase.category in MANNERS and is_told(text, start, end, sentence):
            continue
        yield start, end, next((group for group in hit.groups() if group), "")


def _strongest(found: list[Hit]) -> list[Hit]:
    """Of overlapping finds keep one: what holds back, then what is said outright, then the longer."""
    ranked = sorted(
        found,
        key=lambda hit: (
            hit[0].phrase.severity != BLOCK,
            hit[0].phrase.exceptions.startswith(ANYWHERE),
            hit[1] - hit[2],
            _rank(hit[0].phrase),
        ),
    )
    kept: list[Hit] = []
    for hit in ranked:
        if all(hit[2] <= other[1] or other[2] <= hit[1] for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda hit: hit[1])


def _rank(phrase: Phrase) -> int:
    return IN_LIBRARY.index(phrase.category)


def _found(hit: Hit, reading: Reading, softened: bool) -> Found:
    entry, start, end, gap = hit
    phrase = entry.phrase
    better, swap = phrase.better, None
    if better:
        clauses = reading.clauses_over(start, end)
        swap = (start, end) if SAME in better else (clauses.start, clauses.end)
        better = better.replace(SAME, gap)
    firm = phrase.severity == BLOCK and not (softened and phrase.category in MANNERS)
    return Found(phrase.category, start, end, firm, phrase.why, better=better, swap=swap, phrase=phrase.code)


def read_folder(folder: Path = FOLDER) -> tuple[Phrase, ...]:
    """Every entry of a folder of seed files, `<category>.tsv`; refuses what it cannot read, naming file and line."""
    return tuple(phrase for path in sorted(folder.glob("*.tsv")) for phrase in read_file(path))


def read_file(path: Path) -> Iterator[Phrase]:
    with path.open(encoding="utf-8", newline="") as lines:
        rows = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        if tuple(rows.fieldnames or ()) != COLUMNS:
            raise ValueError(f"{path.name}: the columns are {', '.join(COLUMNS)}")
        for row in rows:
            if None in row or None in row.values():
                raise ValueError(f"{path.name}, line {rows.line_num}: it has not {len(COLUMNS)} columns")
            phrase = Phrase(category=Category(path.stem), **row)
            try:
                phrase.check()
            except PatternWrong as wrong:
                raise ValueError(f"{path.name}, line {rows.line_num}: {wrong}") from wrong
            yield phrase


@lru_cache(maxsize=1)
def shipped() -> Library:
    """The library that comes with the product."""
    return Library.of(read_folder())
