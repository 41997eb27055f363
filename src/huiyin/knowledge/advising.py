"""The method by what it is about, what the customer is after, and what kind of person he is (S2-13).

The same three always give the same advice: the entry that fits closest, then the one whose code comes first.
"""

from dataclasses import dataclass

from huiyin.knowledge.kinds import Kind
from huiyin.knowledge.models import Entry

ANY = "any"
PARTS = ("content", "purpose", "personality")


@dataclass(frozen=True)
class Asked:
    """What the advice is for."""

    content: str = ANY
    purpose: str = ANY
    personality: str = ANY


def advice(asked: Asked) -> list[Entry]:
    """Every card that fits, the closest first: those that name all three, then those that leave something open."""
    rows = Entry.objects.filter(kind=Kind.ADVICE, retired_at=None, topic__in=(asked.content, ANY)).defer("offered")
    fitting = [row for row in rows if all(_fits(row, part, getattr(asked, part)) for part in PARTS)]
    return sorted(fitting, key=lambda row: (-_closeness(row, asked), row.code))


def _fits(row: Entry, part: str, wanted: str) -> bool:
    return row.content.get(part, ANY) in (wanted, ANY)


def _closeness(row: Entry, asked: Asked) -> int:
    """Of two cards that name as much, the purpose tells more than the character, and that more than the matter."""
    weights = {"purpose": 4, "personality": 3, "content": 2}
    return sum(weight for part, weight in weights.items() if row.content[part] == getattr(asked, part) != ANY)
