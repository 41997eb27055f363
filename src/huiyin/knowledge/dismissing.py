"""Putting a coaching card aside: for one person, in one matter."""

from datetime import datetime

from huiyin.knowledge.kinds import Kind
from huiyin.knowledge.models import Dismissal, Entry
from huiyin.people.models import Person


def put_aside(code: str, *, person: Person, about: str, at: datetime) -> bool:
    """Show this person the card no more in this matter; whether there is such a card."""
    entry = Entry.objects.filter(kind=Kind.CARD, code=code).first()
    if entry is None:
        return False
    Dismissal.objects.get_or_create(person=person, entry=entry, about=about, defaults={"at": at})
    return True
