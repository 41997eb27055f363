"""Levels of service: what the catalogue has one level above a plan (S3-09)."""

from collections.abc import Iterable

from huiyin.policy.packs.schema import Pack
from huiyin.policy.packs.vocabulary import LEVELS


def above(used: Iterable[str], sold_under: Pack, category: str) -> tuple[str, list[str]]:
    """The next level above the highest that is used, with the remedies of this category there.

    A level the catalogue leaves empty is passed over; nothing above the highest, or where nothing is used yet.
    """
    places = [LEVELS.index(level) for level in used if level in LEVELS]
    if not places:
        return "", []
    for level in LEVELS[max(places) + 1 :]:
        found = [one for one in sold_under.remedies_for(category) if one.level == level]
        if found:
            return level, [str(one.title) for one in found]
    return "", []
