"""The bell: what staff are told inside the house, in sentences that hold no personal data."""

import re
from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, NotRequired, TypedDict, Unpack

from django.db.models import QuerySet

from huiyin.messaging.models import Notice
from huiyin.people.actors import Actor
from huiyin.people.models import Person

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

PLACEHOLDER = re.compile(r"%\((\w+)\)s")
# Numbers, codes and times; names, telephones and addresses do not look like this or have no business here.
QUIET = re.compile(r"[\w.:+/ -]{0,60}")
PERSONAL = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)|(?<!\d)\d{15,19}[\dXx]?(?!\d)|@")

_sentences: dict[str, "str | _StrPromise"] = {}


class NoticeRefused(Exception):
    """A notice of an unknown kind, with data its sentence does not name, or with personal data."""


class Shown(TypedDict):
    """What the notice names and where it leads; and who did it, since nobody is told of his own action."""

    data: NotRequired[dict[str, str | int]]
    url: NotRequired[str]
    actor: NotRequired[Actor | None]


def register(kind: str, sentence: "str | _StrPromise") -> None:
    """Name the sentence of a kind of notice, with named placeholders for its data."""
    if kind in _sentences:
        raise NoticeRefused(f"{kind} has two sentences")
    _sentences[kind] = sentence


def notify(person: Person, kind: str, *, at: datetime, key: str, **shown: Unpack[Shown]) -> Notice | None:
    """Tell a person once per key; gives None for one's own action and for what was told before."""
    data, url, actor = shown.get("data", {}), shown.get("url", ""), shown.get("actor")
    _require_quiet(kind, data)
    if actor is not None and actor.is_person(person.pk):
        return None
    if not person.is_active or Notice.objects.filter(person=person, key=key).exists():
        return None
    Notice.objects.bulk_create(
        [Notice(person=person, kind=kind, key=key, data=data, url=url, at=at)], ignore_conflicts=True
    )
    return Notice.objects.get(person=person, key=key)


def notify_all(people: Iterable[Person], kind: str, *, at: datetime, key: str, **shown: Unpack[Shown]) -> int:
    """Tell several people, each once per key; gives how many were told. One look and one statement for all of them."""
    data, url, actor = shown.get("data", {}), shown.get("url", ""), shown.get("actor")
    _require_quiet(kind, data)
    wanted = {one.pk: one for one in people if one.is_active and not (actor is not None and actor.is_person(one.pk))}
    if not wanted:
        return 0
    told = set(Notice.objects.filter(key=key, person__in=wanted).values_list("person_id", flat=True))
    rows = [
        Notice(person_id=person_id, kind=kind, key=key, data=data, url=url, at=at)
        for person_id in wanted
        if person_id not in told
    ]
    return len(Notice.objects.bulk_create(rows, ignore_conflicts=True))


def text(notice: Notice) -> str:
    """Give the sentence in the language now active; a kind no longer known shows its code."""
    sentence = _sentences.get(notice.kind)
    return notice.kind if sentence is None else str(sentence) % notice.data


def unread_count(person: Person) -> int:
    """Count what the person has not read; one query on an index of unread notices."""
    return Notice.objects.filter(person=person, read_at=None).count()


def newest(person: Person) -> QuerySet[Notice]:
    """Give the person's notices, newest first."""
    return Notice.objects.filter(person=person).order_by("-at", "-id")


def mark_read(person: Person, *, at: datetime, notice_id: int | None = None) -> int:
    """Mark one notice, or all, as read; gives how many changed. Only one's own can be marked."""
    unread = Notice.objects.filter(person=person, read_at=None)
    if notice_id is not None:
        unread = unread.filter(pk=notice_id)
    return unread.update(read_at=at)


def _require_quiet(kind: str, data: dict[str, str | int]) -> None:
    """Refuse what the sentence does not name, and what looks like somebody's telephone, card or address."""
    sentence = _sentences.get(kind)
    if sentence is None:
        raise NoticeRefused(f"no sentence is registered for {kind}")
    if set(data) != set(PLACEHOLDER.findall(str(sentence))):
        raise NoticeRefused(f"{kind}: the data {sorted(data)} are not what the sentence names")
    for name, value in data.items():
        if not QUIET.fullmatch(str(value)) or PERSONAL.search(str(value)):
            raise NoticeRefused(f"{kind}: {name} does not look like a number or a code")
