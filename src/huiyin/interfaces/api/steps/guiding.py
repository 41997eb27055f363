"""Guidance followed or left, questions left open with a time, what else could help once the matter is resolved."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.complaints.steps import guiding, opportunity, unknown
from huiyin.complaints.steps.guiding import Use
from huiyin.interfaces.api.schemas import knowledge
from huiyin.interfaces.api.steps.table import Taken, step
from huiyin.interfaces.common.scopes import Scope


@step("record_guidance", Scope.WRITE, _("Note that guidance was followed, or left and why"))
def record_guidance(take: Taken, body: knowledge.RecordGuidance) -> Any:
    use = Use(body.kind.value, body.code, body.version, body.way, body.reason)
    take(guiding.record_guidance, use)


@step("check_and_call_back", Scope.WRITE, _("Leave a question open and promise when the answer comes"))
def check_and_call_back(take: Taken, body: knowledge.CheckAndCallBack) -> Any:
    return take(unknown.check_and_call_back, body.question, body.say.say())


@step("note_opportunity", Scope.WRITE, _("Note what else could help, once the matter is resolved"))
def note_opportunity(take: Taken, body: knowledge.NoteOpportunity) -> Any:
    take(opportunity.note_opportunity, body.text)
