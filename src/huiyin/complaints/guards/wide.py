"""A wide case ends when its customer heard how we handle it and what we improve (S4-121)."""

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.guards.context import Case
from huiyin.complaints.models import ScopeNotice
from huiyin.rules import Refusal


class ScopeUntold(Refusal):
    rule = rules.WIDE_TOLD
    sentence = _("The customer of this wide case has not heard how we handle it and what we improve.")
    unblock = _("Send that message first.")


def scope_is_told(case: Case) -> None:
    """Before it is closed, whatever the outcome; a case that concerns him alone needs no such message."""
    if case.complaint.wide and not ScopeNotice.objects.filter(complaint=case.complaint).exists():
        raise ScopeUntold()
