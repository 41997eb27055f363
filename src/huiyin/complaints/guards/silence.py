"""When the customer never answers (AMB-40): enough tries on enough days, then a final message naming the way back."""

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
    """Refuse to go on without the customer unless he was tried often enough and told for the last time."""
    complaint, settings = case.complaint, case.pack.settings
    tries = list(
        ContactAttempt.objects.filter(complaint=complaint, round=complaint.round, at__gte=complaint.stage_since)
    )
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


def is_silent(case: Case) -> bool:
    try:
        require_silence(case)
    except Refusal:
        return False
    return True
