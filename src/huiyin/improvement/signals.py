"""Early warning: two contacts about one matter within a day raise a signal; what was settled in time is counted."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from huiyin.complaints.models import Complaint, Enquiry
from huiyin.improvement import rules
from huiyin.improvement.models import Signal
from huiyin.language.fold import fold
from huiyin.messaging import bell
from huiyin.people import roles
from huiyin.people.actors import Actor
from huiyin.people.models import Department, Person
from huiyin.rules import Refusal

WITHIN = timedelta(hours=24)
WATCH_SECONDS = 300
MATTER_LENGTH = 300
URL = "/improvement/signals/"
RAISE = "complaint.receive"


class NothingNoticed(Refusal):
    rule = rules.SIGNAL_SETTLED
    sentence = _("A signal says what was noticed.")
    unblock = _("Write it in a sentence.")


class SettledAlready(Refusal):
    rule = rules.SIGNAL_SETTLED
    sentence = _("This signal has ended.")
    unblock = _("Look at what became of it.")


class NotSettled(Refusal):
    rule = rules.SIGNAL_SETTLED
    sentence = _("A signal ends with what was done, or with the complaint it became.")
    unblock = _("Write what was done, or name the complaint.")


@dataclass(frozen=True)
class Prevented:
    """Signals that ended before a complaint, beside the complaints of the same time (S2-19)."""

    prevented: int
    complaints: int


def watch(at: datetime) -> int:
    """Raise a signal for each caller who passed on two questions to one department within a day; give how many.

    Run by the worker; two contacts raise one signal however often it runs (S2-18).
    """
    raised = 0
    recent = Enquiry.objects.filter(passed_at__gt=at - 2 * WITHIN, passed_at__lte=at).select_related("owner")
    before: dict[tuple[str, int], Enquiry] = {}
    for row in recent.order_by("passed_at", "pk"):
        matter = (_number(row.phone), row.department_id)
        earlier = before.get(matter)
        if earlier is not None and row.passed_at - earlier.passed_at <= WITHIN and _raise(earlier, row):
            raised += 1
        before[matter] = row
    return raised


@transaction.atomic
def notice(matter: str, department: Department | None, *, actor: Actor, at: datetime) -> Signal:
    """Note slight dissatisfaction that somebody noticed."""
    person = _person(actor)
    if not matter.strip():
        raise NothingNoticed(missing=("matter",))
    return Signal.objects.create(
        kind=Signal.Kind.NOTICED,
        matter=matter.strip()[:MATTER_LENGTH],
        department=department,
        owner=person,
        raised_at=at,
        key=f"noticed:{person.pk}:{at.isoformat()}",
    )


@transaction.atomic
def settle(signal_id: int, *, done: str, complaint: Complaint | None, actor: Actor, at: datetime) -> Signal:
    """End a signal: settled before a complaint by what was done, or by the complaint it became."""
    person = _person(actor)
    row = Signal.objects.select_for_update().get(pk=signal_id)
    if row.ended_at is not None:
        raise SettledAlready()
    if not done.strip() and complaint is None:
        raise NotSettled(missing=("done",))
    row.status = Signal.Status.PREVENTED if complaint is None else Signal.Status.COMPLAINT
    row.done, row.complaint, row.ended_by, row.ended_at = done.strip(), complaint, person, at
    row.save()
    return row


def prevented(begins: datetime, ends: datetime) -> Prevented:
    """Give the prevented signals and the complaints of the time from `begins` to before `ends` (S2-19)."""
    ended = Signal.objects.filter(status=Signal.Status.PREVENTED, ended_at__gte=begins, ended_at__lt=ends)
    cases = Complaint.objects.filter(received_at__gte=begins, received_at__lt=ends)
    return Prevented(ended.count(), cases.count())


def _raise(earlier: Enquiry, row: Enquiry) -> bool:
    try:
        with transaction.atomic():
            made = Signal.objects.create(
                kind=Signal.Kind.REPEATED,
                matter=row.question[:MATTER_LENGTH],
                enquiry=row,
                department_id=row.department_id,
                owner=row.owner,
                raised_at=row.passed_at,
                key=f"repeated:{earlier.pk}:{row.pk}",
            )
            bell.notify(row.owner, "signal.raised", at=row.passed_at, key=f"signal:{made.pk}", url=URL)
    except IntegrityError:
        return False
    return True


def _number(phone: str) -> str:
    """A telephone number by its digits alone, whatever was typed between them."""
    return "".join(sign for sign in fold(phone) if sign.isdigit())


def _person(actor: Actor) -> Person:
    if actor.person is None:
        raise roles.refusal(RAISE)
    roles.require(actor.person, RAISE)
    return actor.person
