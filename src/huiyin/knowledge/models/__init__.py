"""The shelves of the house: entries, every version of them, what they are found by."""

from huiyin.knowledge.models.entry import Entry, EntryText, Origin, Version, VersionKind
from huiyin.knowledge.models.shelf import Dismissal, Seeding, Shelf

__all__ = ["Dismissal", "Entry", "EntryText", "Origin", "Seeding", "Shelf", "Version", "VersionKind"]
