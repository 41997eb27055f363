"""The thirteen states, the outcomes, and the one table of steps (requirements §9).

A page, an API operation and a test all read the same rows: which transition, what it is called, where its code is.
"""

from dataclasses import dataclass

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    RECEIVED = "received", _("Received")
    ACKNOWLEDGED = "acknowledged", _("Acknowledged")
    REGISTERED = "registered", _("Registered")
    INVESTIGATING = "investigating", _("Investigating")
    ANALYSED = "analysed", _("Finding issued")
    EXPLAINING = "explaining", _("Explaining")
    PLANNING = "planning", _("Planning")
    APPROVING = "approving", _("Awaiting approval")
    OFFERING = "offering", _("Offering")
    EXECUTING = "executing", _("Executing")
    FOLLOWING_UP = "following_up", _("Following up")
    REVIEWING = "reviewing", _("Reviewing")
    CLOSED = "closed", _("Closed")


class Outcome(models.TextChoices):
    RESOLVED_ACCEPTED = "resolved_accepted", _("Resolved and accepted")
    UNFOUNDED_EXPLAINED = "unfounded_explained", _("Not founded, explained")
    REFUSED_ABOVE_STANDARD = "refused_above_standard", _("Refused: above the standard")
    SETTLED_EXTERNAL = "settled_external", _("Settled by an outside body")
    WITHDRAWN = "withdrawn", _("Withdrawn by the customer")
    CLOSED_NO_ANSWER = "closed_no_answer", _("Closed: the customer never answered")


class Seat(models.TextChoices):
    """How an actor sits towards one case; the columns of the matrix that is tested."""

    OWNER = "owner", _("Owner")
    DUTY = "duty", _("Duty agent for an absent owner")
    RECEIVER = "receiver", _("Anybody who receives complaints")
    HANDLER = "handler", _("Handler")
    SUPERVISOR = "supervisor", _("Supervisor")
    LEADER = "leader", _("Leader")
    SYSTEM = "system", _("System")


class Group(models.TextChoices):
    """The thirteen states in the five groups a rail can show."""

    INTAKE = "intake", _("Intake")
    INQUIRY = "inquiry", _("Inquiry")
    SOLUTION = "solution", _("Solution")
    EXECUTION = "execution", _("Execution")
    CLOSING = "closing", _("Closing")


GROUPS: dict[Group, tuple[State, ...]] = {
    Group.INTAKE: (State.RECEIVED, State.ACKNOWLEDGED, State.REGISTERED),
    Group.INQUIRY: (State.INVESTIGATING, State.ANALYSED),
    Group.SOLUTION: (State.EXPLAINING, State.PLANNING, State.APPROVING, State.OFFERING),
    Group.EXECUTION: (State.EXECUTING, State.FOLLOWING_UP),
    Group.CLOSING: (State.REVIEWING, State.CLOSED),
}
OPEN_STATES = tuple(state for state in State if state is not State.CLOSED)
BEFORE_EXECUTION = tuple(state for group in list(GROUPS)[:3] for state in GROUPS[group])
AFTER_REGISTRATION = tuple(state for state in State if state not in GROUPS[Group.INTAKE] and state is not State.CLOSED)


@dataclass(frozen=True)
class StepRow:
    """One row of the table of steps: transition number, move, the file and function that do it."""

    number: str
    move: str
    file: str
    function: str
    second_person: bool = False


STEPS: tuple[StepRow, ...] = (
    StepRow("T1", "receive", "reception", "receive"),
    StepRow("T2", "acknowledge", "reception", "acknowledge"),
    StepRow("T3", "register", "registration", "register"),
    StepRow("T4", "settle_at_once", "registration", "settle_at_once"),
    StepRow("T5", "investigate", "assignment", "assign_handler"),
    StepRow("T6", "find", "investigation", "issue_finding"),
    StepRow("T7", "explain", "explanation", "confirm_unfounded", second_person=True),
    StepRow("T8", "conclude_explanation", "explanation", "conclude_explanation"),
    StepRow("T9", "reinvestigate", "investigation", "reinvestigate"),
    StepRow("T10", "plan", "planning", "start_plan"),
    StepRow("T11", "submit", "planning", "submit_plan"),
    StepRow("T12", "offer", "planning", "offer_within_authority"),
    StepRow("T13", "approve", "approval", "approve_plan"),
    StepRow("T14", "return", "approval", "return_plan"),
    StepRow("T15", "choose", "offering", "confirm_choice"),
    StepRow("T16", "replan", "planning", "take_objection"),
    StepRow("T17", "refuse_above_standard", "offering", "refuse_above_standard"),
    StepRow("T18", "finish_execution", "execution", "finish_execution"),
    StepRow("T19", "accept", "followup", "conclude_followup"),
    StepRow("T20", "dissatisfied", "followup", "restart"),
    StepRow("T21", "close", "review", "close", second_person=True),
    StepRow("T22", "reopen", "reopening", "reopen"),
    StepRow("T23", "withdraw", "withdrawal", "confirm_withdrawal", second_person=True),
    StepRow("T24", "settle_externally", "external", "settle_externally"),
)
