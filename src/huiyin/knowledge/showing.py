"""Entries are written in simplified Chinese; a reader or customer of traditional Chinese gets them in his letters."""

from functools import lru_cache

from opencc import OpenCC


@lru_cache(maxsize=1)
def _to_traditional() -> OpenCC:
    return OpenCC("s2twp")


def is_traditional(language: str) -> bool:
    return language.lower().startswith(("zh-hant", "zh_hant", "zh-tw", "zh-hk", "zh-mo"))


@lru_cache(maxsize=4096)
def _turned(text: str) -> str:
    turned: str = _to_traditional().convert(text)
    return turned


def shown(text: str, language: str) -> str:
    """The text for a reader of this language."""
    return _turned(text) if text and is_traditional(language) else text


def written_in(language: str) -> str:
    """What the `lang` attribute of a shown text says."""
    return "zh-Hant" if is_traditional(language) else "zh-Hans"
