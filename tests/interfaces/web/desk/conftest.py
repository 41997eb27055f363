"""The desk on the Tuesday of scenario 0: people of every role before the same cases."""

import re
from datetime import datetime

import pytest
import time_machine
from django.test import Client

from huiyin.complaints.models import Complaint
from huiyin.people.models import Person
from huiyin.people.roles import Role
from tests import factories

NOON = factories.when(2025, 3, 4, 11, 50)
WORDS_FOR_SCRIPTS = re.compile(r'<meta name="hy-words"[^>]*>')
UNTRANSLATED = re.compile(r"%\(\w+\)[sd]|\{\{|\{%|>None<|　None")


def untranslated(html: str) -> list[str]:
    """Placeholders nobody filled, template marks, and Nones shown to people."""
    return UNTRANSLATED.findall(WORDS_FOR_SCRIPTS.sub("", html))


@pytest.fixture(autouse=True)
def _policy(db):
    factories.load_policy()


@pytest.fixture(autouse=True)
def at_noon():
    """The house lives on that Tuesday, ten minutes before noon."""
    with time_machine.travel(NOON, tick=False) as traveller:
        yield traveller


class Desk:
    """Somebody at the desk."""

    def __init__(self, person: Person, language: str = "zh-hans") -> None:
        self.person = person
        self.client = Client()
        self.client.force_login(person)
        self.client.cookies["huiyin_language"] = language

    def get(self, path: str, target: str = "", **headers: str):
        if target:
            headers |= {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": target}
        return self.client.get(path, **headers)

    def html(self, path: str, target: str = "") -> str:
        answer = self.get(path, target)
        assert answer.status_code == 200, (path, answer.status_code)
        return answer.content.decode()

    def post(self, path: str, **fields: object):
        return self.client.post(path, fields)


def desk_of(username: str, *roles: Role, language: str = "zh-hans", **more: str) -> Desk:
    return Desk(factories.person(username, *roles, **more), language)


@pytest.fixture
def lina():
    """The agent who owns the cases the factories make."""
    return Desk(factories.agent().person)


@pytest.fixture
def chen():
    return Desk(factories.supervisor().person)


@pytest.fixture
def zhou():
    """The handler the factories name."""
    return Desk(factories.handler().person)


@pytest.fixture
def other_agent():
    return desk_of("xiaozhao", Role.AGENT, name="赵小军")


@pytest.fixture
def auditor():
    return desk_of("shenji", Role.AUDITOR, name="孙立", of="audit")


def many(count: int, state: str = "received", owner: Person | None = None, **fields: object) -> list[Complaint]:
    """So many open cases taken over, each due a minute after the other."""
    owner = owner or factories.agent().person
    made = []
    for number in range(count):
        due = datetime(2025, 3, 4, 12, number % 60, tzinfo=factories.ZONE)
        said = (factories.Spoken("核查结果", due),)
        made.append(factories.admitted(state, owner=owner, promised=said, **fields))
    return made
