"""The register of proof: a piece of evidence is written, says something about a matter, and is weighed.

Steps that bring proof on the way to something else (a visit, a partner's answer, an appraisal) write it here too.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, permissions, promises, rules
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import ACCOUNT, Bearing, Complaint, Evidence, Stance, Weighing
from huiyin.files import store
from huiyin.files.models import StoredFile
from huiyin.files.refused import FileRefused
from huiyin.people.actors import Actor
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal


class EvidenceUnsourced(Refusal):
    rule = rules.EVIDENCE_WHOLE
    sentence = _("Evidence needs a known kind, a title, its source, and when it was obtained.")
    unblock = _("Say what it is, where it came from and when; a time still ahead is none.")


class EvidenceFileUnfit(Refusal):
    rule = rules.EVIDENCE_WHOLE
    sentence = _("The file belongs to another case, or its bytes are no longer those that were added.")
    unblock = _("Attach the original again.")


class EvidenceTwice(Refusal):
    rule = rules.EVIDENCE_WHOLE
    sentence = _("This file is evidence in this case already: «%(title)s».")
    unblock = _("Add something else; one recording under two names proves no more.")


class MatterUnknown(Refusal):
    rule = rules.EVIDENCE_WHOLE
    sentence = _("Evidence supports or contradicts a listed cause, or what the customer says; this is neither.")
    unblock = _("Choose a cause of the checklist or the customer's own account, and what the proof says about it.")


class WeighedInSilence(Refusal):
    rule = rules.CONTRADICTIONS_WEIGHED
    sentence = _("Weighing proof means saying why one side is believed.")
    unblock = _("Write the reason.")


@dataclass(frozen=True)
class NewEvidence:
    """One piece of proof: what it is, where it came from, when and how it was obtained (S0-15), what it bears on."""

    kind: str
    title: str
    source: str
    obtained_at: datetime
    how: str = ""
    note: str = ""
    file: StoredFile | None = None
    bears: tuple[tuple[str, str], ...] = ()


def write(complaint: Complaint, new: NewEvidence, *, actor: Actor, at: datetime) -> Evidence:
    """Write a piece of proof into a locked case with the hash of its file, and what it bears on.

    Refuses what does not say where it came from, a file of another case or with changed bytes, and a file that is
    evidence already.
    """
    pack = promises.pack_of(complaint)
    known = {item.code for item in pack.evidence_kinds} | set(Evidence.Kind.values)
    if new.kind not in known or not new.title.strip() or not new.source.strip() or new.obtained_at > at:
        raise EvidenceUnsourced(missing=("kind", "title", "source", "obtained_at"))
    if new.file is not None:
        _require_own_file(complaint, new.file)
    row = Evidence.objects.create(
        complaint=complaint,
        round=complaint.round,
        kind=new.kind,
        title=new.title.strip(),
        source=new.source.strip(),
        how=new.how.strip(),
        obtained_at=new.obtained_at,
        note=new.note.strip(),
        file=new.file,
        file_sha256=new.file.sha256 if new.file else "",
        added_by=actor.person,
        added_at=at,
    )
    data = {"evidence": row.pk, "kind": row.kind, "sha256": row.file_sha256}
    texts = {"title": row.title, "source": row.source, "note": row.note}
    lifecycle.happen(complaint, "evidence.added", actor=actor, at=at, detail=Detail(data, texts))
    for about, stance in new.bears:
        bear(complaint, row, about, stance, actor=actor, at=at)
    return row


def _require_own_file(complaint: Complaint, file: StoredFile) -> None:
    if (file.owner_kind, file.owner_id) != (permissions.CASE, complaint.pk) or not is_whole(file):
        raise EvidenceFileUnfit(missing=("file",))
    twin = Evidence.objects.filter(complaint=complaint, file_sha256=file.sha256, struck_at=None).first()
    if twin is not None:
        raise EvidenceTwice(title=twin.title, missing=("file",))


def is_whole(file: StoredFile) -> bool:
    """Whether the stored bytes still have the hash they were taken in with."""
    try:
        with store.open(file):
            return True
    except FileRefused:
        return False


def changed(complaint: Complaint) -> list[Evidence]:
    """Evidence whose file was changed or lost since it was added (S0-15)."""
    rows = Evidence.objects.filter(complaint=complaint, struck_at=None, file__isnull=False).select_related("file")
    return [row for row in rows if row.file and (row.file.sha256 != row.file_sha256 or not is_whole(row.file))]


def matters(pack: Pack, category: str) -> tuple[str, ...]:
    """What proof can bear on: the customer's own account, and each cause the category lists."""
    listed = {one.code: one.causes for one in pack.categories}
    return (ACCOUNT, *listed.get(category, ()))


def bear(complaint: Complaint, evidence: Evidence, about: str, stance: str, *, actor: Actor, at: datetime) -> Bearing:
    """Say what a piece of proof in a locked case says about a matter; saying it anew replaces what was said before."""
    if about not in matters(promises.pack_of(complaint), complaint.category) or stance not in Stance.values:
        raise MatterUnknown(missing=("about", "stance"))
    row, _made = Bearing.objects.update_or_create(
        evidence=evidence,
        about=about,
        defaults={"complaint": complaint, "stance": stance, "by": actor.person, "at": at},
    )
    data = {"evidence": evidence.pk, "about": about, "stance": stance}
    detail = Detail(data, {"title": evidence.title})
    lifecycle.happen(complaint, "evidence.bears", actor=actor, at=at, detail=detail)
    return row


def weigh(complaint: Complaint, about: str, text: str, *, actor: Actor, at: datetime) -> Weighing:
    """Say in a locked case what of a matter is believed and why; one weighing per matter and round, the last counts."""
    if about not in matters(promises.pack_of(complaint), complaint.category):
        raise MatterUnknown(missing=("about",))
    if not text.strip() or actor.person is None:
        raise WeighedInSilence(missing=("text",))
    row, _made = Weighing.objects.update_or_create(
        complaint=complaint,
        round=complaint.round,
        about=about,
        defaults={"text": text.strip(), "by": actor.person, "at": at},
    )
    lifecycle.happen(
        complaint, "evidence.weighed", actor=actor, at=at, detail=Detail({"about": about}, {"text": row.text})
    )
    return row


def as_one(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    """Pairs of matter and stance without the empty ones a form sends."""
    return tuple((about, stance) for about, stance in pairs if about and stance)
