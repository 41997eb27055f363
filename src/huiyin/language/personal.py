"""Find personal data in free text: telephones, e-mail addresses, identity numbers, bank cards, messenger names.

What looks like an identity number is one even when its check digit is wrong: a person who mistypes
a digit has still given away the rest.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

_HALF_WIDTH = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20, 0x2010: 0x2D, 0x2013: 0x2D, 0x2014: 0x2D}


class PersonalKind(StrEnum):
    EMAIL = "email"
    ID = "id"
    CARD = "card"
    PHONE = "phone"
    HANDLE = "handle"


@dataclass(frozen=True)
class PersonalSpan:
    """Where a piece of personal data stands in the text: `text[start:end]`."""

    start: int
    end: int
    kind: PersonalKind
    text: str


def find(text: str) -> tuple[PersonalSpan, ...]:
    """Every piece of personal data, in order, none overlapping another."""
    plain = text.translate(_HALF_WIDTH)
    taken: list[PersonalSpan] = []
    for kind, start, end in _candidates(plain):
        if all(end <= span.start or start >= span.end for span in taken):
            taken.append(PersonalSpan(start, end, kind, text[start:end]))
    return tuple(sorted(taken, key=lambda span: span.start))


def replace(text: str, cover: Callable[[PersonalSpan], str]) -> str:
    """The text with each piece of personal data replaced by what `cover` makes of it."""
    parts: list[str] = []
    last = 0
    for span in find(text):
        parts += (text[last : span.start], cover(span))
        last = span.end
    return "".join((*parts, text[last:]))


_ALONE = (r"(?<!\d)", r"(?!\d)")
_APART = (r"(?<![\d.])(?<!\d[-/])", r"(?!\d)(?![-/.]\d)")  # not part of a date, an amount or a longer number
_DAY = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
_GAP = r"[ -]?"


def _number(pattern: str, around: tuple[str, str] = _ALONE) -> re.Pattern[str]:
    before, after = around
    return re.compile(f"{before}(?P<hit>{pattern}){after}")


def _after(cue: str, pattern: str) -> re.Pattern[str]:
    """The pattern, but only shortly after a word that says what it is."""
    return re.compile(rf"(?i:{cue})(?:号码?|是|为|number|no\.?|id)?\s*[::]?\s*(?P<hit>{pattern})(?![A-Za-z0-9])")


_EMAIL = re.compile(r"(?<![A-Za-z0-9._%+'-])(?P<hit>[A-Za-z0-9][A-Za-z0-9._%+'-]*@(?:[A-Za-z0-9-]+\.)+[A-Za-z]{2,})")
_IDENTITY = (
    _number(rf"[1-9]\d{{5}}{_GAP}(?:18|19|20)\d{{2}}{_DAY}{_GAP}\d{{3}}[\dXx]", (r"(?<!\d)", r"(?![A-Za-z0-9])")),
    _number(rf"[1-9]\d{{5}}{_GAP}\d{{2}}{_DAY}{_GAP}\d{{3}}"),
    re.compile(r"(?<![A-Za-z0-9])(?P<hit>[A-Z]{1,2}\d{6}\([0-9A]\))"),  # Hong Kong
    re.compile(r"(?<![A-Za-z0-9])(?P<hit>[157]/\d{6}/\d|[157]\d{6}\(\d\))(?!\d)"),  # Macao
    re.compile(r"(?<![A-Za-z0-9])(?P<hit>[A-Z][12489]\d{8})(?![A-Za-z0-9])"),  # Taiwan
    re.compile(r"(?<![A-Za-z0-9])(?P<hit>[A-Z]{3}\d{12})(?![A-Za-z0-9])"),  # permanent residence, older form
    _after("护照|通行证|台胞证|回乡证|passport|permit", r"[A-Za-z]{0,2}\d{7,10}"),
    _after("身份证|證件|证件|HKID|身份證", r"[A-Za-z0-9()/]{7,20}"),
)
_CARD = _number(r"[3-6]\d{3}(?:[ -]\d{4}){3}(?:[ -]\d{1,3})?|[3-6]\d{12,18}")
_CARD_AFTER = _after("卡号|卡號|银行卡|信用卡|借记卡|储蓄卡|账号|帐号|賬號|帳號|account|card", r"\d(?:[ -]?\d){11,18}")
_PHONE = (
    _number(rf"(?:(?:\+|00)?86{_GAP})?1[3-9]\d{_GAP}\d{{4}}{_GAP}\d{{4}}"),
    _number(rf"(?:\+|00)852{_GAP}[2-9]\d{{3}}{_GAP}\d{{4}}"),
    _number(rf"(?:\+|00)853{_GAP}(?:6\d{{3}}|28\d{{2}}|8\d{{3}}){_GAP}\d{{4}}"),
    _number(rf"(?:\+|00)886{_GAP}(?:9\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{3}}|[2-8]{_GAP}\d{{3,4}}{_GAP}\d{{4}})"),
    _number(r"\+(?=(?:[ ()-]{0,2}\d){8,15}(?!\d))\d{1,3}(?:[ -]?\(?\d{1,4}\)?){2,5}"),
    _number(rf"09\d{{2}}{_GAP}\d{{3}}{_GAP}\d{{3}}"),  # Taiwan, mobile
    _number(rf"(?:\((?:010|02\d|0[3-9]\d{{2}})\)|010|02\d|0[3-9]\d{{2}}){_GAP}[2-9]\d{{6,7}}(?:(?:-|转)\d{{1,6}})?"),
    _number(r"(?:\(0[2-8]\) ?|0[2-8]-)\d{3,4}[ -]?\d{4}"),  # Taiwan, fixed line
    _number(r"\(\d{2,4}\) ?\d{3,5}[ -]\d{4}"),
    _number(r"0\d{1,4}[ -]\d{3,4}[ -]?\d{3,4}", _APART),
    _number(r"[5-9]\d{3} \d{4}(?! ?(?:元|块|%))", _APART),  # Hong Kong or Macao, mobile, in its usual two groups
    _after("电话|電話|手机|手機|座机|座機|热线|致电|拨打|联系方式|聯絡|tel|phone|call|mobile", r"\d{4}[ -]?\d{3,4}"),
)
_HANDLE = _after("QQ|微信|wechat|weixin|whatsapp", r"(?=[A-Za-z]*[\d_-])[A-Za-z0-9_-]{5,20}")


def _candidates(text: str) -> Iterator[tuple[PersonalKind, int, int]]:
    """Hits in order of certainty, so that a surer reading takes the place of a weaker one."""
    yield from _hits(PersonalKind.EMAIL, _EMAIL, text)
    for pattern in _IDENTITY:
        yield from _hits(PersonalKind.ID, pattern, text)
    for match in _CARD.finditer(text):
        digits = re.sub(r"\D", "", match["hit"])
        if digits.startswith("62") or _luhn(digits):
            yield PersonalKind.CARD, *match.span("hit")
    yield from _hits(PersonalKind.CARD, _CARD_AFTER, text)
    for pattern in _PHONE:
        yield from _hits(PersonalKind.PHONE, pattern, text)
    yield from _hits(PersonalKind.HANDLE, _HANDLE, text)


def _hits(kind: PersonalKind, pattern: re.Pattern[str], text: str) -> Iterator[tuple[PersonalKind, int, int]]:
    for match in pattern.finditer(text):
        yield kind, *match.span("hit")


def _luhn(digits: str) -> bool:
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(digits)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10 == 0
