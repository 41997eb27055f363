"""Appraisals by a body with the right to make them: commissioned, concluded with a document, or given up (S1-13)."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, participation, register, rules
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Appraisal, Complaint, Evidence, FeeBearer
from huiyin.complaints.notices import ring
from huiyin.complaints.participation import keepers
from huiyin.complaints.register import NewEvidence
from huiyin.complaints.states import AFTER_REGISTRATION, Seat
from huiyin.files.models import StoredFile
from huiyin.people.actors import Actor
from huiyin.policy import authority
from huiyin.rules import Refusal

COMMISSIONERS = {
    **keepers("complaint.register"),
    Seat.HANDLER: "complaint.investigate",
    Seat.LEADER: "complaint.find",
}
NOTHING = Decimal(0)


class AppraisalUnclear(Refusal):
    rule = rules.APPRAISAL_WHOLE
    sentence = _("An appraisal is commissioned from a named body with a question and a day on which it is expected.")
    unblock = _("Say who appraises, what is asked, and when the answer is expected.")


class AppraisalUnderWay(Refusal):
    rule = rules.APPRAISAL_WHOLE
    sentence = _("An appraisal is under way already: %(body)s.")
    unblock = _("Record its conclusion, or give it up, before another is commissioned.")


class AppraisalOver(Refusal):
    rule = rules.APPRAISAL_WHOLE
    sentence = _("This appraisal has ended.")
    unblock = _("Commission another if something is left to appraise.")


class ConclusionIncomplete(Refusal):
    rule = rules.APPRAISAL_WHOLE
    sentence = _("A conclusion counts with its document, in words, with the fee and who bears it.")
    unblock = _("Attach the written conclusion, and say what it costs and who pays.")


class ShareUnclear(Refusal):
    rule = rules.APPRAISAL_WHOLE
    sentence = _("A shared fee says how much of it is ours: more than nothing and less than all of %(fee)s.")
    unblock = _("Write our part of the fee.")


class GivenUpInSilence(Refusal):
    rule = rules.APPRAISAL_WHOLE
    sentence = _("An appraisal is given up with a reason.")
    unblock = _("Write why.")


@dataclass(frozen=True)
class NewAppraisal:
    body: str
    question: str
    expected_on: date


@dataclass(frozen=True)
class Conclusion:
    """What the body wrote, what it costs, and who bears the fee (S1-14); `company_part` where it is shared."""

    title: str
    text: str
    document: StoredFile | None
    fee: Decimal | None
    fee_bearer: str
    company_part: Decimal = NOTHING
    bears: tuple[tuple[str, str], ...] = ()


@transaction.atomic
def commission_appraisal(complaint_id: int, new: NewAppraisal, *, actor: Actor, at: datetime) -> Appraisal:
    """Commission an appraisal; clocks that the pack pauses for it stand still until it ends (S1-13).

    Refuses one without body, question or day, and a second one beside it.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint, AFTER_REGISTRATION)
    participation.require(complaint, COMMISSIONERS, actor=actor, at=at)
    if not new.body.strip() or not new.question.strip() or new.expected_on < at.date() or actor.person is None:
        raise AppraisalUnclear(missing=("body", "question", "expected_on"))
    under_way = Appraisal.objects.filter(complaint=complaint, status=Appraisal.Status.COMMISSIONED).first()
    if under_way is not None:
        raise AppraisalUnderWay(body=under_way.body)
    row = Appraisal.objects.create(
        complaint=complaint,
        round=complaint.round,
        body=new.body.strip(),
        question=new.question.strip(),
        expected_on=new.expected_on,
        commissioned_by=actor.person,
        commissioned_at=at,
    )
    data = {"appraisal": row.pk, "expected": row.expected_on, "signals": ["appraisal.started"]}
    detail = Detail(data, {"body": row.body, "text": row.question})
    lifecycle.happen(complaint, "appraisal.commissioned", actor=actor, at=at, detail=detail)
    return row


@transaction.atomic
def conclude_appraisal(appraisal_id: int, told: Conclusion, *, actor: Actor, at: datetime) -> Appraisal:
    """Record the written conclusion as evidence, with the fee and who bears it (S1-13, S1-14).

    Refuses a conclusion without its document, without words, fee or bearer, and a shared fee without our part.
    """
    row, complaint = _under_way(appraisal_id, actor, at)
    fee = _fee(told.fee)
    bearer = told.fee_bearer if told.fee_bearer in FeeBearer.values else ""
    if told.document is None or not told.text.strip() or fee is None or not bearer:
        raise ConclusionIncomplete(missing=("file", "conclusion", "fee", "fee_bearer"))
    row.company_part = _our_part(bearer, fee, told.company_part)
    new = NewEvidence(
        kind=Evidence.Kind.APPRAISAL,
        title=told.title.strip() or row.question[:200],
        source=row.body,
        obtained_at=at,
        note=told.text,
        file=told.document,
        bears=told.bears,
    )
    row.evidence = register.write(complaint, new, actor=actor, at=at)
    row.status, row.fee, row.fee_bearer, row.ended_at = Appraisal.Status.CONCLUDED, fee, bearer, at
    row.conclusion = told.text.strip()
    row.save(update_fields=["evidence", "status", "fee", "fee_bearer", "company_part", "ended_at", "conclusion"])
    data = {
        "appraisal": row.pk,
        "evidence": row.evidence.pk,
        "fee": row.fee,
        "bearer": row.fee_bearer,
        "company_part": row.company_part,
        "signals": ["appraisal.finished"],
    }
    detail = Detail(data, {"body": row.body, "text": row.conclusion})
    event = lifecycle.happen(complaint, "appraisal.concluded", actor=actor, at=at, detail=detail)
    people = [complaint.owner, *([complaint.handler] if complaint.handler else [])]
    ring(complaint, people, "case.moved", event=event, actor=actor)
    return row


@transaction.atomic
def abandon_appraisal(appraisal_id: int, *, reason: str, actor: Actor, at: datetime) -> Appraisal:
    """Give an appraisal up with a reason; the clocks go on."""
    row, complaint = _under_way(appraisal_id, actor, at)
    if not reason.strip():
        raise GivenUpInSilence(missing=("reason",))
    row.status, row.ended_at, row.conclusion = Appraisal.Status.ABANDONED, at, reason.strip()
    row.save(update_fields=["status", "ended_at", "conclusion"])
    data = {"appraisal": row.pk, "signals": ["appraisal.finished"]}
    detail = Detail(data, {"body": row.body, "reason": row.conclusion})
    lifecycle.happen(complaint, "appraisal.abandoned", actor=actor, at=at, detail=detail)
    return row


def _under_way(appraisal_id: int, actor: Actor, at: datetime) -> tuple[Appraisal, Complaint]:
    case_id = Appraisal.objects.values_list("complaint_id", flat=True).get(pk=appraisal_id)
    complaint = Complaint.objects.locked(case_id)
    participation.require_state(complaint, AFTER_REGISTRATION)
    participation.require(complaint, COMMISSIONERS, actor=actor, at=at)
    row = Appraisal.objects.get(pk=appraisal_id)
    if row.status != Appraisal.Status.COMMISSIONED:
        raise AppraisalOver()
    return row, complaint


def _fee(given: Decimal | None) -> Decimal | None:
    if given is None or not given.is_finite() or given < 0:
        return None
    return authority.to_cents(given)


def _our_part(bearer: str, fee: Decimal, given: Decimal) -> Decimal:
    """What the fee costs us: all, nothing, or our part of a shared one."""
    if bearer != FeeBearer.SHARED:
        return fee if bearer == FeeBearer.COMPANY else NOTHING
    part = _fee(given) or NOTHING
    if not 0 < part < fee:
        raise ShareUnclear(fee=fee, missing=("company_part",))
    return part
