"""Apologies: not from the form book (S0-11), and admitting what was found, no more and no less (AMB-07)."""

import re
from collections.abc import Iterator

from django.utils.translation import gettext as _

from huiyin.knowledge.coach.categories import Category
from huiyin.knowledge.coach.context import Context, Established
from huiyin.knowledge.coach.marks import Found
from huiyin.knowledge.coach.reading import Reading, in_place

APOLOGY = re.compile(r"对不起|对不住|抱歉|不好意思|致歉|道歉|歉意|赔礼|赔不是|见谅|\bsorry\b|\bapolog|\bwe regret\b")
# Words of every apology and of every letter: they say nothing of what happened to this customer.
FORMULA = re.compile(
    r"对不起|对不住|非常|十分|万分|深表|深感|抱歉|不好意思|致歉|道歉|歉意|赔礼|赔不是|见谅|给您|给你|带来|带去"
    r"|造成|产生|的|不便|不适"
    r"|困扰|麻烦|困惑|烦恼|感到|遗憾|愧疚|我们|表示|谅解|包涵|海涵|体谅|请|敬请|恳请|多多|您好|你好|大家好|再见"
    r"|尊敬|亲爱|客户|顾客|客服"
    r"|用户|消费者|先生|女士|小姐|谢谢|多谢|感谢|支持|理解|配合|关注|信任|厚爱|希望|诚挚|真诚|诚恳|衷心|由衷|代表"
    r"|我司|本公司|公司|平台"
    r"|服务|体验|购物|使用|消费|不好|不佳|不愉快|不满意|不满|不周|欠佳|之处|地方|影响|感受|心情|问题|情况|事情"
    r"|此事|此次|本次|一直|已经|现在"
    r"|今天|明天|可以|没有|不能|不会|什么|怎么|这个|那个|这次|还是|但是|因为|所以|就是|不是|一下|马上|立即|尽快"
    r"|尽力|处理|解决|跟进|投诉"
    r"|反映|反馈|收到|提出|宝贵|意见|建议|努力|改进|改善|提升|提高|加强|完善|质量|水平|重视|高度|今后|以后|未来"
    r"|继续|更好|优质|为您|对您"
    r"|向您|让您|由此|对此|如此|再次|首先|另外|任何|所有|一切|全部|相关|有关|部门|人员|同事|工作|生活|祝您|愉快"
    r"|顺利|添麻烦|添|了|吧|啊"
    r"|\b(?:we|are|is|very|sorry|for|the|any|inconvenience|caused|apologi[sz]e|apologies|this|that|you|your|our"
    r"|have|with"
    r"|from|will|been|were|when|what|which|there|their|they|them|would|could|should|about|because|please|thanks?|dear"
    r"|hello|customer|service|problem|trouble|case|complaint|experience|much|more|some|such|than|then|here|just|also"
    r"|only|into|over|after|before|regret|received|sincerely|deeply|truly|accept|understanding|appreciate|patience)\b"
)
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[a-z]{4,}")
# Words that admit fault; «我们会负责» promises to act, «是我们的责任» admits.
ADMITS = re.compile(
    r"(?:是|属于|系|完全是|确实是|确系)(?:由于|因为|因)?(?:我们|我司|我方|本公司|我店|本店|公司|平台)(?:这边|方面"
    r"|自身|工作)?(?:的)?"
    r"(?:责任|过错|过失|错误|错|失误|疏忽|工作失误|全部责任|全责|问题)|(?:我们|我司|我方|公司|平台)(?:愿意|将|会"
    r"|应|应当|需要|来)?承担(?:全部|主要|相应|一切|所有)?"
    r"(?:的)?(?:责任|过错)|(?:我们|我司|我方)(?:负|有)(?:全责|全部责任|主要责任|责任|过错)|(?:我们|我司"
    r"|我方)(?:做错|错了|弄错|搞错|失职|违约|违规|侵权)"
    r"|(?:错|责任|过错|问题)(?:全|都|完全)?在(?:我们|我司|我方)|(?:由于|因为|因)(?:我们|我司|我方)(?:的)?(?:失误"
    r"|疏忽|过错|工作失误)"
    r"|\b(?:it (?:is|was) our (?:fault|mistake)|we (?:are|were) at fault|we accept (?:full )?(?:responsibility"
    r"|liability)|our mistake)\b"
)
DISOWNS = re.compile(r"(?:如果|若|假如|如|倘若|一旦|要是|是否|是不是|并非|不是|如属|如系|经核实后|if)[^,。!?;]{0,10}$")
# The answers in which a fault of ours that was found is owned.
ANSWERS = ("offer", "finish_execution", "choose", "settle_at_once")


def apologises(text: str) -> bool:
    """Whether the words hold an apology at all."""
    return APOLOGY.search(in_place(text)) is not None


def touches_fault(text: str) -> bool:
    """Whether words apologise or speak of fault at all: only then it matters what was found."""
    folded = in_place(text)
    return APOLOGY.search(folded) is not None or ADMITS.search(folded) is not None


def formulaic(reading: Reading, context: Context) -> Iterator[Found]:
    """An apology without a single word from the customer's scene (S0-11).

    Where it says something at least, though not in the customer's words, it only advises.
    """
    apology = APOLOGY.search(reading.folded)
    if apology is None or not context.scene_words:
        return
    own = pieces(FORMULA.sub(" ", reading.folded))
    scene = pieces(FORMULA.sub(" ", in_place(context.scene)))
    if own & scene or (own and not scene):
        return
    better = _better(reading, context)
    swap = reading.clauses_over(*apology.span())
    yield Found(
        Category.FORMULAIC_APOLOGY, *apology.span(), firm=len(own) < 6, better=better, swap=(swap.start, swap.end)
    )


def _better(reading: Reading, context: Context) -> str:
    if not reading.chinese:
        return "We are sorry that {what happened} and that you {what it meant for you}"
    return "{您遇到的具体情况}，给您添了{具体的影响}，我们很抱歉"


def pieces(folded: str) -> set[str]:
    """Pairs of neighbouring characters, and longer Latin words: what two texts must share to speak of one thing."""
    pairs = {run[place : place + 2] for run in HAN_RUN.findall(folded) for place in range(len(run) - 1)}
    return pairs | set(WORD.findall(folded))


def against_finding(reading: Reading, context: Context) -> Iterator[Found]:
    """Words that admit fault before or against the finding; an apology that admits nothing where it is owed."""
    if context.finding == Established.UNKNOWN:
        return
    ours = Established(context.finding).ours
    admitted = next(_admissions(reading), None)
    if admitted is not None and not ours and not context.liability_any_time:
        undecided = context.finding == Established.UNDECIDED
        why = (
            _("Nothing was found yet: express regret, leave the fault open.")
            if undecided
            else _("It was not found to be our fault: express regret, say what was found.")
        )
        better = "目前还在核实原因，您遇到的情况我们很抱歉" if undecided and reading.chinese else ""
        clause = reading.clauses_over(*admitted.span())
        yield Found(
            Category.APOLOGY_TYPE, *admitted.span(), why=why, better=better,
            swap=(clause.start, clause.end) if better else None,
        )  # fmt: skip
    apology = APOLOGY.search(reading.folded)
    owes = context.apology == "liability" or context.step in ANSWERS
    if ours and apology is not None and admitted is None and owes:
        why = _("The fault was found on our side: apologise in the name of the house, and say so.")
        yield Found(Category.APOLOGY_TYPE, *apology.span(), firm=False, why=why)


def _admissions(reading: Reading) -> "Iterator[re.Match[str]]":
    for hit in ADMITS.finditer(reading.folded):
        before = reading.folded[reading.sentence_at(hit.start()).start : hit.start()]
        if not DISOWNS.search(before) and not reading.in_quotation(*hit.span()):
            yield hit
