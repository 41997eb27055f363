"""What the page of a case shows around its act area."""

from dataclasses import dataclass
from datetime import datetime

from huiyin.complaints.models import Complaint
from huiyin.people.models import Person


@dataclass(frozen=True)
class Page:
    """One case as one person sees it now."""

    complaint: Complaint


def page(person: Person, complaint: Complaint, now: datetime) -> Page:
    return Page(complaint)
