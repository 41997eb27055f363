"""What a case leaves open when it takes another way: cancelled and said so, never left behind."""

from datetime import datetime
from typing import Any

from huiyin.complaints.models import Action, Callback, Complaint, Confirmation, Option, Plan, Task

PLANS_IN_PLAY = (
    Plan.Status.DRAFT,
    Plan.Status.SUBMITTED,
    Plan.Status.RETURNED,
    Plan.Status.APPROVED,
    Plan.Status.OFFERED,
    Plan.Status.CHOSEN,
)
OPTIONS_IN_PLAY = (Option.Status.DRAFT, Option.Status.APPROVED, Option.Status.OFFERED)


def supersede_plans(complaint: Complaint) -> None:
    """End every plan of the case that is still in play; what was chosen and carried out keeps saying so."""
    plans = Plan.objects.filter(complaint=complaint, status__in=PLANS_IN_PLAY)
    Option.objects.filter(plan__in=plans, status__in=OPTIONS_IN_PLAY).update(status=Option.Status.DECLINED)
    plans.update(status=Plan.Status.SUPERSEDED)


def cancel_callbacks(complaint: Complaint) -> None:
    """Cancel the callbacks that are open; the move that follows brings the due time up."""
    Callback.objects.filter(complaint=complaint, status=Callback.Status.OPEN).update(status=Callback.Status.CANCELLED)


def cancel_tasks(complaint: Complaint) -> dict[str, Any]:
    """Cancel open tasks; gives how many, for the event."""
    tasks = Task.objects.filter(complaint=complaint, status=Task.Status.OPEN)
    return {"cancelled": {"tasks": tasks.update(status=Task.Status.CANCELLED)}}


def lapse_questions(complaint: Complaint, move: str, at: datetime) -> None:
    """End what a second person was asked in an earlier round and never decided; it says nothing about this one."""
    rows = Confirmation.objects.filter(complaint=complaint, move=move, confirmed=None).exclude(round=complaint.round)
    rows.update(confirmed=False, decided_at=at)


def cut(complaint: Complaint) -> dict[str, Any]:
    """Cancel open tasks, actions and callbacks and end the plans; gives the counts for the move's event."""
    tasks = Task.objects.filter(complaint=complaint, status=Task.Status.OPEN)
    actions = Action.objects.filter(complaint=complaint, status=Action.Status.OPEN)
    counts = {"tasks": tasks.update(status=Task.Status.CANCELLED)}
    counts["actions"] = actions.update(status=Action.Status.CANCELLED)
    cancel_callbacks(complaint)
    supersede_plans(complaint)
    return {"cancelled": counts}
