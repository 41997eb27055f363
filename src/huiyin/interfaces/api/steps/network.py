"""Technical triage of network complaints: three streams, each with its own record."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import NetworkTriage, WeeklyItem
from huiyin.complaints.steps import network
from huiyin.complaints.steps.network import NewTest, NewTriage
from huiyin.interfaces.api.schemas import network as bodies
from huiyin.interfaces.api.steps.table import Taken, step
from huiyin.interfaces.common.scopes import Scope


@step("triage_network", Scope.WRITE, _("Decide which stream a network complaint goes down"))
def triage_network(take: Taken, body: bodies.TriageNetwork) -> Any:
    new = NewTriage(body.stream.value, body.place, body.grounds, body.latitude, body.longitude)
    return take(network.triage, new)


@step("record_field_test", Scope.WRITE, _("Record a field test; what helps goes into next week's plan"))
def record_field_test(take: Taken, body: bodies.RecordFieldTest) -> Any:
    new = NewTest(body.tested_at, body.measured, body.helps, body.what)
    return take.on(network.record_test, take.row(NetworkTriage, body.triage, "triage").pk, new)


@step("finish_weekly_item", Scope.WRITE, _("Finish an item of the weekly plan with its result"))
def finish_weekly_item(take: Taken, body: bodies.FinishWeeklyItem) -> Any:
    return take.on(network.finish_item, take.row(WeeklyItem, body.item, "item").pk, result=body.result)


@step("take_station_step", Scope.WRITE, _("Take the next step of a station repair"))
def take_station_step(take: Taken, body: bodies.TakeStationStep) -> Any:
    row = take.row(NetworkTriage, body.triage, "triage")
    return take.on(network.take_station_step, row.pk, body.kind.value, text=body.text, works=body.works)
