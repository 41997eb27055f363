"""What the printed registration form says."""

from dataclasses import dataclass
from datetime import datetime

from huiyin.complaints import lifecycle, promises
from huiyin.complaints.models import Channel, Complaint
from huiyin.interfaces.web.desk.presenters.eyes import Eyes
from huiyin.interfaces.web.desk.presenters.looker import Looker
from huiyin.interfaces.web.desk.presenters.overview import Overview, overview
from huiyin.people.actors import Actor
from huiyin.people.models import Person


@dataclass(frozen=True)
class Printed:
    complaint: Complaint
    title: str
    organisation: str
    channel: str
    category: str
    department: str
    what: Overview


def form(complaint: Complaint, person: Person, now: datetime) -> Printed:
    """The form of a case for one reader."""
    pack, eyes = promises.pack_of(complaint), Eyes(person, complaint)
    sits = lifecycle.seats(complaint, Actor.of(person), now)
    titles = {category.code: category.title for category in pack.categories}
    return Printed(
        complaint=complaint,
        title=eyes.text(complaint.title),
        organisation=str(pack.title),
        channel=str(Channel(complaint.channel).label),
        category=str(titles.get(complaint.category, "")),
        department=complaint.department.name if complaint.department else "",
        what=overview(Looker(person, complaint, now, eyes, sits, pack)),
    )
