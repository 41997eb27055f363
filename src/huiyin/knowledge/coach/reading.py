"""A message as the coach reads it: one spelling, every character in its place, sentences and quotations known."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property

from huiyin.language.fold import simplified

# A full stop between digits or letters ends nothing; single sets of characters, because they are searched fastest.
SENTENCE_END = re.compile(r"[。!?;\n.]+")
CLAUSE_END = re.compile(r"[。!?;,:、\n….]+")
QUOTED = re.compile(r"“[^”]{1,120}”|「[^」]{1,120}」|『[^』]{1,120}』|\"[^\"]{1,120}\"|‘[^’]{2,120}’")
HAN = re.compile(r"[\u3400-\u9fff]")


class _Narrow(dict[int, str]):
    """Each character in its plain width and small letters; what would grow longer stays as it is."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        plain = unicodedata.normalize("NFKC", char).lower()
        self[code] = plain if len(plain) == 1 else char
        return self[code]


_narrow = _Narrow({ord("’"): "'", ord("‘"): "'", ord("﹐"): ",", ord("\u3000"): " ", ord("\r"): "\n"})


def in_place(text: str) -> str:
    """The text in one spelling, each character where it was: half width, small letters, simplified."""
    narrow = text.translate(_narrow)
    plain = simplified(narrow)
    if len(plain) == len(narrow):
        return plain
    return "".join(one if len(one := simplified(char)) == 1 else char for char in narrow)


@dataclass(frozen=True)
class Span:
    start: int
    end: int


@dataclass(frozen=True)
class Reading:
    """A text and what the checks ask of it, each worked out once."""

    text: str

    @cached_property
    def folded(self) -> str:
        return in_place(self.text)

    @cached_property
    def polite(self) -> str:
        """The folded text with every 你 read as 您: the form of address is judged apart from what is said."""
        return self.folded.replace("你", "您")

    @cached_property
    def characters(self) -> frozenset[str]:
        return frozenset(self.folded)

    @cached_property
    def traditional(self) -> bool:
        """Whether it is written in traditional characters."""
        pairs = zip(self.text.translate(_narrow), self.folded, strict=True)
        return any(mine != plain for mine, plain in pairs if HAN.match(mine))

    @cached_property
    def chinese(self) -> bool:
        return HAN.search(self.text) is not None

    @cached_property
    def quoted(self) -> tuple[Span, ...]:
        """Where somebody else's words are given between quotation marks."""
        return tuple(Span(*found.span()) for found in QUOTED.finditer(self.text.translate(_narrow_quotes)))

    def in_quotation(self, start: int, end: int) -> bool:
        return any(span.start <= start and end <= span.end for span in self.quoted)

    @cached_property
    def sentences(self) -> tuple[Span, ...]:
        return _between(self.folded, SENTENCE_END)

    @cached_property
    def clauses(self) -> tuple[Span, ...]:
        return _between(self.folded, CLAUSE_END)

    def sentence_at(self, place: int) -> Span:
        return _holding(self.sentences, place)

    def clauses_over(self, start: int, end: int) -> Span:
        """The clauses that these words stand in."""
        return Span(_holding(self.clauses, start).start, _holding(self.clauses, max(end - 1, start)).end)


_narrow_quotes = {ord("＂"): '"', ord("﹁"): "「", ord("﹂"): "」"}


def _between(text: str, ends: "re.Pattern[str]") -> tuple[Span, ...]:
    spans: list[Span] = []
    begin = 0
    for end in ends.finditer(text):
        if end.group() == "." and not text[end.end() : end.end() + 1].isspace() and end.end() < len(text):
            continue
        if end.start() > begin:
            spans.append(_trimmed(text, begin, end.start()))
        begin = end.end()
    if begin < len(text):
        spans.append(_trimmed(text, begin, len(text)))
    return tuple(spans)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return Span(start, end)


def _holding(spans: tuple[Span, ...], place: int) -> Span:
    return next((span for span in spans if span.start <= place < span.end), Span(place, place))
