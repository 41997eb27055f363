"""Tactics are for training; what we write for a customer threatens nobody and invents nothing (AMB-34, S3-29)."""

import re
from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.language.fold import fold
from huiyin.policy.compensation import Assessment
from huiyin.rules import Refusal

# What is owed is never held back, and nobody is made to keep silent (PEN-4). Folded words, so in both scripts.
THREATS = re.compile(
    r"(?:不|除非)[^。;；,，]{0,8}(?:撤诉|撤回投诉|撤销投诉|撤投诉|删帖|删差评|删除差评)"
    r"[^。;；]{0,10}(?:不退|不赔|不给|不处理|免谈|没有)"
    r"|(?:先|必须)[^。;；,，]{0,8}(?:撤诉|撤回投诉|撤销投诉|撤投诉|删帖|删差评|删除差评)[^。;；]{0,6}(?:才|再)[^。;；]{0,4}(?:退|赔|给|处理)"
    r"|(?:再|继续|敢)[^。;；]{0,6}(?:投诉|举报|闹)[^。;；]{0,12}(?:不退|不赔|取消|拉黑|停机|后果|报警|起诉您|起诉你)"
    r"|(?:拉黑|封号|曝光)(?:你|您)|后果自负|别想(?:拿到|退款|赔偿)|不签字?就(?:不退|不赔|没有)"
    r"|否则[^。;；]{0,10}(?:不退|不赔|取消|一分)"
    r"|\b(?:or else|unless you withdraw|drop (?:your|the) (?:complaint|report)|withdraw (?:your|the) complaint first)\b"
)
INVENTIONS = re.compile(
    r"(?:其他|别的|所有)客户都(?:接受|同意|没)|(?:最后|唯一)(?:一次)?机会|(?:今天|现在)不(?:答应|签|同意)就没"
    r"|系统(?:自动)?(?:规定|不让|不允许)|公司从来没有|\beverybody else (?:accepted|agreed)\b|\blast chance\b"
)
MAXIMUM = re.compile(
    r"法(?:定|律)(?:规定)?(?:的)?(?:最高|上限|最多|极限)|(?:最高|最多)(?:也)?(?:只能|就)?(?:按|依)法"
    r"|\blegal maximum\b|\bmaximum (?:the law|allowed by law|under the law)\b"
)


class Threatening(Refusal):
    rule = rules.HONEST
    sentence = _("«%(words)s» threatens the customer or holds back what is owed to him.")
    unblock = _("Say what we can do and on what it rests; his rights stay his, also while we talk.")


class Invented(Refusal):
    rule = rules.HONEST
    sentence = _("«%(words)s» is pressure by something nobody can show.")
    unblock = _("Say only what is known; let the customer take his time.")


class NotMeasured(Refusal):
    rule = rules.HONEST
    sentence = _("Nobody has measured what the law gives here; nothing may be called its maximum.")
    unblock = _("Leave the words out, or measure the claim by the law first.")


class NoMaximum(Refusal):
    rule = rules.HONEST
    sentence = _("%(amount)s may not be called the legal maximum: on what is known, %(clear)s is the customer's right.")
    unblock = _("Leave the words out, or offer what is his.")


def check(texts: Iterable[str]) -> None:
    """Refuse words that threaten or invent; what is quoted from the customer is not ours to judge."""
    for text in texts:
        folded = fold(text)
        if found := THREATS.search(folded):
            raise Threatening(words=found.group())
        if found := INVENTIONS.search(folded):
            raise Invented(words=found.group())


def calls_it_maximum(text: str) -> bool:
    return MAXIMUM.search(fold(text)) is not None


def require_true_maximum(texts: Iterable[str], amount: Decimal, law: Assessment | None) -> None:
    """Refuse to call an offer the legal maximum below what is clear, or without having measured it (PEN-3)."""
    if not any(calls_it_maximum(text) for text in texts):
        return
    if law is None:
        raise NotMeasured()
    if not law.may_be_called_maximum(amount):
        raise NoMaximum(amount=amount, clear=law.clear_floor)
