"""How a phrase is written down, and how it is read: a small notation that editors can learn in a minute.

`literal` means itself. In `regex-lite`:

    …        a gap of up to 8 characters of the same sentence; `…20` up to 20
    a/b      either
    (a/b)c   either, then c
    [a]b     a may be missing
    <name>   one word of a named set, as `<别家>` for couriers, merchants, makers; `<您>` is the customer where he is to
             act himself, not where something is done for him
    ^ $      the beginning, the end of a clause
    %/       the character after the percent sign itself

In both, 您 stands for 您, 你 and their plurals, 我 also for 我们; blanks between Latin words for any blanks.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from django.utils.translation import gettext_lazy as _

from huiyin.knowledge import rules
from huiyin.knowledge.coach.reading import in_place
from huiyin.knowledge.coach.sets import SETS
from huiyin.rules import Refusal

LITERAL, LITE = "literal", "regex-lite"
KINDS = (LITERAL, LITE)
LONGEST, WIDEST_GAP, USUAL_GAP = 500, 40, 8
# So many groups of needed words are asked for before a text is searched.
GROUPS = 3
ESCAPE = "%"
SPECIAL = "…/()[]<>^$"
# A gap never leaps over a word that turns the meaning round: "you need not go and ask".
TURNS = "不用|不必|无需|无须|不需要|免得|不会|不让|不再"
NARROW = 10
GAP = rf"((?:(?!{TURNS})[^。!?;\n%s]){{0,%d}}?)"
CLAUSE_START, CLAUSE_END = r"(?<![^。!?;,:\n\s])", r"(?![^。!?;,:.~\n\s])"
# «<您>»: the customer as the one who acts; after these characters something is done for him, with him or to him.
ACTING, BESIDE = "您", "帮为替给跟向代对和与同比把将被"
LATIN = re.compile(r"[a-z]")


class PatternWrong(Refusal):
    rule = rules.PATTERN_READABLE
    sentence = _("The pattern «%(pattern)s» cannot be read at character %(place)s: %(wrong)s")
    unblock = _("Correct the pattern; the notation is explained beside the field.")

    def __init__(self, pattern: str, place: int, wrong: object) -> None:
        super().__init__(pattern=pattern, place=place + 1, wrong=wrong, missing=("pattern",))


Needs = tuple[frozenset[str], ...]


@dataclass(frozen=True)
class Part:
    """A piece of a pattern: its regular expression, and groups of words; one of each stands in what it matches."""

    source: str
    needs: Needs = ()


@dataclass(frozen=True)
class Compiled:
    """A pattern ready to be looked for. `needs`: where a group has no word in the text, there is nothing to find."""

    source: str
    needs: tuple[tuple[str, ...], ...]

    @property
    def expression(self) -> re.Pattern[str]:
        return _expression(self.source)

    def within(self, text: str) -> bool:
        """Whether it could be found in a text at all; cheap."""
        return all(any(word in text for word in group) for group in self.needs)

    def search(self, text: str) -> bool:
        return self.within(text) and self.expression.search(text) is not None


@lru_cache(maxsize=8192)
def _expression(source: str) -> re.Pattern[str]:
    """Compile on first use: most patterns of a library are never needed in a process's life."""
    return re.compile(source)


@lru_cache(maxsize=8192)
def compiled(pattern: str, kind: str = LITE) -> Compiled:
    """Read a pattern; refuses one that cannot be read, or that would match almost anything."""
    if len(pattern) > LONGEST:
        raise PatternWrong(pattern, LONGEST, _("it is longer than 500 characters"))
    written = in_place(pattern)
    part = _literal(written) if kind == LITERAL else _Reader(pattern, written).whole()
    if not part.needs:
        raise PatternWrong(pattern, 0, _("it names no word that must stand there"))
    source = part.source
    if LATIN.search(written):
        source = rf"(?<![a-z])(?:{source})(?![a-z])"
    tightest = sorted(part.needs, key=_width)[:GROUPS]
    return Compiled(source, tuple(tuple(sorted(group)) for group in tightest))


def _width(needs: Iterable[str]) -> tuple[int, int]:
    """Sorts the group that rules out most texts first: long words, and few of them."""
    words = list(needs)
    return -min(map(len, words)), len(words)


def _literal(words: str) -> Part:
    """Plain words, with 您 and 我 in all their forms."""
    pieces: list[str] = []
    plain: list[str] = [""]
    place = 0
    while place < len(words):
        char, after = words[place], words[place + 1 : place + 2]
        place += 1
        if char in "您你妳":
            pieces.append("您们?")
            place += after == "们"
            plain[-1:] = [plain[-1] + "您", ""]
        elif char == "我" and after != "们":
            pieces.append("我们?")
            plain[-1:] = [plain[-1] + "我", ""]
        elif char.isspace():
            pieces.append(r"\s+")
            plain.append("")
        else:
            pieces.append(re.escape(char))
            plain[-1] += char
    longest = max(plain, key=len)
    return Part("".join(pieces), (frozenset((longest,)),) if longest else ())


class _Reader:
    """Reads one pattern from left to right."""

    def __init__(self, shown: str, written: str) -> None:
        self.shown, self.text, self.place, self.depth = shown, written, 0, 0

    def whole(self) -> Part:
        part = self.either()
        if self.place < len(self.text):
            raise self.wrong(_("a bracket is closed that was never opened"))
        return part

    def wrong(self, what: object) -> PatternWrong:
        return PatternWrong(self.shown, self.place, what)

    def either(self) -> Part:
        """Alternatives up to a closing bracket or the end."""
        found = [self.row()]
        while self.place < len(self.text) and self.text[self.place] == "/":
            self.place += 1
            found.append(self.row())
        if any(not part.source for part in found):
            raise self.wrong(_("an alternative is empty"))
        if len(found) == 1:
            return found[0]
        needs: Needs = ()
        if all(part.needs for part in found):
            needs = (frozenset(chain.from_iterable(min(part.needs, key=_width) for part in found)),)
        return Part("(?:" + "|".join(part.source for part in found) + ")", needs)

    def row(self) -> Part:
        """What stands one after the other."""
        parts: list[Part] = []
        while self.place < len(self.text) and self.text[self.place] not in "/)]":
            parts.append(self.piece())
        return Part("".join(part.source for part in parts), tuple(chain.from_iterable(part.needs for part in parts)))

    def piece(self) -> Part:
        char = self.text[self.place]
        if char == "…":
            return self.gap()
        if char in "([":
            return self.group(char)
        if char == "<":
            return self.word_of_a_set()
        if char in "^$":
            self.place += 1
            return Part(CLAUSE_START if char == "^" else CLAUSE_END)
        if char == ">":
            raise self.wrong(_("a set is closed that was never opened"))
        return self.plain()

    def plain(self) -> Part:
        words = ""
        while self.place < len(self.text) and self.text[self.place] not in SPECIAL:
            if self.text[self.place] == ESCAPE:
                self.place += 1
            words += self.text[self.place : self.place + 1]
            self.place += 1
        return _literal(words)

    def gap(self) -> Part:
        self.place += 1
        digits = re.compile(r"\d*").match(self.text, self.place)
        assert digits is not None  # the expression matches the empty text too
        self.place = digits.end()
        most = int(digits.group() or USUAL_GAP)
        if not 1 <= most <= WIDEST_GAP:
            raise self.wrong(_("a gap is 1 to 40 characters wide"))
        return Part(GAP % ("" if most >= NARROW else ",:", most))

    def group(self, opened: str) -> Part:
        self.place += 1
        self.depth += 1
        if self.depth > 4:
            raise self.wrong(_("brackets stand more than four deep"))
        inner = self.either()
        if self.text[self.place : self.place + 1] != {"(": ")", "[": "]"}[opened]:
            raise self.wrong(_("a bracket is not closed"))
        self.place += 1
        self.depth -= 1
        return Part(f"(?:{inner.source})", inner.needs) if opened == "(" else Part(f"(?:{inner.source})?")

    def word_of_a_set(self) -> Part:
        end = self.text.find(">", self.place)
        name = self.text[self.place + 1 : end] if end > 0 else ""
        if name == ACTING:
            self.place = end + 1
            return Part(f"(?<![{BESIDE}])您们?", (frozenset("您"),))
        if name not in SETS:
            raise self.wrong(_("there is no set of this name"))
        self.place = end + 1
        return compiled_set(name)


@lru_cache(maxsize=64)
def compiled_set(name: str) -> Part:
    """The words of a set, the longest first so that none hides a longer one."""
    words = sorted(SETS[name], key=len, reverse=True)
    parts = [_literal(word) for word in words]
    needs = frozenset(chain.from_iterable(part.needs[0] for part in parts))
    return Part("(?:" + "|".join(part.source for part in parts) + ")", (needs,))
