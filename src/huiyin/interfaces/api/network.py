"""Where stations are wanted, and what the network team does in a week, for programs."""

from datetime import date
from typing import Annotated

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from huiyin.complaints import sites
from huiyin.complaints.sites import Point
from huiyin.interfaces.api import requests
from huiyin.interfaces.api.reading.veil import veil
from huiyin.interfaces.api.schemas import network as schemas
from huiyin.interfaces.api.schemas.network import Latitude, Longitude
from huiyin.interfaces.common.scopes import Scope
from huiyin.people import roles

networked = Router(tags=["network"])
Km = Annotated[int, Field(ge=1, le=500)]


@networked.get("/site-demands", response=schemas.SiteDemands, operation_id="site_demands")
def site_demands(
    request: HttpRequest,
    latitude: Query[Latitude | None] = None,
    longitude: Query[Longitude | None] = None,
    within_km: Km = 20,
) -> HttpResponse:
    """From a point the nearest first; without one, where most complain."""
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.READ)
    roles.require(in_hand.person, "complaint.read")
    near = None if latitude is None or longitude is None else Point(latitude, longitude)
    cover = veil(in_hand.person)
    found = [
        schemas.WantedShown(
            id=one.demand.pk,
            place=cover(one.demand.place),
            latitude=one.demand.latitude,
            longitude=one.demand.longitude,
            complaints=one.count,
            metres=one.metres,
            numbers=list(one.numbers),
        )
        for one in sites.demand_list(in_hand.person, near, within_km)
    ]
    return requests.show(schemas.SiteDemands(demands=found))


@networked.get("/weekly-plan", response=schemas.WeeklyPlan, operation_id="weekly_plan")
def weekly_plan(request: HttpRequest, on: date | None = None) -> HttpResponse:
    """The plan of the week of this day; without one, of this week."""
    in_hand = requests.hand(request)
    in_hand.caller.require(Scope.READ)
    roles.require(in_hand.person, "complaint.read")
    week_on = sites.week_of(on or timezone.localdate(in_hand.at))
    rows = sites.weekly_plan(in_hand.person, week_on)
    items = [
        {
            **{name: getattr(row, name) for name in ("id", "what", "department", "result", "done_at")},
            "number": row.complaint.number,
            "place": row.test.triage.place,
        }
        for row in rows
    ]
    found = {"week_on": week_on, "items": items}
    return requests.show(schemas.WeeklyPlan.model_validate(found, context={"veil": veil(in_hand.person)}))
