"""T5 to T9: who is in charge, what happened, whose fault it is, and the explanation when it is nobody's here."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Evidence
from huiyin.complaints.permissions import CASE
from huiyin.complaints.steps import assignment, explanation, investigation
from huiyin.files.models import StoredFile
from huiyin.interfaces.api.schemas import inquiry
from huiyin.interfaces.api.schemas.steps import Told
from huiyin.interfaces.api.steps.table import Taken, known, step
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.models import Department, Person


@step("investigate", Scope.DECIDE, _("Name the department and the person who investigate (T5)"))
def investigate(take: Taken, body: inquiry.Investigate) -> Any:
    department = known(Department, "department", code=body.department)
    handler = known(Person, "handler", pk=body.handler)
    words = body.words.words()
    return take(assignment.assign_handler, department=department, handler=handler, words=words)


@step("change_handler", Scope.DECIDE, _("Hand the investigation to another person"))
def change_handler(take: Taken, body: inquiry.ChangeHandler) -> Any:
    department = known(Department, "department", code=body.department)
    handler = known(Person, "handler", pk=body.handler)
    return take(assignment.change_handler, department=department, handler=handler, reason=body.reason)


@step("change_owner", Scope.DECIDE, _("Give the case another owner"))
def change_owner(take: Taken, body: inquiry.ChangeOwner) -> Any:
    return take(assignment.change_owner, owner=known(Person, "owner", pk=body.owner), reason=body.reason)


@step("add_evidence", Scope.WRITE, _("Add a piece of evidence"))
def add_evidence(take: Taken, body: inquiry.AddEvidence) -> Any:
    new = investigation.NewEvidence(
        kind=body.kind,
        title=body.title,
        source=body.source,
        obtained_at=body.obtained_at,
        how=body.how,
        note=body.note,
        file=file_of(take, body.file),
        bears=tuple((one.about, one.stance.value) for one in body.bears),
    )
    return take(investigation.add_evidence, new)


def file_of(take: Taken, file_id: int | None) -> StoredFile | None:
    """The file of this case that a body names."""
    if file_id is None:
        return None
    return known(StoredFile, "file", pk=file_id, owner_kind=CASE, owner_id=take.case.pk)


@step("strike_evidence", Scope.WRITE, _("Strike a piece of evidence out with a reason; it stays in sight"))
def strike_evidence(take: Taken, body: inquiry.StrikeEvidence) -> Any:
    row = take.row(Evidence, body.evidence, "evidence")
    return take.on(investigation.strike_evidence, row.pk, reason=body.reason)


@step("judge_cause", Scope.WRITE, _("Rule one cause of the checklist in or out"))
def judge_cause(take: Taken, body: inquiry.JudgeCause) -> Any:
    return take(investigation.judge_cause, cause=body.cause, ruled_in=body.ruled_in, grounds=body.grounds)


@step("find", Scope.WRITE, _("Issue the finding: cause, side, validity, who is responsible (T6)"))
def find(take: Taken, body: inquiry.Find) -> Any:
    for one in body.responsible:
        if one.person is not None:
            known(Person, "responsible.person", pk=one.person)
    new = investigation.NewFinding(
        cause=body.cause,
        side=body.side.value,
        reasons_sufficient=body.reasons_sufficient,
        demand_reasonable=body.demand_reasonable,
        grounds=body.grounds,
        responsible=tuple((one.person, one.name) for one in body.responsible),
        no_person_reason=body.no_person_reason,
        secondary_cause=body.secondary_cause,
        within_control=body.within_control,
        loss=body.loss or Decimal(0),
        account_weighed=body.account_weighed,
    )
    return take(investigation.issue_finding, new, body.words.words())


@step("reinvestigate", Scope.WRITE, _("Investigate again because the customer brought new evidence (T9)"))
def reinvestigate(take: Taken, body: Told) -> Any:
    return take(investigation.reinvestigate, body.words.words())


@step("ask_unfounded", Scope.WRITE, _("Ask a supervisor to confirm that the complaint is not founded"))
def ask_unfounded(take: Taken, body: inquiry.WithReason) -> Any:
    return take(explanation.ask_unfounded, reason=body.reason)


@step("explain", Scope.DECIDE, _("Confirm that the complaint is not founded and is to be explained (T7)"))
def explain(take: Taken, body: Told) -> Any:
    return take(explanation.confirm_unfounded, body.words.words())


@step("decline_unfounded", Scope.DECIDE, _("Decline: the complaint is not to be explained away"))
def decline_unfounded(take: Taken, body: inquiry.DeclineUnfounded) -> Any:
    return take(explanation.decline_unfounded, comment=body.comment)


@step("record_answer", Scope.WRITE, _("Record what the customer said to the explanation"))
def record_answer(take: Taken, body: inquiry.RecordAnswer) -> Any:
    return take(explanation.record_answer, kind=body.kind.value, text=body.text, via=body.via.value)


@step("conclude_explanation", Scope.WRITE, _("Conclude the explanation with the customer's answer (T8)"))
def conclude_explanation(take: Taken, body: Told) -> Any:
    return take(explanation.conclude_explanation, body.words.words())
