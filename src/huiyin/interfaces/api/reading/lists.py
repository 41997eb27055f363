"""Across cases: lists with views, filters and a cursor, search, counts, what waits for somebody."""

import re
from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, datetime, timedelta

from huiyin.complaints import lists, overview, queries, search
from huiyin.complaints.models import Channel, Enquiry
from huiyin.complaints.states import Outcome, State
from huiyin.complaints.steps import approval, claims, messages
from huiyin.interfaces.api.problems import Unreadable
from huiyin.interfaces.api.reading import case as reading
from huiyin.interfaces.api.reading.veil import Cover, veil
from huiyin.interfaces.api.requests import Hand
from huiyin.interfaces.api.schemas import case as shown
from huiyin.interfaces.api.schemas import lists as across
from huiyin.interfaces.api.schemas import rows
from huiyin.people import masking, roles
from huiyin.people.models import Person
from huiyin.people.roles import Role, can

CURSOR = re.compile(r"(\d{1,10}(?:\.\d{1,6})?)?_(\d{1,18})", re.ASCII)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def page(in_hand: Hand, view: str, filters: lists.Filters, after: str) -> shown.CasePage:
    """One page of a view, as many queries for fifty rows as for one."""
    found = lists.page(in_hand.person, view, in_hand.at, filters=filters, after=cursor(after))
    return shown.CasePage(rows=_rows(in_hand.person, found.rows), after=_told(found.after))


def _told(after: lists.Cursor | None) -> str | None:
    """The cursor as text, exact to the microsecond."""
    if after is None:
        return None
    micros = (after.due_at - EPOCH) // timedelta(microseconds=1) if after.due_at else None
    return f"_{after.id}" if micros is None else f"{micros // 1_000_000}.{micros % 1_000_000:06d}_{after.id}"


def cursor(text: str) -> lists.Cursor | None:
    """The place a former page ended at; refuses what no page gave."""
    if not text:
        return None
    match = CURSOR.fullmatch(text)
    if match is None:
        raise Unreadable("after", "must be what a former page gave")
    if match[1] is None:
        return lists.Cursor(None, int(match[2]))
    seconds, _point, micros = match[1].partition(".")
    due_at = EPOCH + timedelta(seconds=int(seconds), microseconds=int(micros.ljust(6, "0") or 0))
    return lists.Cursor(due_at, int(match[2]))


def _rows(person: Person, found: Iterable[lists.Row]) -> list[shown.CaseRow]:
    return [_row(person, row, veil(person, (row.complaint.customer.name,))) for row in found]


def _row(person: Person, row: lists.Row, cover: Cover) -> shown.CaseRow:
    case = row.complaint
    name = case.customer.name if case.owner_id == person.pk else masking.mask_name(case.customer.name)
    return shown.CaseRow(
        number=case.number,
        title=cover(case.title),
        state=State(case.state),
        outcome=Outcome(case.outcome) if case.outcome else None,
        round=case.round,
        channel=Channel(case.channel),
        category=case.category,
        customer=name,
        owner=rows.PersonRef.model_validate(case.owner),
        handler=rows.PersonRef.model_validate(case.handler) if case.handler else None,
        amount=case.amount,
        flags=reading.flags(case),
        received_at=case.received_at,
        next_due_at=case.next_due_at,
        waiting_since=case.waiting_since,
        clock=rows.NearestClock.model_validate(row.clock, context={"veil": cover}) if row.clock else None,
        unread=row.unread,
        looking=list(row.looking),
    )


def found(in_hand: Hand, text: str, after: int) -> shown.CasePage:
    """Cases that hold every word, the newest first; the cursor is the last one's place."""
    hits = search.find(in_hand.person, text).select_related("owner", "customer", "handler")
    if after:
        hits = hits.filter(pk__lt=after)
    cases = list(hits[: lists.PAGE + 1])
    more, cases = len(cases) > lists.PAGE, cases[: lists.PAGE]
    described = lists.describe(in_hand.person, cases, in_hand.at)
    return shown.CasePage(rows=_rows(in_hand.person, described), after=str(cases[-1].pk) if more else None)


def views(in_hand: Hand) -> across.Views:
    counted = lists.counts(in_hand.person, in_hand.at)
    return across.Views(
        views=[
            across.ViewShown(code=view.code, title=str(view.title), group=view.group, count=counted.get(view.code))
            for view in lists.VIEWS.values()
        ]
    )


def numbers(in_hand: Hand) -> across.OverviewShown:
    """The supervisor's overview; each figure opens its cases in the view `all`."""
    roles.require(in_hand.person, "report.read")
    told = overview.overview(in_hand.person, in_hand.at)
    return across.OverviewShown(
        open_cases=told.open_cases,
        by_state=[_number(one) for one in told.by_state],
        by_clock=[_number(one) for one in told.by_clock],
        by_owner=[_number(one) for one in told.by_owner],
    )


def _number(one: overview.Number) -> across.NumberShown:
    given = {name: value for name, value in asdict(one.filters).items() if value}
    if "owner_id" in given:
        given["owner"] = given.pop("owner_id")
    return across.NumberShown(key=one.key, label=one.label, count=one.count, filters=given)


def approvals(in_hand: Hand) -> across.WaitingApprovals:
    cover = veil(in_hand.person)
    waiting = approval.waiting_approvals(in_hand.person).select_related("decided_by")
    return across.WaitingApprovals(
        approvals=[
            across.WaitingApproval(
                number=row.complaint.number,
                title=cover(row.complaint.title),
                approval=rows.ApprovalShown.model_validate(row, context={"veil": cover}),
            )
            for row in waiting[:200]
        ]
    )


def open_claims(in_hand: Hand) -> across.OpenClaims:
    """Claims that have not ended, of cases this reader sees, whatever became of those."""
    cover = veil(in_hand.person)
    visible = claims.open_claims().filter(complaint__in=queries.visible_to(in_hand.person))
    return across.OpenClaims(
        claims=[
            across.ClaimRunning(
                number=row.complaint.number, claim=rows.ClaimShown.model_validate(row, context={"veil": cover})
            )
            for row in visible[:200]
        ]
    )


def unanswered(in_hand: Hand, minutes: int) -> across.Unanswered:
    waiting = messages.unanswered(in_hand.at, minutes)
    cover = veil(in_hand.person)
    mine = set(
        queries.visible_to(in_hand.person)
        .filter(pk__in={row.complaint_id for row in waiting})
        .values_list("pk", flat=True)
    )
    return across.Unanswered(
        messages=[
            across.UnansweredMessage(
                number=row.complaint.number,
                owner=rows.PersonRef.model_validate(row.complaint.owner),
                at=row.at,
                text=cover(row.text),
            )
            for row in waiting
            if row.complaint_id in mine
        ][:200]
    )


def enquiries(in_hand: Hand) -> across.Enquiries:
    """Enquiries not answered yet: of one's own, of one's department; a supervisor sees all."""
    person = in_hand.person
    waiting = Enquiry.objects.filter(answered_at=None).select_related("owner", "department").order_by("due_at", "pk")
    if not person.has_role(Role.SUPERVISOR):
        own = waiting.filter(owner=person)
        theirs = waiting.filter(department_id=person.department_id or 0)
        waiting = (own | theirs) if can(person, "complaint.note") else own
    return across.Enquiries(enquiries=[enquiry(row) for row in waiting[:200]])


def enquiry(row: Enquiry) -> across.EnquiryShown:
    return across.EnquiryShown.model_validate(row)
