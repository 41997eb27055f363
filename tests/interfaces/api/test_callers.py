"""Who may call: tokens, their scopes and their end; the browser's sign-in; how fast."""

from datetime import timedelta

import pytest
from django.test import Client

from huiyin.complaints.lifecycle import MOVES
from huiyin.interfaces.api.house import api
from huiyin.interfaces.api.limits import Buckets
from huiyin.interfaces.api.plain import PLAIN
from huiyin.interfaces.api.steps.table import OPERATIONS
from huiyin.interfaces.common import tokens
from huiyin.interfaces.common.models import ApiToken
from huiyin.interfaces.common.scopes import Scope, scope_for
from huiyin.people.roles import Role
from tests import factories
from tests.interfaces.api.calling import COMPLAINT

AT = factories.TUESDAY_10


def bearer(text):
    return Client(headers={"Authorization": f"Bearer {text}"}).get("/api/v1/me")


def test_c27_a_good_token_says_who_calls(agent):
    told = agent.get("/me").json()

    assert (told["username"], told["roles"], told["scopes"]) == ("xiaoli", ["agent"], sorted(Scope.values))


@pytest.mark.parametrize("spoil", [lambda text: text[:-1], lambda text: text + "x", lambda text: "hy_00000000_x"])
def test_c27_any_other_text_opens_nothing(agent, spoil):
    answer = bearer(spoil(agent.token.text))

    assert answer.status_code == 401
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert answer.headers["WWW-Authenticate"] == "Bearer"


def test_c27_nobody_is_answered_without_a_token(db):
    assert Client().post("/api/v1/complaints", COMPLAINT, content_type="application/json").status_code == 401


def test_c27_a_revoked_token_ends_at_once(agent):
    tokens.revoke(agent.token.token.pk, person=agent.person, at=AT)

    assert bearer(agent.token.text).status_code == 401


def test_c27_a_token_ends_with_its_time(agent, clock):
    clock.move_to(AT + timedelta(days=400))

    assert bearer(agent.token.text).status_code == 401


def test_c27_a_token_ends_with_the_work_of_its_person(agent):
    agent.person.is_active = False
    agent.person.save(update_fields=["is_active"])

    assert bearer(agent.token.text).status_code == 401


def test_c27_only_a_digest_of_the_secret_is_kept(agent):
    secret = agent.token.text.split("_", 2)[2]  # which may hold the separator itself
    kept = ApiToken.objects.get(pk=agent.token.token.pk)

    assert secret not in str(vars(kept))
    assert len(kept.digest) == 64


def test_c27_use_is_noted_at_most_every_quarter_of_an_hour(agent, clock):
    agent.get("/me")
    first = ApiToken.objects.get(pk=agent.token.token.pk).last_used_at
    clock.move_to(AT + timedelta(minutes=14))
    agent.get("/me")
    assert ApiToken.objects.get(pk=agent.token.token.pk).last_used_at == first

    clock.move_to(AT + timedelta(minutes=16))
    agent.get("/me")

    assert ApiToken.objects.get(pk=agent.token.token.pk).last_used_at == AT + timedelta(minutes=16)


def test_c27_a_token_does_only_what_it_was_made_for(call, clock):
    reader = call("xiaoli", Role.AGENT, scopes=("read",))

    answer = reader.post("/complaints", COMPLAINT)

    assert answer.status_code == 403
    assert answer.json()["rule"] == "接口-01"
    assert reader.get("/complaints").status_code == 200


def test_c27_a_token_that_files_reads_nothing(call, clock):
    shop = call("xiaoli", Role.AGENT, scopes=("receive",))
    number = shop.post("/complaints", COMPLAINT).json()["number"]

    assert shop.get(f"/complaints/{number}").status_code == 403


def test_c27_a_scope_never_gives_more_than_the_person_has(call, clock):
    handler = call("laozhou", Role.HANDLER, of="warehouse")

    assert handler.post("/complaints", COMPLAINT).status_code == 403


def test_c27_every_move_needs_the_scope_its_capability_falls_under():
    needed = {name: scope_for(row.capability) for name, row in MOVES.items() if name != "receive"}
    # The owner asks and a supervisor confirms by the same capability; the confirmation is a decision.
    assert {name: OPERATIONS[name].scope for name in needed} == needed
    assert PLAIN["receive"].scope == Scope.RECEIVE


def test_c27_every_operation_names_its_scope():
    told = api.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    named = {one["operationId"]: one["x-scope"] for methods in told.values() for one in methods.values()}

    assert [name for name, scope in named.items() if scope not in Scope.values and name != "me"] == []


def test_c27_the_browser_calls_with_its_sign_in_and_writes_only_with_the_anti_forgery_token(agent):
    browser = Client(enforce_csrf_checks=True)
    browser.force_login(agent.person, backend="django.contrib.auth.backends.ModelBackend")

    assert browser.get("/api/v1/me").status_code == 200
    refused = browser.post("/api/v1/complaints", COMPLAINT, content_type="application/json")
    assert refused.status_code == 403
    browser.get("/account/")
    token = browser.cookies["huiyin_csrf"].value
    taken = browser.post(
        "/api/v1/complaints", COMPLAINT, content_type="application/json", headers={"X-CSRFToken": token}
    )

    assert taken.status_code == 201


def test_c27_too_many_requests_wait(agent, settings):
    settings.HUIYIN_API_PER_MINUTE = 2
    answers = [agent.get("/me") for _number in range(3)]

    assert [answer.status_code for answer in answers] == [200, 200, 429]
    assert 1 <= int(answers[-1].headers["Retry-After"]) <= 30
    assert answers[-1].json()["rule"] == "接口-03"


def test_c27_a_bucket_fills_again_steadily():
    buckets = Buckets()
    taken = [buckets.wait_seconds("a", per_minute=60, now=0.0) for _number in range(61)]

    assert taken == [0] * 60 + [1]
    assert buckets.wait_seconds("b", per_minute=60, now=0.0) == 0
    assert buckets.wait_seconds("a", per_minute=60, now=1.0) == 0
    assert buckets.wait_seconds("a", per_minute=60, now=1.0) == 1
