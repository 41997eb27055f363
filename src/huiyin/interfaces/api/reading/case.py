"""One case: everything it is, its timeline, its promises, what may be done with it."""

from collections.abc import Iterable
from typing import Any

from huiyin.complaints import kinds, lifecycle, queries, sites
from huiyin.complaints.guards.context import Case
from huiyin.complaints.models import (
    CasePack,
    CasePart,
    Complaint,
    Consumption,
    DirectContact,
    Event,
    EventText,
    Interaction,
    Meeting,
    NetworkTriage,
    Promise,
)
from huiyin.complaints.permissions import CASE
from huiyin.complaints.states import Outcome, State
from huiyin.complaints.steps import investigation, venue
from huiyin.files.models import StoredFile
from huiyin.interfaces.api.reading import clocks
from huiyin.interfaces.api.reading.veil import Cover, veil
from huiyin.interfaces.api.requests import Hand
from huiyin.interfaces.api.schemas import case as shown
from huiyin.interfaces.api.schemas import rows
from huiyin.interfaces.api.schemas.base import Shown
from huiyin.interfaces.api.schemas.coordination import MeetingShown
from huiyin.interfaces.api.schemas.network import FieldTestShown, TriageShown
from huiyin.people import access_log, customers
from huiyin.rules import Refusal

PAGE = 200
BLANK_FLAGS = ("minor", "compound", "escalated", "media", "external", "unreasonable", "wide", "difficult")


def cover_for(in_hand: Hand, case: Complaint) -> Cover:
    """Covers texts of this case for this reader, the customer's names among them."""
    form = getattr(case, "registration", None)
    return veil(in_hand.person, (case.customer.name, form.complainant if form else ""))


def detail(in_hand: Hand, case: Complaint) -> shown.CaseShown:
    """Everything about a case but its timeline; a fixed number of queries, and one look in the access log."""
    access_log.record_view(in_hand.person, case.pk, in_hand.at)
    cover = cover_for(in_hand, case)
    found = {
        **{name: getattr(case, name) for name in shown.CaseShown.model_fields if name in _PLAIN},
        "seen": case.last_number,
        "outcome": Outcome(case.outcome) if case.outcome else None,
        "flags": flags(case),
        "repeat_of": case.repeat_of.number if case.repeat_of else None,
        "merged_into": case.merged_into.number if case.merged_into else None,
        "customer": customer(in_hand, case),
        "packs": _packs(case),
        "registration": getattr(case, "registration", None),
        "demands": list(case.demands.all()),
        "emotions": list(case.emotions.all()),
        "clocks": [clocks.clock(row, cover) for row in case.promises.filter(ended_at=None)],
        "files": list(StoredFile.objects.filter(owner_kind=CASE, owner_id=case.pk, disposed_at=None).order_by("pk")),
        "inquiry": _inquiry(case),
        "solution": _solution(case),
        "closing": _closing(case),
    }
    return shown.CaseShown.model_validate(found, context={"veil": cover})


_PLAIN = {
    *("number", "title", "text", "state", "round", "channel", "category", "profile", "order_number", "product"),
    *(
        "amount",
        "purchased_on",
        "received_at",
        "closed_at",
        "stage_since",
        "waiting_since",
        "next_due_at",
        "returned_count",
    ),
    *("admitted", "owner", "handler", "department"),
}


def flags(case: Complaint) -> shown.Flags:
    return shown.Flags(**{name: getattr(case, name) for name in BLANK_FLAGS})


def customer(in_hand: Hand, case: Complaint) -> shown.CustomerShown:
    """The customer, masked but for what this reader may see and has revealed."""
    allowed = queries.sees_contacts(in_hand.person, case)
    revealed = customers.revealed_to(in_hand.person, case.customer, in_hand.at)
    view = customers.contact_view(case.customer, in_hand.person, allowed, revealed=revealed)
    return shown.CustomerShown(
        id=view.customer_id,
        name=view.name,
        kind=case.customer.kind,
        tier=case.customer.tier,
        card_number=view.card_number,
        address=view.address,
        identities=[shown.IdentityShown.model_validate(one) for one in view.identities],
        masked=view.masked,
    )


def _packs(case: Complaint) -> list[dict[str, Any]]:
    attached = CasePack.objects.filter(complaint=case).select_related("version").defer("version__content")
    return [
        {"code": row.version.code, "version": row.version.version, "base": row.base, "attached_at": row.attached_at}
        for row in attached.order_by("-base", "pk")
    ]


def _inquiry(case: Complaint) -> dict[str, Any]:
    return {
        "tasks": list(case.tasks.select_related("department", "assignee", "made_by")),
        "evidence": list(case.evidence.select_related("added_by")),
        "bearings": list(case.bearings.all()),
        "weighings": list(case.weighings.select_related("by")),
        "appraisals": list(case.appraisals.select_related("commissioned_by")),
        "partner_requests": list(case.partner_requests.select_related("asked_by")),
        "visits": list(case.visits.select_related("reported_by")),
        "bills": [_bill(row) for row in case.consumptions.select_related("by").prefetch_related("lines")],
        "triages": [_triage(row) for row in _triages(case)],
        "parts": list(CasePart.objects.filter(complaint=case).select_related("department")),
        "meetings": [
            {
                **_values(row, MeetingShown),
                "people": list(row.people.all()),
                "decisions": list(row.decisions.all()),
            }
            for row in Meeting.objects.filter(complaint=case)
            .select_related("recorded_by")
            .prefetch_related("people__person", "decisions")
        ],
        "direct_contacts": list(DirectContact.objects.filter(complaint=case).select_related("department", "noted_by")),
        "causes": list(case.causes.select_related("by").order_by("pk")),
        "findings": [
            {**_values(row, rows.FindingShown), "responsible": list(row.responsible.all())}
            for row in case.findings.select_related("issued_by").prefetch_related("responsible")
        ],
        "confirmations": list(case.confirmations.select_related("asked_by", "decided_by").order_by("pk")),
        "overrides": list(case.overrides.select_related("approver").order_by("pk")),
        "interests": list(case.interests.select_related("person").order_by("pk")),
        "claims": list(case.claims.select_related("owner").order_by("pk")),
    }


def _triages(case: Complaint) -> Iterable[NetworkTriage]:
    """Streams of a network complaint with all they left behind; no query for other complaints."""
    if not sites.is_network(case):
        return ()
    rows = NetworkTriage.objects.filter(complaint=case).select_related("by")
    return rows.prefetch_related("tests__by", "tests__item__department", "steps__by")


def _triage(row: NetworkTriage) -> dict[str, Any]:
    tests = [
        {**_values(one, FieldTestShown, but="item"), "item": getattr(one, "item", None)} for one in row.tests.all()
    ]
    return {**_values(row, TriageShown), "tests": tests, "steps": list(row.steps.all())}


def _bill(row: Consumption) -> dict[str, Any]:
    """A kept bill with each step of its calculation."""
    kept = {name: getattr(row, name) for name in ("id", "source", "minimum", "charged", "by", "at")}
    found = venue.result_of(row)
    steps = ("total", "excluded", "discounted", "share", "after_discount", "due", "minimum_met", "overcharged")
    return {**kept, **{name: getattr(found, name) for name in steps}, "lines": list(row.lines.all())}


def _values(row: Any, model: type[Shown], but: str = "") -> dict[str, Any]:
    return {name: getattr(row, name) for name in model.model_fields if name != but}


def _solution(case: Complaint) -> dict[str, Any]:
    plans = case.plans.select_related("prepared_by")
    return {
        "plans": [
            {**_values(plan, rows.PlanShown), "options": [_option(option) for option in plan.options.all()]}
            for plan in plans.prefetch_related("options__lines", "options__answers")
        ],
        "approvals": list(case.approvals.select_related("asked_by", "decided_by")),
        "answers": list(case.answers.select_related("recorded_by")),
        "actions": list(case.actions.select_related("assignee", "department")),
    }


def _option(option: Any) -> dict[str, Any]:
    found = _values(option, rows.OptionShown)
    return {**found, "lines": list(option.lines.all()), "answers": list(option.answers.all())}


def _closing(case: Complaint) -> dict[str, Any]:
    return {
        "callbacks": [
            {**_values(row, rows.CallbackShown), "attempts": list(row.attempts.all())}
            for row in case.callbacks.prefetch_related("attempts")
        ],
        "contact_attempts": list(case.contact_attempts.select_related("person")),
        "reviews": list(case.reviews.select_related("written_by").order_by("round")),
        "questions": list(case.closing_questions.select_related("answered_by").order_by("round", "pk")),
        "outside_decisions": list(case.outside_decisions.select_related("recorded_by").order_by("pk")),
    }


def timeline(in_hand: Hand, case: Complaint, after: int, audience: str) -> shown.Timeline:
    """The events after a number, two hundred at a time: three queries."""
    access_log.record_view(in_hand.person, case.pk, in_hand.at)
    found = case.events.filter(number__gt=after).select_related("actor").order_by("number")
    if audience:
        wanted = [code for code, kind in kinds.KINDS.items() if kind.audience.value == audience]
        found = found.filter(kind__in=wanted)
    events = list(found[: PAGE + 1])
    more, events = len(events) > PAGE, events[:PAGE]
    words: dict[int, dict[str, str]] = {}
    for text in EventText.objects.filter(event__in=events):
        words.setdefault(text.event_id, {})[text.name] = text.text
    said_in = [event.data["interaction"] for event in events if event.data.get("interaction")]
    spoken = Interaction.objects.in_bulk(said_in)
    cover = cover_for(in_hand, case)
    listed = [_event(event, words.get(event.pk, {}), spoken, cover) for event in events]
    return shown.Timeline(events=listed, after=events[-1].number if more else None)


def _event(event: Event, texts: dict[str, str], spoken: dict[int, Interaction], cover: Cover) -> shown.EventShown:
    kind = kinds.KINDS.get(event.kind)
    said = spoken.get(event.data.get("interaction") or 0)
    message = shown.MessageShown.model_validate(said, context={"veil": cover}) if said else None
    name = event.actor.name if event.actor else event.actor_name
    return shown.EventShown(
        number=event.number,
        kind=event.kind,
        title=str(kind.title) if kind else event.kind,
        audience=kind.audience.value if kind else "",
        at=event.at,
        actor=shown.ActorShown(kind=event.actor_kind, id=event.actor_id, name=name),
        data=event.data,
        texts={name: cover(text) for name, text in texts.items()},
        message=message,
        hash=event.hash,
    )


def promises(in_hand: Hand, case: Complaint) -> shown.Promises:
    """Every promise and clock the case ever had, with its reasons."""
    cover = cover_for(in_hand, case)
    found = Promise.objects.filter(complaint=case).order_by("made_at", "pk")
    return shown.Promises(promises=[clocks.promise(row, cover) for row in found])


def evidence(in_hand: Hand, case: Complaint) -> shown.EvidenceList:
    """Every piece of evidence, and whether its stored bytes are still what was added."""
    changed = {row.pk for row in investigation.changed_evidence(case)}
    cover = cover_for(in_hand, case)
    return shown.EvidenceList(
        evidence=[
            shown.EvidenceWhole(
                evidence=rows.EvidenceShown.model_validate(row, context={"veil": cover}), whole=row.pk not in changed
            )
            for row in case.evidence.select_related("added_by")
        ]
    )


def moves(in_hand: Hand, case: Complaint) -> shown.Moves:
    """Every move that leaves the present state, with what stands against this reader taking it now."""
    listed = []
    read = Case(case, in_hand.actor, in_hand.at)
    for row in lifecycle.moves_from(case.state):
        against = list(lifecycle.refusals(read, row.name))
        listed.append(
            shown.MoveShown(
                name=row.name,
                number=row.number,
                target=row.target,
                allowed=not against,
                refusals=[refusal(one) for one in against],
            )
        )
    return shown.Moves(state=State(case.state), seen=case.last_number, moves=listed)


def refusal(one: Refusal) -> shown.RefusalShown:
    return shown.RefusalShown(
        rule=one.rule.code,
        rule_title=str(one.rule.title),
        requirements=list(one.rule.requirements),
        sentence=one.text,
        unblock=one.unblock_text,
        missing=list(one.missing),
    )
