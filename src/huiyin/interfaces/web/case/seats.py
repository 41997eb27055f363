"""Who is shown which form: the same questions the steps ask, asked before anybody fills it in."""

from collections.abc import Callable, Collection, Mapping
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from huiyin.complaints import lifecycle, participation
from huiyin.complaints.lifecycle import WrongSeat
from huiyin.complaints.models import Action, Evidence, Task
from huiyin.complaints.states import OPEN_STATES, Seat, State
from huiyin.complaints.steps.linking import NotMerged
from huiyin.complaints.steps.tasks import OtherDepartmentsTask
from huiyin.interfaces.common.numbers import whole
from huiyin.interfaces.web.case.here import Here
from huiyin.people import roles
from huiyin.people.roles import Role
from huiyin.rules import Refusal

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise

# Raises the refusal that keeps this person from the form; returns for everybody else.
Who = Callable[[Here], None]
ANY_STATE = tuple(State)


def moving(name: str) -> Who:
    """Whoever may take this move in the state the case is in."""

    def ask(here: Here) -> None:
        if refusal := lifecycle.out_of_place(here.case, name):
            raise refusal

    return ask


def sitting(seats: Mapping[Seat, str], states: Collection[State] = OPEN_STATES) -> Who:
    """Whoever sits in one of these seats with its capability, in one of these states."""

    def ask(here: Here) -> None:
        participation.require_state(here.complaint, states)
        _require(here, seats)

    return ask


def _require(here: Here, seats: Mapping[Seat, str]) -> None:
    if refusal := participation.refused(here.case, seats):
        raise refusal


def able(capability: str, states: Collection[State] = OPEN_STATES) -> Who:
    """Whoever sees the case and whose role allows it; the step asks about the row that is meant."""

    def ask(here: Here) -> None:
        participation.require_state(here.complaint, states)
        roles.require(here.person, capability)

    return ask


def holding(role: Role, label: "Words") -> Who:
    """Whoever holds this role, whatever the state of the case."""

    def ask(here: Here) -> None:
        if not (here.person.is_active and here.person.has_role(role)):
            raise WrongSeat(seats=str(label))

    return ask


def having(rows: Callable[[Here], QuerySet[Any]], label: "Words") -> Who:
    """Whoever has such a row in this case: a task, an action, evidence of his own."""

    def ask(here: Here) -> None:
        participation.require_state(here.complaint)
        if not rows(here).filter(complaint=here.complaint).exists():
            raise WrongSeat(seats=str(label))

    return ask


def given_tasks(here: Here) -> QuerySet[Any]:
    """Open tasks of this person."""
    return Task.objects.filter(assignee=here.person, status=Task.Status.OPEN)


def tasked(here: Here) -> None:
    """Whoever may complete an open task of the case; others hear whose the task is (S2-54)."""
    participation.require_state(here.complaint)
    tasks = Task.objects.filter(complaint=here.complaint, status=Task.Status.OPEN)
    if tasks.filter(_own_or_departments(here)).exists():
        return
    meant = tasks.filter(pk=here.item) if whole(here.item) is not None else tasks
    other = meant.select_related("department", "assignee").first()
    if other is not None:
        raise OtherDepartmentsTask(department=other.department.name, name=other.assignee.name)
    raise WrongSeat(seats=_("whoever has the task, and the colleagues of the department"))


def made_tasks(here: Here) -> QuerySet[Any]:
    return Task.objects.filter(made_by=here.person, status=Task.Status.OPEN)


def departments_actions(here: Here) -> QuerySet[Any]:
    return Action.objects.filter(_own_or_departments(here), status=Action.Status.OPEN)


def own_evidence(here: Here) -> QuerySet[Any]:
    return Evidence.objects.filter(added_by=here.person, struck_at=None)


def _own_or_departments(here: Here) -> Q:
    mine = Q(assignee=here.person)
    if here.person.department_id is not None and roles.can(here.person, "task.complete"):
        mine |= Q(department=here.person.department_id)
    return mine


def either(*ways: Who) -> Who:
    """Whoever one of these lets in; the first refusal is told."""

    def ask(here: Here) -> None:
        first = None
        for way in ways:
            try:
                return way(here)
            except Refusal as refused:
                first = first or refused
        if first is not None:
            raise first

    return ask


def anybody(here: Here) -> None:
    """Whoever sees the case."""


def merged(capability: str) -> Who:
    """The owner, who acts for him, and the supervisor, of a case that was merged."""

    def ask(here: Here) -> None:
        if here.complaint.merged_into_id is None:
            raise NotMerged()
        _require(here, participation.keepers(capability))

    return ask


def keepers(capability: str, states: Collection[State] = OPEN_STATES) -> Who:
    """The owner, who acts for him, and the supervisor."""
    return sitting(participation.keepers(capability), states)
