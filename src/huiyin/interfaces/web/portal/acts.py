"""What the complainant can do on his case, as one table: when it is open, its form, its step."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.callbacks import CallbackResult
from huiyin.complaints.models import CustomerAnswer
from huiyin.complaints.states import OPEN_STATES, State
from huiyin.complaints.steps import conduct, portal
from huiyin.interfaces.web.portal import asked, forms
from huiyin.interfaces.web.portal.reading import Facts
from huiyin.interfaces.web.portal.uploads import Brought

Words = str | Promise
Given = dict[str, Any]
Kind = CustomerAnswer.Kind
NUDGE_REST = timedelta(minutes=10)


@dataclass(frozen=True)
class Sent:
    """One answer on its way to its step."""

    facts: Facts
    given: Given
    brought: Brought
    at: datetime

    @property
    def case(self) -> int:
        return self.facts.complaint.pk

    @property
    def him(self) -> dict[str, Any]:
        return {"customer": self.facts.customer, "at": self.at}


@dataclass(frozen=True)
class Act:
    """One thing he can do. `do` gives the key of the sentence that thanks him; `guarded` wants the newest page."""

    name: str
    title: Words
    form: type[forms.CaseForm]
    open: Callable[[Facts], bool]
    do: Callable[[Sent], str]
    guarded: bool = True
    files: bool = False


def open_now(facts: Facts) -> frozenset[str]:
    """The acts a page may offer now."""
    if facts.complaint.merged_into_id is not None:
        return frozenset({"add"})
    return frozenset(act.name for act in ACTS.values() if act.open(facts))


def _in(*states: State) -> Callable[[Facts], bool]:
    return lambda facts: facts.state in states


def _choose(sent: Sent) -> str:
    done = portal.customer_choose(sent.case, sent.given["option"], said=sent.given["said"], **sent.him)
    return "chosen" if done.moved else "chosen_later"


def _object(sent: Sent) -> str:
    portal.customer_object(sent.case, text=sent.given["text"], **sent.him)
    return "objected"


def _accept(sent: Sent) -> str:
    given = sent.given
    result = CallbackResult(
        satisfied=True,
        end_condition_met=given["condition"],
        matter_score=given["matter"],
        feeling_score=given["feeling"],
        comment=given["text"],
        via=portal.VIA,
    )
    done = portal.customer_accept(sent.case, result, **sent.him)
    if done.answer.kind == Kind.REJECT:
        return "rejected" if done.moved else "rejected_later"
    return "accepted" if done.moved else "accepted_later"


def _reject(sent: Sent) -> str:
    done = portal.customer_reject(sent.case, text=sent.given["text"], **sent.him)
    return "rejected" if done.moved else "rejected_later"


def _understood(sent: Sent) -> str:
    portal.customer_understood(sent.case, text=sent.given["text"], **sent.him)
    return "understood"


def _add(sent: Sent) -> str:
    text = sent.given["text"].strip()
    if sent.brought.files:
        portal.add_files(sent.case, sent.brought.files, **sent.him)
    if text or not sent.brought.files:
        portal.add_message(sent.case, text, new_evidence=sent.given["new"], **sent.him)
    return "added"


def _nudge(sent: Sent) -> str:
    last = sent.facts.answered(Kind.NUDGE)
    if last is not None and sent.at - last.at < NUDGE_REST:
        return "nudged_before"  # one press more within minutes says nothing new to anybody
    portal.nudge(sent.case, **sent.him)
    return "nudged"


def _person(sent: Sent) -> str:
    portal.ask_person(sent.case, text=sent.given["text"], superior=sent.given["superior"], **sent.him)
    return "person"


def _appeal(sent: Sent) -> str:
    conduct.customer_appeals(sent.case, sent.given["text"], **sent.him)
    return "appealed"


def _rate(sent: Sent) -> str:
    given = sent.given
    portal.rate(sent.case, score=given["score"], feeling=given["feeling"], text=given["text"], **sent.him)
    return "rated"


def _withdraw(sent: Sent) -> str:
    portal.customer_withdraw(sent.case, text=sent.given["text"], **sent.him)
    return "withdrawn"


def _reopen(sent: Sent) -> str:
    portal.ask_reopening(sent.case, text=sent.given["text"], **sent.him)
    return "reopen"


_TABLE = (
    Act("choose", _("Choose an option"), forms.Choose, asked.to_choose, _choose),
    Act("object", _("None of them suits me"), forms.Object, asked.to_object, _object),
    Act("accept", _("Accept the result"), forms.Result, asked.to_accept, _accept),
    Act("reject", _("It is not right yet"), forms.Reject, asked.to_reject, _reject),
    Act("understood", _("The explanation is clear"), forms.Understood, _in(State.EXPLAINING), _understood),
    Act("add", _("Write to us, add papers"), forms.Add, _in(*State), _add, guarded=False, files=True),
    Act("nudge", _("Ask us to hurry"), forms.NoWords, _in(*OPEN_STATES), _nudge, guarded=False),
    Act("person", _("Talk to a person"), forms.Person, _in(*OPEN_STATES), _person, guarded=False),
    Act("appeal", _("Appeal against how we treat you"), forms.Appeal, asked.to_appeal, _appeal, guarded=False),
    Act("rate", _("Rate us"), forms.Rate, asked.to_rate, _rate, guarded=False),
    Act("withdraw", _("Take the complaint back"), forms.Withdraw, asked.to_withdraw, _withdraw),
    Act("reopen", _("Take it up again"), forms.Reopen, asked.to_reopen, _reopen),
)
ACTS: dict[str, Act] = {act.name: act for act in _TABLE}

# The sentence on the page after an act, by the key `do` gave.
THANKS: dict[str, Words] = {
    "chosen": _("We have your choice and begin at once."),
    "chosen_later": _("We have your choice. The person who looks after your complaint carries on from it."),
    "objected": _("We have read it and work out something else for you."),
    "accepted": _("Thank you. We check that nothing is left, then the matter is closed."),
    "accepted_later": _("Thank you. We ask once more when everything has arrived, then the matter is closed."),
    "rejected": _("We take it up again. What you wrote is where we start."),
    "rejected_later": _("We have it. A manager now decides how we go on and tells you."),
    "understood": _("Thank you for telling us."),
    "added": _("It has arrived and stands in the story below."),
    "nudged": _("We have told the person who looks after your complaint that you are waiting."),
    "nudged_before": _("You asked us a few minutes ago; it has arrived and is counted."),
    "person": _("Somebody will call or write to you. Your complaint goes on meanwhile."),
    "appealed": _("We have it. Somebody else looks at it and decides."),
    "rated": _("Thank you. It is read by people, not only counted."),
    "withdrawn": _("We have it. Somebody checks with you before the complaint ends."),
    "reopen": _("We have it. A supervisor decides and tells you."),
}
