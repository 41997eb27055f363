"""Compound cases: further matters, meetings with their record, contacts past the owner."""

from datetime import datetime
from typing import Annotated

from pydantic import Field

from huiyin.interfaces.api.schemas.base import Code, Given, Id, Line, Shown, Text, Time
from huiyin.interfaces.api.schemas.rows import DepartmentRef, PersonRef, Veiled
from huiyin.interfaces.api.schemas.steps import Step


class AddPart(Step):
    """`category` is a leaf of the pack's tree that the case does not have yet."""

    category: Code


class DecidedGiven(Given):
    text: Line
    person: Id
    due_at: Time


class RecordMeeting(Step):
    """`task` is the open coordination meeting; `voice` is what the customer is told, by his contact alone."""

    task: Id
    held_at: Time
    people: Annotated[list[Id], Field(min_length=1, max_length=40)]
    decisions: Annotated[list[DecidedGiven], Field(max_length=20)]
    voice: Text
    summary: Text = ""


class FlagDirectContact(Step):
    """`department` is the code of the one that spoke to the customer."""

    department: Code
    what: Text


class PartShown(Shown):
    category: str
    department: DepartmentRef
    added_at: datetime


class DecidedShown(Shown):
    text: Veiled
    task_id: int


class SatShown(Shown):
    person: PersonRef
    department_id: int


class MeetingShown(Shown):
    task_id: int
    held_at: datetime
    summary: Veiled
    voice: Veiled
    people: list[SatShown]
    decisions: list[DecidedShown]
    recorded_by: PersonRef
    recorded_at: datetime


class DirectContactShown(Shown):
    department: DepartmentRef
    what: Veiled
    noted_by: PersonRef
    noted_at: datetime
