"""Which way a channel goes on this machine."""

from collections.abc import Callable

from django.conf import settings

from huiyin.messaging.models import Channel, Outgoing
from huiyin.messaging.transports import console, mail
from huiyin.messaging.transports.result import Rejected

Way = Callable[[Outgoing], str]


def way_for(channel: str) -> Way:
    """Give the way for a channel; without a provider, messages go to the console except in production."""
    if channel == Channel.EMAIL and not settings.EMAIL_BACKEND.endswith(".console.EmailBackend"):
        return mail.send
    if channel == Channel.PORTAL:
        return lay_out
    if channel == Channel.CONSOLE or not settings.PRODUCTION:
        return console.send
    return no_provider


def leaves(channel: str) -> bool:
    """Whether anything sent by this channel leaves this machine, or is at least shown on it."""
    return way_for(channel) is not no_provider


def lay_out(_letter: Outgoing) -> str:
    """A message on the portal has arrived once its row is there to be read."""
    return ""


def no_provider(letter: Outgoing) -> str:
    """Refuse a channel nobody set up a provider for."""
    raise Rejected(f"no provider is set up for {letter.channel}")
