"""Tasks: given, seen, done, handed on, taken back; never another department's."""

from typing import Any, ClassVar

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.models import Interest, Task
from huiyin.complaints.steps import tasks
from huiyin.complaints.steps.tasks import NewTask
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import (
    PersonChoice,
    TimeField,
    choice_field,
    line_field,
    people_with,
    words_field,
)
from huiyin.interfaces.web.case.here import Here
from huiyin.interfaces.web.case.items import ItemForm, chosen
from huiyin.interfaces.web.components import times
from huiyin.people.models import Person
from huiyin.policy import clocks

ABOUT_TASK = {
    rules.TASK_OWNED.code: "item",
    rules.OWN_DEPARTMENT.code: "item",
    rules.RECUSED.code: "assignee",
}


class TaskForm(StepForm):
    """A task for a named person with a due time; the owner of the case stays (S2-53)."""

    kind = choice_field(gettext_lazy("Kind of task"), Task.Kind.choices)
    title = line_field(gettext_lazy("What is to be done"))
    assignee = PersonChoice(Person.objects.none(), label=gettext_lazy("Who does it"))
    due_at = TimeField(label=gettext_lazy("Until when"))

    button = gettext_lazy("Give the task")
    intro = gettext_lazy("A third party is asked by somebody inside the house, who is named here.")
    beside: ClassVar = (("kind", "title"), ("assignee", "due_at"))
    optional = frozenset({"title"})
    about: ClassVar = {rules.RECUSED.code: "assignee", rules.TASK_OWNED.code: "assignee"}

    def prepare(self) -> None:
        here = self.here
        self.initial.update({"kind": Task.Kind.OTHER, "due_at": clocks.acknowledgement_due(here.pack, here.at)})
        set_people(self, "assignee")

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        who = given["assignee"]
        new = NewTask(
            given["kind"] or Task.Kind.OTHER, given["title"], who.department if who else None, who, given["due_at"]
        )
        return tasks.make_task(complaint_id, new, actor=self.here.actor, at=self.here.at)


def set_people(form: StepForm, name: str) -> None:
    """Whoever takes part in cases, is there and has no interest in this one."""
    field = form.fields[name]
    assert isinstance(field, PersonChoice)
    field.queryset = participants(form.here)


def participants(here: Here) -> QuerySet[Person]:
    """The people a case may give something to do."""
    people = people_with("complaint.read", here.at).filter(department__isnull=False)
    people = people.exclude(pk__in=Interest.objects.filter(complaint=here.complaint).values("person"))
    return people.select_related("department")


class OfTask(ItemForm):
    """A step about one open task."""

    item_label = gettext_lazy("Which task")
    about: ClassVar = ABOUT_TASK
    # The kinds it is about, and those that end in a form of their own; without any, it is about all.
    kinds: ClassVar[tuple[str, ...]] = ()
    but: ClassVar[tuple[str, ...]] = ()

    def items(self) -> list[tuple[int, str]]:
        rows = Task.objects.filter(complaint=self.here.complaint, status=Task.Status.OPEN).exclude(kind__in=self.but)
        rows = rows.filter(kind__in=self.kinds) if self.kinds else rows
        return [(row.pk, _task(row, self.here.at)) for row in rows.select_related("assignee")]

    def task(self, complaint_id: int) -> int:
        return chosen(Task, complaint_id, self.cleaned_data["item"]).pk


def _task(row: Task, at: Any) -> str:
    return _("%(task)s, %(name)s, until %(when)s") % {
        "task": row,
        "name": row.assignee.name,
        "when": times.moment(row.due_at, at),
    }


class TaskSeenForm(OfTask):
    button = gettext_lazy("I do it")

    def take(self, complaint_id: int) -> object:
        return tasks.acknowledge_task(self.task(complaint_id), actor=self.here.actor, at=self.here.at)


class TaskDoneForm(OfTask):
    result = words_field(gettext_lazy("What came of it"), rows=3)

    but = tuple(tasks.RECORDED)
    button = gettext_lazy("Finish the task")

    def take(self, complaint_id: int) -> object:
        result = self.cleaned_data["result"]
        return tasks.finish_task(self.task(complaint_id), result=result, actor=self.here.actor, at=self.here.at)


class TaskBounceForm(OfTask):
    to = PersonChoice(Person.objects.none(), label=gettext_lazy("To whom it belongs"))
    reason = line_field(gettext_lazy("Why"), most=300)

    button = gettext_lazy("Hand the task on")
    intro = gettext_lazy("Its due time stays. Handed between departments twice, it rings the supervisor.")

    def prepare(self) -> None:
        set_people(self, "to")

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return tasks.bounce_task(
            self.task(complaint_id),
            reason=given["reason"],
            to=given["to"] or self.here.person,
            actor=self.here.actor,
            at=self.here.at,
        )


class TaskCancelForm(OfTask):
    reason = line_field(gettext_lazy("Why"), most=300)

    button = gettext_lazy("Take the task back")

    def take(self, complaint_id: int) -> object:
        reason = self.cleaned_data["reason"]
        return tasks.cancel_task(self.task(complaint_id), reason=reason, actor=self.here.actor, at=self.here.at)
