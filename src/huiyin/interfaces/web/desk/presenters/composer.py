"""The composer under a case: who would receive a message, what it may keep, what one was still writing."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from huiyin.complaints.models import Channel, Complaint
from huiyin.complaints.states import Seat
from huiyin.interfaces.web.desk import addresses, reading
from huiyin.interfaces.web.desk.presenters.eyes import Eyes
from huiyin.people import masking
from huiyin.people.models import IdentityKind
from huiyin.people.roles import can

SPEAKERS = {Seat.OWNER, Seat.DUTY, Seat.SUPERVISOR}
BY_MAIL = (Channel.EMAIL, Channel.PORTAL)


@dataclass(frozen=True)
class Composer:
    """What the two papers need; `blocked` says why this person cannot write to the customer."""

    message_url: str
    note_url: str
    to: str
    blocked: str
    may_note: bool
    draft: reading.Kept | None
    note_draft: reading.Kept | None
    mode: str


def composer(complaint: Complaint, eyes: Eyes, sits: set[Seat], words: reading.Words) -> Composer:
    """The composer for one reader."""
    speaks = bool(sits & SPEAKERS) and can(eyes.person, "complaint.message")
    draft, note = (_unsent(words.drafts.get(slot), words) for slot in ("message", "note"))
    return Composer(
        message_url=addresses.step(complaint.number, "message"),
        note_url=addresses.step(complaint.number, "note"),
        to=receivers(complaint, eyes, words.reached_by),
        blocked="" if speaks else _("The customer has one contact: %(name)s.") % {"name": complaint.owner.name},
        may_note=can(eyes.person, "complaint.note"),
        draft=draft,
        note_draft=note,
        mode="message" if draft and speaks else "note",
    )


def _unsent(draft: reading.Kept | None, words: reading.Words) -> reading.Kept | None:
    """A draft, unless its words have gone out: the browser may keep one more while it is being sent."""
    if draft is None or any(said.text.strip() == draft.text.strip() for said in words.said.values()):
        return None
    return draft


def receivers(complaint: Complaint, eyes: Eyes, reached_by: Iterable[tuple[str, str]]) -> str:
    """Who receives a message and by which way, with the address masked."""
    name = eyes.customer or _("the customer")
    mail = next((value for kind, value in reached_by if kind == IdentityKind.EMAIL), "")
    if complaint.channel in BY_MAIL and mail:
        return _("%(name)s, %(address)s by e-mail") % {"name": name, "address": masking.mask_email(mail)}
    phone = next((value for kind, value in reached_by if kind == IdentityKind.PHONE), "")
    if phone:
        way = Channel(complaint.channel).label
        return _("%(name)s, %(address)s; told by %(way)s") % {
            "name": name, "address": masking.mask_phone(phone), "way": way,
        }  # fmt: skip
    return _("%(name)s, shown on the case's own page") % {"name": name}
