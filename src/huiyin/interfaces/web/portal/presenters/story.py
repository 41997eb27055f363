"""The story as the complainant may read it: public events and messages, in his words, oldest or newest first."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints.models import Channel, CustomerAnswer, Direction, Event, Interaction
from huiyin.files.models import StoredFile
from huiyin.interfaces.web.portal import names
from huiyin.interfaces.web.portal.reading import FILE_ADDED, Facts
from huiyin.people.actors import ActorKind

Words = str | LazyText
Kind = CustomerAnswer.Kind
HIS, OURS, FACT = "customer", "ours", "fact"


@dataclass(frozen=True)
class Item:
    """One line of the story: when, whose (customer, ours, fact), what it is, the words, who of us, the files."""

    at: datetime
    kind: str
    title: str
    text: str = ""
    name: str = ""
    files: tuple[StoredFile, ...] = ()
    order: int = 0


TITLES: Mapping[str, Words] = {
    "complaint.received": gettext_lazy("You told us what happened"),
    "complaint.acknowledged": gettext_lazy("We took it up"),
    "complaint.registered": gettext_lazy("We wrote down what you told us"),
    "complaint.settled_at_once": gettext_lazy("We agreed at once how to put it right"),
    "investigation.started": gettext_lazy("We began to find out what happened"),
    "investigation.reopened": gettext_lazy("We look into it again with what you brought"),
    "plan.offered": gettext_lazy("We showed you what we can do"),
    "option.chosen": gettext_lazy("We began to do what you chose"),
    "execution.finished": gettext_lazy("Everything you chose is done"),
    "complaint.closed": gettext_lazy("We closed the matter"),
    "complaint.reopened": gettext_lazy("We took it up again"),
    "finding.issued": gettext_lazy("We know what happened"),
    "explanation.started": gettext_lazy("We explained what we found"),
    "explanation.concluded": gettext_lazy("The explanation is complete"),
    "complaint.refused_above_standard": gettext_lazy("We could not offer more"),
    "complaint.settled_externally": gettext_lazy("An outside body settled it"),
    "complaint.withdrawn": gettext_lazy("Your complaint is taken back"),
    "followup.concluded": gettext_lazy("You are satisfied; we finish the matter"),
    "followup.dissatisfied": gettext_lazy("You are not satisfied; we took it up again"),
    "customer.nudged": gettext_lazy("You asked us to hurry"),
    "customer.asked_person": gettext_lazy("You asked for a person"),
    "customer.asked_superior": gettext_lazy("You asked for a superior"),
}
ANSWERS: Mapping[str, Words] = {
    Kind.RESTATEMENT: gettext_lazy("You said that we understood you rightly"),
    Kind.CHOICE: gettext_lazy("You chose"),
    Kind.OBJECTION: gettext_lazy("You said that nothing suits you"),
    Kind.ACCEPT: gettext_lazy("You accepted the result"),
    Kind.REJECT: gettext_lazy("You did not accept the result"),
    Kind.UNDERSTOOD: gettext_lazy("You said that the explanation is clear"),
    Kind.NEW_EVIDENCE: gettext_lazy("You brought something new"),
    Kind.WITHDRAW: gettext_lazy("You want to take the complaint back"),
    Kind.NUDGE: gettext_lazy("You asked us to hurry"),
    Kind.ASK_PERSON: gettext_lazy("You asked for a person"),
    Kind.ASK_SUPERIOR: gettext_lazy("You asked for a superior"),
    Kind.RATE: gettext_lazy("You rated us"),
    Kind.REOPEN: gettext_lazy("You asked us to take it up again"),
}


def told(facts: Facts) -> list[Item]:
    """The whole story, the oldest first."""
    used: set[int] = set()
    items = [item for event in facts.events if (item := _of_event(event, facts, used)) is not None]
    # What was said with a step of the house's own still went to him.
    items += [_of_message(row, facts, 0) for row in facts.messages if row.pk not in used]
    items.sort(key=lambda item: (item.at, item.order))
    return _joined(items)


def _of_event(event: Event, facts: Facts, used: set[int]) -> Item | None:
    """One event in his words; nothing for what another line already says."""
    message = next((row for row in facts.messages if row.pk == event.data.get("interaction")), None)
    if message is not None:
        used.add(message.pk)
    if event.kind in ("message.sent", "message.received"):
        return _of_message(message, facts, event.number) if message and not _is_nudge(message) else None
    if event.kind == FILE_ADDED:
        return _of_file(event, facts)
    answer = next((row for row in facts.answers if row.pk == event.data.get("id")), None)
    if event.kind == "customer.answered":
        return _of_answer(answer, event, facts)
    his = event.actor_kind == ActorKind.CUSTOMER or event.kind == "complaint.received"
    words = message.text if message else answer.text if answer and his else ""
    kind = HIS if his else OURS if message else FACT
    return Item(event.at, kind, str(TITLES[event.kind]), words, _name(message, facts), order=event.number)


def _of_answer(answer: CustomerAnswer | None, event: Event, facts: Facts) -> Item | None:
    if answer is None:
        return None
    return Item(event.at, HIS, _answer_title(answer, facts), answer.text, order=event.number)


def _is_nudge(row: Interaction) -> bool:
    """A hurry-up from this page; its own line says it."""
    return row.asks_where_it_stands and row.medium == Channel.PORTAL and row.person_id is None


def _of_message(row: Interaction, facts: Facts, order: int) -> Item:
    if row.direction == Direction.OUT:
        return Item(row.at, OURS, _("We wrote to you"), row.text, _name(row, facts), order=order)
    title = _("You wrote") if row.person_id is None else _("You told us")
    return Item(row.at, HIS, title, row.text, order=order)


def _name(row: Interaction | None, facts: Facts) -> str:
    """Who of us wrote it, as he may know him."""
    if row is None or row.direction != Direction.OUT:
        return ""
    return names.shown(facts.people.get(row.person_id or 0))


def _answer_title(row: CustomerAnswer, facts: Facts) -> str:
    if row.kind == Kind.CHOICE:
        option = next((one for one in facts.options if one.pk == row.option_id), None)
        if option is not None:
            return _("You chose: %(option)s") % {"option": option.title}
    if row.kind == Kind.RATE and row.score:
        return _("You gave us %(score)s of 5") % {"score": row.score}
    return str(ANSWERS[row.kind])


def _of_file(event: Event, facts: Facts) -> Item | None:
    file = next((row for row in facts.files if row.pk == event.data.get("file")), None)
    return Item(event.at, HIS, _("You added files"), files=(file,), order=event.number) if file else None


def _joined(items: list[Item]) -> list[Item]:
    """Files sent together are one line."""
    lines: list[Item] = []
    for item in items:
        last = lines[-1] if lines else None
        if last is not None and item.files and last.files and last.at == item.at:
            lines[-1] = replace(last, files=(*last.files, *item.files))
        else:
            lines.append(item)
    return lines
