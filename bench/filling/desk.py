"""One agent at work in this process's database: a token for his programs and a session for his browser."""

# ruff: noqa: E402 - models can be imported only after the setup
import json
import os

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "huiyin.config.settings")
django.setup()


from bench.filling.population import signed_in
from huiyin.interfaces.common import clock, tokens
from huiyin.interfaces.common.scopes import Scope
from huiyin.people.models import Department, Person, PersonRole
from huiyin.people.roles import Role


def one_agent() -> None:
    """Make the agent and print token and session key."""
    desk, _made = Department.objects.get_or_create(code="customer_service", defaults={"name": "客服部"})
    agent = Person.objects.create(username="hotline", name="林小满", department=desk)
    PersonRole.objects.create(person=agent, role=Role.AGENT)
    scopes = [Scope.READ.value, Scope.RECEIVE.value, Scope.WRITE.value]
    made = tokens.make(agent, name="hotline", scopes=scopes, days=1, at=clock.now())
    print(json.dumps({"token": made.text, "session": signed_in(agent)}))
