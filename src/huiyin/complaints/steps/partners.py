"""Asking a carrier or merchant one question, and his answer: proof in the case, seen by nobody outside (S0-17)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, participation, partner_access, permissions, register, rules, tasking
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import Complaint, Evidence, PartnerRequest, Task
from huiyin.complaints.notices import ring
from huiyin.complaints.participation import keepers
from huiyin.complaints.partner_access import LinkTo
from huiyin.complaints.register import NewEvidence
from huiyin.complaints.states import Seat
from huiyin.complaints.tasking import NewTask
from huiyin.files import drafts
from huiyin.files.models import StoredFile
from huiyin.language import personal
from huiyin.language.personal import PersonalKind
from huiyin.people.actors import Actor
from huiyin.people.models import Identity, Person
from huiyin.rules import Refusal

ASKERS = {**keepers("task.create"), Seat.HANDLER: "complaint.investigate"}
Status = PartnerRequest.Status
# A link outlives the due time of the question by so much: a late answer is better than none.
GRACE = timedelta(days=7)
MOST_FILES = 9
REGION = "CN"
# A parcel number may look like a bank card; nobody could be asked by it if that were refused.
TELLING = (PersonalKind.PHONE, PersonalKind.EMAIL, PersonalKind.ID, PersonalKind.HANDLE)
LANGUAGES = ("zh-hans", "zh-hant", "en")


class QuestionUnclear(Refusal):
    rule = rules.PARTNER_ASKED
    sentence = _("A partner is asked one question: by name, at an address of his, until a time.")
    unblock = _("Say who is asked, where the link goes, what is asked and until when.")


class QuestionTellsTooMuch(Refusal):
    rule = rules.PARTNER_KNOWS_NOTHING
    sentence = _("The question names the customer, or holds a telephone, address or number of a person.")
    unblock = _("Ask by order or parcel number; the partner learns nothing of the customer from us.")


class QuestionOver(Refusal):
    rule = rules.PARTNER_ANSWERS_ONCE
    sentence = _("This question was answered, taken back, or its time is over.")
    unblock = _("Ask again if something is left to ask.")


class AnswerEmpty(Refusal):
    rule = rules.PARTNER_ANSWERS_ONCE
    sentence = _("An answer has words, and at most %(most)s files.")
    unblock = _("Write what you know.")


class TakenBackInSilence(Refusal):
    rule = rules.TASK_DONE
    sentence = _("A question is taken back with a reason.")
    unblock = _("Write why.")


@dataclass(frozen=True)
class NewQuestion:
    """Who is asked what, where the link goes, until when; `assignee` of the house sees to it (S0-17)."""

    party: str
    channel: str
    address: str
    question: str
    due_at: datetime | None
    language: str = "zh-hans"
    assignee: Person | None = None


@transaction.atomic
def ask_partner(complaint_id: int, new: NewQuestion, *, link_to: LinkTo, actor: Actor, at: datetime) -> PartnerRequest:
    """Ask somebody outside one question by a link that leads to it alone; a task of the house watches over it.

    The owner, the supervisor and the handler may. Refuses a question without party, address, words or a time ahead,
    and one that tells who the customer is.
    """
    complaint = Complaint.objects.locked(complaint_id)
    participation.require_state(complaint)
    participation.require(complaint, ASKERS, actor=actor, at=at)
    if actor.person is None or new.due_at is None or new.due_at <= at or not _is_whole(new):
        raise QuestionUnclear(missing=("party", "address", "question", "due_at"))
    _require_discreet(complaint, new)
    who = new.assignee or actor.person
    title = f"{new.party.strip()}: {' '.join(new.question.split())}"[:200]
    wanted = NewTask(Task.Kind.THIRD_PARTY, title, who.department, who, new.due_at)
    task = tasking.give(complaint, wanted, actor=actor, at=at)
    secret = partner_access.new_secret()
    row = PartnerRequest.objects.create(
        complaint=complaint,
        task=task,
        reference=partner_access.new_reference(),
        party=new.party.strip(),
        channel=new.channel,
        address=new.address.strip(),
        language=new.language,
        question=new.question.strip(),
        asked_by=actor.person,
        asked_at=at,
        expires_at=new.due_at + GRACE,
        link_hash=partner_access.digest("link", secret),
    )
    partner_access.send_link(row, link_to(secret), at=at)
    data = {"request": row.pk, "reference": row.reference, "task": task.pk, "due": new.due_at}
    detail = Detail(data, {"party": row.party, "text": row.question})
    lifecycle.happen(complaint, "partner.asked", actor=actor, at=at, detail=detail)
    return row


def _is_whole(new: NewQuestion) -> bool:
    said = new.party.strip() and new.question.strip() and new.language in LANGUAGES
    return bool(said) and _is_address(new.channel, new.address.strip())


def _is_address(channel: str, address: str) -> bool:
    if channel == PartnerRequest.Channel.SMS:
        return _is_phone(address)
    if channel != PartnerRequest.Channel.EMAIL:
        return False
    try:
        EmailValidator()(address)
    except ValidationError:
        return False
    return True


def _is_phone(address: str) -> bool:
    try:
        return phonenumbers.is_possible_number(phonenumbers.parse(address, REGION))
    except phonenumbers.NumberParseException:
        return False


def _require_discreet(complaint: Complaint, new: NewQuestion) -> None:
    """Refuse a question in which the customer could be recognised or reached."""
    form = getattr(complaint, "registration", None)
    known = [complaint.customer.name, form.complainant if form else ""]
    known += Identity.objects.filter(customer=complaint.customer_id).values_list("value", flat=True)
    said = f"{new.party}\n{new.question}"
    found = any(one.kind in TELLING for one in personal.find(said))
    if found or any(len(one.strip()) > 1 and one.strip() in said for one in known):
        raise QuestionTellsTooMuch(missing=("question",))


@transaction.atomic
def send_link_again(request_id: int, *, link_to: LinkTo, actor: Actor, at: datetime) -> PartnerRequest:
    """Send a new link to the same address; the one before stops working."""
    row, complaint = _asked(request_id, actor, at)
    if row.expires_at <= at:
        raise QuestionOver()
    secret = partner_access.new_secret()
    row.link_hash, row.links_sent = partner_access.digest("link", secret), row.links_sent + 1
    row.code_hash, row.code_expires_at, row.code_tries = "", None, 0
    row.save(update_fields=["link_hash", "links_sent", "code_hash", "code_expires_at", "code_tries"])
    partner_access.send_link(row, link_to(secret), at=at)
    data = {"request": row.pk, "reference": row.reference, "times": row.links_sent}
    lifecycle.happen(complaint, "partner.reminded", actor=actor, at=at, detail=Detail(data, {"party": row.party}))
    return row


@transaction.atomic
def withdraw_question(request_id: int, *, reason: str, actor: Actor, at: datetime) -> PartnerRequest:
    """Take a question back with a reason; its link opens nothing any more and its task is cancelled."""
    row, complaint = _asked(request_id, actor, at)
    if not reason.strip():
        raise TakenBackInSilence(missing=("reason",))
    row.status = Status.WITHDRAWN
    row.save(update_fields=["status"])
    data = {"request": row.pk, "reference": row.reference}
    detail = Detail(data, {"party": row.party, "reason": reason.strip()})
    lifecycle.happen(complaint, "partner.withdrawn", actor=actor, at=at, detail=detail)
    if row.task.status == Task.Status.OPEN and row.task.complaint_id == complaint.pk:
        tasking.cancel(_task(row, complaint), reason=reason, actor=actor, at=at)
    return row


def _asked(request_id: int, actor: Actor, at: datetime) -> tuple[PartnerRequest, Complaint]:
    case_id = PartnerRequest.objects.values_list("complaint_id", flat=True).get(pk=request_id)
    complaint = Complaint.objects.locked(case_id)
    participation.require_state(complaint)
    participation.require(complaint, ASKERS, actor=actor, at=at)
    row = PartnerRequest.objects.select_related("task").get(pk=request_id)
    if row.status != Status.ASKED:
        raise QuestionOver()
    return row, complaint


@transaction.atomic
def answer_partner(request_id: int, *, text: str, files: Sequence[StoredFile] = (), at: datetime) -> PartnerRequest:
    """Take the partner's answer: it is proof in the case, his files beside it, and whoever asked hears of it (S0-53).

    Answered once, in words, before the link expires. The answer to a case that was merged goes where that goes on.
    """
    case_id = PartnerRequest.objects.values_list("complaint_id", flat=True).get(pk=request_id)
    complaint = Complaint.objects.locked(case_id)
    if complaint.merged_into_id is not None:
        complaint = Complaint.objects.locked(complaint.merged_into_id)
    row = PartnerRequest.objects.select_related("task__assignee", "asked_by").get(pk=request_id)
    if not partner_access.open_rows(at).filter(pk=row.pk).exists():
        raise QuestionOver()
    if not text.strip() or len(files) > MOST_FILES:
        raise AnswerEmpty(most=MOST_FILES, missing=("text",))
    partner = Actor.partner(row.reference)
    kept = drafts.hand_over(files, owner_kind=permissions.CASE, owner_id=complaint.pk, by=partner)
    row.evidence = _as_proof(complaint, row, text.strip(), _new_ones(complaint, kept), partner, at)
    row.status, row.answer, row.answered_at = Status.ANSWERED, text.strip(), at
    row.code_hash, row.code_expires_at = "", None
    row.save(update_fields=["evidence", "status", "answer", "answered_at", "code_hash", "code_expires_at"])
    data = {"request": row.pk, "reference": row.reference, "evidence": row.evidence.pk, "files": len(kept)}
    detail = Detail(data, {"party": row.party, "text": row.answer})
    event = lifecycle.happen(complaint, "partner.answered", actor=partner, at=at, detail=detail)
    if row.task.status == Task.Status.OPEN and row.task.complaint_id == complaint.pk:
        tasking.finish(_task(row, complaint), result=row.answer, actor=partner, at=at)
    told = [complaint.owner, row.asked_by, row.task.assignee, *([complaint.handler] if complaint.handler else [])]
    ring(complaint, told, "partner.answered", event=event, actor=partner)
    return row


def _task(row: PartnerRequest, complaint: Complaint) -> Task:
    """The task that watches over the question, standing in the case that is locked and saved."""
    task = row.task
    task.complaint = complaint
    return task


def _new_ones(complaint: Complaint, files: Sequence[StoredFile]) -> list[StoredFile]:
    """Files that are not evidence in this case yet; the others stay attached and prove no more."""
    known = set(Evidence.objects.filter(complaint=complaint, struck_at=None).values_list("file_sha256", flat=True))
    fresh: dict[str, StoredFile] = {}
    for file in files:
        if file.sha256 not in known:
            fresh.setdefault(file.sha256, file)
    return list(fresh.values())


def _as_proof(
    complaint: Complaint, row: PartnerRequest, text: str, files: list[StoredFile], partner: Actor, at: datetime
) -> Evidence:
    """The answer as one piece of proof with its first file, every other file as a piece of its own."""
    kind, title = Evidence.Kind.THIRD_PARTY, f"{row.party} {row.reference}"
    first = NewEvidence(kind, title, row.party, at, how=row.reference, note=text, file=files[0] if files else None)
    proof = register.write(complaint, first, actor=partner, at=at)
    for file in files[1:]:
        more = NewEvidence(kind, file.name or title, row.party, at, how=row.reference, file=file)
        register.write(complaint, more, actor=partner, at=at)
    return proof
