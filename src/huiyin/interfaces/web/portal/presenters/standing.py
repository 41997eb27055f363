"""Where a complaint stands in plain words: the headline, the five steps, and what happens next, with times."""

from collections.abc import Callable
from datetime import datetime

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiyin.complaints.models import Action, Callback, CustomerAnswer, PromiseKind
from huiyin.complaints.states import Outcome, State
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.portal import asked, names
from huiyin.interfaces.web.portal.reading import Facts

Words = str | LazyText
Kind = CustomerAnswer.Kind

HEADLINES: dict[State, Words] = {
    State.RECEIVED: gettext_lazy("We have your complaint"),
    State.ACKNOWLEDGED: gettext_lazy("We are taking it up"),
    State.REGISTERED: gettext_lazy("We are taking it up"),
    State.INVESTIGATING: gettext_lazy("We are finding out what happened"),
    State.ANALYSED: gettext_lazy("We know what happened"),
    State.EXPLAINING: gettext_lazy("This is what we found"),
    State.PLANNING: gettext_lazy("We are working out what we can offer you"),
    State.APPROVING: gettext_lazy("We are working out what we can offer you"),
    State.OFFERING: gettext_lazy("We know what happened. Please choose."),
    State.EXECUTING: gettext_lazy("We are doing what you chose"),
    State.FOLLOWING_UP: gettext_lazy("It is done. Are you satisfied?"),
    State.REVIEWING: gettext_lazy("It is settled; we check that nothing is left"),
    State.CLOSED: gettext_lazy("Your complaint is closed"),
}
BY_OUTCOME: dict[str, Words] = {
    Outcome.WITHDRAWN: gettext_lazy("You have taken your complaint back"),
    Outcome.REFUSED_ABOVE_STANDARD: gettext_lazy("We could not agree on more than we offered"),
    Outcome.SETTLED_EXTERNAL: gettext_lazy("It was settled by an outside body"),
    Outcome.CLOSED_NO_ANSWER: gettext_lazy("Closed, because we could not reach you"),
}
_ANSWERED: dict[State, tuple[CustomerAnswer.Kind, ...]] = {
    State.OFFERING: (Kind.CHOICE, Kind.OBJECTION),
    State.FOLLOWING_UP: (Kind.REJECT, Kind.ACCEPT),
    State.EXPLAINING: (Kind.UNDERSTOOD,),
}
_THANKED: dict[CustomerAnswer.Kind, Words] = {
    Kind.CHOICE: gettext_lazy("We have your choice"),
    Kind.OBJECTION: gettext_lazy("We have read why nothing suits you"),
    Kind.REJECT: gettext_lazy("We have read that it is not right yet"),
    Kind.ACCEPT: gettext_lazy("Thank you for your answer"),
    Kind.UNDERSTOOD: gettext_lazy("Thank you for your answer"),
}
UNFOUNDED_STEPS: tuple[Words, ...] = (
    gettext_lazy("We have it"),
    gettext_lazy("Looked into"),
    gettext_lazy("Explained"),
    gettext_lazy("Your answer"),
    gettext_lazy("Closed"),
)


def headline(facts: Facts) -> str:
    if facts.state in (State.REVIEWING, State.CLOSED):
        return str(BY_OUTCOME.get(facts.complaint.outcome, HEADLINES[facts.state]))
    answered = next((kind for kind in _ANSWERED.get(facts.state, ()) if asked.answered(facts, kind)), None)
    if answered is None or (answered == Kind.ACCEPT and asked.to_accept(facts)):
        return str(HEADLINES[facts.state])
    return str(_THANKED[answered])


def labels(facts: Facts) -> tuple[Words, ...] | None:
    """The five words; other ones where the answer is an explanation."""
    unfounded = facts.complaint.outcome == Outcome.UNFOUNDED_EXPLAINED
    return UNFOUNDED_STEPS if facts.state is State.EXPLAINING or unfounded else None


def by(at: datetime, facts: Facts) -> str:
    return times.moment(at, facts.now)


def next_time(facts: Facts) -> datetime | None:
    """When he hears of us at the latest: the nearest promise said to him, else the time of the stage."""
    spoken = [row.due_at for row in facts.promises if row.kind == PromiseKind.SPOKEN and row.ended_at is None]
    stage = [row.due_at for row in facts.promises if row.kind == PromiseKind.STAGE]
    return min(spoken or stage, default=None)


def next_lines(facts: Facts) -> list[str]:
    """What happens next, in order; at most four lines, each with its time where there is one."""
    lines = _LINES[facts.state](facts)
    return [line for line in lines if line][:4]


def _news(facts: Facts) -> list[str]:
    """The promises that run, or the time of the stage when nothing was said yet."""
    running = [row for row in facts.promises if row.kind == PromiseKind.SPOKEN and row.ended_at is None]
    late = [row for row in running if row.due_at < facts.now]
    if late:
        return [_("We are late with what we promised by %(time)s. You can ask us to hurry.") % {
            "time": by(late[0].due_at, facts)
        }]  # fmt: skip
    if running:
        return [_("By %(time)s: %(what)s") % {"time": by(row.due_at, facts), "what": row.what} for row in running[:2]]
    at = next_time(facts)
    return [_("You hear from us by %(time)s") % {"time": by(at, facts)}] if at and at > facts.now else []


def _received(facts: Facts) -> list[str]:
    at = next_time(facts)
    first = (
        _("We answer you by %(time)s") % {"time": by(at, facts)}
        if at and at > facts.now
        else _("We should have answered you by now and are late")
    )
    return [
        first,
        _("We go through it with you and say when there will be a result"),
        _("We find out what happened and tell you"),
    ]


def _inquiring(facts: Facts) -> list[str]:
    return [
        *_news(facts),
        _("When we know what happened, we tell you, whichever way it turns out"),
        _("Then we offer ways to put it right, and you choose"),
    ]


def _planning(facts: Facts) -> list[str]:
    return [
        *_news(facts),
        _("You see every option here, with what it gives and when"),
        _("You choose; nothing is done without you"),
    ]


def _explaining(facts: Facts) -> list[str]:
    if asked.answered(facts, Kind.UNDERSTOOD):
        return [*_news(facts), _("We close the matter when everything is written down")]
    return [
        _("Read what we found, and ask if anything is unclear"),
        _("If you have something new, send it: we look into it again"),
        *_news(facts),
    ]


def _offering(facts: Facts) -> list[str]:
    if asked.answered(facts, Kind.OBJECTION):
        return [*_news(facts), _("We work out other options and show them here")]
    if asked.answered(facts, Kind.CHOICE):
        return [*_news(facts), _("We start on what you chose and say until when")]
    within = times.duration(60 * max((row.execute_within_minutes for row in facts.offered), default=0))
    return [
        _("You choose one, or tell us what would suit you"),
        _("We have it done within %(time)s of your choice and send you the proof") % {"time": within},
        _("The day after it arrives, %(name)s asks whether you are satisfied") % {"name": names.shown(facts.owner)},
    ]


def _executing(facts: Facts) -> list[str]:
    todo = [row for row in facts.actions if row.status == Action.Status.OPEN]
    lines = [_to_do(row, facts) for row in todo[:3]]
    call = _("The day after it arrives, %(name)s asks whether you are satisfied") % {"name": names.shown(facts.owner)}
    return [*(lines or [_("Everything is done; the last of it is on its way to you")]), call]


def _to_do(row: Action, facts: Facts) -> str:
    words = {"what": row.title, "time": by(row.due_at, facts)}
    if row.due_at < facts.now:
        return _("%(what)s: should have been done by %(time)s, we are late") % words
    return _("%(what)s: by %(time)s") % words


def _following_up(facts: Facts) -> list[str]:
    due = next((row for row in facts.callbacks if row.status == Callback.Status.OPEN), None)
    call = _call(due, facts) if due else ""
    if asked.answered(facts, Kind.ACCEPT):
        return [call, _("We check that everything has arrived, then the matter is closed")]
    if asked.answered(facts, Kind.REJECT):
        return [_("A manager now decides how we go on and tells you"), *_news(facts)]
    return [
        _("Check what has arrived, and tell us here whether it is right"),
        call,
        _("If it is not, we take it up again"),
    ]


def _call(due: Callback, facts: Facts) -> str:
    if due.due_at < facts.now:
        return _("We should have called you by %(time)s and are late") % {"time": by(due.due_at, facts)}
    return _("%(name)s calls you by %(time)s") % {"name": names.shown(facts.owner), "time": by(due.due_at, facts)}


def _reviewing(facts: Facts) -> list[str]:
    return [
        _("We check that everything promised was kept"),
        _("Somebody who did not handle it closes the matter"),
        _("After that you can still have it taken up again for %(days)s days")
        % {"days": facts.pack.settings.repeat_window_days},
    ]


def _closed(facts: Facts) -> list[str]:
    left = asked.days_left(facts)
    if left <= 0:
        return [_("If it happens again, file a new complaint; we connect the two")]
    return [
        ngettext(
            "You can have it taken up again for %(days)s more day",
            "You can have it taken up again for %(days)s more days",
            left,
        )
        % {"days": left},
        _("After that, file a new complaint; we connect the two"),
    ]


_LINES: dict[State, Callable[[Facts], list[str]]] = {
    State.RECEIVED: _received,
    **dict.fromkeys((State.ACKNOWLEDGED, State.REGISTERED, State.INVESTIGATING), _inquiring),
    **dict.fromkeys((State.ANALYSED, State.PLANNING, State.APPROVING), _planning),
    State.EXPLAINING: _explaining,
    State.OFFERING: _offering,
    State.EXECUTING: _executing,
    State.FOLLOWING_UP: _following_up,
    State.REVIEWING: _reviewing,
    State.CLOSED: _closed,
}
