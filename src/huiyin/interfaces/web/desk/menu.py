# ruff: noqa: E501 - the table of acts is documentation and stays aligned
"""Everything else somebody may do with a case: the menu beside the one primary button."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import sites
from huiyin.complaints.models import Complaint
from huiyin.complaints.states import AFTER_REGISTRATION, BEFORE_EXECUTION, GROUPS, OPEN_STATES, Group, Seat, State
from huiyin.interfaces.web.desk.acts import Act, Words
from huiyin.people.models import Person
from huiyin.people.roles import can

KEEPERS = (Seat.OWNER, Seat.DUTY, Seat.SUPERVISOR)
OWNERS = (Seat.OWNER, Seat.DUTY)
TAKING_PART = (*KEEPERS, Seat.HANDLER, Seat.LEADER)
UNJUDGED = (*GROUPS[Group.INTAKE], State.INVESTIGATING)
ANSWERABLE = (State.EXPLAINING, State.OFFERING, State.EXECUTING, State.FOLLOWING_UP)


@dataclass(frozen=True)
class Choice:
    """One line of the menu: for which seats and states, and the capability it needs."""

    act: Act
    seats: tuple[Seat, ...]
    capability: str
    states: tuple[State, ...] = OPEN_STATES
    when: Callable[[Complaint], bool] = lambda complaint: True


@dataclass(frozen=True)
class Entry:
    label: Words
    icon: str
    url: str
    step: str


S = State
# fmt: off
MENU: tuple[tuple[Words, tuple[Choice, ...]], ...] = (
    (_("With the customer"), (
        Choice(Act("inbound", _("Note what the customer said"), "message-square-plus"), (*KEEPERS, Seat.RECEIVER), "complaint.message", tuple(State)),
        Choice(Act("promise", _("Give a promise another time"), "clock-arrow-up"), KEEPERS, "complaint.message"),
        Choice(Act("extend", _("Give a deadline more time"), "clock-plus"), (Seat.SUPERVISOR, Seat.LEADER), "complaint.note"),
        Choice(Act("unknown", _("Leave a question open, with a time"), "message-circle-question-mark"), KEEPERS, "complaint.message"),
        Choice(Act("emotion", _("Note how the customer feels"), "heart-pulse"), (*KEEPERS, Seat.HANDLER), "complaint.note"),
        Choice(Act("tell", _("Tell what was done"), "send"), OWNERS, "complaint.message", (S.EXECUTING, S.FOLLOWING_UP)),
        Choice(Act("callback", _("Record a callback"), "phone-call"), OWNERS, "complaint.follow_up", (S.EXECUTING, S.FOLLOWING_UP)),
        Choice(Act("contact", _("Note a try to reach the customer"), "phone-missed"), OWNERS, "complaint.message", ANSWERABLE),
        Choice(Act("goodwill", _("Grant a small kindness"), "gift"), TAKING_PART, "complaint.note"),
        Choice(Act("ask_withdrawal", _("The customer withdraws"), "undo-2"), KEEPERS, "complaint.withdraw", BEFORE_EXECUTION),
    )),
    (_("Negotiating"), (
        Choice(Act("expectation", _("Note an expectation"), "target"), KEEPERS, "complaint.plan"),
        Choice(Act("ask", _("Ask one question"), "message-circle-question-mark"), KEEPERS, "complaint.plan"),
        Choice(Act("prepare", _("Prepare the conversation"), "clipboard-list"), KEEPERS, "complaint.plan"),
        Choice(Act("principle", _("Ask for a bottom line"), "ruler"), KEEPERS, "complaint.plan"),
        Choice(Act("decide_principle", _("Decide on the bottom line"), "stamp"), (Seat.SUPERVISOR, Seat.LEADER), "complaint.approve"),
        Choice(Act("entitlement", _("Measure the claim by the law"), "scale"), (*KEEPERS, Seat.HANDLER, Seat.LEADER), "complaint.note", AFTER_REGISTRATION),
        Choice(Act("caller", _("Note a special caller"), "phone-incoming"), (*KEEPERS, Seat.RECEIVER), "complaint.message"),
        Choice(Act("holding", _("Send the holding message"), "hourglass"), KEEPERS, "complaint.message"),
        Choice(Act("hand_up", _("Hand it to a superior"), "corner-right-up"), (*KEEPERS, Seat.RECEIVER), "complaint.message"),
        Choice(Act("conduct", _("Report hard conduct"), "shield-alert"), (*KEEPERS, Seat.HANDLER, Seat.LEADER), "complaint.note"),
        Choice(Act("confirm_conduct", _("Decide on hard conduct"), "gavel"), (Seat.SUPERVISOR,), "complaint.flag"),
        Choice(Act("appeal", _("Take an appeal"), "message-square-warning"), (*KEEPERS, Seat.HANDLER), "complaint.note"),
        Choice(Act("scope", _("Tell how we handle and improve it"), "megaphone"), KEEPERS, "complaint.message", tuple(State)),
    )),
    (_("Finding out"), (
        Choice(Act("form", _("Fill in the registration"), "clipboard-pen"), OWNERS, "complaint.register", (S.RECEIVED, S.ACKNOWLEDGED, S.REGISTERED)),
        Choice(Act("evidence", _("Add evidence"), "file-plus"), TAKING_PART, "complaint.note"),
        Choice(Act("cause", _("Judge a cause"), "list-checks"), (Seat.HANDLER, Seat.LEADER), "complaint.find", (S.INVESTIGATING,)),
        Choice(Act("weigh", _("Weigh the proof"), "scale"), (Seat.HANDLER, Seat.LEADER), "complaint.find", (S.INVESTIGATING,)),
        Choice(Act("appraisal", _("Commission an appraisal"), "stamp"), TAKING_PART, "complaint.note", AFTER_REGISTRATION),
        Choice(Act("task", _("Give a task"), "list-plus"), KEEPERS, "task.create"),
        Choice(Act("network", _("Decide the stream of a network complaint"), "split"), (Seat.HANDLER, Seat.LEADER), "complaint.find", AFTER_REGISTRATION, sites.is_network),
        Choice(Act("field_test", _("Record a field test"), "gauge"), (Seat.HANDLER, Seat.LEADER), "complaint.find", AFTER_REGISTRATION, sites.is_network),
        Choice(Act("week_done", _("Finish an item of the weekly plan"), "calendar-check"), (Seat.HANDLER, Seat.LEADER), "complaint.find", AFTER_REGISTRATION, sites.is_network),
        Choice(Act("station", _("Next step of a station repair"), "wrench"), (*KEEPERS, Seat.HANDLER, Seat.LEADER), "complaint.note", AFTER_REGISTRATION, sites.is_network),
        Choice(Act("bill", _("Work the bill out anew"), "receipt-text"), TAKING_PART, "complaint.note", AFTER_REGISTRATION),
        Choice(Act("ask_partner", _("Ask a partner"), "building-2"), (*KEEPERS, Seat.HANDLER), "complaint.note"),
        Choice(Act("part", _("Note another matter"), "git-merge"), KEEPERS, "complaint.flag", (S.REGISTERED, *AFTER_REGISTRATION)),
        Choice(Act("past", _("Note a contact past the owner"), "message-square-warning"), (*KEEPERS, Seat.RECEIVER, Seat.LEADER), "complaint.note", tuple(State)),
        Choice(Act("claim", _("Claim from a third party"), "hand-coins"), TAKING_PART, "complaint.note", AFTER_REGISTRATION),
        Choice(Act("override", _("Let a rule pass"), "shield-off"), (Seat.LEADER,), "complaint.override"),
    )),
    (_("Another way"), (
        Choice(Act("settle_at_once", _("Settle it at once"), "zap"), OWNERS, "complaint.settle_at_once", (S.REGISTERED,)),
        Choice(Act("draft_plan", _("Draw up the options"), "layout-list"), (*OWNERS, Seat.HANDLER), "complaint.plan", (S.PLANNING,)),
        Choice(Act("submit", _("Submit it for approval"), "stamp"), OWNERS, "complaint.plan", (S.PLANNING,)),
        Choice(Act("return", _("Return the plan"), "corner-up-left"), (Seat.SUPERVISOR, Seat.LEADER), "complaint.approve", (S.APPROVING,)),
        Choice(Act("owed", _("Carry out what is owed"), "package"), OWNERS, "complaint.offer", (S.OFFERING,)),
        Choice(Act("replan", _("The customer objects"), "message-square-x"), OWNERS, "complaint.offer", (S.OFFERING,)),
        Choice(Act("reinvestigate", _("Investigate again"), "rotate-ccw"), OWNERS, "complaint.explain", (S.EXPLAINING,)),
        Choice(Act("dissatisfied", _("Take it into another round"), "rotate-ccw"), (*OWNERS, Seat.LEADER), "complaint.note", (S.FOLLOWING_UP,)),
        Choice(Act("refuse_above_standard", _("Refuse above the standard"), "octagon-x"), (Seat.LEADER,), "complaint.refuse_above_standard", (S.OFFERING, S.FOLLOWING_UP)),
        Choice(Act("decision", _("Record an outside decision"), "landmark"), (*KEEPERS, Seat.LEADER), "complaint.note", AFTER_REGISTRATION),
        Choice(Act("settle_externally", _("Settled by an outside body"), "landmark"), (Seat.LEADER,), "complaint.settle_externally", AFTER_REGISTRATION),
        Choice(Act("withdraw", _("Confirm the withdrawal"), "user-check"), (Seat.SUPERVISOR,), "complaint.withdraw", BEFORE_EXECUTION),
        Choice(Act("reopen", _("Reopen the case"), "archive-restore"), (Seat.SUPERVISOR,), "complaint.reopen", (S.CLOSED,)),
    )),
    (_("The case"), (
        Choice(Act("owner", _("Change the owner"), "user-plus"), (Seat.SUPERVISOR,), "complaint.change_owner"),
        Choice(Act("handler", _("Change the handler"), "user-cog"), (Seat.SUPERVISOR,), "complaint.assign", AFTER_REGISTRATION),
        Choice(Act("flag", _("Set or take away a flag"), "flag"), KEEPERS, "complaint.flag"),
        Choice(Act("interest", _("Declare an interest"), "scale"), TAKING_PART, "complaint.note"),
        Choice(Act("recovery", _("Book what came back"), "hand-coins"), (*OWNERS, Seat.HANDLER, Seat.LEADER), "complaint.note", AFTER_REGISTRATION),
        Choice(Act("link", _("Link to an earlier case"), "link"), KEEPERS, "complaint.link", tuple(State)),
        Choice(Act("merge", _("Merge into another case"), "git-merge"), KEEPERS, "complaint.link"),
    )),
)
# fmt: on


def menu(complaint: Complaint, person: Person, sits: set[Seat], *, but: str = "") -> list[tuple[Words, list[Entry]]]:
    """The acts this person may take on the case as it stands, by group; the primary one (`but`) is left out."""
    if complaint.merged_into_id is not None:
        act = Act("unmerge", _("Undo the merge"), "undo-2")
        allowed = sits & set(KEEPERS) and can(person, "complaint.link")
        return [(_("The case"), [_entry(act, complaint)])] if allowed else []
    found = [
        (
            label,
            [
                _entry(one.act, complaint)
                for one in choices
                if one.act.step != but
                and complaint.state in one.states
                and one.when(complaint)
                and sits & set(one.seats)
                and can(person, one.capability)
            ],
        )
        for label, choices in MENU
    ]
    return [(label, entries) for label, entries in found if entries]


def _entry(act: Act, complaint: Complaint) -> Entry:
    return Entry(act.label, act.icon, act.url(complaint), act.step)
