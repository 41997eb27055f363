"""What people do to entries: write, change, retire, bring back, take over a newer wording of ours or leave it.

Every change says why, makes a version that stays, and is refused when somebody else changed the entry meanwhile.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from huiyin.knowledge import finding, library, rules, stamps
from huiyin.knowledge.kinds import SHAPES, Content, Kind
from huiyin.knowledge.loading import filed_under, put
from huiyin.knowledge.models import Entry, Origin, Version, VersionKind
from huiyin.knowledge.reading import UNKNOWN_CODE, Wrong, read
from huiyin.knowledge.seeds import CODE
from huiyin.people import roles
from huiyin.people.actors import Actor
from huiyin.rules import Refusal

EDIT = "knowledge.edit"
LONGEST_REASON = 500


class NoReason(Refusal):
    rule = rules.CHANGE_SAYS_WHY
    sentence = _("A change of what everybody says needs a reason.")
    unblock = _("Write in a few words why; it stays with the version.")


class ChangedByAnother(Refusal):
    rule = rules.CHANGE_NOT_OVERWRITTEN
    sentence = _("Somebody else has just changed this entry; nothing of yours was written.")
    unblock = _("Look at the newest version, then send yours again.")


class EntryIncomplete(Refusal):
    rule = rules.ENTRY_COMPLETE
    sentence = _("The entry is not complete: %(fields)s.")
    unblock = _("Fill in what is marked.")

    def __init__(self, kind: str, wrong: list[Wrong]) -> None:
        self.wrong = wrong
        names = {field.name: field.label for field in SHAPES[kind].fields}
        said = ", ".join(str(names.get(one.field, one.field)) for one in wrong)
        super().__init__(fields=said, missing=[one.field for one in wrong])


class FactWithoutSource(EntryIncomplete):
    rule = rules.FACT_HAS_SOURCE
    sentence = _("A fact has a source, and says from when until when it holds: %(fields)s.")
    unblock = _("Name where it is written, and the first and last day it holds.")


class PhraseWithoutBetter(EntryIncomplete):
    rule = rules.PHRASE_HAS_BETTER
    sentence = _("Words that are not to be said come with better ones: %(fields)s.")
    unblock = _("Write what to say instead, and why.")


class CodeTaken(Refusal):
    rule = rules.CODE_ONCE
    sentence = _("The code «%(code)s» cannot be used: it is taken, or holds other signs than it may.")
    unblock = _("Choose another: small letters, digits, dots and hyphens.")


class Retired(Refusal):
    rule = rules.RETIRED_RESTS
    sentence = _("This entry is retired; nobody is offered it any more.")
    unblock = _("Bring it back first.")


class NotRetired(Refusal):
    rule = rules.RETIRED_RESTS
    sentence = _("This entry is in use already.")
    unblock = _("Nothing has to be done.")


class NothingChanged(Refusal):
    rule = rules.CHANGE_CHANGES
    sentence = _("Nothing is different from what stands there.")
    unblock = _("Change something, or leave the entry as it is.")


class NothingOffered(Refusal):
    rule = rules.CHANGE_CHANGES
    sentence = _("No newer wording is offered for this entry.")
    unblock = _("Edit the entry itself.")


@dataclass(frozen=True)
class Why:
    """Who changes an entry, when, for what reason, and which version he had before him."""

    reason: str
    actor: Actor
    at: datetime
    seen: int | None = None


@transaction.atomic
def write(kind: Kind, code: str, given: Mapping[str, Any], why: Why) -> Entry:
    """Put a new entry on its shelf."""
    _require(why)
    content = _read(kind, code, given)
    code = code.strip() or own_code(content[SHAPES[kind].title])
    if not CODE.fullmatch(code):
        raise CodeTaken(code=code, missing=("code",))
    entry = Entry(
        kind=kind, code=code, origin=Origin.HOUSE, by_hand=True, changed_at=why.at, **filed_under(kind, content)
    )
    try:
        with transaction.atomic():
            entry.save(force_insert=True)
    except IntegrityError:
        raise CodeTaken(code=code, missing=("code",)) from None
    return _keep(entry, VersionKind.WRITTEN, why)


@transaction.atomic
def edit(entry_id: int, given: Mapping[str, Any], why: Why) -> Entry:
    """Change what an entry says; fields that are not given stay."""
    entry = _locked(entry_id, why)
    if entry.retired_at is not None:
        raise Retired()
    content = _read(entry.kind, entry.code, {**entry.content, **given})
    if content == entry.content:
        raise NothingChanged()
    put(entry, content, why.at)
    entry.by_hand = True
    entry.save()
    return _keep(entry, VersionKind.EDITED, why)


@transaction.atomic
def retire(entry_id: int, why: Why) -> Entry:
    """Take an entry out of use; its versions stay, and it can be brought back."""
    entry = _locked(entry_id, why)
    if entry.retired_at is not None:
        raise Retired()
    entry.retired_at, entry.changed_at, entry.by_hand = why.at, why.at, True
    entry.version += 1
    entry.save()
    return _keep(entry, VersionKind.RETIRED, why)


@transaction.atomic
def restore(entry_id: int, number: int, why: Why) -> Entry:
    """Bring an entry back as it stood in one of its versions; that makes a version of its own."""
    entry = _locked(entry_id, why)
    wanted = Version.objects.get(entry=entry, number=number)
    if entry.retired_at is None and wanted.content == entry.content:
        raise NotRetired() if number == entry.version else NothingChanged()
    put(entry, wanted.content, why.at)
    entry.retired_at, entry.by_hand = None, True
    entry.save()
    return _keep(entry, VersionKind.RESTORED, why)


@transaction.atomic
def adopt(entry_id: int, why: Why) -> Entry:
    """Put the newer wording that is offered in the place of one's own; from then on newer ones follow by themselves."""
    entry = _locked(entry_id, why)
    if entry.offered is None:
        raise NothingOffered()
    put(entry, entry.offered, why.at)
    entry.offered, entry.by_hand, entry.retired_at, entry.origin = None, False, None, Origin.SHIPPED
    entry.save()
    return _keep(entry, VersionKind.ADOPTED, why)


@transaction.atomic
def keep_own(entry_id: int, why: Why) -> Entry:
    """Leave the newer wording that is offered; it is not offered again, the next newer one is."""
    entry = _locked(entry_id, why, reason=False)
    if entry.offered is None:
        raise NothingOffered()
    entry.offered = None
    entry.save(update_fields=["offered"])
    return entry


def own_code(title: str) -> str:
    """A code out of a title where its letters allow one."""
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:80]


def _require(why: Why, *, reason: bool = True) -> None:
    person = why.actor.person
    if person is None:
        raise roles.refusal(EDIT)
    roles.require(person, EDIT)
    if reason and not why.reason.strip():
        raise NoReason(missing=("why",))


def _locked(entry_id: int, why: Why, *, reason: bool = True) -> Entry:
    _require(why, reason=reason)
    entry = Entry.objects.select_for_update().get(pk=entry_id)
    if why.seen is not None and why.seen != entry.version:
        raise ChangedByAnother()
    return entry


def _read(kind: str, code: str, given: Mapping[str, Any]) -> Content:
    """The content, whole and, for a phrase, with a pattern the coach can read."""
    content, wrong = read(kind, given)
    if kind == Kind.PHRASE and not wrong:
        try:
            library.phrase(code, content)
        except ValueError:
            wrong = [Wrong(name, UNKNOWN_CODE) for name in ("category", "kind", "severity")]
    if not wrong:
        return content
    fields = {one.field for one in wrong}
    if kind == Kind.FACT and fields & {"source", "valid_from", "valid_to"}:
        raise FactWithoutSource(kind, wrong)
    if kind == Kind.PHRASE and fields & {"better", "why"}:
        raise PhraseWithoutBetter(kind, wrong)
    raise EntryIncomplete(kind, wrong)


def _keep(entry: Entry, kind: VersionKind, why: Why) -> Entry:
    """Keep the version an entry has now, and let everybody who holds a copy know."""
    Version.objects.create(
        entry=entry,
        number=entry.version,
        kind=kind,
        content=entry.content,
        made_at=why.at,
        made_by=why.actor.person,
        why=why.reason.strip()[:LONGEST_REASON],
    )
    finding.index([entry])
    stamps.touch([entry.kind])
    return entry
