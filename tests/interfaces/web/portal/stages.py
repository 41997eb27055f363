"""Cases in every stage for the complainant's pages, and how a test reads what became of them."""

import html
import re
from datetime import timedelta

from huiyin.complaints.models import Complaint
from huiyin.messaging.models import Notice
from tests import factories, later

MAKERS = {
    "received": factories.received,
    "acknowledged": factories.acknowledged,
    "registered": factories.registered,
    "investigating": factories.investigating,
    "analysed": factories.analysed,
    "explaining": factories.explaining,
    "planning": later.planning,
    "approving": later.approving,
    "offering": later.offering,
    "executing": later.executing,
    "following_up": later.following_up,
    "reviewing": later.reviewing,
    "closed": later.closed,
}


def text_of(page):
    return html.unescape(re.sub(r"<[^>]+>", " ", page))


def made(state, stand_at):
    """A case in this state, and the clock a little after its last event."""
    complaint = Complaint.objects.get(pk=MAKERS[state]().pk)
    stand_at(complaint.events.latest("number").at + timedelta(minutes=3))
    return complaint


def answers(complaint):
    """What he answered here; what was recorded from the telephone before is left out."""
    return list(complaint.answers.filter(via="portal").values_list("kind", flat=True))


def bells(complaint):
    return list(Notice.objects.filter(person=complaint.owner).order_by("pk").values_list("kind", flat=True))


def now_of(complaint):
    return Complaint.objects.get(pk=complaint.pk)
