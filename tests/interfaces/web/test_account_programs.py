import re

import pytest
from django.test import Client

from huiyin.interfaces.common.models import ApiToken
from huiyin.people.roles import Role

FORM = {"name": "网店接口", "scopes": ["read", "receive"], "days": "30"}
TOKEN = re.compile(r"hy_[0-9a-f]{8}_[\w-]{43}")


@pytest.fixture
def as_lina(client, lina):
    client.force_login(lina)
    return client


def test_c27_a_token_is_shown_once_and_opens_the_interface(as_lina):
    made = as_lina.post("/account/tokens/", FORM)

    text = TOKEN.search(made.content.decode())[0]
    assert "no-store" in made.headers["Cache-Control"]
    assert TOKEN.search(as_lina.get("/account/tokens/").content.decode()) is None
    told = Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/me").json()
    assert (told["username"], told["scopes"]) == ("lina", ["read", "receive"])


@pytest.mark.parametrize("change", [{"name": " "}, {"scopes": []}, {"scopes": ["root"]}, {"days": "4000"}])
def test_c27_a_token_without_name_scope_or_near_end_is_not_made(as_lina, change):
    answer = as_lina.post("/account/tokens/", FORM | change)

    assert TOKEN.search(answer.content.decode()) is None
    assert ApiToken.objects.count() == 0


def test_c27_more_than_twenty_tokens_are_not_kept(as_lina):
    for number in range(20):
        as_lina.post("/account/tokens/", FORM | {"name": f"接口{number}"})

    answer = as_lina.post("/account/tokens/", FORM)

    assert "接口-02" in answer.content.decode()
    assert ApiToken.objects.count() == 20


def test_c27_a_revoked_token_opens_nothing(as_lina):
    text = TOKEN.search(as_lina.post("/account/tokens/", FORM).content.decode())[0]

    as_lina.post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke/")

    assert Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/me").status_code == 401


def test_c27_nobody_revokes_anothers_token(as_lina, make_account):
    other = make_account("boss", Role.SUPERVISOR)
    browser = Client()
    browser.force_login(other)
    browser.post("/account/tokens/", FORM)

    as_lina.post(f"/account/tokens/{ApiToken.objects.get().pk}/revoke/")

    assert ApiToken.objects.get().revoked_at is None


def test_c27_the_reference_shows_every_operation_without_anything_from_elsewhere(as_lina):
    answer = as_lina.get("/api/v1/docs")
    page = answer.content.decode()

    told = as_lina.get("/api/v1/openapi.json").json()
    shown = sum(page.count(f"<code>{path}</code>") for path in told["paths"])
    assert shown == sum(len(methods) for methods in told["paths"].values())
    assert re.findall(r'(?:src|href)="(?:https?:)?//', page) == []
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_c27_the_reference_asks_for_a_sign_in(db):
    assert Client().get("/api/v1/docs").status_code == 302
