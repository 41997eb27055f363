from datetime import UTC, datetime

import pytest

from huiyin.people.models import Department, Person, PersonRole
from huiyin.people.roles import Role

NOON = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)


@pytest.fixture
def noon():
    return NOON


@pytest.fixture
def quality_department(db):
    return Department.objects.create(code="quality", name="质量管理部")


@pytest.fixture
def make_person(db):
    """Make a person with roles, the quick way; accounts made the real way are tested in test_staff."""

    def make(username: str, *roles: Role, **fields: object) -> Person:
        person = Person.objects.create(username=username, name=fields.pop("name", username), **fields)
        PersonRole.objects.bulk_create(PersonRole(person=person, role=role) for role in roles)
        return person

    return make


@pytest.fixture
def administrator(make_person):
    return make_person("root", Role.ADMINISTRATOR, name="赵敏")


@pytest.fixture
def agent(make_person):
    return make_person("lina", Role.AGENT, name="李娜")


@pytest.fixture
def supervisor(make_person):
    return make_person("wang", Role.SUPERVISOR, name="王强")
