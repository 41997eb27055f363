"""Conditions of a finding that ask how the proof was weighed: contradictions, and the customer's own account."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.guards.context import Case
from huiyin.complaints.guards.proof import Matter
from huiyin.complaints.models import ACCOUNT, Weighing
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Refusal


class ContradictionOpen(Refusal):
    rule = rules.CONTRADICTIONS_WEIGHED
    sentence = _("The proof contradicts itself, and nobody has weighed it: %(matters)s.")
    unblock = _("Write why one side is believed and the other is not, or bring more proof.")


class AccountUnweighed(Refusal):
    rule = rules.ACCOUNT_WEIGHED
    sentence = _("Nobody has weighed what the customer himself says happened.")
    unblock = _("Write what of the customer's own account is shown to be true, what is not, and why.")


def account_is_weighed(case: Case) -> None:
    """What the customer himself says is believed or not with a reason, never passed over (S1-29)."""
    if ACCOUNT not in case.proof.weighed:
        raise AccountUnweighed(missing=("account_weighed",))


def contradictions_are_weighed(case: Case) -> None:
    """No finding while proof stands against proof, or against a verdict, and nobody said what to believe (S0-14)."""
    left = open_contradictions(case)
    if left:
        named = ", ".join(title_of(case.pack, about) for about in left)
        raise ContradictionOpen(matters=named, missing=tuple(left))


def open_contradictions(case: Case) -> list[str]:
    """Matters whose contradiction was not weighed since the last proof about it came."""
    found = case.proof.matters
    if not found:
        return []
    verdicts = {row.cause: row.ruled_in for row in case.verdicts}
    return [row.about for row in found if contradicted(row, verdicts) and not _weighed_since(row, case.proof.weighed)]


def contradicted(row: Matter, verdicts: Mapping[str, bool]) -> bool:
    """Whether proof stands against proof, against a cause that was ruled in, or for one that was ruled out."""
    verdict = verdicts.get(row.about)
    if row.supported and row.contradicted:
        return True
    return bool(row.contradicted and verdict is True) or bool(row.supported and verdict is False)


def _weighed_since(row: Matter, weighed: Mapping[str, datetime]) -> bool:
    at = weighed.get(row.about)
    return at is not None and (row.newest is None or at >= row.newest)


def title_of(pack: Pack, about: str) -> str:
    """A matter in words: the cause by its name, or the customer's account."""
    return str(_("what the customer says")) if about == ACCOUNT else str(pack.cause(about).title)


def weighings(complaint_id: int, round_number: int) -> dict[str, Weighing]:
    """How each matter was weighed in this round."""
    rows = Weighing.objects.filter(complaint=complaint_id, round=round_number).select_related("by")
    return {row.about: row for row in rows}
