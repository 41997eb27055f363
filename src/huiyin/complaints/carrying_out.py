"""From a chosen option to things that must be done: who does what until when, on whose authority (T4, T15)."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from huiyin.complaints import catalogue, signing
from huiyin.complaints.guards import money
from huiyin.complaints.models import Action, AuthorityUse, Complaint, Option, Plan, RemedyLine
from huiyin.people.models import Department, Person
from huiyin.people.roles import can
from huiyin.policy.packs.schema import Pack
from huiyin.workforce import availability


def begin(
    complaint: Complaint, option: Option, *, assignees: Mapping[int, int] | None = None, at: datetime
) -> dict[str, Any]:
    """Choose the option, start its actions and take its amounts from the budget; gives what the event says of it."""
    choose(option)
    actions = start_actions(complaint, option, assignees=assignees, at=at)
    spend_authority(complaint, option, at=at)
    return {
        "option": option.pk,
        "plan": option.plan_id,
        "amount": money.option_cost(option),
        "actions": [
            {"action": action.pk, "remedy": action.remedy, "due": action.due_at, "assignee": action.assignee_id}
            for action in actions
        ],
    }


def choose(option: Option) -> None:
    """Mark one option as the customer's choice and the others of its plan as declined."""
    plan = option.plan
    plan.options.exclude(pk=option.pk).update(status=Option.Status.DECLINED)
    option.status = Option.Status.CHOSEN
    option.save(update_fields=["status"])
    plan.status = Plan.Status.CHOSEN
    plan.save(update_fields=["status"])


def start_actions(
    complaint: Complaint, option: Option, *, assignees: Mapping[int, int] | None = None, at: datetime
) -> list[Action]:
    """Turn each remedy of the option into an action with a person, a due time and its proof (S0-20).

    Each is due within the option's own time, counted from the choice. `assignees` names persons by line; whoever is
    not named falls to the remedy's department, and to the owner where nobody is there. The move that follows brings
    the due time of the case up.
    """
    pack = catalogue.of(complaint)
    lines = list(option.lines.all())
    codes = {pack.remedy(line.remedy).department for line in lines}
    departments = {row.code: row for row in Department.objects.filter(code__in=codes, active=True)}
    named = {person.pk: person for person in Person.objects.filter(pk__in=set((assignees or {}).values()))}
    there = _there(complaint, departments.values(), at)
    due_at = at + timedelta(minutes=option.execute_within_minutes)
    rows = []
    for line in lines:
        department = departments.get(pack.remedy(line.remedy).department)
        wanted = (assignees or {}).get(line.pk)
        if wanted is not None:
            availability.require_on_duty(named[wanted], at)
        person = named[wanted] if wanted is not None else _who(complaint, department, there)
        rows.append(_action(complaint, line, person, department, due_at))
    return Action.objects.bulk_create(rows)


def _action(
    complaint: Complaint, line: RemedyLine, person: Person, department: Department | None, due_at: datetime
) -> Action:
    return Action(
        complaint=complaint,
        round=complaint.round,
        line=line,
        remedy=line.remedy,
        title=line.title,
        amount=line.amount,
        assignee=person,
        department=department,
        due_at=due_at,
        proof_kind=line.proof,
    )


def _there(complaint: Complaint, departments: Iterable[Department], at: datetime) -> list[Person]:
    """Whoever is there of other departments than the owner's and may carry things out."""
    others = [row.pk for row in departments if row.pk != complaint.owner.department_id]
    people = Person.objects.filter(department__in=others, is_active=True).exclude(pk__in=availability.absent_ids(at))
    return [person for person in people.prefetch_related("roles").order_by("pk") if can(person, "task.complete")]


def _who(complaint: Complaint, department: Department | None, there: Iterable[Person]) -> Person:
    """The owner for his own department's part; else the department's head, or whoever of it is there."""
    if department is None or department.pk == complaint.owner.department_id:
        return complaint.owner
    able = [person for person in there if person.department_id == department.pk]
    return min(able, key=lambda person: (person.pk != department.head_id, person.pk), default=complaint.owner)


def spend_authority(complaint: Complaint, option: Option, *, at: datetime) -> None:
    """Write what the chosen option takes from the budget of whoever granted it (S2-49)."""
    person = signing.granted_by(option.plan)
    AuthorityUse.objects.bulk_create(
        [
            AuthorityUse(person=person, complaint=complaint, remedy=line.remedy, amount=line.amount, at=at)
            for line in option.lines.all()
            if line.amount
        ]
    )


def accepted_proofs(pack: Pack, action: Action) -> tuple[str, ...]:
    """The kinds of proof that show this action was done, as the catalogue has them."""
    for remedy in pack.remedies:
        if remedy.code == action.remedy:
            return remedy.proof_kinds
    return next((item.proof_kinds for item in pack.goodwill if item.code == action.remedy), ())
