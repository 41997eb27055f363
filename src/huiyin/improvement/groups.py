"""Frequent complaints grouped and reported to leaders in time, with the record of who received it (S2-17)."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Complaint
from huiyin.improvement import rules
from huiyin.improvement.models import Delivery, GroupReport
from huiyin.messaging import bell
from huiyin.people import roles
from huiyin.people.actors import Actor
from huiyin.people.models import Person
from huiyin.rules import Refusal

READ = "report.read"
URL = "/improvement/groups/{}/"


class NoRecipient(Refusal):
    rule = rules.GROUP_REPORTED
    sentence = _("The report has no recipient, or its period ends before it begins.")
    unblock = _("Name who receives it, and the period.")


@dataclass(frozen=True)
class Group:
    """One group: how many now, how many in the period of the same length before, and the difference."""

    category: str
    count: int
    before: int

    @property
    def trend(self) -> int:
        return self.count - self.before


def grouped(begins: datetime, ends: datetime) -> tuple[Group, ...]:
    """Group the complaints received in a period by category, the largest group first; two queries."""
    now, before = _counts(begins, ends), _counts(begins - (ends - begins), begins)
    found = [Group(category, now[category], before[category]) for category in now.keys() | before.keys()]
    return tuple(sorted(found, key=lambda group: (-group.count, -group.before, group.category)))


@transaction.atomic
def report(
    begins: datetime, ends: datetime, *, recipients: Sequence[Person], remark: str, actor: Actor, at: datetime
) -> GroupReport:
    """Freeze the groups of a period and deliver them; each recipient who may read reports is told once."""
    if actor.person is None:
        raise roles.refusal(READ)
    roles.require(actor.person, READ)
    if ends <= begins or not recipients:
        raise NoRecipient(missing=("recipients", "ends_at"))
    for person in recipients:
        roles.require(person, READ)
    lines = [asdict(group) for group in grouped(begins, ends)]
    made = GroupReport.objects.create(
        begins_at=begins, ends_at=ends, lines=lines, remark=remark.strip(), made_by=actor.person, made_at=at
    )
    Delivery.objects.bulk_create(Delivery(report=made, person=person, delivered_at=at) for person in recipients)
    key = f"group.reported:{made.pk}"
    bell.notify_all(list(recipients), "group.reported", at=at, key=key, url=URL.format(made.pk), actor=actor)
    return made


def groups_of(made: GroupReport) -> tuple[Group, ...]:
    """Give the groups as they were reported."""
    return tuple(Group(**line) for line in made.lines)


@transaction.atomic
def read(report_id: int, person: Person, at: datetime) -> None:
    """Note when a recipient first opened the report."""
    Delivery.objects.filter(report_id=report_id, person=person, read_at=None).update(read_at=at)


def _counts(begins: datetime, ends: datetime) -> Counter[str]:
    rows = Complaint.objects.filter(received_at__gte=begins, received_at__lt=ends).values("category")
    return Counter({row["category"]: row["number_of"] for row in rows.annotate(number_of=Count("pk")).order_by()})
