"""Find the clock times that words name: «今天18点前», «周五下午三点», «两小时内», "by 6 pm tomorrow", "within 2 hours".

Only what names a moment beyond doubt is read as one. A clock time without its day counts as a guess: it may agree with
a promise, it never contradicts one.

«尽快», «这两天», "soon" are no times at all.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from huiyin.language.fold import fold

_DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"两": 2, "〇": 0}
_NUMBER = r"\d{1,3}|[零〇一二两三四五六七八九十]{1,3}"
_WEEK = {char: value for value, char in enumerate("一二三四五六日", start=1)} | {"天": 7}
_DAYS = {
    "今": 0,
    "今天": 0,
    "今日": 0,
    "今晚": 0,
    "明": 1,
    "明天": 1,
    "明日": 1,
    "明晚": 1,
    "后天": 2,
    "后日": 2,
    "大后天": 3,
}
_LATE = frozenset({"下午", "傍晚", "晚上", "晚", "晚间", "夜里"})
_EARLY = frozenset({"凌晨", "早上", "早晨", "清晨", "上午", "早"})
_CHINESE = re.compile(
    r"(?:(?P<month>\d{1,2}|十?[一二三四五六七八九十])月(?P<day>\d{1,2})[日号]|(?P<iso>\d{4}-\d{1,2}-\d{1,2})"
    r"|(?P<week>下?)(?:周|星期|礼拜)(?P<weekday>[一二三四五六日天])"
    r"|(?P<near>大后天|今[天日晚]|明[天日晚]|后[天日]))?"
    r"(?:[(（][^()（）]{1,4}[)）])?[\s的,，]*"
    r"(?P<part>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|夜里|早|晚)?\s*"
    r"(?:(?P<h24>[01]?\d|2[0-4])[::](?P<m24>[0-5]\d)(?!\d)"
    r"|(?P<hour>\d{1,2}|[一二两三四五六七八九十]{1,3})(?:点|时(?!间))(?!建议|意见|要求|原因|说明|内容|钟头)"
    r"(?:(?P<half>半)|(?P<quarter>[一三])刻|(?P<minute>[0-5]\d|[二三四五]?十[一二三四五六七八九]?|零[一二三四五六七八九])分?)?)"
)
_WITHIN = re.compile(
    rf"(?P<half>半)?(?P<number>{_NUMBER})?个?(?P<extra>半)?(?P<unit>小时|钟头|分钟)(?:之|以)?内"
    r"|\bwithin (?:the next )?(?P<count>\d{1,3}|an?|one|two|three|four|five|six|eight|ten|twelve)[ -]"
    r"(?P<english>hour|minute)s?\b"
)
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10}
_WORDS |= {"twelve": 12}
_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december".split("|")
_WEEKDAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday".split("|")
_ENGLISH_DAY = (
    rf"today|tomorrow|(?:on )?(?:{'|'.join(_WEEKDAYS)})"
    rf"|(?:on )?\d{{1,2}}(?:st|nd|rd|th)? (?:{'|'.join(_MONTHS)})|(?:on )?(?:{'|'.join(_MONTHS)}) \d{{1,2}}"
)
_ENGLISH = re.compile(
    rf"(?:\b(?P<before>{_ENGLISH_DAY}),? )?\b(?:by|before|until|at) "
    r"(?P<hour>\d{1,2})(?::(?P<minute>[0-5]\d))? ?(?P<half>[ap]\.?m\b\.?)?(?!\d|:)"
    rf"(?:,? (?P<after>{_ENGLISH_DAY})\b)?"
)
_ROUND = timedelta(minutes=30)  # «18点» speaks in hours: half of one on either side is still the same time
_EXACT = timedelta(minutes=1)


@dataclass(frozen=True)
class Named:
    """A time in words: the moments it may mean, how exact it speaks, and whether its day is beyond doubt."""

    moments: tuple[datetime, ...]
    precision: timedelta
    certain: bool

    def means(self, moment: datetime) -> bool:
        return any(abs(one - moment) <= self.precision for one in self.moments)


def named(text: str, at: datetime) -> tuple[Named, ...]:
    """Every clock time that words spoken at this moment name; `at` in the zone of whoever reads them."""
    folded = fold(text)
    # What an English sentence says is taken out, so that its «6:30» is not read once more without its day.
    rest = _ENGLISH.sub("|", folded)
    return (*_english(folded, at), *_chinese(rest, at), *_within(rest, at))


def _chinese(text: str, at: datetime) -> Iterator[Named]:
    for hit in _CHINESE.finditer(text):
        day, certain = _chinese_day(hit, at.date())
        part = hit["part"] or ("晚" if (hit["near"] or "").endswith("晚") else "")
        if day is None:
            continue
        if hit["h24"]:
            hour, minute, precision = int(hit["h24"]), int(hit["m24"]), _EXACT
        else:
            hour, minute = _number(hit["hour"]), _minute(hit)
            precision = _EXACT if minute else _ROUND
        # Without 上午 or 下午 a small hour may be either; a clock with a colon counts to twenty-four.
        hours = _hours(hour, part, open_=not hit["h24"])
        yield Named(tuple(_moment(day, one, minute, at) for one in hours if one <= 24), precision, certain)


def _chinese_day(hit: re.Match[str], today: date) -> tuple[date | None, bool]:
    """The day that is named, and whether it is; nothing where the calendar has no such day."""
    if hit["near"]:
        return today + timedelta(days=_DAYS[hit["near"]]), True
    if hit["weekday"]:
        return _weekday(_WEEK[hit["weekday"]], today, following=bool(hit["week"]))
    try:
        if hit["iso"]:
            return date(*(int(part) for part in hit["iso"].split("-"))), True
        if hit["month"]:
            return _next(_number(hit["month"]), int(hit["day"]), today), True
    except ValueError:
        return None, False
    return today, False


def _weekday(wanted: int, today: date, *, following: bool) -> tuple[date, bool]:
    monday = today - timedelta(days=today.isoweekday() - 1)
    day = monday + timedelta(days=wanted - 1 + (7 if following else 0))
    # A weekday of this week that is over may mean the next one.
    return (day, True) if day >= today else (day + timedelta(days=7), False)


def _next(month: int, day: int, today: date) -> date:
    this_year = date(today.year, month, day)
    return this_year if this_year >= today - timedelta(days=180) else date(today.year + 1, month, day)


def _hours(hour: int, part: str, *, open_: bool) -> tuple[int, ...]:
    if part in _LATE or (part == "中午" and hour < 11):
        return (hour + 12,) if hour < 12 else (24,) if hour == 12 and part != "下午" else (hour,)
    if part or hour >= 12 or not open_:
        return (0,) if part == "凌晨" and hour == 12 else (hour,)
    return (hour, hour + 12)


def _minute(hit: re.Match[str]) -> int:
    if hit["half"]:
        return 30
    if hit["quarter"]:
        return 15 * _number(hit["quarter"])
    return _number(hit["minute"]) if hit["minute"] else 0


def _english(text: str, at: datetime) -> Iterator[Named]:
    for hit in _ENGLISH.finditer(text):
        hour, minute = int(hit["hour"]), int(hit["minute"] or 0)
        if hour > 24 or not (hit["half"] or hit["minute"]):
            continue
        if hit["half"] and hour <= 12:
            hour = hour % 12 + (12 if hit["half"].startswith("p") else 0)
        day, certain = _english_day(hit["before"] or hit["after"] or "", at.date())
        if day is not None:
            yield Named((_moment(day, hour, minute, at),), _EXACT if hit["minute"] else _ROUND, certain)


def _english_day(words: str, today: date) -> tuple[date | None, bool]:
    words = words.removeprefix("on ")
    if words in ("", "today", "tomorrow"):
        return today + timedelta(days=int(words == "tomorrow")), True
    if words in _WEEKDAYS:
        return _weekday(_WEEKDAYS.index(words) + 1, today, following=False)
    month = next(place for place, name in enumerate(_MONTHS, start=1) if name in words)
    try:
        return _next(month, int("".join(re.findall(r"\d", words))), today), True
    except ValueError:
        return None, False


def _within(text: str, at: datetime) -> Iterator[Named]:
    for hit in _WITHIN.finditer(text):
        if hit["english"]:
            count = float(_WORDS.get(hit["count"]) or hit["count"])
        elif not (hit["number"] or hit["half"]):
            continue
        else:
            count = (_number(hit["number"]) if hit["number"] else 0) + (0.5 if hit["half"] or hit["extra"] else 0)
        hours = (hit["unit"] or hit["english"]) in ("小时", "钟头", "hour")
        span = timedelta(hours=count) if hours else timedelta(minutes=count)
        yield Named((at + span,), _ROUND if hours else timedelta(minutes=5), True)


def _moment(day: date, hour: int, minute: int, at: datetime) -> datetime:
    midnight = datetime.combine(day, time(), at.tzinfo)
    return midnight + timedelta(hours=hour, minutes=minute)


def _number(written: str) -> int:
    """Up to ninety-nine, in figures or Chinese."""
    if written.isdecimal():
        return int(written)
    tens, ten, ones = written.rpartition("十")
    if not ten:
        return int("".join(str(_DIGITS[char]) for char in ones))
    return 10 * (_DIGITS[tens[-1]] if tens else 1) + (_DIGITS[ones[-1]] if ones else 0)
