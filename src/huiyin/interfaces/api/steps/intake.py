"""T2 to T4: the first answer, the registration, the small matter settled at once."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.steps import reception, registration
from huiyin.interfaces.api.schemas.intake import Acknowledge, NoteEmotion, Register, SaveForm, SettleAtOnce
from huiyin.interfaces.api.steps.table import Taken, step
from huiyin.interfaces.common.scopes import Scope


@step("acknowledge", Scope.WRITE, _("Tell the customer that the matter is taken seriously, and until when (T2)"))
def acknowledge(take: Taken, body: Acknowledge) -> Any:
    return take(reception.acknowledge, body.say.say())


@step("save_form", Scope.WRITE, _("Keep what is written on the registration form so far"))
def save_form(take: Taken, body: SaveForm) -> Any:
    return take(registration.save_form, body.form.form())


@step("register", Scope.WRITE, _("Register the four elements as the customer confirmed them (T3)"))
def register(take: Taken, body: Register) -> Any:
    return take(registration.register, body.form.form(), body.words.words())


@step("note_emotion", Scope.WRITE, _("Add a reading to the series of emotions"))
def note_emotion(take: Taken, body: NoteEmotion) -> Any:
    return take(registration.note_emotion, body.level, body.note)


@step("settle_at_once", Scope.WRITE, _("Settle a minor matter on the spot with the customer's yes (T4)"))
def settle_at_once(take: Taken, body: SettleAtOnce) -> Any:
    return take(registration.settle_at_once, body.settlement(), body.words.words())
