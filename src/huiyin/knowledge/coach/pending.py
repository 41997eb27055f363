"""What is pending has a next step with a time (S1-02); a time is one the customer can measure (S3-36)."""

import re
from collections.abc import Iterator
from dataclasses import replace

from django.utils.translation import gettext as _

from huiyin.knowledge.coach import times
from huiyin.knowledge.coach.categories import Category
from huiyin.knowledge.coach.context import Context
from huiyin.knowledge.coach.marks import Found
from huiyin.knowledge.coach.reading import Reading

ACKNOWLEDGE = "acknowledge"
# Somebody does something that a reader can picture; together with a time it is a next step.
STEP = re.compile(
    r"(?:我|我们|同事|专员|经理|主管|师傅|技术|客服|工程师|财务|仓库|快递|部门|中队|人员)[^。!?;\n]{0,16}"
    r"(?:联系|致电|回电|回复|答复|告知|告诉|通知|上门|到现场|发|寄|退|补|换|核对|核实|核查|检查|检测|调取|查看"
    r"|对接|安排|转交|跟进|更新|call|write|send)"
)


def without_step(reading: Reading, context: Context, phrases: list[Found]) -> Iterator[Found]:
    """A message that leaves the customer waiting: no time in it, and none promised with it.

    It holds the message back where the case waits and nobody is named who does something; otherwise it advises. The
    acknowledgement always names a time.
    """
    if context.names_a_time:
        return
    if context.step == ACKNOWLEDGE:
        end = len(reading.text)
        yield Found(Category.PENDING, end, end, why=_("It names no time for the next news."))
        return
    if times.names_one(reading):
        return
    step = STEP.search(reading.folded) is not None
    for one in phrases:
        if one.category != Category.PENDING:
            continue
        yield replace(one, firm=one.firm and context.waiting and not step)


def vaguely(reading: Reading, context: Context, phrases: list[Found]) -> Iterator[Found]:
    """Soon, shortly, in a few days: advice to name the hour or the day, unless the message does so anyway."""
    vague = [one for one in phrases if one.category == Category.VAGUE_TIME]
    if vague and not context.names_a_time and not times.names_one(reading):
        yield vague[0]
