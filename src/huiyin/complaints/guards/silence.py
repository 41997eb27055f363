"""When the customer never answers (AMB-40): enough tries on enough days, then a final message naming the way back."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from huiyin.complaints import rules
from huiyin.complaints.guards.context import Case
from huiyin.complaints.models import ContactAttempt
from huiyin.rules import Refusal


class NotSilentLongEnough(Refusal):
    rule = rules.SILENT_ENOUGH
    sentence = _("The customer was tried %(tries)s times on %(days)s days; it takes %(need_tries)s on %(need_days)s.")
    unblock = _("Keep trying on other days, then send the final message that names the way back.")


class NoFinalMessage(Refusal):
    rule = rules.SILENT_ENOUGH
    sentence = _("The final message that names the way back was not sent.")
    unblock = _("Send the final message; reopening stays possible.")


def require_silence(case: Case) -> None:
    """Refuse to go on without the customer unless he was tried often enough and told for the last time.

    Only tries since he last said anything count: whoever writes, is reached or decides is not silent.
    """
    settings, tries = case.pack.settings, _tries(case)
    zone = ZoneInfo(case.pack.zone)
    missed = [row for row in tries if not row.reached and not row.final_notice]
    days = {row.at.astimezone(zone).date() for row in missed}
    if len(missed) < settings.contact_attempts or len(days) < settings.contact_days:
        raise NotSilentLongEnough(
            tries=len(missed),
            days=len(days),
            need_tries=settings.contact_attempts,
            need_days=settings.contact_days,
        )
    last_try = max(row.at for row in missed)
    if not any(row.final_notice and row.at >= last_try for row in tries):
        raise NoFinalMessage()


def first_try(case: Case) -> datetime | None:
    """When a customer who is silent was first tried in vain; nothing for one who is not."""
    if not is_silent(case):
        return None
    return min(row.at for row in _tries(case) if not row.final_notice)


def _tries(case: Case) -> list[ContactAttempt]:
    """The tries of this stage since the customer last said anything."""
    complaint = case.complaint
    rows = [row for row in case.tries if row.round == complaint.round and row.at >= complaint.stage_since]
    return [row for row in rows if row.at > case.last_word] if rows else []


def is_silent(case: Case) -> bool:
    try:
        require_silence(case)
    except Refusal:
        return False
    return True
