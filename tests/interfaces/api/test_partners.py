"""Asking a partner over the API: the link goes out, the answer is shown, another's case stays unknown."""

import pytest

from huiyin.messaging.models import Outgoing
from tests import factories
from tests.factories import at_of
from tests.interfaces.api.calling import Caller


@pytest.fixture
def asked(policy, clock):
    agent = Caller(factories.agent().person)
    case = factories.investigating()
    clock.move_to(at_of(case, 60))
    body = {
        "party": "顺丰速运",
        "channel": "email",
        "address": "claims@carrier.example",
        "question": "运单 SF1020304 是否破损?",
        "due_at": at_of(case, 900).isoformat(),
    }
    return agent, case, agent.post(f"/complaints/{case.number}/ask_partner", body)


def test_s0_17_a_partner_is_asked_reminded_and_the_question_taken_back(asked):
    agent, case, answer = asked
    assert answer.status_code == 200, answer.json()
    row = answer.json()["made"]["id"]
    assert "/partner/" in Outgoing.objects.get(key=f"partner:{row}:1").body

    again = agent.post(f"/complaints/{case.number}/send_link_again", {"request": row})
    over = agent.post(f"/complaints/{case.number}/withdraw_question", {"request": row, "reason": "已查明"})

    assert (again.status_code, over.status_code) == (200, 200)
    shown = agent.get(f"/complaints/{case.number}").json()["inquiry"]["partner_requests"][0]
    assert (shown["status"], shown["links_sent"], shown["party"]) == ("withdrawn", 2, "顺丰速运")
    assert {"link_hash", "code_hash", "address"} & set(shown) == set()


def test_s0_06_a_question_with_the_customers_telephone_is_refused(asked):
    agent, case, _answer = asked
    body = {"party": "顺丰", "channel": "email", "address": "a@b.example", "question": "请致电 13812341234"}

    refused = agent.post(f"/complaints/{case.number}/ask_partner", body | {"due_at": at_of(case, 900).isoformat()})

    assert (refused.status_code, refused.json()["rule"]) == (422, "伙伴-02")
