"""How things are refused and repeated: problem+json with the rule, bounds, 404 that tells nothing, idempotency."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from huiyin.complaints.models import Complaint
from huiyin.files.models import StoredFile
from huiyin.people import access_log
from huiyin.people.roles import Role
from tests.interfaces.api.calling import COMPLAINT, in_minutes

FIELDS = {
    *("type", "title", "status", "detail", "rule", "rule_title", "requirements", "unblock", "missing", "errors"),
}


def filed(caller, **changes):
    answer = caller.post("/complaints", COMPLAINT | changes)
    assert answer.status_code == 201, answer.content
    return answer.json()["number"]


def test_c27_a_refusal_names_its_rule_and_what_lifts_it(agent):
    number = filed(agent)
    told = agent.post(f"/complaints/{number}/close", {"words": {"skip": "无"}})

    problem = told.json()
    assert set(problem) == FIELDS
    assert (told.status_code, problem["rule"], problem["requirements"]) == (409, "流程-01", ["S0-01"])
    assert problem["unblock"]


@pytest.mark.parametrize(
    ("change", "where"),
    [
        ({"identities": []}, "identities"),
        ({"amount": 12.5}, "amount"),
        ({"amount": "12.345"}, "amount"),
        ({"amount": "-1.00"}, "amount"),
        ({"amount": "1000000000000.00"}, "amount"),
        ({"title": "长" * 201}, "title"),
        ({"text": "有\x00零"}, "text"),
        ({"text": "半\ud83d"}, "text"),
        ({"received_at": "2025-03-04T09:00:00"}, "received_at"),
        ({"received_at": "9999-12-31T23:59:59Z"}, "received_at"),
        ({"channel": "pigeon"}, "channel"),
        ({"emotion": 9}, "emotion"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_c27_what_cannot_be_kept_is_refused_with_its_field(agent, change, where):
    answer = agent.post("/complaints", COMPLAINT | change)

    assert answer.status_code == 422
    assert set(answer.json()) == FIELDS
    assert where in answer.json()["missing"]
    assert Complaint.objects.count() == 0


@pytest.mark.parametrize("body", [b"", b"{", b"[1", b"\xff\xfe", b'{"text": NaN', b"[" * 5000])
def test_c27_what_is_no_json_is_a_problem(agent, body):
    answer = agent.client.post("/api/v1/complaints", body, content_type="application/json")

    assert answer.status_code in (400, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_c27_a_body_larger_than_any_operation_takes_is_refused(agent):
    answer = agent.post("/complaints", COMPLAINT | {"text": "长" * 300_000})

    assert answer.status_code == 413


@pytest.mark.parametrize("path", ["/complaints/HY-250304-999999", "/nowhere", "/files/999", "/complaints/%00"])
def test_c27_what_is_not_there_is_a_problem(agent, path):
    answer = agent.client.get(f"/api/v1{path}")

    assert answer.status_code in (404, 422)
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_c05_a_case_one_may_not_see_is_answered_like_one_that_is_not(agent, call):
    number = filed(agent)
    stranger = call("zhijian", Role.HANDLER, of="quality")

    hidden = stranger.get(f"/complaints/{number}")
    missing = stranger.get("/complaints/HY-250304-999999")

    assert (hidden.status_code, hidden.content) == (missing.status_code, missing.content)
    assert hidden.status_code == 404
    assert stranger.post(f"/complaints/{number}/write_note", {"text": "我看看"}).status_code == 404


def test_c27_a_row_of_another_case_is_not_known(agent, supervisor):
    first, second = filed(agent), filed(agent, order_number="E-2")
    due = {"kind": "other", "department": "customer_service", "due_at": in_minutes(60)}
    made = agent.post(f"/complaints/{first}/make_task", due | {"assignee": agent.person.pk}).json()["made"]

    answer = agent.post(f"/complaints/{second}/acknowledge_task", {"task": made["id"]})

    assert (answer.status_code, answer.json()["missing"]) == (422, ["task"])


def test_c27_a_repeated_request_is_done_once(agent):
    first = agent.post("/complaints", COMPLAINT, Idempotency_Key="shop-1")
    again = agent.post("/complaints", COMPLAINT, Idempotency_Key="shop-1")

    assert (first.status_code, again.status_code) == (201, 201)
    assert first.json() == again.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert Complaint.objects.count() == 1


def test_c27_a_key_stands_for_one_request(agent):
    agent.post("/complaints", COMPLAINT, Idempotency_Key="shop-1")

    other = agent.post("/complaints", COMPLAINT | {"title": "另一件"}, Idempotency_Key="shop-1")

    assert (other.status_code, other.json()["rule"]) == (409, "请求-01")


def test_c27_a_refused_request_leaves_its_key_free(agent):
    number = filed(agent)
    words = "您期待收到完美的商品,结果出现划痕,肯定很失望。我们两小时内给您核查结果。"
    without = {"say": {"text": words}}
    with_time = {"say": {"text": words, "next": {"what": "核查结果", "due_at": in_minutes(120)}}}

    refused = agent.post(f"/complaints/{number}/acknowledge", without, Idempotency_Key="a-1")
    taken = agent.post(f"/complaints/{number}/acknowledge", with_time, Idempotency_Key="a-1")

    assert refused.status_code in (409, 422)
    assert taken.status_code == 200


@pytest.mark.parametrize("key", ["", "有", "a" * 201])
def test_c27_a_key_that_is_none_is_refused(agent, key):
    answer = agent.client.post(
        "/api/v1/complaints", json.dumps(COMPLAINT), content_type="application/json", headers={"Idempotency-Key": key}
    )

    assert (answer.status_code, answer.json()["missing"]) == (422, ["Idempotency-Key"])


def test_s0_15_a_file_is_attached_and_given_back_as_it_was_taken(agent, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    number = filed(agent)
    content = "出库检验记录:外观完好\n".encode() * 20

    made = agent.client.post(
        f"/api/v1/complaints/{number}/files", {"file": SimpleUploadedFile("记录.txt", content, "text/plain")}
    )

    assert made.status_code == 201, made.content
    file = made.json()["file"]
    given = agent.get(f"/files/{file['id']}")
    assert b"".join(given.streaming_content) == content
    proof = {"kind": "order_record", "title": "检验记录", "source": "仓库", "file": file["id"]}
    added = agent.post(f"/complaints/{number}/add_evidence", proof | {"obtained_at": in_minutes(-10)})
    assert added.status_code == 200, added.content
    assert [row["whole"] for row in agent.get(f"/complaints/{number}/evidence").json()["evidence"]] == [True]


def test_s0_15_a_program_is_not_taken_and_the_file_of_a_hidden_case_not_given(agent, call, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    number = filed(agent)
    program = SimpleUploadedFile("a.exe", b"MZ" + b"\0" * 200, "application/pdf")
    refused = agent.client.post(f"/api/v1/complaints/{number}/files", {"file": program})
    assert (refused.status_code, refused.json()["rule"]) == (409, "附件-01")

    agent.client.post(
        f"/api/v1/complaints/{number}/files",
        {"file": SimpleUploadedFile("a.txt", "记录内容".encode() * 9, "text/plain")},
    )
    stranger = call("zhijian", Role.HANDLER, of="quality")

    assert stranger.get(f"/files/{StoredFile.objects.get().pk}").status_code == 404


def test_s0_06_contacts_are_masked_until_they_are_revealed_with_a_reason(agent):
    number = filed(agent)
    shown = agent.get(f"/complaints/{number}").json()["customer"]["identities"][0]
    assert shown["shown"] == "138****1234"

    revealed = agent.post(f"/complaints/{number}/reveal_contact", {"identity": shown["id"], "reason": "回电核实"})

    assert revealed.json()["value"] == "13812341234"
    assert agent.get(f"/complaints/{number}").json()["customer"]["identities"][0]["shown"] == "13812341234"
    kinds = [event["kind"] for event in agent.get(f"/complaints/{number}/timeline").json()["events"]]
    assert kinds == ["complaint.received", "contact.revealed"]


def test_s0_06_another_agent_may_not_reveal_and_an_auditor_reads_everything_covered(agent, call):
    number = filed(agent, text="请打我电话13812341234,我叫张三")
    other = call("xiaozhou", Role.AGENT)
    auditor = call("shenji", Role.AUDITOR)
    identity = agent.get(f"/complaints/{number}").json()["customer"]["identities"][0]["id"]

    refused = other.post(f"/complaints/{number}/reveal_contact", {"identity": identity, "reason": "好奇"})
    read = auditor.get(f"/complaints/{number}").json()

    assert refused.status_code == 403
    assert (read["text"], read["customer"]["name"]) == ("请打我电话138****1234,我叫张*", "张*")
    assert "13812341234" not in json.dumps(auditor.get(f"/complaints/{number}/timeline").json())


def test_dec_09_reading_a_case_is_logged(agent):
    number = filed(agent)
    agent.get(f"/complaints/{number}")
    agent.get(f"/complaints/{number}/timeline")

    case = Complaint.objects.get(number=number)
    assert [row.kind for row in access_log.entries(complaint_id=case.pk)] == ["view"]


def test_c27_words_come_in_the_language_asked_for(agent):
    number = filed(agent)
    told = agent.client.post(
        f"/api/v1/complaints/{number}/close",
        json.dumps({"words": {"skip": "-"}}),
        content_type="application/json",
        headers={"Accept-Language": "en"},
    )

    assert told.json()["rule_title"] == "A step belongs to its stage"


def test_flow_moves_say_what_stands_against_each(agent):
    number = filed(agent)
    moves = agent.get(f"/complaints/{number}/moves").json()

    assert [(move["name"], move["allowed"]) for move in moves["moves"]] == [("acknowledge", False), ("withdraw", False)]
    assert moves["moves"][0]["refusals"][0]["rule"]
