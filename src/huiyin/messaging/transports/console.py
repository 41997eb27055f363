"""To the console of the worker: for development and demonstrations, where nothing leaves the machine."""

import sys

from huiyin.messaging.models import Outgoing


def send(letter: Outgoing) -> str:
    """Print the message."""
    head = f"--- {letter.channel} to {letter.to} ({letter.reference}) ---"
    print(head, letter.subject, letter.body, sep="\n", file=sys.stdout, flush=True)
    return "printed"
