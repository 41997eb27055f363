"""People, packs and cases for tests: real rows made by the real steps, at times the test chooses."""

from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from huiyin.people.actors import Actor
from huiyin.people.models import Department, Person, PersonRole
from huiyin.people.roles import Role
from huiyin.policy import calendars
from huiyin.policy.packs import store

ZONE = ZoneInfo("Asia/Shanghai")
when = partial(datetime, tzinfo=ZONE)
# Scenario 0 begins on this Tuesday.
TUESDAY_10 = when(2025, 3, 4, 10)
LONG_AGO = when(2025, 1, 2, 9)


def load_policy() -> None:
    """Load the shipped calendars and packs as `make run` does."""
    calendars.load_shipped(LONG_AGO)
    store.load_shipped(at=LONG_AGO)


def department(code: str, name: str = "") -> Department:
    return Department.objects.get_or_create(code=code, defaults={"name": name or code})[0]


def person(username: str, *roles: Role, name: str = "", of: str = "customer_service") -> Person:
    """A person with these roles in a department; asking twice gives the same person."""
    row, made = Person.objects.get_or_create(
        username=username, defaults={"name": name or username, "department": department(of)}
    )
    if made:
        PersonRole.objects.bulk_create([PersonRole(person=row, role=role) for role in roles])
    return row


def acting(username: str, *roles: Role, **more: str) -> Actor:
    return Actor.of(person(username, *roles, **more))
