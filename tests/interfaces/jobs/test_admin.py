import io

import pytest
from django.core.management import CommandError, call_command

from huiyin.interfaces.common import clock
from huiyin.interfaces.jobs.first_people import HOW_TO_MAKE_ONE, require_real_people
from huiyin.people import passwords, staff
from huiyin.people.models import Person
from huiyin.people.roles import Role

GOOD = "竹影扫阶-尘不动-42"


def create(*arguments):
    out = io.StringIO()
    call_command("admin", "create", *arguments, stdout=out)
    return out.getvalue()


def test_c27_the_first_administrator_is_made_by_the_command(db, monkeypatch):
    monkeypatch.setenv("HUIYIN_ADMIN_PASSWORD", GOOD)

    said = create("root", "--name", "赵敏")

    person = Person.objects.get()
    assert (person.name, person.role_codes, person.password_due) == ("赵敏", {"administrator"}, False)
    assert (person.check_password(GOOD), "root" in said) == (True, True)


def test_c27_a_weak_password_makes_no_administrator(db, monkeypatch):
    monkeypatch.setenv("HUIYIN_ADMIN_PASSWORD", passwords.DEMO_PASSWORD)

    with pytest.raises(CommandError, match="账号-05"):
        create("root")
    assert Person.objects.count() == 0


def test_c27_the_password_is_asked_for_twice(db, monkeypatch):
    answers = iter([GOOD, "other"])
    monkeypatch.delenv("HUIYIN_ADMIN_PASSWORD", raising=False)
    monkeypatch.setattr("getpass.getpass", lambda prompt: next(answers))

    with pytest.raises(CommandError, match="differ"):
        create("root")


def test_c27_production_says_how_to_make_the_first_administrator_and_refuses_the_demonstration(db, settings):
    said: list[str] = []
    new = staff.NewPerson(username="demo", name="演示员", roles=(Role.ADMINISTRATOR,))
    require_real_people(said.append)
    settings.PRODUCTION = True
    require_real_people(said.append)
    staff.add_person(new, password=passwords.DEMO_PASSWORD, by=None, at=clock.now(), demo=True)

    with pytest.raises(CommandError, match="demo"):
        require_real_people(said.append)
    assert said == [HOW_TO_MAKE_ONE]
