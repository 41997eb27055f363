"""Conclusion, basis, action (S0-31): which of the three an answer holds."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from huiyin.knowledge.coach import times
from huiyin.knowledge.coach.categories import Category
from huiyin.knowledge.coach.context import Context
from huiyin.knowledge.coach.marks import Found
from huiyin.knowledge.coach.reading import Reading

# The steps whose words answer the customer's matter.
ANSWERS = frozenset(
    (
        "explain",
        "conclude_explanation",
        "offer",
        "refuse_above_standard",
        "settle_at_once",
        "finish_execution",
        "settle_externally",
    )
)
CONCLUSION = re.compile(
    r"属于|属实|判定|认定|确认|确定|结论|成立|符合|不符|可以|同意|决定|批准|通过|未通过|已(?:经)?(?:完成|解决|退"
    r"|换|补|修|处理|恢复|到账|寄出)"
    r"|不能|无法|未发现|没有发现|不存在|存在|是(?:因为|由于)?|原因|紧急|受(?:到)?影响|将为您|优先|问题在于|责任"
    r"|\b(?:is|are|was|were|confirmed|agreed|decided|can|cannot|found|urgent|affected|eligible)\b"
)
BASIS = re.compile(
    r"根据|依据|依照|按照|按(?:照)?(?:规定|约定|合同|标准|条款|三包)|参照|经(?:核实|核查|查|调查|检测|鉴定|检验"
    r"|了解|比对|查看|核对|现场|确认|协商)|查看了|调取|调阅"
    r"|核对了|记录(?:显示|里|中|上)?|监控|录像|照片|检测(?:报告|结果)|鉴定(?:报告|结果)|凭证|单据|订单|日志|合同"
    r"|条款|规定|办法|条例|第.{1,4}条|因为|由于|因(?!此)"
    r"|系统(?:显示|记录)|显示|证实|反馈|影响|原因|according to|because|based on|records? show|under (?:the|our)"
    r"|due to|the report"
)
ACTION = re.compile(
    r"(?:我|我们|我司|同事|师傅|技术员|技术人员|工程师|财务|仓库|客服|专员|人员|经理|部门|快递|公司).{0,12}(?:将"
    r"|会|已|正在|来|去|今天|明天|现在|马上|安排|联系|上门|处理"
    r"|退|换|补|寄|发|修|核|告|回|跟进|负责)|(?:将|会|已|已经)(?:为您|给您|帮您|向您|由|安排|联系|退|补|换|寄|发"
    r"|派|责令|要求|通知|恢复|修复|更换|完成|启动|组织)"
    r"|为您(?:安排|办理|退|换|补|寄|更换|处理|登记)|请您|您(?:可以|可|只需)|\b(?:we|i|our \w+) (?:will|have|shall"
    r"|are going to)\b|\bplease\b"
)


# What to say of a part that is missing, and how an answer could give it.
WANTED = {
    "conclusion": (_("No conclusion is said."), "结论：{结论}。", " We have found that {conclusion}."),
    "basis": (
        _("Nothing is said of what it rests on."),
        "依据是{记录、规定或检测结果}。",
        " This rests on {record, rule or test}.",
    ),
    "action": (
        _("No action is named."),
        "接下来{谁}会{做什么}，{几点}前告诉您结果。",
        " {Who} will {do what} and tell you by {time}.",
    ),
}


@dataclass(frozen=True)
class Parts:
    """Which of the three parts of an answer stand in a text."""

    conclusion: bool
    basis: bool
    action: bool

    @property
    def missing(self) -> tuple[str, ...]:
        return tuple(name for name in ("conclusion", "basis", "action") if not getattr(self, name))


def parts_of(reading: Reading) -> Parts:
    text = reading.polite
    action = ACTION.search(text) is not None or any(True for _span in times.spans(reading))
    return Parts(CONCLUSION.search(text) is not None, BASIS.search(text) is not None, action)


def incomplete(reading: Reading, context: Context) -> Iterator[Found]:
    """Each part an answer lacks, as advice at its end."""
    if context.step not in ANSWERS or not reading.text.strip():
        return
    end = len(reading.text)
    for name in parts_of(reading).missing:
        why, chinese, english = WANTED[name]
        better = chinese if reading.chinese else english
        yield Found(Category.THREE_PARTS, end, end, why=str(why), better=better, swap=(end, end))
