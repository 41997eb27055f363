"""The session that a code opened for one link, and how often a place may ask for codes and try them."""

from datetime import datetime, timedelta

from django.http import HttpRequest

from huiyin.complaints import partner_access
from huiyin.complaints.models import PartnerRequest
from huiyin.interfaces.common.throttle import Limit

SESSION = "partner"
OPEN_FOR = timedelta(hours=2)
ASK_CODE = Limit("partner.ask_code", tries=10, minutes=10)
CODE_FOR_LINK = Limit("partner.code_for_link", tries=5, minutes=60)
TRY_CODE = Limit("partner.try_code", tries=20, minutes=10)
ANSWER = Limit("partner.answer", tries=20, minutes=10)


def let_in(request: HttpRequest, secret: str, at: datetime) -> None:
    """Open the question of this link for this session; the session remembers its digest, never the link."""
    request.session.cycle_key()
    opened = {**request.session.get(SESSION, {}), _key(secret): (at + OPEN_FOR).isoformat()}
    request.session[SESSION] = opened


def opened(request: HttpRequest, secret: str, at: datetime) -> PartnerRequest | None:
    """The question whose code this session gave within the last two hours, in whatever state it is now."""
    until = request.session.get(SESSION, {}).get(_key(secret))
    if until is None or datetime.fromisoformat(until) <= at:
        return None
    return partner_access.by_link(secret)


def _key(secret: str) -> str:
    return partner_access.digest("link", secret)[:32]
