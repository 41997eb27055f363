"""Make spellings equal, and cut text into the tokens that search indexes and asks for."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from opencc import OpenCC

_HAN = r"\u3005-\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
_RUN = re.compile(rf"(?P<han>[{_HAN}]+)|(?P<word>\d+|[^\W\d_{_HAN}]+)")


@lru_cache(maxsize=1)
def _to_simplified() -> OpenCC:
    return OpenCC("t2s")


def fold(text: str) -> str:
    """One spelling for full and half width, traditional and simplified, upper and lower case."""
    folded: str = _to_simplified().convert(unicodedata.normalize("NFKC", text))
    return folded.lower()


def simplified(text: str) -> str:
    """Traditional characters as simplified ones; width, case and everything else stay as they are."""
    return str(_to_simplified().convert(text))


def tokens(text: str) -> str:
    """The tokens to index, joined by spaces: bigrams of Han runs, the last character of each run, words, numbers.

    The last character alone makes every single character findable as the beginning of some token.
    """
    return " ".join(token for run in _runs(text) for token in _tokens_of(run))


@dataclass(frozen=True)
class Phrase:
    """Tokens that must stand side by side; `prefix` lets the last one be the beginning of a longer token."""

    tokens: tuple[str, ...]
    prefix: bool


@dataclass(frozen=True)
class Query:
    """What was asked for; every phrase must be found."""

    phrases: tuple[Phrase, ...]

    def __bool__(self) -> bool:
        return bool(self.phrases)

    @property
    def fts5(self) -> str:
        """The expression for SQLite's MATCH."""
        return " AND ".join(f'"{" ".join(p.tokens)}"{"*" if p.prefix else ""}' for p in self.phrases)

    @property
    def tsquery(self) -> str:
        """The expression for PostgreSQL's to_tsquery('simple', …)."""
        return " & ".join(f"({_followed_by(phrase)})" for phrase in self.phrases)


def query(text: str) -> Query:
    """Read what a person typed: parts between spaces are phrases, and all must be found."""
    chunks = ([*_runs(chunk)] for chunk in text.split())
    return Query(tuple(_phrase(runs) for runs in chunks if runs))


def _followed_by(phrase: Phrase) -> str:
    *first, last = (f"'{token}'" for token in phrase.tokens)
    return " <-> ".join([*first, last + (":*" if phrase.prefix else "")])


def _phrase(runs: list[re.Match[str]]) -> Phrase:
    *before, last = runs
    found = [token for run in before for token in _tokens_of(run)]
    text = last.group()
    if last["word"] or len(text) == 1:
        return Phrase((*found, text), prefix=True)
    return Phrase((*found, *_bigrams(text)), prefix=False)


def _runs(text: str) -> Iterator[re.Match[str]]:
    return _RUN.finditer(fold(text))


def _tokens_of(run: re.Match[str]) -> tuple[str, ...]:
    text = run.group()
    return (text,) if run["word"] else (*_bigrams(text), text[-1])


def _bigrams(text: str) -> tuple[str, ...]:
    return tuple(text[i : i + 2] for i in range(len(text) - 1))
