"""The negotiation of one case for programs; a fixed number of queries."""

from datetime import datetime

from huiyin.complaints import (
    advertised,
    avoidable,
    catalogue,
    entitlement,
    expecting,
    plan_warnings,
    preparation,
    promises,
    similar,
)
from huiyin.complaints.models import AskedQuestion, Complaint, Concession
from huiyin.interfaces.api.reading.case import cover_for
from huiyin.interfaces.api.reading.veil import veil
from huiyin.interfaces.api.requests import Hand
from huiyin.interfaces.api.schemas import talks as shown
from huiyin.people import access_log
from huiyin.policy.compensation import Assessment, Condition


def negotiation(in_hand: Hand, case: Complaint) -> shown.NegotiationShown:
    """Everything this reader may see of it, and one look in the access log."""
    access_log.record_view(in_hand.person, case.pk, in_hand.at)
    found = expecting.talks(case)
    asked = list(AskedQuestion.objects.filter(complaint=case))
    question = expecting.next_question(found.expectations, asked)
    law = entitlement.assessment(case)
    values = {
        "expectations": list(found.expectations),
        "asked": asked,
        "next_question": _question(question) if question else None,
        "proposed_source": expecting.proposed_source(case),
        "preferences": case.customer.preferences,
        "sheet": _sheet(found),
        "missing": [gap.field for gap in preparation.of(case)] if preparation.is_hard(case) else [],
        "principles": list(case.principles.select_related("asked_by", "decided_by")),
        "concessions": list(Concession.objects.filter(complaint=case)),
        "entitlement": _entitlement(law) if law is not None else None,
        "above_norm": _above(case, found),
        "similar": _similar(in_hand, case),
        "callers": list(case.callers.select_related("noted_by")),
        "handovers": list(case.handovers.select_related("to", "by")),
        "conducts": list(case.conducts.select_related("proposed_by", "decided_by", "reviewer")),
    }
    return shown.NegotiationShown.model_validate(values, context={"veil": cover_for(in_hand, case)})


def _question(question: expecting.Question) -> dict[str, object]:
    about = question.expectation.pk if question.expectation else None
    return {"kind": question.kind, "expectation": about, "text": question.text}


def _sheet(found: expecting.Talks) -> dict[str, object] | None:
    sheet = found.sheet
    if sheet is None:
        return None
    values = {name: getattr(sheet, name) for name in shown.SheetShown.model_fields if name != "scenes"}
    return {**values, "scenes": list(sheet.scenes.all())}


def _entitlement(law: Assessment) -> dict[str, object]:
    bases = [
        {
            **{name: getattr(one.basis, name) for name in ("code", "source", "evidence")},
            "title": str(one.basis.title),
            "amount": one.amount,
            "missing": [_condition(row) for row in one.missing],
            "against": [_condition(row) for row in one.against],
            "established": one.established,
        }
        for one in law.results
    ]
    return {
        "owed": law.owed,
        "ceiling": law.ceiling,
        "clear_floor": law.clear_floor,
        "best": law.best.basis.code if law.best else "",
        "read_on": str(law.results[0].basis.read_on),
        "bases": bases,
    }


def _condition(row: Condition) -> dict[str, str]:
    return {"code": row.code, "title": str(row.title)}


def _above(case: Complaint, found: expecting.Talks) -> list[dict[str, object]]:
    sold_under = catalogue.of(case, promises.pack_of(case))
    demands = list(case.demands.filter(dropped_at=None))
    return [
        {"text": one.text, "amount": one.amount, "norm": one.norm, "sentence": plan_warnings.first_condition(one)}
        for one in expecting.above_norm(sold_under, case, found.expectations, demands)
    ]


def _similar(in_hand: Hand, case: Complaint) -> dict[str, object]:
    alike = similar.to(case, in_hand.person)
    cases = [
        {
            **{
                name: getattr(row, name)
                for name in ("outcome", "option", "cost", "same_cause", "satisfied", "closed_at")
            },
            "number": row.complaint.number,
        }
        for row in alike.rows
    ]
    return {"median": alike.median, "decided": alike.decided, "cases": cases}


def advertised_promises(in_hand: Hand) -> shown.AdvertisedList:
    """What marketing was asked, with the number of cases this reader may open: two queries."""
    items = list(advertised.listed())
    cases = advertised.cases_of(in_hand.person, [item.key for item in items])
    names = ("id", "promise", "opened_at", "answer", "answered_at")
    rows = [{**{name: getattr(item, name) for name in names}, "cases": cases.get(item.key, 0)} for item in items]
    return shown.AdvertisedList.model_validate({"promises": rows})


def avoidable_cases(in_hand: Hand, begins_at: datetime, ends_at: datetime) -> shown.AvoidableCases:
    """Escalations that need not have been, received in this time."""
    found = avoidable.listed(in_hand.person, begins_at, ends_at)
    rows = [
        {"number": one.complaint.number, "owner": one.complaint.owner, "option": one.option.title, "cost": one.cost}
        for one in found
    ]
    names = [one.complaint.customer.name for one in found]
    values = {"begins_at": begins_at, "ends_at": ends_at, "cases": rows}
    return shown.AvoidableCases.model_validate(values, context={"veil": veil(in_hand.person, names)})
