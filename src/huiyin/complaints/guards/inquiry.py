"""Conditions of investigating, finding and explaining."""

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.guards import silence
from huiyin.complaints.guards.context import Case, interest_of
from huiyin.complaints.models import Confirmation, CustomerAnswer, Side
from huiyin.people.roles import can
from huiyin.rules import Refusal


class HandlerMissing(Refusal):
    rule = rules.HANDLER_NAMED
    sentence = _("An investigation needs a department and a person in charge.")
    unblock = _("Name both.")


class HandlerUnfit(Refusal):
    rule = rules.HANDLER_NAMED
    sentence = _("%(name)s does not investigate for %(department)s.")
    unblock = _("Name a handler of the department in charge.")


class OwnerIsHandler(Refusal):
    rule = rules.OWNER_IS_NOT_HANDLER
    sentence = _("%(name)s owns the case; who answers to the customer does not judge the matter too.")
    unblock = _("Name another handler, or another owner.")


class HandlerHasInterest(Refusal):
    rule = rules.RECUSED
    sentence = _("%(name)s has an interest in this case and cannot be its handler.")
    unblock = _("Name somebody else.")


class NoProgressPromise(Refusal):
    rule = rules.PROGRESS_PROMISED
    sentence = _("The customer was given no time for the next news.")
    unblock = _("Tell the customer what is being checked and until when the result comes.")


class TooFewKinds(Refusal):
    rule = rules.TWO_KINDS
    sentence = _("A finding is not possible yet. Independent kinds of evidence: %(have)s, needed: at least %(need)s.")
    unblock = _("Add evidence of another kind; the customer's own account does not count.")


class CausesOpen(Refusal):
    rule = rules.CAUSES_JUDGED
    sentence = _("These causes are neither ruled in nor out: %(causes)s.")
    unblock = _("Give a verdict with grounds on each.")


class FindingIncomplete(Refusal):
    rule = rules.FINDING_COMPLETE
    sentence = _("The finding needs a cause that was ruled in, a side and grounds.")
    unblock = _("Complete the finding.")


class NobodyResponsible(Refusal):
    rule = rules.RESPONSIBLE_NAMED
    sentence = _("No responsible person is named, and no reason why there is none.")
    unblock = _("Name the person, or say why there is none.")


class StillFounded(Refusal):
    rule = rules.NOT_FOUNDED
    sentence = _("The finding says the complaint is founded; it cannot be explained away.")
    unblock = _("Draw up a plan.")


class NotAnsweredYet(Refusal):
    rule = rules.ANSWER_RECORDED
    sentence = _("The customer's answer to the explanation is not recorded, or no reply was sent.")
    unblock = _("Send the explanation, ask the customer, and record the answer.")


class NothingNew(Refusal):
    rule = rules.ANSWER_RECORDED
    sentence = _("The customer brought no new evidence in this stage.")
    unblock = _("Record the new evidence first.")


def handler_is_named(case: Case) -> None:
    """A department and a person who investigates for it (S1-31), not the owner (AMB-12), without interest (ENG-15)."""
    handler, department = case.complaint.handler, case.complaint.department
    if department is None or handler is None or not handler.is_active:
        raise HandlerMissing()
    if handler.department_id != department.pk or not can(handler, "complaint.find"):
        raise HandlerUnfit(name=handler.name, department=department.name)
    if handler.pk == case.complaint.owner_id:
        raise OwnerIsHandler(name=handler.name)
    if interest_of(case.complaint, handler) is not None:
        raise HandlerHasInterest(name=handler.name)


def progress_is_promised(case: Case) -> None:
    if not case.ahead:
        raise NoProgressPromise()


def independent_kinds(case: Case) -> set[str]:
    return set(case.proof.kinds)


def evidence_is_independent(case: Case) -> None:
    """At least the pack's number of independent kinds (S0-14); two of one kind are one."""
    need, have = case.pack.settings.min_evidence_kinds, len(independent_kinds(case))
    if have < need:
        raise TooFewKinds(have=have, need=need)


def open_causes(case: Case) -> list[str]:
    """Causes of the category's checklists without a verdict in this round (S0-33)."""
    judged = {row.cause for row in case.verdicts}
    return [code for code in listed_causes(case) if code not in judged]


def listed_causes(case: Case) -> tuple[str, ...]:
    return case.pack.category(case.complaint.category).causes if case.complaint.category else ()


def causes_are_judged(case: Case) -> None:
    left = open_causes(case)
    if left:
        raise CausesOpen(causes=", ".join(str(case.pack.cause(code).title) for code in left), missing=tuple(left))


def finding_is_complete(case: Case) -> None:
    """A cause that was ruled in, a side, grounds (S1-29, S1-34)."""
    finding = case.finding
    if finding is None or not finding.cause or not finding.grounds.strip():
        raise FindingIncomplete()
    ruled_in = {row.cause for row in case.verdicts if row.ruled_in}
    if listed_causes(case) and finding.cause not in ruled_in:
        raise FindingIncomplete()


def responsible_is_named(case: Case) -> None:
    finding = case.finding
    if finding is None or not (finding.no_person_reason.strip() or finding.responsible.exists()):
        raise NobodyResponsible()


def not_founded(case: Case) -> None:
    """Insufficient reasons, or the customer's own cause (S1-30, S4-119)."""
    finding = case.finding
    if finding is None or (finding.reasons_sufficient and finding.side != Side.CUSTOMER):
        raise StillFounded()


def explained_and_answered(case: Case) -> None:
    """The explanation went out in this stage, and then the customer answered, or never did (S1-30, AMB-40).

    Words that only end the stage explain nothing: he could not have answered them.
    """
    since = case.complaint.stage_since
    understood = [row.at for row in case.answered(CustomerAnswer.Kind.UNDERSTOOD) if row.at >= since]
    heard_by = understood[-1] if understood else silence.first_try(case)
    if heard_by is None or not any(since <= row.at <= heard_by for row in case.told):
        raise NotAnsweredYet()


def new_evidence_came(case: Case) -> None:
    if not case.answered_here(CustomerAnswer.Kind.NEW_EVIDENCE):
        raise NothingNew()


def asked(case: Case, move: str) -> Confirmation | None:
    """The newest request for a second person's confirmation of this move in this round."""
    rows = Confirmation.objects.filter(complaint=case.complaint, move=move, round=case.complaint.round)
    return rows.order_by("-pk").first()
