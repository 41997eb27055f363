"""The three dos (S4-05): please first, 您 always, goodbye last; each missing one is a finding of its own."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiyin.knowledge.coach.categories import Category
from huiyin.knowledge.coach.context import Context, Turn
from huiyin.knowledge.coach.marks import Found
from huiyin.knowledge.coach.reading import Reading

YOU = re.compile(r"(?<!迷)[你妳]们?(?!死我活|追我赶|来我往)")
PLEASE = re.compile(
    r"请|麻烦您|劳驾|您好|尊敬|欢迎|感谢您|\bplease\b|\bdear\b|\bhello\b|good (?:morning|afternoon|evening)|thank you"
)
POLITE_YOU = re.compile(r"您|\byou(?:r|rs)?\b|阁下|贵(?:公司|单位|方|司)")
GOODBYE = re.compile(
    r"再见|再会|回见|祝您|祝好|祝.{0,4}(?:愉快|顺利|安康|健康|生活|一切)|此致|敬礼|敬上|感谢您的(?:来电|来信|耐心"
    r"|理解|支持|信任|反馈)|谢谢您的(?:来电|耐心|理解|支持|信任)"
    r"|随时(?:联系|找|告诉|拨打|来电)|\bgoodbye\b|\bbye\b|\bregards\b|\bsincerely\b|good day|best wishes"
    r"|yours (?:truly|faithfully)"
)


def politely(reading: Reading, context: Context) -> Iterator[Found]:
    """你 where 您 belongs, each with its replacement, and what a turn of a talk lacks."""
    for hit in YOU.finditer(reading.folded):
        if reading.in_quotation(*hit.span()):
            continue
        better = "您" if len(hit.group()) == 1 else "您几位" if hit.group().endswith("们") else "您"
        why = _("Say 您, not 你.")
        yield Found(Category.ADDRESS, *hit.span(), why=why, better=better, swap=hit.span())
    yield from _missing(reading, context)


def _missing(reading: Reading, context: Context) -> Iterator[Found]:
    text, end = reading.folded, len(reading.text)
    if not text.strip() or context.turn == Turn.NONE:
        return
    if context.turn == Turn.FIRST and not PLEASE.search(text):
        better = "您好，请" if reading.chinese else "Please "
        yield Found(Category.PLEASE, 0, 0, better=better, swap=(0, 0))
    if not POLITE_YOU.search(reading.polite):
        yield Found(Category.ADDRESS, 0, 0, why=_("The customer is not addressed: say 您."))
    if context.turn == Turn.LAST and not GOODBYE.search(text):
        better = "感谢您的来电，再见。" if reading.chinese else " Thank you, and goodbye."
        yield Found(Category.FAREWELL, end, end, better=better, swap=(end, end))
