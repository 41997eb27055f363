"""Technical triage of network complaints: what goes in, what is shown, the demand list and the weekly plan."""

from datetime import date, datetime
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from huiyin.complaints.models import NetworkTriage, StationStep
from huiyin.interfaces.api.schemas.base import Id, Line, Shown, Text, Time
from huiyin.interfaces.api.schemas.rows import DepartmentRef, PersonRef, Veiled
from huiyin.interfaces.api.schemas.steps import Step

Latitude = Annotated[Decimal, Field(ge=-90, le=90, decimal_places=7)]
Longitude = Annotated[Decimal, Field(ge=-180, le=180, decimal_places=7)]


class TriageNetwork(Step):
    """`latitude` and `longitude` in decimal degrees; weak coverage needs both."""

    stream: NetworkTriage.Stream
    place: Line
    grounds: Text
    latitude: Latitude | None = None
    longitude: Longitude | None = None


class RecordFieldTest(Step):
    """Where `helps` is true, `what` is an item of next week's plan."""

    triage: Id
    tested_at: Time
    measured: Text
    helps: bool
    what: Line = ""


class FinishWeeklyItem(Step):
    item: Id
    result: Text


class TakeStationStep(Step):
    """The steps come in their order; `works` is said by the customer, in the check alone."""

    triage: Id
    kind: StationStep.Kind
    text: Text
    works: bool | None = None


class WeeklyItemShown(Shown):
    id: int
    week_on: date
    what: Veiled
    department: DepartmentRef
    result: Veiled
    done_at: datetime | None


class FieldTestShown(Shown):
    id: int
    tested_at: datetime
    measured: Veiled
    helps: bool
    by: PersonRef
    item: WeeklyItemShown | None


class StationStepShown(Shown):
    turn: int
    kind: StationStep.Kind
    text: Veiled
    works: bool | None
    by: PersonRef
    at: datetime


class TriageShown(Shown):
    id: int
    stream: NetworkTriage.Stream
    place: Veiled
    latitude: Decimal | None
    longitude: Decimal | None
    grounds: Veiled
    demand_id: int | None
    tests: list[FieldTestShown]
    steps: list[StationStepShown]
    by: PersonRef
    at: datetime


class WantedShown(Shown):
    """A place where a station is wanted; `numbers` are the cases the caller may open."""

    id: int
    place: str
    latitude: Decimal
    longitude: Decimal
    complaints: int
    metres: int | None
    numbers: list[str]


class SiteDemands(Shown):
    demands: list[WantedShown]


class PlannedShown(Shown):
    """An item of the plan with its case."""

    id: int
    number: str
    what: Veiled
    place: Veiled
    department: DepartmentRef
    result: Veiled
    done_at: datetime | None


class WeeklyPlan(Shown):
    week_on: date
    items: list[PlannedShown]
