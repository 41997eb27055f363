"""Promises a message makes: within authority, from the catalogue, fitting the day, no shorter than they take."""

import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal

from django.utils.translation import gettext as _

from huiyin.knowledge.coach import times
from huiyin.knowledge.coach.categories import Category
from huiyin.knowledge.coach.context import Context
from huiyin.knowledge.coach.marks import Found
from huiyin.knowledge.coach.reading import Reading, in_place

_TENS = {"十": 10, "百": 100, "千": 1_000, "万": 10_000}
_DIGITS = {"零": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
_NUMBER = r"(?:\d[\d,]*(?:\.\d{1,2})?\s*[千万]?|[一二两三四五六七八九十百千万零]{2,})"
AMOUNT = re.compile(
    rf"(?:¥|￥|rmb\s*|cny\s*|\$)\s*(?P<before>\d[\d,]*(?:\.\d{{1,2}})?)|(?P<after>{_NUMBER})\s*(?:元|块钱?|人民币"
    rf"|yuan\b)"
)
GIVES = re.compile(
    r"赔偿|赔付|赔您|补偿|补您|补给|退还|退款|退您|退给|返还|返您|减免|免除|抵扣|支付给?您|给您|补贴|refund"
    r"|compensat|pay you|credit"
)
# Not our promise: a demand, a price paid, a rule told, a refusal.
NOT_OURS = re.compile(
    r"(?:您|客户|消费者)(?:要求|提出|希望|主张|诉求|支付|付|花|购买|买|消费|充值|交|转)|诉求|原价|售价|标价|价格为"
    r"|订单金额|实付|总价|合计消费"
    r"|不能|无法|不予|不可能|不会|没有权限|超出|最高不超过|you (?:asked|paid|want|demand)|cannot|unable"
)
# What is promised, by the kind of remedy a catalogue knows.
REMEDIES = {
    kind: re.compile("|".join(words))
    for kind, words in {
        "punitive": (
            r"退一赔[一二三十]",
            r"(?:双|[两三四五十]|[2-9]|10)倍(?:赔偿|赔付|赔|补偿|返还|退款|退还)",
            r"(?:赔偿?|赔付|补偿|返还)(?:您)?(?:双|[两三四五十]|[2-9]|10)倍",
        ),
        "free": (
            r"(?:全单|整单|全部|这单|本单|直接|给您)免(?:单|费送)",
            r"免单|终身免费|永久免费",
            r"免费(?:使用|送您|赠送)(?:一年|两年|三年|终身|永久)",
        ),
        "return": (r"(?:全额)?退款|退货|退钱|退还(?:货款|全款|费用)|全额退", r"\brefund\b"),
        "exchange": (
            r"换货|换新|换(?:一[台个件部双只]|台|个|件)|更换(?:新|一)|补发|重发|重新发货",
            r"\breplacement\b|\bexchange\b",
        ),
        "repair": (r"(?:免费|上门)(?:维修|修理|检修)|保修|返修",),
        "price_cut": (r"折价|降价|减价|补差价|退差价|[一二三四五六七八九]折优惠", r"打[一二三四五六七八九\d]折"),
        "compensation": (r"赔偿|赔付|补偿金|补偿您", r"\bcompensat"),
        "goodwill": (
            r"优惠券|代金券|购物券|积分|礼品|礼包|小礼物|会员(?:卡|资格|权益)|贵宾卡|vip",
            r"\bvoucher\b|\bgift\b",
        ),
    }.items()
}
PROMISES = re.compile(
    r"给您|为您|帮您|送您|我们?(?:会|将|可以|能|马上|现在|今天|明天|保证|一定|直接|来|再)|我司(?:会|将|可以)|安排"
    r"|答应|承诺|保证|申请|we (?:will|can|shall)|you will (?:get|receive)|\bi'll\b|\bwe'll\b"
)
# Words of something we do, beside a time; a time of the customer's own stands alone.
OURS = re.compile(PROMISES.pattern + r"|我|到账|退款|回电|上门|送达|寄出|发货|修好|恢复|refund|call|deliver")
LATEST = timedelta(days=60)


def gives(text: str) -> bool:
    """Whether words name an amount or a remedy at all: only then it matters what may be promised."""
    folded = in_place(text)
    return AMOUNT.search(folded) is not None or any(words.search(folded) for words in REMEDIES.values())


def beyond(reading: Reading, context: Context) -> Iterator[Found]:
    """Every promise of the text that the writer may not or cannot make."""
    if context.limits.amount is not None:
        yield from _too_much(reading, context.limits.amount)
    if context.limits.remedies is not None:
        yield from _not_offered(reading, context.limits.remedies)
    yield from _too_many(reading, context)
    yield from _too_early(reading, context)


def _too_much(reading: Reading, most: Decimal) -> Iterator[Found]:
    for hit in AMOUNT.finditer(reading.folded):
        clause = _around(reading, hit.start())
        if not GIVES.search(clause) or NOT_OURS.search(clause) or reading.in_quotation(*hit.span()):
            continue
        amount = amount_of(hit["before"] or hit["after"])
        if amount is not None and amount > most:
            why = _("You may grant up to %(most)s; above it somebody else must agree first.") % {"most": f"{most:.2f}"}
            yield Found(Category.AUTHORITY, *hit.span(), why=why)


def amount_of(written: str) -> Decimal | None:
    """Read an amount in digits or in Chinese numerals."""
    plain = written.replace(",", "").replace(" ", "")
    factor = _TENS.get(plain[-1], 1) if plain[0].isdecimal() else 1
    if plain[0].isdecimal():
        return Decimal(plain.rstrip("千万")) * factor
    total, part, digit = 0, 0, 0
    for char in plain:
        if char in _DIGITS:
            digit = _DIGITS[char]
        elif char == "万":
            total, part, digit = (total + part + digit) * 10_000, 0, 0
        else:
            part, digit = part + (digit or 1) * _TENS[char], 0
    return Decimal(total + part + digit)


def _not_offered(reading: Reading, offered: frozenset[str]) -> Iterator[Found]:
    for kind, words in REMEDIES.items():
        if kind in offered:
            continue
        for hit in words.finditer(reading.folded):
            clause = _around(reading, hit.start())
            if PROMISES.search(clause) and not NOT_OURS.search(clause) and not reading.in_quotation(*hit.span()):
                yield Found(Category.CATALOGUE, *hit.span())


def _too_many(reading: Reading, context: Context) -> Iterator[Found]:
    """More promises fall due in that hour than one person can keep."""
    limits = context.limits
    if context.promised_in is None or limits.most_in_an_hour is None:
        return
    if limits.due_in_that_hour >= limits.most_in_an_hour:
        why = _("%(count)s promises of yours fall due in that hour already; name another time.")
        end = len(reading.text)
        yield Found(Category.CAPACITY, end, end, why=why % {"count": limits.due_in_that_hour})


def _too_early(reading: Reading, context: Context) -> Iterator[Found]:
    """Earlier than nine of ten such promises were kept (S3-30): in the words, or in the time promised with them."""
    usual = context.past_p90
    if usual is None:
        return
    why = _("Nine of ten such promises took up to %(usual)s; promise that, and be earlier.") % {"usual": _long(usual)}
    named = [one for one in times.spans(reading) if one.ahead <= LATEST]
    for one in named:
        promised = OURS.search(_around(reading, one.start)) is not None
        if one.ahead < usual and promised and not reading.in_quotation(one.start, one.end):
            yield Found(Category.TOO_EARLY, one.start, one.end, why=why)
    if not named and context.promised_in is not None and context.promised_in < usual:
        end = len(reading.text)
        yield Found(Category.TOO_EARLY, end, end, why=why)


def _long(span: timedelta) -> str:
    hours = span.total_seconds() / 3600
    if hours < 1:
        return _("%(count)s minutes") % {"count": round(hours * 60)}
    if hours < 48:
        return _("%(count)s hours") % {"count": f"{hours:.3g}"}
    return _("%(count)s days") % {"count": f"{hours / 24:.3g}"}


def _around(reading: Reading, place: int) -> str:
    """The sentence these words stand in, up to forty characters either side."""
    span = reading.sentence_at(place)
    return reading.polite[max(span.start, place - 40) : min(span.end, place + 40)]
