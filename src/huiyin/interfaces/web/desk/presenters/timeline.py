"""The course of a case: each event with who, what and the words that belong to it, as its reader may see them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.functional import Promise as LazyText
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints.kinds import KINDS, Audience, Kind, Shape
from huiyin.complaints.models import Channel, Direction, Event, Promise, PromiseKind, PromiseStatus
from huiyin.interfaces.web.components import times
from huiyin.interfaces.web.components.shapes import Entry, Note
from huiyin.interfaces.web.desk import reading
from huiyin.interfaces.web.desk.presenters import facts, why
from huiyin.interfaces.web.desk.presenters.eyes import Eyes
from huiyin.people.actors import ActorKind
from huiyin.policy.packs.schema import Pack
from huiyin.rules import Rule, all_rules

SYSTEMS: dict[str, str | LazyText] = {
    "clock": gettext_lazy("Clock"),
    "portal": gettext_lazy("Portal"),
    "import": gettext_lazy("Import"),
    "api": gettext_lazy("Connected system"),
}
LOOKS = {
    Shape.CUSTOMER: "customer",
    Shape.PERSON: "ours",
    Shape.NOTE: "internal",
    Shape.FACT: "fact",
    Shape.DECISION: "decision",
    Shape.WARNING: "promise",
    Shape.SYSTEM: "system",
}
TONES = {
    "promise.warned": "warn",
    "promise.breached": "bad",
    "due.breached": "bad",
    "refusal.recorded": "bad",
    "evidence.struck": "warn",
    "plan.returned": "warn",
    "followup.dissatisfied": "bad",
    "confirmation.declined": "warn",
}
# Words that stand in the body of an event; what belongs to its title or to the side panel is left out.
BODY = ("text", "reason", "comment", "objection", "said", "alternative", "customer", "note", "result", "grounds",
        "no_person_reason", "summary", "basis")  # fmt: skip
UNDERLINED = {Direction.IN: "customer", Direction.OUT: "ours", Direction.NOTE: "internal"}


@dataclass(frozen=True)
class Course:
    """A stretch of the timeline with all that is needed to say it."""

    story: reading.Story
    eyes: Eyes
    pack: Pack
    promises: Mapping[int, Promise]
    now: datetime
    seen: int = 0

    def entries(self) -> list[Entry]:
        """The entries, oldest first; an event of a kind no longer known is shown as its bare fact."""
        return [self._entry(event) for event in self.story.events]

    def _entry(self, event: Event) -> Entry:
        kind = KINDS.get(event.kind) or Kind(event.kind, _("Event"), Audience.SYSTEM, Shape.SYSTEM, "circle")
        words = self.story.words
        said = words.said.get(event.data.get("interaction", 0))
        texts = {name: self.eyes.text(text) for name, text in words.texts.get(event.pk, {}).items()}
        told = facts.Told(event, self.pack, self.now, words.people, words.departments, self.promises, texts)
        parts = facts.say(told)
        title = _titled(str(kind.title), said, self._recorder(event, said))
        return Entry(
            at=event.at,
            kind=UNDERLINED.get(Direction(said.direction), "system") if said else LOOKS[kind.shape],
            who=self._who(event, said),
            what=_("%(title)s: %(facts)s") % {"title": title, "facts": "　".join(parts)} if parts else title,
            body=self._body(said, texts),
            who_sees="public" if said and said.direction != Direction.NOTE else kind.audience.value,
            icon=kind.icon,
            tone=TONES.get(event.kind, ""),
            rule=_rule(event),
            files=self._files(event),
            new=0 < self.seen < event.number,
            number=event.number,
            notes=tuple(self._notes(event, texts)),
        )

    def _recorder(self, event: Event, said: reading.Said | None) -> str:
        """Who wrote down what the customer said."""
        return event.actor.name if event.actor is not None and said and said.direction == Direction.IN else ""

    def _who(self, event: Event, said: reading.Said | None) -> str:
        if said is not None and said.direction == Direction.IN:
            return self.eyes.customer or _("Customer")
        if event.actor is not None:
            return event.actor.name
        if event.actor_kind == ActorKind.CUSTOMER:
            return self.eyes.customer or _("Customer")
        if event.actor_kind == ActorKind.PARTNER:
            return event.actor_name
        return str(SYSTEMS.get(event.actor_name, _("System")))

    def _body(self, said: reading.Said | None, texts: Mapping[str, str]) -> str:
        """What was said, and nothing beside it: what a signature or a form added stays out of the message."""
        return self.eyes.text(said.text) if said else "\n".join(_remarks(texts))

    def _files(self, event: Event) -> tuple[dict[str, str], ...]:
        file_id = event.data.get("file")
        if event.kind != "file.added" or not isinstance(file_id, int):
            return ()
        name = self.story.words.texts.get(event.pk, {}).get("name") or _("File")
        return ({"url": reverse("files:download", args=(file_id,)), "name": self.eyes.text(name)},)

    def _notes(self, event: Event, texts: Mapping[str, str]) -> list[Note]:
        """What the event did to promises to the customer, and why the customer was not told."""
        notes = [note for change in event.data.get("promises", ()) if (note := self._promise(change, event))]
        if event.data.get("interaction") in self.story.words.said:
            said = self.eyes.text(self.story.words.said[event.data["interaction"]].text)
            notes += [Note(text, "lock") for text in _remarks(texts) if text != said]
        if skip := texts.get("skip"):
            notes.append(Note(_("The customer was not told: %(reason)s") % {"reason": skip}, "bell-off"))
        return notes

    def _promise(self, change: Mapping[str, Any], event: Event) -> Note | None:
        row = self.promises.get(change.get("promise", 0))
        if row is None or row.kind != PromiseKind.SPOKEN or event.kind.startswith("promise."):
            return None
        what = {"what": self.eyes.text(why.title_of(row)), "time": times.moment(row.due_at, self.now)}
        if change.get("to") == PromiseStatus.OPEN:
            return Note(_("Promised: %(what)s, until %(time)s") % what, "handshake", "acc")
        if change.get("to") == PromiseStatus.KEPT:
            return Note(_("Kept: %(what)s") % what, "check", "ok")
        if change.get("met"):
            return Note(_("Kept late: %(what)s, due %(time)s") % what, "check", "warn")
        return Note(_("No longer running: %(what)s, due %(time)s") % what, "circle-slash", "")


def _remarks(texts: Mapping[str, str]) -> list[str]:
    return list(dict.fromkeys(texts[name] for name in BODY if texts.get(name)))


def _titled(title: str, said: reading.Said | None, recorder: str) -> str:
    """The title of an event with the way its words took, and who wrote them down."""
    medium = str(Channel(said.medium).label) if said and said.medium in Channel.values else ""
    if medium and recorder:
        return _("%(title)s, %(medium)s, noted by %(name)s") % {"title": title, "medium": medium, "name": recorder}
    return _("%(title)s, %(medium)s") % {"title": title, "medium": medium} if medium else title


def _rule(event: Event) -> Rule | None:
    code = event.data.get("rule")
    return next((row for row in all_rules() if row.code == code), None) if code else None
