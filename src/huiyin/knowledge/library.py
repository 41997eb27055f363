"""The phrase library the coach reads by: compiled from the shelf, and compiled anew only when the shelf changed."""

from huiyin.knowledge import stamps
from huiyin.knowledge.coach import Category, Library, Phrase, shipped
from huiyin.knowledge.kinds import Content, Kind
from huiyin.knowledge.models import Entry


class Shelved:
    """The library of this process, with the stamp of the shelf it was made from."""

    stamp = ""
    library: Library | None = None


def current() -> Library:
    """The phrases in use, by one short query; before anything was loaded, those that come with the product."""
    stamp = stamps.stamp(Kind.PHRASE)
    if not stamp:
        return shipped()
    if Shelved.library is None or Shelved.stamp != stamp:
        rows = Entry.objects.filter(kind=Kind.PHRASE, retired_at=None).order_by("code")
        Shelved.library = Library.of(phrase(code, content) for code, content in rows.values_list("code", "content"))
        Shelved.stamp = stamp
    return Shelved.library


def phrase(code: str, content: Content) -> Phrase:
    """A phrase as the coach knows it; raises its refusal when the pattern cannot be read."""
    found = Phrase(
        code=code,
        category=Category(content["category"]),
        pattern=content["pattern"],
        kind=content["kind"],
        severity=content["severity"],
        turn=content["turn"],
        why=content["why"],
        better=content["better"],
        requirement=" ".join(content["requirement"]),
        exceptions=content["exceptions"],
    )
    found.check()
    return found
