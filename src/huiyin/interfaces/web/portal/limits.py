"""How much one place may do: filing, asking for codes, trying them, acting on a case."""

from datetime import datetime
from ipaddress import IPv6Address, ip_address, ip_network

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.common import throttle
from huiyin.interfaces.common.throttle import Limit
from huiyin.interfaces.web.account.devices import client_address
from huiyin.interfaces.web.portal import rules
from huiyin.rules import Refusal

# Many people share one address behind a mobile network, so an address may do more than a person would.
FILE = Limit("portal.file", tries=20, minutes=60)
UPLOAD = Limit("portal.upload", tries=200, minutes=60)
ASK_CODE = Limit("portal.ask_code", tries=10, minutes=10)
CODE_FOR_NUMBER = Limit("portal.code_for_number", tries=5, minutes=60)
TRY_CODE = Limit("portal.try_code", tries=20, minutes=10)
ACT = Limit("portal.act", tries=40, minutes=10)


class TooOften(Refusal):
    rule = rules.NOT_TOO_OFTEN
    sentence = _("Too much came from your connection in a short time, so this was not sent.")
    unblock = _("What you wrote is still here. Please wait %(minutes)s minutes, then send it again.")


def require(limit: Limit, source: str, *, at: datetime) -> None:
    """Count one try; refuses when there were too many."""
    if not throttle.take(limit, source, at=at):
        raise TooOften(minutes=limit.minutes)


def place_of(request: HttpRequest) -> str:
    """Where a request comes from; one household has a whole /64 of the new addresses."""
    address = client_address(request)
    if address is None:
        return "unknown"
    parsed = ip_address(address)
    if isinstance(parsed, IPv6Address):
        return str(ip_network(f"{parsed}/64", strict=False).network_address)
    return address
