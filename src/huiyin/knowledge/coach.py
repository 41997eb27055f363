"""Reads words before they go to a customer: what is wrong, where, why. A pure function of text and context."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from huiyin.knowledge import rules
from huiyin.language.fold import fold
from huiyin.rules import Refusal, Rule

APOLOGY = re.compile(r"对不起|对不住|抱歉|不好意思|致歉|道歉|歉意|赔礼|赔不是|见谅|\bsorry\b|\bapolog|\bwe regret\b")
SUBJECTIVE = re.compile(r"我觉得|我认为|我感觉|\bi (?:think|feel|believe)\b")
# Words of every apology and of every letter: they say nothing of what happened to this customer.
FORMULA = re.compile(
    r"对不起|对不住|非常|十分|深表|抱歉|不好意思|致歉|道歉|歉意|赔礼|赔不是|见谅|给您|给你|带来|造成|的|不便|困扰|麻烦|感到"
    r"|我们|表示|谅解|请|敬请|您好|你好|大家好|再见|尊敬|亲爱|客户|顾客|客服|用户|先生|女士|小姐|谢谢|多谢|感谢|支持|理解"
    r"|希望|诚挚|真诚|代表|我司|公司|服务|体验|问题|情况|事情|此事|一直|已经|现在|今天|明天|可以|没有|不能|不会|什么|怎么|这个"
    r"|那个|这次|还是|但是|因为|所以|就是|不是|一下|马上|尽快|处理|解决|投诉|反映|反馈|收到"
    r"|\b(?:we|are|is|very|sorry|for|the|any|inconvenience|caused|apologi[sz]e|apologies|this|that|you|your|our|have|with"
    r"|from|will|been|were|when|what|which|there|their|they|them|would|could|should|about|because|please|thanks?|dear"
    r"|hello|customer|service|problem|trouble|case|complaint|experience|much|more|some|such|than|then|here|just|also"
    r"|only|into|over|after|before|regret|received)\b"
)
HAN = re.compile(r"[\u3400-\u9fff]+")
WORD = re.compile(r"[a-z]{4,}")


@dataclass(frozen=True)
class Context:
    """What the coach may know of the case: the step, the customer's own words, and what is already promised."""

    step: str = ""
    scene: str = ""
    names_a_time: bool = False
    waiting: bool = False


@dataclass(frozen=True)
class Mark:
    """A finding: the words from `start` to `end` break this rule; blocking or a hint."""

    rule: Rule
    start: int
    end: int
    why: str
    blocks: bool


class WordsBlocked(Refusal):
    rule = rules.FORMULAIC_APOLOGY
    sentence = _("This message cannot go out: %(why)s")
    unblock = _("Change the words that are marked.")

    def __init__(self, marks: tuple[Mark, ...]) -> None:
        self.marks = marks
        super().__init__(why=" ".join(mark.why for mark in marks))


class EmptyWords(Refusal):
    rule = rules.EMPTY_MESSAGE
    sentence = _("The message is empty.")
    unblock = _("Write what the customer should know.")


class NoTimeInWords(Refusal):
    rule = rules.PENDING_WITHOUT_TIME
    sentence = _("The customer is left waiting without a time.")
    unblock = _("Say what happens next and until when.")


def check(text: str, context: Context) -> tuple[Mark, ...]:
    """Every finding in a text, in the order of the words; positions count characters of the text as given."""
    folded = _in_place(text)
    found = [*_formulaic(folded, context), *_subjective(folded)]
    if not text.strip():
        found.append(Mark(rules.EMPTY_MESSAGE, 0, 0, str(_("The message is empty.")), True))
    if context.step == "acknowledge" and not context.names_a_time:
        why = str(_("It names no time for the next news."))
        found.append(Mark(rules.PENDING_WITHOUT_TIME, len(text), len(text), why, True))
    return tuple(sorted(found, key=lambda mark: (mark.start, mark.rule.code)))


def apologises(text: str) -> bool:
    """Whether the words hold an apology at all."""
    return APOLOGY.search(fold(text)) is not None


def require(marks: tuple[Mark, ...]) -> None:
    """Refuse words with a blocking finding; hints pass."""
    blocking = tuple(mark for mark in marks if mark.blocks)
    if not blocking:
        return
    codes = {mark.rule.code for mark in blocking}
    if rules.EMPTY_MESSAGE.code in codes:
        raise EmptyWords()
    if codes == {rules.PENDING_WITHOUT_TIME.code}:
        raise NoTimeInWords()
    raise WordsBlocked(blocking)


def _formulaic(folded: str, context: Context) -> list[Mark]:
    """An apology without a single word from the customer's scene (S0-11)."""
    apology = APOLOGY.search(folded)
    if apology is None or _pieces(FORMULA.sub(" ", folded)) & _pieces(FORMULA.sub(" ", fold(context.scene))):
        return []
    why = str(_("The apology has no word of what happened to the customer."))
    return [Mark(rules.FORMULAIC_APOLOGY, apology.start(), apology.end(), why, True)]


def _subjective(folded: str) -> list[Mark]:
    why = str(_("Say what is known and on what it rests."))
    return [Mark(rules.SUBJECTIVE, hit.start(), hit.end(), why, False) for hit in SUBJECTIVE.finditer(folded)]


def _in_place(text: str) -> str:
    """The text folded so that each character keeps its position."""
    folded = fold(text)
    if len(folded) == len(text):
        return folded
    return "".join(one if len(one) == 1 else char for char, one in ((char, fold(char)) for char in text))


def _pieces(folded: str) -> set[str]:
    """Pairs of neighbouring characters, and longer Latin words: what two texts must share to speak of one thing."""
    pairs = {run[place : place + 2] for run in HAN.findall(folded) for place in range(len(run) - 1)}
    return pairs | set(WORD.findall(folded))
