"""Promises and clocks in the reader's language."""

from django.utils.translation import get_language

from huiyin.complaints.models import Promise
from huiyin.interfaces.api.reading.veil import Cover
from huiyin.interfaces.api.schemas.rows import ClockShown, PromiseShown
from huiyin.policy.packs.titles import Title

_OWN = ("title",)


def title_of(promise: Promise) -> str:
    """What was promised, or what the pack calls the clock."""
    named = promise.why.get("title")
    if promise.what or not named:
        return promise.what or str(promise.get_kind_display())
    return Title(named["zh"], named["en"]).in_language(get_language() or "zh-hans")


def clock(promise: Promise, cover: Cover) -> ClockShown:
    values = {name: getattr(promise, name) for name in ClockShown.model_fields if name not in _OWN}
    return ClockShown.model_validate({**values, "title": title_of(promise)}, context={"veil": cover})


def promise(row: Promise, cover: Cover) -> PromiseShown:
    values = {name: getattr(row, name) for name in PromiseShown.model_fields if name not in _OWN}
    return PromiseShown.model_validate({**values, "title": title_of(row)}, context={"veil": cover})
