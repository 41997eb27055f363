"""What a template left open, and what reads badly (S4-04)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiyin.knowledge.coach.categories import Category
from huiyin.knowledge.coach.context import Context
from huiyin.knowledge.coach.marks import Found
from huiyin.knowledge.coach.reading import Reading

_SLOT_WORDS = (
    "姓名|客户|称呼|先生|女士|订单|单号|编号|号码|日期|时间|几点|金额|数额|产品|商品|型号|地址|电话|原因|问题"
    "|情况|内容|部门|人员|经办|负责|方案|结果|名称|此处|这里|填写|补充|待定"
    "|name|customer|order|date|time|amount|product|number|reason|address"
)
SLOT = re.compile(
    r"\{\{?[^{}\n]{0,40}\}?\}"  # {customer}
    rf"|[\[【<〔](?=[^\]】>〕\n]{{0,20}}(?:{_SLOT_WORDS}))[^\]】>〕\n]{{1,24}}[\]】>〕]"  # [订单号]
    rf"|\((?:请|待|此处|这里)?(?:填写|填入|补充|插入|待填|待补|待定)[^()\n]{{0,20}}\)"
    r"|(?<![a-z0-9\d])x{2,}(?![a-z0-9])|×{2,}|○{2,}|□{2,}|_{3,}|＿{2,}"
    r"|(?<![\w.])(?:todo|tbd|undefined|lorem ipsum)(?![\w.])|%s|%\(\w+\)s|\$\{?[a-z_]{2,}\}?"
)
MASKED_NUMBER = re.compile(r"\d[x*×]{2,}|[x*×]{2,}\d")
# None of these characters, no slot: most messages are not searched at all.
SLOT_SIGNS = frozenset("{[【<〔(×○□_$%") | frozenset("xnuto")
SHOUTING = re.compile(r"[!?]{2,}|~{2,}|。{2,}|,{2,}")
PLAYFUL = re.compile(r"[\u2600-\u27BF\U0001F300-\U0001FAFF]")
LONGEST_SENTENCE, LONGEST_MESSAGE = 180, 1_500


def open_slots(reading: Reading, context: Context) -> Iterator[Found]:
    """A place of a template that nobody filled in."""
    if SLOT_SIGNS.isdisjoint(reading.characters):
        return
    for hit in SLOT.finditer(reading.folded):
        around = reading.folded[max(hit.start() - 1, 0) : hit.end() + 1]
        if not MASKED_NUMBER.search(around):
            yield Found(Category.SLOT, *hit.span())


def roughly(reading: Reading, context: Context) -> Iterator[Found]:
    """Shouting, playful marks, a sentence without an end: advice."""
    for pattern, why in (
        (SHOUTING, _("One mark is enough.")),
        (PLAYFUL, _("It is too playful for an answer to a complaint.")),
    ):
        for hit in pattern.finditer(reading.folded):
            if not reading.in_quotation(*hit.span()):
                mark = reading.text[hit.start()] if pattern is SHOUTING else ""
                yield Found(Category.UNPOLISHED, *hit.span(), why=why, better=mark, swap=hit.span())
    for one in reading.sentences:
        if one.end - one.start > LONGEST_SENTENCE and reading.chinese:
            yield Found(Category.UNPOLISHED, one.start, one.end, why=_("This sentence is very long: make two of it."))
            break
    if len(reading.text) > LONGEST_MESSAGE:
        why = _("The message is very long: say what matters first.")
        yield Found(Category.UNPOLISHED, len(reading.text), len(reading.text), why=why)
