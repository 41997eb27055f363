"""Times named in a message: how long until, and where the words stand. Pure: whoever asks says what time it is."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta

from huiyin.knowledge.coach.reading import Reading, in_place

NUMBER = {
    "半": 0.5, "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
    "十二": 12, "十五": 15, "二十": 20, "二十四": 24, "三十": 30, "四十八": 48, "七十二": 72, "one": 1, "two": 2,
    "three": 3, "half an": 0.5, "an": 1, "a": 1,
}  # fmt: skip
_COUNT = r"\d{1,4}(?:\.\d)?|四十八|七十二|二十四|十二|十五|二十|三十|半|[一两二三四五六七八九十]"
_UNIT = {
    "分": timedelta(minutes=1), "小时": timedelta(hours=1), "钟头": timedelta(hours=1), "天": timedelta(days=1),
    "日": timedelta(days=1), "工作日": timedelta(days=1), "周": timedelta(days=7), "星期": timedelta(days=7),
    "月": timedelta(days=30), "minute": timedelta(minutes=1), "hour": timedelta(hours=1), "day": timedelta(days=1),
    "week": timedelta(days=7),
}  # fmt: skip
WITHIN = re.compile(
    rf"(?P<count>{_COUNT})\s*个?(?P<half>半)?(?P<unit>工作日|小时|钟头|分钟?|天|日|周|星期"
    rf"|月)(?P<half2>半)?(?:之?[内后]|以内|内)"
    r"|(?:in|within)\s+(?P<en>\d{1,3}|one|two|three|half an|an|a)\s+(?:business\s+|working\s+)?"
    r"(?P<en_unit>minute|hour|day|week)s?\b"
)
DAYS = {
    **dict.fromkeys(("今天", "今日", "今晚", "今早", "当天", "当日", "today"), 0),
    **dict.fromkeys(("明天", "明日", "明早", "明晚", "次日", "tomorrow"), 1),
    "后天": 2,
    "大后天": 3,
}
_CLOCK = (
    r"(?P<part>凌晨|早上|上午|中午|下午|傍晚|晚上|晚|早)?(?P<hour>\d{1,2}|十[一二]?"
    r"|[一两二三四五六七八九])(?:[:点时](?P<minute>\d{1,2}|半)?分?)"
)
AT = re.compile(
    rf"(?P<day>大后天|今天|今日|今晚|今早|当天|当日|明天|明日|明早|明晚|次日|后天)?的?{_CLOCK}(?:之?前|以前|左右|整)?"
    r"|(?P<only>大后天|今天|今日|今晚|当天|当日|明天|明日|次日|后天)(?P<within>(?:下班|晚些)?(?:之?[前内]|以前|当天内))"
    r"|by\s+(?P<en_hour>\d{1,2})(?::(?P<en_minute>\d\d))?\s*(?P<ampm>am|pm)?\s*(?P<en_day>today|tomorrow)?"
    r"|by\s+(?:the\s+)?(?:end\s+of\s+)?(?P<en_only>today|tomorrow)"
)
# A date, a weekday, a clock: enough for a reader to know when.
EXACT = re.compile(
    r"\d{1,2}月(?:\d{1,2}[日号])?(?:底|前|初|中|中旬|上旬|下旬)?|\d{1,2}[日号]|(?:下?个?月|本月|年)(?:底|初|中)"
    r"|[下本这]?(?:周|星期|礼拜)[一二三四五六日天末]"
    r"|\d{1,2}[:点时]\d{0,2}|(?:今|明|后|当|次)[天日早晚]|下班前|节前|月内|周内|年内|\d{4}年|春节|国庆|元旦|汛期"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|\b(?:today|tomorrow|tonight|noon)\b"
    r"|\b\d{1,2}(?::\d\d)?\s?(?:am|pm)\b"
    r"|\b(?:january|february|march|april|may|june|july|august|september|october|november|december)\s+\d"
)


@dataclass(frozen=True)
class Named:
    """A time in the words from start to end: so long from now."""

    start: int
    end: int
    ahead: timedelta


def spans(reading: Reading) -> Iterator[Named]:
    """Every «within so long» of a text."""
    for hit in WITHIN.finditer(reading.folded):
        if hit["en"]:
            ahead = _UNIT[hit["en_unit"]] * float(NUMBER.get(hit["en"]) or hit["en"])
        else:
            ahead = _UNIT[hit["unit"].removesuffix("钟") or "分"] * _count(hit)
        yield Named(hit.start(), hit.end(), ahead)


def _count(hit: "re.Match[str]") -> float:
    written = hit["count"]
    count = float(NUMBER[written] if written in NUMBER else written)
    return count + 0.5 if hit["half"] or hit["half2"] else count


def names_one(reading: Reading) -> bool:
    """Whether a reader could tell from the words when."""
    return WITHIN.search(reading.folded) is not None or EXACT.search(reading.folded) is not None


def named_in(text: str) -> bool:
    """Whether a text says within which time."""
    return WITHIN.search(in_place(text)) is not None


def first_due(text: str, local: datetime) -> datetime | None:
    """The first time ahead that a text names, for somebody who reads it now; None where it names none (S0-31)."""
    reading = Reading(text)
    named = [(one.start, local + one.ahead) for one in spans(reading)]
    named += [(hit.start(), due) for hit in AT.finditer(reading.folded) if (due := _due(hit, local)) is not None]
    ahead = [pair for pair in sorted(named) if pair[1] > local]
    return ahead[0][1] if ahead else None


def _due(hit: "re.Match[str]", local: datetime) -> datetime | None:
    day = hit["day"] or hit["only"] or hit["en_day"] or hit["en_only"]
    date = local.date() + timedelta(days=DAYS[day] if day else 0)
    clock = time(18) if hit["only"] or hit["en_only"] else _clock(hit)
    return None if clock is None else datetime.combine(date, clock, local.tzinfo)


def _clock(hit: "re.Match[str]") -> time | None:
    written = hit["hour"] or hit["en_hour"]
    hour = int(written) if written.isdecimal() else _hour_in_words(written)
    minute = hit["minute"] or hit["en_minute"] or "0"
    late = (
        (hit["part"] or "") in ("下午", "傍晚", "晚上", "晚")
        or (hit["day"] or "") in ("今晚", "明晚")
        or hit["ampm"] == "pm"
    )
    hour += 12 if late and hour < 12 else 0
    minutes = 30 if minute == "半" else int(minute)
    return time(hour, minutes) if hour < 24 and minutes < 60 else None


def _hour_in_words(written: str) -> int:
    return int(NUMBER.get(written) or 10 + NUMBER[written[-1]])
