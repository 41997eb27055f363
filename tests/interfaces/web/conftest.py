import pytest

from huiyin.interfaces.common import clock
from huiyin.people import staff
from huiyin.people.models import Person, PersonRole
from huiyin.people.roles import Role

PASSWORD = "竹影扫阶-尘不动-42"


@pytest.fixture
def make_account(db):
    """Make somebody who can sign in with PASSWORD."""

    def make(username: str, *roles: Role, **fields: object) -> Person:
        person = Person(username=username, name=fields.pop("name", username), **fields)
        person.set_password(PASSWORD)
        person.save()
        PersonRole.objects.bulk_create(PersonRole(person=person, role=role) for role in roles)
        return person

    return make


@pytest.fixture
def lina(make_account):
    return make_account("lina", Role.AGENT, name="李娜")


@pytest.fixture
def root(make_account):
    return make_account("root", Role.ADMINISTRATOR, name="赵敏")


@pytest.fixture
def auditor(make_account):
    return make_account("audit", Role.AUDITOR, name="孙立")


@pytest.fixture
def quality(root):
    return staff.save_department("quality", "质量管理部", by=root, at=clock.now())


@pytest.fixture
def as_root(client, root):
    client.force_login(root)
    return client
