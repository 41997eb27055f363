"""What a reader sees of private words: everything where he takes part in cases, nothing private where he audits."""

from collections.abc import Callable, Iterable

from huiyin.people import masking
from huiyin.people.models import Person
from huiyin.people.roles import can

Cover = Callable[[str], str]


def veil(person: Person, names: Iterable[str] = ()) -> Cover:
    """The function that covers a text for this reader; a reader who may reveal contacts reads texts as they are."""
    if can(person, "complaint.reveal"):
        return str
    private = [name for name in names if name]

    def cover(text: str) -> str:
        return masking.mask_text(text, private)

    return cover
