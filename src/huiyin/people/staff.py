"""Keep the accounts of those who work here; every change is written down."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from huiyin.people import passwords, roles, sign_ins
from huiyin.people.models import Department, Person, PersonChange, PersonRole
from huiyin.people.roles import Role
from huiyin.people.rules import (
    ADMINISTRATOR_STAYS,
    HAS_A_ROLE,
    HEAD_WORKS_HERE,
    LEAVER_HANDS_OVER,
    PASSWORD_STRENGTH,
    SIGN_IN_NAME,
)
from huiyin.rules import Refusal


class SignInNameTaken(Refusal):
    rule = SIGN_IN_NAME
    sentence = _("The sign-in name “%(username)s” already belongs to somebody.")
    unblock = _("Choose another sign-in name.")


class LastAdministrator(Refusal):
    rule = ADMINISTRATOR_STAYS
    sentence = _("%(name)s is the last active administrator.")
    unblock = _("Make somebody else an administrator first.")


class LeaverHasCases(Refusal):
    rule = LEAVER_HANDS_OVER
    sentence = _("%(name)s still has open cases: %(count)s.")
    unblock = _("Give the cases to somebody else first.")


class HeadNotHere(Refusal):
    rule = HEAD_WORKS_HERE
    sentence = _("%(name)s does not work in this department.")
    unblock = _("Choose somebody who works there, or move the person first.")


class PasswordTooWeak(Refusal):
    rule = PASSWORD_STRENGTH
    sentence = _("This password cannot be used: %(problems)s")
    unblock = _("Choose a longer password that says nothing about you.")


class NoRole(Refusal):
    rule = HAS_A_ROLE
    sentence = _("Nobody works here without a role.")
    unblock = _("Choose at least one role.")


# Matters of taste, which nobody needs to look up later.
TASTE = frozenset({"language", "time_zone", "theme", "density"})


@dataclass(frozen=True)
class NewPerson:
    """What is known about somebody on the first day."""

    username: str
    name: str
    roles: tuple[Role, ...]
    department: Department | None = None
    email: str = ""
    phone: str = ""
    language: str = "zh-hans"
    joined_on: date | None = None


@transaction.atomic
def add_person(new: NewPerson, *, password: str, by: Person | None, at: datetime, demo: bool = False) -> Person:
    """Give somebody an account. `by` is empty only for the command that makes the first administrator.

    Refuses a taken name, a weak password and an empty list of roles. `demo` marks a password everybody knows:
    it is not examined, and a production start refuses it.
    """
    _require_administrator(by)
    username = normalise_username(new.username)
    if not new.roles:
        raise NoRole(missing=("roles",))
    if Person.objects.filter(username=username).exists():
        raise SignInNameTaken(username=username, missing=("username",))
    person = Person(
        username=username,
        name=new.name.strip(),
        department=new.department,
        email=new.email,
        phone=new.phone,
        language=new.language,
        joined_on=new.joined_on,
        password_is_demo=demo,
        password_due=by is not None and not demo,
    )
    if demo:
        person.password = passwords.quick_hash(password)
    else:
        require_strong(password, person)
        person.set_password(password)
    person.save()
    PersonRole.objects.bulk_create(PersonRole(person=person, role=role) for role in dict.fromkeys(new.roles))
    _note(person, "added", None, sorted(new.roles), by, at)
    return person


def normalise_username(username: str) -> str:
    """Sign-in names are written in one case, in half width, without spaces around them."""
    return Person.normalize_username(username).strip().casefold()


@transaction.atomic
def change_roles(person_id: int, *, to: Iterable[Role], by: Person, at: datetime) -> Person:
    """Give a person exactly these roles. Refuses none at all, and taking the last administrator away."""
    _require_administrator(by)
    person = Person.objects.select_for_update().get(pk=person_id)
    wanted, held = frozenset(str(role) for role in to), person.role_codes
    if not wanted:
        raise NoRole(missing=("roles",))
    if Role.ADMINISTRATOR in held and Role.ADMINISTRATOR not in wanted:
        _require_another_administrator(person)
    if wanted != held:
        PersonRole.objects.filter(person=person, role__in=held - wanted).delete()
        PersonRole.objects.bulk_create(PersonRole(person=person, role=role) for role in sorted(wanted - held))
        _note(person, "roles", sorted(held), sorted(wanted), by, at)
    return Person.objects.get(pk=person_id)


@transaction.atomic
def change_details(person_id: int, changes: dict[str, Any], *, by: Person, at: datetime) -> Person:
    """Change name, department, contact, joining day or training layer of a person.

    Whoever leaves a department stops being its head.
    """
    if by.pk != person_id:
        _require_administrator(by)
    person = Person.objects.select_for_update().get(pk=person_id)
    before = {key: getattr(person, key) for key in changes}
    for key, value in changes.items():
        setattr(person, key, value)
    changed = [key for key in changes if before[key] != changes[key]]
    person.save(update_fields=changed)
    for key in (key for key in changed if key not in TASTE):
        _note(person, key, _plain(before[key]), _plain(changes[key]), by, at)
    if "department" in changed:
        Department.objects.filter(head=person).exclude(people=person).update(head=None)
    return person


@transaction.atomic
def deactivate(person_id: int, *, open_cases: int, by: Person, at: datetime) -> Person:
    """Let somebody go: no sign-in from now on, every session ends, the history stays.

    Refuses the last administrator, and whoever still has open cases, which the caller has counted.
    """
    _require_administrator(by)
    person = Person.objects.select_for_update().get(pk=person_id)
    if person.has_role(Role.ADMINISTRATOR):
        _require_another_administrator(person)
    if open_cases:
        raise LeaverHasCases(name=person.name, count=open_cases)
    _set_active(person, False, by, at)
    Department.objects.filter(head=person).update(head=None)
    sign_ins.end_all(person, at=at)
    return person


@transaction.atomic
def reactivate(person_id: int, *, by: Person, at: datetime) -> Person:
    """Let somebody in again, with the roles held before."""
    _require_administrator(by)
    person = Person.objects.select_for_update().get(pk=person_id)
    _set_active(person, True, by, at)
    return person


@transaction.atomic
def set_password(person_id: int, password: str, *, by: Person | None, at: datetime, keep_session: str = "") -> Person:
    """Change a password and end the person's other sessions; one set by somebody else must be changed at sign-in.

    Refuses a weak password, and anybody but the person or an administrator.
    """
    own = by is not None and by.pk == person_id
    if not own:
        _require_administrator(by)
    person = Person.objects.select_for_update().get(pk=person_id)
    require_strong(password, person)
    person.set_password(password)
    person.password_due, person.password_is_demo = not own and by is not None, False
    person.save(update_fields=["password", "password_due", "password_is_demo"])
    _note(person, "password", None, None, by, at)
    sign_ins.end_all(person, at=at, keep=keep_session)
    return person


@transaction.atomic
def save_department(code: str, name: str, *, by: Person, at: datetime) -> Department:
    """Add a department, or give an existing one a new name."""
    _require_administrator(by)
    department, _made = Department.objects.update_or_create(code=code, defaults={"name": name.strip()})
    return department


@transaction.atomic
def name_head(department_id: int, *, head: Person | None, by: Person, at: datetime) -> Department:
    """Say who heads a department; refuses somebody who does not work in it."""
    _require_administrator(by)
    department = Department.objects.select_for_update().get(pk=department_id)
    if head is not None and (head.department_id != department.pk or not head.is_active):
        raise HeadNotHere(name=head.name, missing=("head",))
    before, department.head = department.head, head
    department.save(update_fields=["head"])
    for person, after in ((before, None), (head, department.code)):
        if person is not None and before != head:
            _note(person, "head_of", None if after else department.code, after, by, at)
    return department


def require_strong(password: str, person: Person) -> None:
    """Refuse a password that is short, common, known from the demonstration, or made of the person's own data."""
    try:
        validate_password(password, person)
    except ValidationError as error:
        raise PasswordTooWeak(problems=" ".join(error.messages), missing=("password",)) from error


def active_administrators() -> int:
    return Person.objects.filter(is_active=True, roles__role=Role.ADMINISTRATOR).count()


def _require_administrator(by: Person | None) -> None:
    if by is not None:
        roles.require(by, "people.manage")


def _require_another_administrator(person: Person) -> None:
    others = Person.objects.select_for_update().filter(is_active=True, roles__role=Role.ADMINISTRATOR)
    if not others.exclude(pk=person.pk).exists():
        raise LastAdministrator(name=person.name)


def _set_active(person: Person, active: bool, by: Person, at: datetime) -> None:
    if person.is_active != active:
        person.is_active = active
        person.save(update_fields=["is_active"])
        _note(person, "is_active", not active, active, by, at)


def _note(person: Person, field: str, before: Any, after: Any, by: Person | None, at: datetime) -> None:
    PersonChange.objects.create(person=person, by=by, field=field, before=before, after=after, at=at)


def _plain(value: Any) -> Any:
    """What a change log can hold of a value: codes for departments, ISO text for days."""
    if isinstance(value, Department):
        return value.code
    return value.isoformat() if isinstance(value, date) else value
