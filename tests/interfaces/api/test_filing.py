"""Filing over the API, reading what was filed, and taking the first steps."""

from django.apps import apps
from django.db import connection
from django.test.utils import CaptureQueriesContext

from bench.receiving import floor
from tests.interfaces.api.calling import COMPLAINT, in_minutes


def test_s0_01_a_filed_complaint_is_answered_with_its_number_and_state(agent):
    answer = agent.post("/complaints", COMPLAINT)

    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["state"], told["owner"], told["seen"]) == ("received", agent.person.pk, 1)


def test_s0_01_the_filed_complaint_can_be_read_in_list_and_detail(agent):
    number = agent.post("/complaints", COMPLAINT).json()["number"]

    listed = agent.get("/complaints").json()
    shown = agent.get(f"/complaints/{number}")

    assert [row["number"] for row in listed["rows"]] == [number]
    assert shown.headers["ETag"] == '"1"'
    assert (shown.json()["text"], shown.json()["amount"]) == (COMPLAINT["text"], "1299.00")


def test_s0_04_the_first_answer_moves_the_case(agent):
    number = agent.post("/complaints", COMPLAINT).json()["number"]
    words = "您期待收到完美的商品,结果出现划痕,肯定很失望。我们两小时内给您核查结果。"

    answer = agent.post(
        f"/complaints/{number}/acknowledge",
        {"say": {"text": words, "next": {"what": "核查结果", "due_at": in_minutes(120)}}},
    )

    assert answer.status_code == 200, answer.content
    assert answer.json()["state"] == "acknowledged"


def test_dec_12_filing_asks_the_database_no_more_than_twenty_times(agent):
    """Thirteen of them write rows; a further look-up on this path is felt by everybody who files."""
    agent.post("/complaints", COMPLAINT)
    with CaptureQueriesContext(connection) as asked:
        agent.post(
            "/complaints", COMPLAINT | {"name": "李四", "identities": [{"kind": "phone", "value": "13800001111"}]}
        )

    assert len(asked) <= 20, "\n".join(query["sql"][:120] for query in asked)


def test_bench_the_floor_writes_the_rows_that_receiving_writes(agent):
    number = agent.post("/complaints", COMPLAINT).json()["number"]
    models = [model for model in apps.get_models() if model.__module__.startswith("huiyin.")]
    before = {model: model._default_manager.count() for model in models}
    agent.post("/complaints", COMPLAINT | {"name": "李四", "identities": [{"kind": "phone", "value": "13800001111"}]})
    received = {model: model._default_manager.count() for model in models}

    floor.write(floor.read(number), "FL-0-000001")

    raw = {model: model._default_manager.count() for model in models}
    assert {model: raw[model] - received[model] for model in models} == {
        model: received[model] - before[model] for model in models
    }
