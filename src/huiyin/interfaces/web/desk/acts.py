# ruff: noqa: E501 - the table of acts is documentation and stays aligned
"""What comes next in a case: one table from state to the next required act, one from a rule to the act that lifts it.

A path is a move somebody may take now. Its guards are asked in order; the first that refuses decides what is offered:
the act that would lift the refusal, or the move itself when its own form supplies what is missing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import lifecycle, rules
from huiyin.complaints.guards import closing, solution
from huiyin.complaints.guards.context import Case, Guard
from huiyin.complaints.models import Action, Callback, Complaint, Confirmation, Direction, Interaction, Task
from huiyin.complaints.states import Seat, State
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.desk import addresses
from huiyin.people.models import Person
from huiyin.people.roles import can
from huiyin.rules import Refusal, Rule

Words = str | Promise
S = State


@dataclass(frozen=True)
class Act:
    """One step as a button: verb and object, and the row it is about where it needs one."""

    step: str
    label: Words
    icon: str = "arrow-right"
    row_id: int | None = None
    # Who may take it, where that is fewer people than the path is for.
    seats: tuple[Seat, ...] = ()

    def url(self, complaint: Complaint) -> str:
        address = addresses.step(complaint.number, self.step)
        return f"{address}?item={self.row_id}" if self.row_id else address


@dataclass(frozen=True)
class Path:
    """A move as the next thing: its form supplies what the rules in `supplies` ask for."""

    move: str
    act: Act
    supplies: frozenset[str] = frozenset()
    # Seats that prepare the move without taking it; its guards are theirs to satisfy.
    prepared_by: tuple[Seat, ...] = ()
    ready: Words = ""
    # The guards to ask ahead of time, where the form itself supplies or asks the rest.
    asks: tuple[Guard, ...] | None = None
    # What stands between now and the move as a row of its own: a callback that is due.
    first: "Callable[[Case], Next | None]" = lambda case: None
    when: Callable[[Complaint, Person], bool] = lambda complaint, person: True


@dataclass(frozen=True)
class Next:
    """The sentence in the case header and its one button; `waiting` says whose turn it is."""

    text: Words
    unblock: Words = ""
    rule: Rule | None = None
    tone: str = ""
    act: Act | None = None
    url: str = ""
    waiting: bool = False


def codes(*rows: Rule) -> frozenset[str]:
    return frozenset(row.code for row in rows)


def _asked(move: str) -> Callable[[Complaint, Person], bool]:
    """Somebody else asked for a second person's word on this move."""

    def open_request(complaint: Complaint, person: Person) -> bool:
        rows = Confirmation.objects.filter(complaint=complaint, move=move, round=complaint.round, confirmed=None)
        return rows.exclude(asked_by=person).exists()

    return open_request


def _callback_due(case: Case) -> Next | None:
    """The callback to make next: only the customer says whether it is over."""
    complaint = case.complaint
    rows = Callback.objects.filter(complaint=complaint, round=complaint.round, status=Callback.Status.OPEN)
    due = rows.order_by("due_at").first()
    if due is None:
        return None
    act = Act("callback", _("Record the callback"), "phone-call", due.pk)
    told = _("Everything is carried out; the customer says whether it is over. Call back until %(time)s.")
    return Next(told % {"time": times.moment(due.due_at, case.at)}, act=act, url=act.url(complaint))


OWNERS = (Seat.OWNER, Seat.DUTY)
# What whoever only prepares a move is not asked: it is about the authority of who makes it.
OTHERS = (solution.no_approval_needed,)
_submit = Act("submit", gettext_lazy("Submit it for approval"), "stamp", seats=OWNERS)
_plan = Act("draft_plan", gettext_lazy("Draw up the options"), "layout-list")
# fmt: off
NEXT: dict[State, tuple[Path, ...]] = {
    S.RECEIVED: (
        Path("acknowledge", Act("acknowledge", gettext_lazy("Send the first answer"), "reply"), asks=(),
             ready=gettext_lazy("The customer has not heard from us yet: take it seriously and name the time of the next news.")),
    ),
    S.ACKNOWLEDGED: (
        Path("register", Act("register", gettext_lazy("Register the four elements"), "clipboard-pen"), asks=(),
             ready=gettext_lazy("Person, matter, emotion and demand are to be written down, restated and confirmed.")),
    ),
    S.REGISTERED: (
        Path("settle_at_once", Act("settle_at_once", gettext_lazy("Settle it at once"), "zap"), asks=(), when=lambda complaint, person: complaint.minor,
             ready=gettext_lazy("The matter is minor: with the customer's yes it can be settled on the spot.")),
        Path("investigate", Act("investigate", gettext_lazy("Name who investigates"), "user-plus"), asks=(),
             ready=gettext_lazy("Registered: a department and a person in charge are to be named, and the customer told.")),
    ),
    S.INVESTIGATING: (
        Path("find", Act("find", gettext_lazy("Issue the finding"), "scale"),
             codes(rules.FINDING_COMPLETE, rules.RESPONSIBLE_NAMED, rules.ACCOUNT_WEIGHED), prepared_by=OWNERS,
             ready=gettext_lazy("Evidence and causes are complete: the finding can be issued.")),
    ),
    S.ANALYSED: (
        Path("explain", Act("explain", gettext_lazy("Confirm that it is not founded"), "user-check"), codes(rules.SECOND_PERSON), when=_asked("explain"),
             ready=gettext_lazy("A second person is asked to confirm that the complaint is not founded.")),
        Path("plan", Act("plan", gettext_lazy("Begin the plan"), "pencil-ruler"),
             ready=gettext_lazy("The finding is issued and the cause lies on our side: draw up what we offer.")),
    ),
    S.EXPLAINING: (
        Path("conclude_explanation", Act("conclude_explanation", gettext_lazy("Conclude the explanation"), "check-check"),
             ready=gettext_lazy("The explanation went out and the customer answered.")),
    ),
    S.PLANNING: (
        Path("offer", Act("offer", gettext_lazy("Offer the options"), "send", seats=OWNERS), prepared_by=(Seat.HANDLER,),
             ready=gettext_lazy("The plan is complete and within the owner's authority.")),
    ),
    S.APPROVING: (
        Path("approve", Act("approve", gettext_lazy("Decide on the plan"), "stamp"), asks=(solution.not_own_plan,),
             ready=gettext_lazy("The plan awaits your decision.")),
    ),
    S.OFFERING: (
        Path("choose", Act("choose", gettext_lazy("Record the customer's choice"), "mouse-pointer-click"), codes(rules.CHOICE_CONFIRMED),
             ready=gettext_lazy("The options are with the customer; ask, and record what is chosen.")),
    ),
    S.EXECUTING: (
        Path("finish_execution", Act("finish_execution", gettext_lazy("Finish the execution"), "package-check"), codes(rules.APOLOGY_OWED),
             ready=gettext_lazy("Everything is carried out: tell the customer, and follow up.")),
    ),
    S.FOLLOWING_UP: (
        Path("accept", Act("accept", gettext_lazy("Conclude the follow-up"), "check-check"), asks=(closing.not_dissatisfied,),
             first=_callback_due,
             ready=gettext_lazy("No callback is due: the follow-up can be concluded.")),
    ),
    S.REVIEWING: (
        Path("close", Act("close", gettext_lazy("Close the case"), "archive"), prepared_by=OWNERS,
             ready=gettext_lazy("Review and questions are complete: the case can be closed.")),
    ),
    S.CLOSED: (),
}
# fmt: on


def _action(complaint: Complaint, person: Person) -> Act | None:
    """The open action to do next: one's own first."""
    rows = Action.objects.filter(complaint=complaint, round=complaint.round, status=Action.Status.OPEN)
    found = sorted(rows.only("pk", "due_at", "assignee_id", "title"), key=lambda row: row.assignee_id != person.pk)
    return Act("action", _("Finish an action with proof"), "package-check", found[0].pk) if found else None


def _answer(complaint: Complaint, person: Person) -> Act:
    """First the explanation goes out, then the customer's answer comes in."""
    told = Interaction.objects.filter(complaint=complaint, direction=Direction.OUT, at__gte=complaint.stage_since)
    if complaint.state == S.EXPLAINING and not told.exists():
        return Act("message", _("Explain it to the customer"), "send")
    return Act("answer", _("Record the customer's answer"), "message-square-quote")


def _own_duty(complaint: Complaint, person: Person) -> Next | None:
    """What somebody has to do here who holds none of the case's seats: a task or an action given to him."""
    given = Task.objects.filter(complaint=complaint, assignee=person, status=Task.Status.OPEN)
    task = given.exclude(kind=Task.Kind.TRIAGE).first()  # deciding how to handle it is the next step itself
    if task is not None:
        act = Act("task_done", _("Finish the task"), "check", task.pk)
        if task.kind == Task.Kind.VISIT:
            act = Act("visit", _("Report the visit"), "map-pin", task.pk)
        elif task.kind == Task.Kind.COORDINATE:
            act = Act("meeting", _("Write the record"), "users", task.pk)
        return Next(_("You have a task here: %(title)s") % {"title": task}, act=act, url=act.url(complaint))
    action = Action.objects.filter(complaint=complaint, assignee=person, status=Action.Status.OPEN).first()
    if action is not None:
        act = Act("action", _("Finish the action with proof"), "package-check", action.pk)
        return Next(_("You carry this out: %(title)s") % {"title": action}, act=act, url=act.url(complaint))
    return None


INSTEAD: dict[str, Act | Callable[[Complaint, Person], Act | None]] = {
    rules.TWO_KINDS.code: Act("evidence", gettext_lazy("Add evidence of another kind"), "file-plus"),
    rules.CAUSES_JUDGED.code: Act(
        "cause", gettext_lazy("Judge the causes"), "list-checks", seats=(Seat.HANDLER, Seat.LEADER)
    ),
    rules.CONTRADICTIONS_WEIGHED.code: Act(
        "weigh", gettext_lazy("Weigh the proof"), "scale", seats=(Seat.HANDLER, Seat.LEADER)
    ),
    rules.FOUNDED.code: Act(
        "ask_unfounded", gettext_lazy("Ask to have it explained"), "message-square-warning", seats=OWNERS
    ),
    rules.ANSWER_RECORDED.code: _answer,
    rules.OPTIONS_COMPLETE.code: _plan,
    rules.DEMANDS_ANSWERED.code: _plan,
    rules.SINGLE_WITH_REASON.code: _plan,
    rules.APPROVED_FIRST.code: _submit,
    rules.WITHIN_AUTHORITY.code: _submit,
    rules.CEILING_SIGNED.code: _submit,
    rules.MADE_PRECISE.code: Act("ask", gettext_lazy("Ask the customer"), "message-circle-question-mark", seats=OWNERS),
    rules.MADE_REALISTIC.code: Act("settle", gettext_lazy("Say what takes its place"), "replace", seats=OWNERS),
    rules.FIRST_KEPT.code: _plan,
    rules.PROVED_FIRST.code: _plan,
    rules.PRINCIPLE_KEPT.code: _plan,
    rules.HONEST.code: _plan,
    rules.CONCESSION_REASONED.code: Act(
        "concede", gettext_lazy("Log the step of giving way"), "trending-up", seats=OWNERS
    ),
    rules.PREPARED.code: Act("prepare", gettext_lazy("Prepare the conversation"), "clipboard-list", seats=OWNERS),
    rules.WIDE_TOLD.code: Act("scope", gettext_lazy("Tell how we handle and improve it"), "megaphone"),
    rules.ALL_DONE.code: _action,
    rules.NOT_DISSATISFIED.code: Act("dissatisfied", gettext_lazy("Take it into another round"), "rotate-ccw"),
    rules.FOUR_ANSWERS.code: Act("review", gettext_lazy("Write the review"), "notebook-pen", seats=OWNERS),
    rules.QUESTIONS_SETTLED.code: Act("question", gettext_lazy("Settle the closing questions"), "circle-question-mark"),
    rules.NO_OPEN_PROMISE.code: Act("message", gettext_lazy("Keep the promise with a message"), "send"),
}


def next_act(case: Case, sits: set[Seat]) -> Next:
    """The one thing to do now for this person, or whose turn it is."""
    complaint, person = case.complaint, case.actor.person
    if complaint.merged_into is not None:
        return _refused(lifecycle.CaseMerged(number=complaint.merged_into.number), "hold")
    if person is None or complaint.state == S.CLOSED:
        return Next(_("The case is closed."), tone="ok", waiting=True)
    mine = [path for path in NEXT[S(complaint.state)] if _sits(path, sits, person) and path.when(complaint, person)]
    if not mine:
        return _own_duty(complaint, person) or _others_turn(complaint)
    if interest := lifecycle.interested(case):
        return _refused(interest, "bad")
    return _offered(case, mine[0], person, sits)


def _sits(path: Path, sits: set[Seat], person: Person) -> bool:
    row = lifecycle.MOVES[path.move]
    return bool(sits & set(row.seats) and can(person, row.capability)) or bool(sits & set(path.prepared_by))


def _offered(case: Case, path: Path, person: Person, sits: set[Seat]) -> Next:
    """The act that lifts the first refusal standing against the move, else the move itself."""
    complaint = case.complaint
    if (earlier := path.first(case)) is not None:
        return earlier
    guards = lifecycle.MOVES[path.move].guards if path.asks is None else path.asks
    if not sits & set(lifecycle.MOVES[path.move].seats):
        guards = tuple(guard for guard in guards if guard not in OTHERS)
    for refusal in standing(case, guards):
        if refusal.rule.code in path.supplies:
            continue
        act = INSTEAD.get(refusal.rule.code)
        if callable(act) and (act := act(complaint, person)) is None:
            continue  # the form of the move does what is left
        if not isinstance(act, Act) or (act.seats and not sits & set(act.seats)):
            return replace(_refused(refusal), waiting=True)
        return replace(_refused(refusal), act=act, url=act.url(complaint))
    if not sits & set(lifecycle.MOVES[path.move].seats):
        return _others_turn(complaint)
    return Next(path.ready, act=path.act, url=path.act.url(complaint))


def standing(case: Case, guards: Iterable[Guard]) -> Iterable[Refusal]:
    """What these guards say now, without asking whose seat it is; what a leader let pass is left out."""
    for guard in guards:
        try:
            guard(case)
        except Refusal as refused:
            if refused.rule.code not in lifecycle.OVERRIDABLE or refused.rule.code not in case.overridden:
                yield refused


def _refused(refusal: Refusal, tone: str = "") -> Next:
    return Next(refusal.text, refusal.unblock_text, refusal.rule, tone)


def _others_turn(complaint: Complaint) -> Next:
    """Who has to act, by name where the case names somebody."""
    paths = NEXT[S(complaint.state)]
    seats = lifecycle.MOVES[paths[-1].move].seats
    act = paths[-1].act.label
    if Seat.OWNER in seats:
        who = complaint.owner.name
    elif Seat.HANDLER in seats and complaint.handler is not None:
        who = complaint.handler.name
    else:
        who = " / ".join(str(seat.label) for seat in seats if seat is not Seat.SYSTEM)
    return Next(_("Next: %(act)s. It is for %(who)s.") % {"act": act, "who": who}, waiting=True)
