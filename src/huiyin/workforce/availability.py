"""Who is there, who is away, and who acts for whom (AMB-12).

The owner of a case keeps it while away: the stand-in acts for them, the case is not reassigned.
"""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from huiyin.people import roles
from huiyin.people.models import Person
from huiyin.people.roles import Role
from huiyin.rules import Refusal
from huiyin.workforce.models import Absence, AbsenceKind
from huiyin.workforce.rules import ABSENCE_SOUND, ON_DUTY


class NotOnDuty(Refusal):
    rule = ON_DUTY
    sentence = _("%(name)s is not on duty.")
    unblock = _("Choose somebody who is there, or wait until the absence ends.")


class NotWorkingHere(Refusal):
    rule = ON_DUTY
    sentence = _("%(name)s no longer works here.")
    unblock = _("Choose somebody who does.")


class AbsenceUpsideDown(Refusal):
    rule = ABSENCE_SOUND
    sentence = _("An absence must end after it begins.")
    unblock = _("Correct the two times.")


class SubstituteUnfit(Refusal):
    rule = ABSENCE_SOUND
    sentence = _("%(name)s cannot stand in: absent at that time, no longer here, or the very person who is away.")
    unblock = _("Choose somebody else, or leave it to the duty agent.")


@transaction.atomic
def record_absence(
    person: Person,
    period: tuple[datetime, datetime],
    *,
    by: Person,
    at: datetime,
    substitute: Person | None = None,
    kind: str = AbsenceKind.LEAVE,
) -> Absence:
    """Note when somebody is away and who stands in. One's own absence needs no capability, another's does."""
    if by.pk != person.pk:
        roles.require(by, "absence.record")
    from_at, to_at = period
    if from_at >= to_at:
        raise AbsenceUpsideDown(missing=("to_at",))
    if substitute is not None and (substitute.pk == person.pk or not _there_throughout(substitute, period)):
        raise SubstituteUnfit(name=substitute.name, missing=("substitute",))
    return Absence.objects.create(
        person=person,
        kind=kind,
        from_at=from_at,
        to_at=to_at,
        substitute=substitute,
        recorded_by=by,
        recorded_at=at,
    )


@transaction.atomic
def cancel_absence(absence_id: int, *, by: Person, at: datetime) -> Absence:
    """Take an absence back; the row stays."""
    absence = Absence.objects.select_for_update().get(pk=absence_id)
    if by.pk != absence.person_id:
        roles.require(by, "absence.record")
    if absence.cancelled_at is None:
        absence.cancelled_at = at
        absence.save(update_fields=["cancelled_at"])
    return absence


def running_and_coming(at: datetime) -> QuerySet[Absence]:
    """Absences that are not over, the earliest first, with the people in them."""
    rows = Absence.objects.filter(to_at__gt=at, cancelled_at__isnull=True)
    return rows.select_related("person", "substitute").order_by("from_at", "pk")


def absent_ids(at: datetime) -> QuerySet[Absence, int]:
    """Ids of everybody away at a moment, to be used inside another query."""
    return _running(at).values_list("person_id", flat=True)


def is_on_duty(person: Person, at: datetime) -> bool:
    """Whether somebody works here and is not away."""
    return person.is_active and not _running(at).filter(person=person).exists()


def require_on_duty(person: Person, at: datetime) -> None:
    """Refuse somebody who has left or is away."""
    if not person.is_active:
        raise NotWorkingHere(name=person.name)
    if not is_on_duty(person, at):
        raise NotOnDuty(name=person.name)


def substitute_for(owner: Person, at: datetime) -> Person | None:
    """Who stands in for an owner who is away: the one named, while there; else the first duty agent there.

    Nobody, as long as the owner is there.
    """
    if is_on_duty(owner, at):
        return None
    named = _running(at).filter(person=owner, substitute__isnull=False).select_related("substitute").order_by("pk")
    for absence in named:
        if absence.substitute is not None and is_on_duty(absence.substitute, at):
            return absence.substitute
    return on_duty_with(Role.DUTY_AGENT, at).exclude(pk=owner.pk).first()


def acts_for(person: Person, owner: Person, at: datetime) -> bool:
    """Whether a person may act for an owner who is away: the stand-in, or any duty agent who is there."""
    if person.pk == owner.pk or is_on_duty(owner, at) or not is_on_duty(person, at):
        return False
    if person.has_role(Role.DUTY_AGENT):
        return True
    return _running(at).filter(person=owner, substitute=person).exists()


def on_duty_with(role: Role, at: datetime) -> QuerySet[Person]:
    """Everybody with a role who is there, in a steady order."""
    held = Person.objects.filter(is_active=True, roles__role=role)
    return held.exclude(pk__in=absent_ids(at)).order_by("pk")


def on_duty_agents(at: datetime) -> QuerySet[Person]:
    """Agents and duty agents who are there, in a steady order; the caller picks the one with the fewest cases."""
    held = Person.objects.filter(is_active=True, roles__role__in=(Role.AGENT, Role.DUTY_AGENT)).distinct()
    return held.exclude(pk__in=absent_ids(at)).order_by("pk")


def _running(at: datetime) -> QuerySet[Absence]:
    return Absence.objects.filter(from_at__lte=at, to_at__gt=at, cancelled_at__isnull=True)


def _there_throughout(person: Person, period: tuple[datetime, datetime]) -> bool:
    overlapping = Q(from_at__lt=period[1], to_at__gt=period[0], cancelled_at__isnull=True)
    return person.is_active and not Absence.objects.filter(overlapping, person=person).exists()
