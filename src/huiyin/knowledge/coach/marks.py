"""What the coach says: a finding with its words, its rule, why, and what to say instead."""

from dataclasses import dataclass

from huiyin.knowledge.coach.categories import Category
from huiyin.rules import Rule


@dataclass(frozen=True)
class Mark:
    """A finding: the words from `start` to `end` break this rule; blocking or a hint.

    `better` is our wording for it, empty where none can be given; it takes the place of the text from `swap[0]` to
    `swap[1]`. `phrase` is the code of the entry of the library that found it.
    """

    rule: Rule
    start: int
    end: int
    why: str
    blocks: bool
    category: Category = Category.EMPTY
    better: str = ""
    swap: tuple[int, int] | None = None
    phrase: str = ""

    @property
    def crisis(self) -> bool:
        """Whether the page opens the crisis sheet instead of showing this mark."""
        return self.category is Category.CRISIS

    def taken(self, text: str) -> str:
        """The text with the better wording in its place."""
        if self.swap is None:
            return text
        return text[: self.swap[0]] + self.better + text[self.swap[1] :]


@dataclass(frozen=True)
class Found:
    """What a check has found, before the pack says whether it holds back.

    `firm`: it holds back where its category does; otherwise it only advises. An empty `why` is the category's own.
    """

    category: Category
    start: int
    end: int
    firm: bool = True
    why: str = ""
    better: str = ""
    swap: tuple[int, int] | None = None
    phrase: str = ""
