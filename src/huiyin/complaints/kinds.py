"""Every kind of event a timeline can hold: its title, who may see it, how it is drawn.

Packs name these codes as the start and the end of clocks.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


class Audience(StrEnum):
    """Who may see an event: the customer too, staff only, or staff as background noise of the system."""

    PUBLIC = "public"
    INTERNAL = "internal"
    SYSTEM = "system"


class Shape(StrEnum):
    """How the timeline draws it: round for people, square for facts and rulings, dashed for what stays inside."""

    CUSTOMER = "customer"
    PERSON = "person"
    NOTE = "note"
    FACT = "fact"
    DECISION = "decision"
    WARNING = "warning"
    SYSTEM = "system"


@dataclass(frozen=True)
class Kind:
    code: str
    title: "str | _StrPromise"
    audience: Audience
    shape: Shape
    icon: str


KINDS: dict[str, Kind] = {}


def _declare(audience: Audience, shape: Shape, icon: str, **titles: "str | _StrPromise") -> None:
    for name, title in titles.items():
        code = name.replace("__", ".")
        KINDS[code] = Kind(code, title, audience, shape, icon)


_declare(
    Audience.PUBLIC,
    Shape.PERSON,
    "arrow-right",
    complaint__acknowledged=_("Acknowledged"),
    complaint__registered=_("Registered"),
    complaint__settled_at_once=_("Settled at once"),
    investigation__started=_("Investigation started"),
    investigation__reopened=_("Investigated again on new evidence"),
    plan__offered=_("Options offered"),
    option__chosen=_("Option chosen"),
    execution__finished=_("Everything carried out"),
    complaint__closed=_("Closed"),
    complaint__reopened=_("Reopened"),
)
_declare(
    Audience.PUBLIC,
    Shape.DECISION,
    "scale",
    finding__issued=_("Finding issued"),
    explanation__started=_("Found not founded"),
    explanation__concluded=_("Explanation concluded"),
    complaint__refused_above_standard=_("Refused above the standard"),
    complaint__settled_externally=_("Settled by an outside body"),
    complaint__withdrawn=_("Withdrawn"),
    followup__concluded=_("Follow-up concluded"),
    followup__dissatisfied=_("Customer not satisfied"),
)
_declare(
    Audience.INTERNAL,
    Shape.DECISION,
    "stamp",
    plan__started=_("Plan begun"),
    plan__submitted=_("Plan submitted for approval"),
    plan__approved=_("Plan approved"),
    plan__returned=_("Plan returned"),
    plan__objected=_("Customer objected, plan taken back"),
    plan__drafted=_("Options drawn up"),
    approval__reviewed=_("Looked at afterwards"),
    confirmation__asked=_("Second person asked"),
    confirmation__declined=_("Second person declined"),
    refusal__recorded=_("Refused by rule"),
    rule__overridden=_("Rule let pass by a leader"),
    decision__recorded=_("Decision of an outside body recorded"),
)
_declare(
    Audience.PUBLIC,
    Shape.CUSTOMER,
    "message-square",
    complaint__received=_("Complaint received"),
    message__received=_("Message from the customer"),
    customer__answered=_("Customer's answer"),
    customer__nudged=_("Customer asked to hurry"),
    customer__asked_person=_("Customer asked for a person"),
    customer__asked_superior=_("Customer asked for a superior"),
)
_declare(Audience.PUBLIC, Shape.PERSON, "reply", message__sent=_("Message to the customer"))
_declare(
    Audience.INTERNAL,
    Shape.NOTE,
    "lock",
    note__written=_("Internal note"),
    task__made=_("Task given"),
    task__acknowledged=_("Task acknowledged"),
    task__done=_("Task done"),
    task__bounced=_("Task sent back"),
    task__cancelled=_("Task cancelled"),
    part__added=_("Another matter noted"),
    meeting__recorded=_("Meeting recorded"),
    contact__direct=_("Customer contacted past the owner"),
    question__open=_("Question to be checked"),
    opportunity__noted=_("What else could help"),
    partner__asked=_("Partner asked"),
    partner__reminded=_("Link sent to the partner again"),
    partner__withdrawn=_("Question to a partner taken back"),
)
_declare(
    Audience.INTERNAL,
    Shape.FACT,
    "file-check",
    evidence__added=_("Evidence added"),
    evidence__struck=_("Evidence struck out"),
    network__triaged=_("Technical triage"),
    site__demanded=_("Place put on the list of wanted stations"),
    network__tested=_("Field test"),
    week__done=_("Item of the weekly plan done"),
    station__step=_("Station repair"),
    visit__reported=_("Visit reported"),
    bill__recalculated=_("Bill recalculated"),
    partner__answered=_("Answer of a partner"),
    evidence__bears=_("What the proof says"),
    evidence__weighed=_("Proof weighed"),
    appraisal__commissioned=_("Appraisal commissioned"),
    appraisal__concluded=_("Appraisal concluded"),
    appraisal__abandoned=_("Appraisal given up"),
    cause__judged=_("Cause judged"),
    emotion__noted=_("Emotion noted"),
    registration__corrected=_("Registration corrected"),
    action__done=_("Action done"),
    action__arrived=_("Arrived at the customer"),
    callback__attempted=_("Callback tried"),
    callback__made=_("Callback made"),
    contact__attempted=_("Contact tried"),
    claim__opened=_("Claim opened"),
    claim__moved=_("Claim moved"),
    recovery__recorded=_("Recovery recorded"),
    review__written=_("Review written"),
    question__answered=_("Closing question answered"),
    file__added=_("File added"),
    goodwill__granted=_("Goodwill granted"),
    quality__assessed=_("Service assessed"),
    quality__checked=_("Checklist filled"),
)
_declare(
    Audience.INTERNAL,
    Shape.SYSTEM,
    "settings-2",
    owner__changed=_("Owner changed"),
    handler__changed=_("Handler changed"),
    category__changed=_("Category changed"),
    flag__changed=_("Flag changed"),
    interest__declared=_("Interest declared"),
    case__merged=_("Merged into another case"),
    case__unmerged=_("Merge undone"),
    case__linked=_("Linked to another case"),
    contact__revealed=_("Contact revealed"),
    pack__attached=_("Policy pack attached"),
    complaint__admitted=_("Taken over from elsewhere"),
    complaint__voided=_("Voided"),
    complaint__disposed=_("Personal data erased"),
)
# Of the background: whoever is writing meanwhile is not stopped by them.
_declare(
    Audience.SYSTEM,
    Shape.SYSTEM,
    "compass",
    guidance__followed=_("Guidance followed"),
    guidance__left=_("Another way than the guidance"),
)
_declare(
    Audience.SYSTEM,
    Shape.WARNING,
    "alarm-clock",
    promise__warned=_("Promise due soon"),
    promise__breached=_("Promise broken"),
    promise__replaced=_("Promise replaced"),
    promise__extended=_("Deadline extended"),
    due__breached=_("Due time missed"),
    message__undelivered=_("Message did not reach the customer"),
)
_declare(
    Audience.INTERNAL,
    Shape.FACT,
    "target",
    expectation__noted=_("Expectation noted"),
    expectation__asked=_("Question asked and answered"),
    expectation__settled=_("Expectation made clear"),
    expectation__ranked=_("Expectations ranked"),
    expectation__dropped=_("Expectation dropped"),
    negotiation__prepared=_("Conversation prepared"),
    negotiation__reasoned=_("Reason for the offer noted"),
    principle__asked=_("Bottom line put up for approval"),
    concession__made=_("Concession made"),
    entitlement__assessed=_("Claim measured by the law"),
    caller__noted=_("Kind of caller noted"),
    conversation__handed_up=_("Conversation handed to a superior"),
    conduct__proposed=_("Hard conduct reported"),
    conduct__appealed=_("Customer appeals"),
    preference__noted=_("Preference of the customer noted"),
    scope__told=_("Told how we handle and improve"),
)
_declare(
    Audience.INTERNAL,
    Shape.DECISION,
    "scale",
    principle__decided=_("Bottom line decided on"),
    conduct__decided=_("Hard conduct decided on"),
    conduct__reviewed=_("Appeal decided on"),
    conduct__ended=_("Measures against hard conduct ended"),
)
