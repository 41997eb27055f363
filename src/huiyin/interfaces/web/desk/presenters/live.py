"""What is new in a case for the page that is open: said, and shown at once unless a form is open."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256

from django.utils.translation import gettext as _

from huiyin.complaints.kinds import KINDS
from huiyin.complaints.looking import Look
from huiyin.complaints.models import Complaint, Event
from huiyin.interfaces.common.numbers import whole
from huiyin.interfaces.web.desk import reading
from huiyin.people.models import Person


@dataclass(frozen=True)
class News:
    """Since `after`: who did what last, whether the page may change by itself, who else is here."""

    tag: str
    anything: bool
    happened: bool
    sentence: str
    may_swap: bool
    others: tuple[str, ...]
    others_tag: str
    mine: Look | None


def news(asked: Mapping[str, str], complaint: Complaint, person: Person, now: datetime) -> News:
    """What to tell a page that knows the case up to `after` and the people in `others`.

    A form that is open sends the number it knows (`seen`) along: then nothing changes under somebody's hands.
    """
    here = reading.onlookers(complaint, person, now)
    others_tag = tag_of(here.others)
    after = whole(asked.get("after", "")) or 0
    happened = complaint.last_number > after
    changed_people = others_tag != asked.get("others", others_tag)
    return News(
        tag=f'W/"{complaint.last_number}-{others_tag}"',
        anything=happened or changed_people,
        happened=happened,
        sentence=_sentence(complaint) if happened else "",
        may_swap=happened and not asked.get("seen"),
        others=here.others,
        others_tag=others_tag,
        mine=here.mine,
    )


def tag_of(names: tuple[str, ...]) -> str:
    """A short mark of who is here, so that a page hears only of changes."""
    return sha256("\x1f".join(sorted(names)).encode()).hexdigest()[:8] if names else "0"


def _sentence(complaint: Complaint) -> str:
    last = Event.objects.filter(complaint=complaint).select_related("actor").order_by("-number").first()
    if last is None or last.kind not in KINDS:
        return _("Something has just changed in this case.")
    title = {"title": KINDS[last.kind].title}
    if last.actor is not None:
        return _("%(name)s has just acted here: %(title)s.") % {"name": last.actor.name, **title}
    return _("Just now: %(title)s.") % title
