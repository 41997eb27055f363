"""Technical triage of network complaints: three streams, each with its own record (S2-61, S2-62, S2-63)."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from huiyin.complaints import lifecycle, participation, promises, rules, sites, tasking
from huiyin.complaints.lifecycle import Detail
from huiyin.complaints.models import (
    Complaint,
    FieldTest,
    NetworkTriage,
    SiteDemand,
    StationStep,
    Task,
    WeeklyItem,
)
from huiyin.complaints.participation import keepers
from huiyin.complaints.sites import Point
from huiyin.complaints.states import AFTER_REGISTRATION, Seat
from huiyin.complaints.tasking import NewTask
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.policy import clocks
from huiyin.rules import Refusal

Stream, Kind = NetworkTriage.Stream, StationStep.Kind
TECHNICIANS = {Seat.HANDLER: "complaint.investigate", Seat.LEADER: "complaint.find"}
CHECKERS = keepers("complaint.message")


class NoNetworkCase(Refusal):
    rule = rules.NETWORK_TRIAGE
    sentence = _("Technical triage is for complaints about the network.")
    unblock = _("Look at the category of the case.")


class TriageUnclear(Refusal):
    rule = rules.NETWORK_TRIAGE
    sentence = _("A triage says the stream, the place and what it rests on; weak coverage needs the point on the map.")
    unblock = _("Fill in what is missing; latitude and longitude are decimal degrees.")


class TriagedAlready(Refusal):
    rule = rules.NETWORK_TRIAGE
    sentence = _("The case goes down this stream already.")
    unblock = _("Go on where it stands, or choose another stream.")


class FieldTestUnclear(Refusal):
    rule = rules.TEST_TO_PLAN
    sentence = _("A field test says when and what was measured; what helps says what is to be done next week.")
    unblock = _("Fill in what is missing.")


class NotThisStream(Refusal):
    rule = rules.NETWORK_TRIAGE
    sentence = _("This belongs to another stream.")
    unblock = _("Choose the triage it is about.")


class PlanItemOver(Refusal):
    rule = rules.TEST_TO_PLAN
    sentence = _("An item of the weekly plan ends once, with its result.")
    unblock = _("Write what came of it.")


class OutOfOrder(Refusal):
    rule = rules.STATION_ORDER
    sentence = _("First comes: %(step)s. No repair before the fault point is found, no end without the customer.")
    unblock = _("Take the steps in their order.")


class StationStepUnclear(Refusal):
    rule = rules.STATION_ORDER
    sentence = _("A step says what was found or done; the check with the customer says whether it works.")
    unblock = _("Fill in what is missing.")


@dataclass(frozen=True)
class NewTriage:
    """The stream a case goes down, where, and what that rests on."""

    stream: str
    place: str
    grounds: str
    latitude: Decimal | None = None
    longitude: Decimal | None = None


@dataclass(frozen=True)
class NewTest:
    """A test on the spot; where optimising helps, what is to be done next week."""

    tested_at: datetime | None
    measured: str
    helps: bool
    what: str = ""


@transaction.atomic
def triage(complaint_id: int, new: NewTriage, *, actor: Actor, at: datetime) -> NetworkTriage:
    """Decide which stream a network complaint goes down.

    Weak coverage near that of other complaints becomes one entry of the demand list with all of them, and each
    customer's owner is asked to tell him (S2-61). Refuses other complaints, gaps, and the same stream twice.
    """
    point = _point(new)
    near = _lock(complaint_id, point if new.stream == Stream.COVERAGE else None)
    complaint = near[complaint_id]
    _require_technician(complaint, actor, at)
    if not sites.is_network(complaint):
        raise NoNetworkCase()
    gap = not new.place.strip() or not new.grounds.strip() or new.stream not in Stream.values
    if gap or actor.person is None or (new.stream == Stream.COVERAGE and point is None):
        raise TriageUnclear(missing=("stream", "place", "latitude", "grounds"))
    if NetworkTriage.objects.filter(complaint=complaint, round=complaint.round, stream=new.stream).exists():
        raise TriagedAlready(missing=("stream",))
    row = NetworkTriage.objects.create(
        complaint=complaint,
        round=complaint.round,
        stream=new.stream,
        place=new.place.strip(),
        latitude=point.latitude if point else None,
        longitude=point.longitude if point else None,
        grounds=new.grounds.strip(),
        by=actor.person,
        at=at,
    )
    detail = Detail({"triage": row.pk, "stream": row.stream}, {"place": row.place, "text": row.grounds})
    lifecycle.happen(complaint, "network.triaged", actor=actor, at=at, detail=detail)
    if point is not None and row.stream == Stream.COVERAGE:
        _gather(row, point, near, actor, at)
    return row


def _point(new: NewTriage) -> Point | None:
    if new.latitude is None or new.longitude is None:
        return None
    try:
        return Point(round(new.latitude, 5), round(new.longitude, 5))
    except ValueError:
        raise TriageUnclear(missing=("latitude", "longitude")) from None


def _lock(complaint_id: int, point: Point | None) -> dict[int, Complaint]:
    """The case and those near it, locked in one order, so that two neighbours never wait for each other."""
    wanted = {complaint_id}
    if point is not None:
        radius = promises.pack_of(Complaint.objects.get(pk=complaint_id)).settings.site_radius_m
        wanted |= {row.complaint_id for row in sites.weak_places(point, radius, but=complaint_id)}
    return {key: Complaint.objects.locked(key) for key in sorted(wanted)}


def _gather(row: NetworkTriage, point: Point, near: dict[int, Complaint], actor: Actor, at: datetime) -> None:
    """Put the place on the demand list: on the entry that is there, or on a new one once enough complain."""
    settings = promises.pack_of(row.complaint).settings
    entries = sites.within(SiteDemand.objects.all(), point, settings.site_radius_m)
    others = [one for one in sites.weak_places(point, settings.site_radius_m, but=row.complaint_id)
              if one.complaint_id in near]  # fmt: skip
    if entries:
        demand, told = entries[0][1], [row]
    elif len(others) + 1 >= settings.site_complaints:
        demand = SiteDemand.objects.create(
            place=row.place, latitude=point.latitude, longitude=point.longitude, made_at=at
        )
        told = [one for one in others if one.demand_id is None] + [row]
    else:
        return
    for one in told:
        one.demand = demand
        one.save(update_fields=["demand"])
        _tell(near[one.complaint_id], demand, actor, at)


def _tell(complaint: Complaint, demand: SiteDemand, actor: Actor, at: datetime) -> None:
    """Write into a case that its place is wanted as a site, and ask its owner to tell the customer."""
    detail = Detail({"demand": demand.pk}, {"place": demand.place})
    lifecycle.happen(complaint, "site.demanded", actor=actor, at=at, detail=detail)
    if complaint.is_open:
        title = _now("Tell the customer: the place is on the list of wanted stations")
        _ask_owner(complaint, title, actor, at)


def _ask_owner(complaint: Complaint, title: str, actor: Actor, at: datetime) -> None:
    owner = complaint.owner
    soon = clocks.acknowledgement_due(promises.pack_of(complaint), at)
    due_at = tasking.next_news_at(complaint, at) or soon
    new = NewTask(Task.Kind.OTHER, title, owner.department, owner, due_at)
    tasking.give(complaint, new, actor=actor, at=at)


def _require_technician(complaint: Complaint, actor: Actor, at: datetime) -> None:
    """The handler, the leader, and whoever has an open task in the case."""
    participation.require_state(complaint, AFTER_REGISTRATION)
    asked = Task.objects.filter(complaint=complaint, assignee=actor.person, status=Task.Status.OPEN)
    if actor.person is not None and actor.person.is_active and asked.exists():
        if refusal := lifecycle.own_matter(complaint, actor):
            raise refusal
        return
    participation.require(complaint, TECHNICIANS, actor=actor, at=at)


def _taken(triage_id: int, stream: NetworkTriage.Stream) -> NetworkTriage:
    """A triage of this stream under the lock of its case."""
    complaint = Complaint.objects.locked(NetworkTriage.objects.values_list("complaint_id", flat=True).get(pk=triage_id))
    row = NetworkTriage.objects.get(pk=triage_id)
    if row.stream != stream:
        raise NotThisStream(missing=("item",))
    row.complaint = complaint
    return row


@transaction.atomic
def record_test(triage_id: int, new: NewTest, *, actor: Actor, at: datetime) -> FieldTest:
    """Record what was measured; where optimising helps, it is an item of next week's plan (S2-62)."""
    row = _taken(triage_id, Stream.OPTIMISE)
    complaint = row.complaint
    _require_technician(complaint, actor, at)
    person = _whole_test(new, actor, at)
    assert new.tested_at is not None
    assert person.department is not None
    test = FieldTest.objects.create(
        triage=row, tested_at=new.tested_at, measured=new.measured.strip(), helps=new.helps, by=person, at=at
    )
    data: dict[str, object] = {"triage": row.pk, "test": test.pk, "helps": test.helps}
    if test.helps:
        item = WeeklyItem.objects.create(
            complaint=complaint,
            test=test,
            week_on=sites.next_week(at, promises.pack_of(complaint).zone),
            what=new.what.strip()[:200],
            department=person.department,
        )
        data |= {"item": item.pk, "week": item.week_on.isoformat(), "department": item.department_id}
    texts = {"text": test.measured, "what": new.what.strip()}
    lifecycle.happen(complaint, "network.tested", actor=actor, at=at, detail=Detail(data, texts))
    return test


def _whole_test(new: NewTest, actor: Actor, at: datetime) -> Person:
    person = actor.person
    timed = new.tested_at is not None and new.tested_at <= at
    if person is None or person.department is None or not timed or not new.measured.strip():
        raise FieldTestUnclear(missing=("tested_at", "measured"))
    if new.helps and not new.what.strip():
        raise FieldTestUnclear(missing=("what",))
    return person


@transaction.atomic
def finish_item(item_id: int, *, result: str, actor: Actor, at: datetime) -> WeeklyItem:
    """Write what came of an item of the weekly plan; the owner hears of it to tell the customer (S2-62)."""
    case_id = WeeklyItem.objects.values_list("complaint_id", flat=True).get(pk=item_id)
    complaint = Complaint.objects.locked(case_id)
    _require_technician(complaint, actor, at)
    item = WeeklyItem.objects.get(pk=item_id)
    if item.done_at is not None or not result.strip():
        raise PlanItemOver(missing=("result",))
    item.result, item.done_at, item.done_by = result.strip(), at, actor.person
    item.save(update_fields=["result", "done_at", "done_by"])
    detail = Detail({"item": item.pk}, {"text": item.result})
    lifecycle.happen(complaint, "week.done", actor=actor, at=at, detail=detail)
    _ask_owner(complaint, _now("Ask the customer whether it is better now"), actor, at)
    return item


@transaction.atomic
def take_station_step(
    triage_id: int, kind: str, *, text: str, works: bool | None = None, actor: Actor, at: datetime
) -> StationStep:
    """Take the next step of a station repair: indicators, fault point, repair, check with the customer (S2-63).

    Refuses any other than the next, and an empty one. The check is for those who speak with the customer; one that
    finds it broken still begins another turn. A repair asks the owner for the check.
    """
    row = _taken(triage_id, Stream.STATION)
    complaint = row.complaint
    if kind == Kind.CHECK:
        participation.require_state(complaint, AFTER_REGISTRATION)
        participation.require(complaint, CHECKERS, actor=actor, at=at)
    else:
        _require_technician(complaint, actor, at)
    turn, following = next_step(row)
    if following is None or kind != following:
        raise OutOfOrder(step=(following or Kind.INDICATORS).label, missing=("kind",))
    if not text.strip() or actor.person is None or (works is None) == (kind == Kind.CHECK):
        raise StationStepUnclear(missing=("text", "works"))
    step = StationStep.objects.create(
        triage=row, turn=turn, kind=kind, text=text.strip(), works=works, by=actor.person, at=at
    )
    data = {"triage": row.pk, "step": step.kind, "turn": turn, "works": works}
    lifecycle.happen(complaint, "station.step", actor=actor, at=at, detail=Detail(data, {"text": step.text}))
    if kind == Kind.REPAIR:
        _ask_owner(complaint, _now("Ask the customer whether it works again"), actor, at)
    return step


def next_step(row: NetworkTriage) -> tuple[int, StationStep.Kind | None]:
    """The turn and the step that comes next; nothing once the customer says that it works."""
    last = StationStep.objects.filter(triage=row).order_by("-pk").first()
    if last is None:
        return 1, Kind.INDICATORS
    if last.kind == Kind.CHECK:
        return (last.turn, None) if last.works else (last.turn + 1, Kind.INDICATORS)
    order = list(Kind)
    return last.turn, order[order.index(Kind(last.kind)) + 1]
