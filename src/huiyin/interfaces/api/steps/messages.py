"""Words in between: messages, notes, what the customer said, new times for promises, drafts, followed cases."""

from datetime import datetime
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Promise
from huiyin.complaints.steps import deadlines, messages
from huiyin.interfaces.api.schemas import closing
from huiyin.interfaces.api.schemas.steps import Step
from huiyin.interfaces.api.steps.table import Taken, step
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.actors import Actor


@step("send_message", Scope.WRITE, _("Write to the customer"))
def send_message(take: Taken, body: closing.SendMessage) -> Any:
    return take(messages.send_message, body.say.say())


@step("write_note", Scope.WRITE, _("Write an internal note"))
def write_note(take: Taken, body: closing.WriteNote) -> Any:
    return take(messages.write_note, body.text)


@step("record_inbound", Scope.WRITE, _("Note what the customer wrote or said"))
def record_inbound(take: Taken, body: closing.RecordInbound) -> Any:
    return take(messages.record_inbound, body.text, medium=body.medium.value, where_is_it=body.where_is_it)


@step("replace_promise", Scope.WRITE, _("Give a promise to the customer another time; both stay in sight"))
def replace_promise(take: Taken, body: closing.ReplacePromise) -> Any:
    row = take.row(Promise, body.promise, "promise")
    words = body.words.words()
    return take.on(messages.replace_promise, row.pk, due_at=body.due_at, reason=body.reason, words=words)


@step("extend_deadline", Scope.DECIDE, _("Give a clock of the rules more time, and tell the customer"))
def extend_deadline(take: Taken, body: closing.ExtendDeadline) -> Any:
    row = take.row(Promise, body.promise, "promise")
    return take.on(deadlines.extend_deadline, row.pk, body.say.say(), reason=body.reason)


@step("save_draft", Scope.WRITE, _("Keep what is still being written"))
def save_draft(take: Taken, body: closing.SaveDraft) -> Any:
    return take(messages.save_draft, slot=body.slot, text=body.text)


@step("follow", Scope.WRITE, _("Put the case on one's list of followed cases"))
def follow(take: Taken, body: Step) -> Any:
    def now(complaint_id: int, *, actor: Actor, at: datetime) -> None:
        messages.follow(complaint_id, actor=actor)

    return take(now)


@step("unfollow", Scope.WRITE, _("Take the case off one's list"))
def unfollow(take: Taken, body: Step) -> Any:
    def now(complaint_id: int, *, actor: Actor, at: datetime) -> None:
        messages.unfollow(complaint_id, actor=actor)

    return take(now)
