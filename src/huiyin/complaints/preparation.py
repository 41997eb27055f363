"""Before a hard conversation: what its sheet must hold, and whom that keeps from talking to the customer.

A case that was escalated, or whose customer is hard to satisfy, is prepared before anybody bargains with him (S3-27,
S4-125). The holding message is always possible, so that no promise breaks for want of a sheet.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.expecting import Talks
from huiyin.complaints.models import Complaint, Negotiation, Override, Principle, Scene
from huiyin.complaints.states import GROUPS, Group, State
from huiyin.people.actors import Actor, ActorKind
from huiyin.rules import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

SCENES = 2
# What must be written on the sheet; a case is known before anybody calls (S4-125), both sides gain (S2-11).
FIELDS: dict[str, "_StrPromise"] = {
    "facts": _("what is known"),
    "intent": _("what the customer is after"),
    "goal": _("what we want to reach"),
    "opening": _("what we open with"),
    "steps": _("in which steps we give way"),
    "alternatives": _("options to choose from"),
    "gain_customer": _("what the customer gains"),
    "gain_company": _("what we gain"),
    "law": _("law and policy it rests on"),
    "evidence_request": _("how evidence is asked for"),
}
# What helps and is not asked for: listed when it is empty (S2-33).
WORTH_SAYING: dict[str, "_StrPromise"] = {"long_term": _("what the relation is worth in the long run")}
# To be ticked by whoever will talk (S3-24).
CHECKS: dict[str, "_StrPromise"] = {
    "read": _("I have read the whole case."),
    "uncertain": _("It may go another way than I think, and I know what I do then."),
    "chance": _("I know what to agree to at once if it is offered."),
}
# Before registration the first answer goes out; after the choice the customer hears what is done for him.
TALKING = (*GROUPS[Group.INQUIRY], *GROUPS[Group.SOLUTION], State.FOLLOWING_UP)


class NotPrepared(Refusal):
    rule = rules.PREPARED
    sentence = _("This conversation is not prepared yet; missing: %(missing_words)s.")
    unblock = _("Complete the sheet, or send the holding message meanwhile.")


@dataclass(frozen=True)
class Gap:
    """Something the sheet lacks: the field, and what it is called."""

    field: str
    title: "_StrPromise"


def is_hard(complaint: Complaint) -> bool:
    """Whether the case is one that must be prepared: escalated, or a customer who is hard to satisfy."""
    return complaint.escalated or complaint.difficult


def gaps(sheet: Negotiation | None, scenes: int, principle: Principle | None) -> list[Gap]:
    """What is missing before one may talk, in the order of the sheet."""
    found = [Gap(name, title) for name, title in FIELDS.items() if sheet is None or getattr(sheet, name) in ("", None)]
    if scenes < SCENES:
        found.append(Gap("scenes", _("two ways it may go, with what we do then")))
    if principle is None:
        found.append(Gap("principle", _("an approved bottom line")))
    ticked = set(sheet.checks) if sheet is not None else set()
    found += [Gap(f"check_{name}", title) for name, title in CHECKS.items() if name not in ticked]
    return found


def of(complaint: Complaint) -> list[Gap]:
    """What is missing in this case: three queries."""
    sheet = Negotiation.objects.filter(complaint=complaint).first()
    scenes = Scene.objects.filter(negotiation=sheet).count() if sheet is not None else 0
    approved = Principle.objects.filter(complaint=complaint, decision=Principle.Decision.APPROVED)
    return gaps(sheet, scenes, approved.last())


def empty_fields(talks: Talks) -> list[Gap]:
    """What a reviewer of the plan should know is empty, asked for or not (S2-33)."""
    sheet = talks.sheet
    if sheet is None:
        return []
    return [
        Gap(name, title) for name, title in {**FIELDS, **WORTH_SAYING}.items() if getattr(sheet, name) in ("", None)
    ]


def require(complaint: Complaint, *, actor: Actor) -> None:
    """Refuse to talk to the customer of a hard case before it is prepared; a leader may let it pass for a round.

    What the system tells him by itself is no conversation.
    """
    if not is_hard(complaint) or complaint.state not in TALKING or actor.kind is ActorKind.SYSTEM:
        return
    missing = of(complaint)
    if not missing:
        return
    passed = Override.objects.filter(complaint=complaint, round=complaint.round, rule=rules.PREPARED.code)
    if not passed.exists():
        words = str(_(", ")).join(str(gap.title) for gap in missing)
        raise NotPrepared(missing_words=words, missing=tuple(gap.field for gap in missing))
