"""A program that calls the API as somebody, and what it files first."""

import json
from datetime import datetime, timedelta

from django.test import Client

from huiyin.interfaces.common import tokens
from huiyin.interfaces.common.scopes import Scope
from tests import factories


class Caller:
    """Somebody's program: speaks JSON with a token, and reads JSON back."""

    def __init__(self, person, scopes=tuple(Scope.values)):
        at = datetime.fromisoformat("2025-03-04T09:00:00+08:00")
        self.person = person
        self.token = tokens.make(person, name="test", scopes=scopes, days=300, at=at)
        self.client = Client(headers={"Authorization": f"Bearer {self.token.text}", "Accept-Language": "zh-hans"})

    def get(self, path, **query):
        return self.client.get(f"/api/v1{path}", query)

    def post(self, path, body=None, **headers):
        return self.client.post(
            f"/api/v1{path}",
            json.dumps(body or {}),
            content_type="application/json",
            headers={name.replace("_", "-"): value for name, value in headers.items()},
        )


def in_minutes(minutes, start=factories.TUESDAY_10):
    return (start + timedelta(minutes=minutes)).isoformat()


COMPLAINT = {
    "title": "收到的手机外壳有划痕",
    "text": factories.SCRATCHED,
    "channel": "ticket",
    "name": "张三",
    "identities": [{"kind": "phone", "value": "13812341234"}],
    "order_number": "E-1001",
    "product": "手机",
    "amount": "1299.00",
}
