"""What an event says besides its title: codes and ids of its data in words, never a raw code.

One small function per kind of event; a kind without one says no more than its title.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from huiyin.complaints.models import (
    Callback,
    Claim,
    ClosingQuestion,
    CustomerAnswer,
    Emotion,
    Event,
    Evidence,
    OfferMode,
    Promise,
    Side,
    Task,
)
from huiyin.complaints.states import Outcome
from huiyin.interfaces.web.components import pieces, times
from huiyin.interfaces.web.desk.presenters import facts_inquiry, why
from huiyin.people.models import IdentityKind
from huiyin.people.roles import Role
from huiyin.policy.packs.schema import Pack
from huiyin.quality.models import Assessment

FLAGS = {
    "escalated": gettext_lazy("Escalated"),
    "media": gettext_lazy("Media"),
    "external": gettext_lazy("Outside body"),
    "compound": gettext_lazy("Compound"),
    "unreasonable": gettext_lazy("Unreasonable"),
    "wide": gettext_lazy("Wide"),
    "difficult": gettext_lazy("Hard to satisfy"),
    "minor": gettext_lazy("Minor"),
}
MOVES = {"explain": gettext_lazy("not founded"), "withdraw": gettext_lazy("withdrawal"), "close": gettext_lazy("close")}
LATE = {
    "task": gettext_lazy("Task"),
    "action": gettext_lazy("Something promised to be done"),
    "callback": gettext_lazy("Callback"),
    "claim": gettext_lazy("Claim from a third party"),
}
# Proved by a message of our own, whose number says nothing to a reader.
BY_MESSAGE = "message_reference"


@dataclass(frozen=True)
class Told:
    """One event with what is needed to say it."""

    event: Event
    pack: Pack
    now: datetime
    people: Mapping[int, str]
    departments: Mapping[int, str]
    promises: Mapping[int, Promise]
    texts: Mapping[str, str]

    @property
    def data(self) -> dict[str, Any]:
        data: dict[str, Any] = self.event.data
        return data

    def person(self, key: str) -> str:
        return self.people.get(self.data.get(key, 0), "")

    def money(self, key: str) -> str:
        value = self.data.get(key)
        return pieces.amount_words(Decimal(str(value)), self.pack.currency) if value is not None else ""

    def moment(self, key: str) -> str:
        value = self.data.get(key)
        return times.moment(datetime.fromisoformat(value), self.now) if value else ""

    def label(self, choices: Any, key: str) -> str:
        value = self.data.get(key)
        return str(choices(value).label) if value in choices.values else ""


Say = Callable[[Told], list[str]]


def say(told: Told) -> list[str]:
    """The facts of an event, the most important first; empty parts are left out."""
    found = SAYS[told.event.kind](told) if told.event.kind in SAYS else []
    outcome = told.label(Outcome, "outcome")
    if outcome and told.event.kind != "complaint.reopened":
        found = [*found, outcome]
    return [part for part in found if part]


def _evidence(told: Told) -> list[str]:
    title, source = told.texts.get("title", ""), told.texts.get("source", "")
    named = {item.code: str(item.title) for item in told.pack.evidence_kinds}
    kind = named.get(told.data.get("kind", ""), told.label(Evidence.Kind, "kind"))
    return [title, kind, source]


def _cause(told: Told) -> list[str]:
    name = cause_title(told.pack, told.data.get("cause", ""))
    return [name, _("ruled in") if told.data.get("ruled_in") else _("ruled out")]


def _finding(told: Told) -> list[str]:
    founded = _("founded") if told.data.get("founded") else _("not founded")
    return [founded, cause_title(told.pack, told.data.get("cause", "")), told.label(Side, "side")]


def _task(told: Told) -> list[str]:
    what = told.texts.get("title") or told.label(Task.Kind, "kind")
    due = told.moment("due")
    return [what, told.person("assignee"), _("until %(time)s") % {"time": due} if due else ""]


def _task_done(told: Told) -> list[str]:
    return [told.label(Task.Kind, "kind"), _("late") if told.data.get("late") else ""]


def _plan_drafted(told: Told) -> list[str]:
    count = int(told.data.get("options", 0))
    options = ngettext("%(count)s option", "%(count)s options", count) % {"count": count}
    return [options, told.label(OfferMode, "mode")]


def _amount(told: Told) -> list[str]:
    return [told.money("amount"), told.label(Role, "needed")]


def _owner(told: Told) -> list[str]:
    key = "owner" if told.event.kind == "owner.changed" else "handler"
    before, after = told.person("before"), told.person(key)
    return [_("%(before)s → %(after)s") % {"before": before, "after": after} if before else after]


def _investigate(told: Told) -> list[str]:
    return [told.departments.get(told.data.get("department", 0), ""), told.person("handler")]


def _flags(told: Told) -> list[str]:
    flags = told.data.get("flags", {})
    return [
        str(FLAGS[name]) if value else _("%(flag)s taken away") % {"flag": FLAGS[name]}
        for name, value in flags.items()
        if name in FLAGS
    ]


def _interest(told: Told) -> list[str]:
    about = _("complained about") if told.data.get("complained_about") else ""
    return [told.person("person"), about]


def _claim(told: Told) -> list[str]:
    due = told.moment("due")
    until = _("until %(time)s") % {"time": due} if due else ""
    return [told.texts.get("party", ""), told.money("amount"), until]


def _claim_moved(told: Told) -> list[str]:
    back = told.data.get("recovered")
    return [told.label(Claim.Status, "to"), told.money("recovered") if back and Decimal(str(back)) else ""]


def _recovery(told: Told) -> list[str]:
    return [told.money("recovered")]


def _callback(told: Told) -> list[str]:
    parts = [told.label(Callback.Satisfied, "satisfied")]
    if told.data.get("matter_score"):
        parts.append(_("the matter %(score)s of 5") % {"score": told.data["matter_score"]})
    if told.data.get("feeling_score"):
        parts.append(_("how it was handled %(score)s of 5") % {"score": told.data["feeling_score"]})
    return parts


def _attempt(told: Told) -> list[str]:
    if told.data.get("final"):
        return [_("final message")]
    return [_("reached") if told.data.get("reached") else _("not reached")]


def _emotion(told: Told) -> list[str]:
    return [told.label(Emotion, "level")]


def _question(told: Told) -> list[str]:
    answer = _("proposed") if told.data.get("proposed") else _("none, with a reason")
    return [told.label(ClosingQuestion.Question, "question"), answer]


def _confirmation(told: Told) -> list[str]:
    return [str(MOVES.get(told.data.get("move", ""), ""))]


def _decision(told: Told) -> list[str]:
    kind = _("agreement") if told.data.get("agreement") else _("decision")
    return [told.texts.get("body", ""), kind]


def _goodwill(told: Told) -> list[str]:
    items = {item.code: item.title for item in told.pack.goodwill}
    return [str(items.get(told.data.get("item", ""), "")), told.money("cost")]


def _action(told: Told) -> list[str]:
    remedies = {remedy.code: remedy.title for remedy in told.pack.remedies}
    amount = told.data.get("amount")
    paid = told.money("amount") if amount and Decimal(str(amount)) else ""
    reference = "" if told.data.get("proof") == BY_MESSAGE else told.texts.get("reference", "")
    return [str(remedies.get(told.data.get("remedy", ""), "")), paid, reference]


def _answered(told: Told) -> list[str]:
    return [told.label(CustomerAnswer.Kind, "kind") or told.label(CustomerAnswer.Kind, "answer")]


def _promise(told: Told) -> list[str]:
    row = told.promises.get(told.data.get("promise", 0))
    due = told.moment("due")
    return [why.title_of(row) if row else "", _("due %(time)s") % {"time": due} if due else ""]


def _late(told: Told) -> list[str]:
    due = told.moment("due")
    return [str(LATE.get(told.data.get("what", ""), "")), _("due %(time)s") % {"time": due} if due else ""]


def _revealed(told: Told) -> list[str]:
    return [told.label(IdentityKind, "kind")]


def _guidance(told: Told) -> list[str]:
    version = _("version %(number)s") % {"number": told.data.get("version", "")}
    own = _("in other words") if told.data.get("way") == "reworded" else ""
    return [told.texts.get("title", ""), version, own]


def _assessed(told: Told) -> list[str]:
    points = str(told.data.get("points", ""))
    return [told.label(Assessment.Rater, "rater"), told.label(Assessment.Side, "side"), points]


def cause_title(pack: Pack, code: str) -> str:
    """A cause by its name in the pack."""
    listed = {cause.code: cause.title for problem in pack.problem_types for cause in problem.causes}
    return str(listed.get(code, ""))


SAYS: dict[str, Say] = {
    **facts_inquiry.SAYS,
    "evidence.added": _evidence,
    "evidence.struck": _evidence,
    "cause.judged": _cause,
    "finding.issued": _finding,
    "complaint.settled_at_once": lambda told: [cause_title(told.pack, told.data.get("cause", ""))],
    "task.made": _task,
    "task.bounced": _task,
    "task.done": _task_done,
    "plan.drafted": _plan_drafted,
    "plan.submitted": _amount,
    "plan.approved": _amount,
    "plan.offered": _amount,
    "approval.reviewed": lambda told: [_("objected") if told.data.get("objected") else _("no objection")],
    "investigation.started": _investigate,
    "owner.changed": _owner,
    "handler.changed": _owner,
    "flag.changed": _flags,
    "interest.declared": _interest,
    "claim.opened": _claim,
    "claim.moved": _claim_moved,
    "recovery.recorded": _recovery,
    "callback.made": _callback,
    "callback.attempted": _attempt,
    "contact.attempted": _attempt,
    "emotion.noted": _emotion,
    "question.answered": _question,
    "confirmation.asked": _confirmation,
    "confirmation.declined": _confirmation,
    "decision.recorded": _decision,
    "goodwill.granted": _goodwill,
    "action.done": _action,
    "action.arrived": _action,
    "customer.answered": _answered,
    "promise.warned": _promise,
    "promise.breached": _promise,
    "promise.replaced": _promise,
    "promise.extended": _promise,
    "due.breached": _late,
    "contact.revealed": _revealed,
    "quality.assessed": _assessed,
    "quality.checked": lambda told: [f"{told.data.get('kept', '')} / {told.data.get('of', '')}"],
    "guidance.followed": _guidance,
    "guidance.left": _guidance,
    "question.open": lambda told: [told.texts.get("question", ""), told.moment("due")],
}
