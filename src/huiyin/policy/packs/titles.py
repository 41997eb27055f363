"""A name in the languages of the house, chosen when it is shown."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from django.utils.translation import get_language
from opencc import OpenCC

# The same conversion that makes the traditional words of the pages.
_to_traditional = OpenCC("s2twp")


@lru_cache(maxsize=4096)
def traditional(simplified: str) -> str:
    """Give the text in traditional characters."""
    return str(_to_traditional.convert(simplified))


@dataclass(frozen=True)
class Title:
    """A Chinese and an English name; the traditional form is made from the simplified one."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        """Give the name in this language (`zh-hans`, `zh-hant` or `en`); Chinese where it is unknown."""
        language = language.lower()
        if language.startswith("en"):
            return self.en
        if language in ("zh-hant", "zh-tw", "zh-hk", "zh-mo"):
            return traditional(self.zh)
        return self.zh

    def __getitem__(self, language: str) -> str:
        return self.in_language(language)

    def __iter__(self) -> Iterator[str]:
        # Without it, __getitem__ would make a title an endless sequence.
        return iter((self.zh, self.en))

    def __str__(self) -> str:
        return self.in_language(get_language() or "zh-hans")
