"""T2 and what is said or noted on the way: the first answer, messages, notes, promises."""

from datetime import datetime
from typing import ClassVar

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints import rules
from huiyin.complaints.models import Emotion, Promise, PromiseKind
from huiyin.complaints.steps import deadlines, messages, reception, registration
from huiyin.interfaces.web.case.base import StepForm
from huiyin.interfaces.web.case.fields import TimeField, line_field, radio_field, way_field, words_field
from huiyin.interfaces.web.case.here import Here
from huiyin.interfaces.web.case.items import ItemForm, chosen
from huiyin.interfaces.web.case.words import WordsForm
from huiyin.interfaces.web.components import times


class AcknowledgeForm(WordsForm):
    """The first answer: the matter is taken seriously, and a time is named (S0-04)."""

    move = "acknowledge"
    button = gettext_lazy("Send the first answer")
    intro = gettext_lazy("Name what happened in the customer's own words, and until when the customer hears more.")
    may_skip = False
    first_words = gettext_lazy("The result of the first check")

    def hint(self) -> datetime:
        return reception.acknowledgement_hint(self.here.complaint, at=self.here.at)

    def take(self, complaint_id: int) -> object:
        return reception.acknowledge(complaint_id, self.say(), actor=self.here.actor, at=self.here.at)


class MessageForm(WordsForm):
    """A message that is no step: progress, an answer, «no result yet»."""

    button = gettext_lazy("Send the message")
    intro = gettext_lazy("While the case waits, the customer always knows when the next news comes.")
    may_skip = False
    keeps_nearest = True

    def take(self, complaint_id: int) -> object:
        return messages.send_message(complaint_id, self.say(), actor=self.here.actor, at=self.here.at)


class NoteForm(StepForm):
    text = words_field(gettext_lazy("Internal note"), rows=4)

    button = gettext_lazy("Keep the note")
    intro = gettext_lazy("Internal, the customer cannot see it")
    about: ClassVar = {rules.PROMISE_BY_MESSAGE.code: "text"}

    def take(self, complaint_id: int) -> object:
        return messages.write_note(complaint_id, self.cleaned_data["text"], actor=self.here.actor, at=self.here.at)


class InboundForm(StepForm):
    """What the customer wrote or said on another way."""

    text = words_field(gettext_lazy("What the customer said"), rows=4)
    medium = way_field(gettext_lazy("How it reached us"))
    where_is_it = forms.BooleanField(label=gettext_lazy("The customer had to ask where it stands"), required=False)

    button = gettext_lazy("Keep what the customer said")

    def prepare(self) -> None:
        self.initial["medium"] = "phone"

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return messages.record_inbound(
            complaint_id,
            given["text"],
            medium=given["medium"],
            where_is_it=given["where_is_it"],
            actor=self.here.actor,
            at=self.here.at,
        )


class PromiseForm(ItemForm, WordsForm):
    """Another time for a promise; the first one stays in sight."""

    due_at = TimeField(label=gettext_lazy("New time"))
    reason = line_field(gettext_lazy("Why the first time cannot be held"), most=500)

    may_skip = False
    may_skip = False
    item_label = gettext_lazy("Which promise")
    button = gettext_lazy("Promise the new time")
    intro = gettext_lazy("The first time stays in sight, with the reason. A broken promise stays broken.")
    beside: ClassVar = (("due_at", "reason"),)
    about: ClassVar = {rules.PROMISE_AHEAD.code: "due_at", rules.REASON_TO_REPLACE.code: "reason"}

    def items(self) -> list[tuple[int, str]]:
        return [(row.pk, _promise(row, self.here)) for row in self.here.running]

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        return messages.replace_promise(
            chosen(Promise, complaint_id, given["item"]).pk,
            due_at=given["due_at"] or self.here.at,
            reason=given["reason"],
            words=self.say(),
            actor=self.here.actor,
            at=self.here.at,
        )


def _promise(row: Promise, here: Here) -> str:
    return _("%(what)s, promised until %(when)s") % {"what": row.what, "when": times.moment(row.due_at, here.at)}


class EmotionForm(StepForm):
    """One more reading in the series (S0-08)."""

    level = radio_field(gettext_lazy("How the customer feels now"), Emotion.choices)
    note = line_field(gettext_lazy("What shows it"), most=500)

    optional = frozenset({"note"})

    button = gettext_lazy("Note the emotion")
    about: ClassVar = {rules.EMOTION_ON_THE_LIST.code: "level"}

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        level = int(given["level"] or 0)
        return registration.note_emotion(complaint_id, level, given["note"], actor=self.here.actor, at=self.here.at)


class ExtendForm(ItemForm, WordsForm):
    """More time for a clock of the rules, told to the customer before it is over (ENG-10)."""

    reason = line_field(gettext_lazy("Why more time is needed"), most=500)

    may_skip = False
    item_label = gettext_lazy("Which deadline")
    button = gettext_lazy("Give more time")
    intro = gettext_lazy("As often as the rules allow, by the role they name. The first time stays in sight.")
    about: ClassVar = {rules.EXTENDED_IN_TIME.code: "item", rules.REASON_TO_REPLACE.code: "reason"}

    def items(self) -> list[tuple[int, str]]:
        rows = Promise.objects.filter(complaint=self.here.complaint, ended_at=None).exclude(kind=PromiseKind.SPOKEN)
        allowed = {clock.code: str(clock.title) for clock in self.here.pack.clocks if clock.extension}
        at = self.here.at
        return [
            (row.pk, _("%(what)s, until %(when)s") % {"what": allowed[row.code], "when": times.moment(row.due_at, at)})
            for row in rows
            if row.code in allowed
        ]

    def take(self, complaint_id: int) -> object:
        given = self.cleaned_data
        row = chosen(Promise, complaint_id, given["item"])
        return deadlines.extend_deadline(
            row.pk, self.say(), reason=given["reason"], actor=self.here.actor, at=self.here.at
        )
