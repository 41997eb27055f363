"""The knowledge base, the guidance of a case and a customer for programs: the same rules as on the pages."""

import pytest

from huiyin.people.roles import Role
from tests import factories, later
from tests.interfaces.api.calling import Caller, in_minutes
from tests.knowledge.conftest import NEEDED, seed, shelves

__all__ = ["shelves"]
FIELDS = {name: value for name, value in NEEDED["script"].items()}


@pytest.fixture
def editor(policy, clock):
    return Caller(factories.person("yexin", Role.EDITOR, name="叶欣", of="product"))


@pytest.fixture
def agent(policy, clock):
    return Caller(factories.agent().person)


@pytest.fixture
def stocked(shelves):
    shelves(
        seed("script", "a", scene="damage", title="破损安抚"),
        seed("fact", "f", title="破损怎么验收", scene="damage"),
        seed("fact", "old", title="旧的破损规定", valid_to="2025-02-28"),
        seed("playbook", "angry", caller="angry", hold_script="a"),
    )


def test_s2_35_a_search_returns_ranked_facts(agent, stocked):
    rows = agent.get("/knowledge", q="破損", kind="fact").json()["rows"]

    assert [(row["code"], row["expired"]) for row in rows] == [("f", False), ("old", True)]


def test_c13_lists_by_kind_and_scene(agent, stocked):
    assert [row["code"] for row in agent.get("/knowledge", kind="script", scene="damage").json()["rows"]] == ["a"]
    assert agent.get("/knowledge", kind="card").json() == {"rows": [], "next": None}
    assert agent.get("/knowledge", kind="nothing").status_code == 422


def test_c13_an_entry_with_its_versions(agent, stocked):
    told = agent.get("/knowledge/script/a").json()

    assert (told["version"], told["content"]["text"]) == (1, NEEDED["script"]["text"])
    assert [row["kind"] for row in told["versions"]] == ["shipped"]
    assert agent.get("/knowledge/script/none").status_code == 404


def test_c13_writing_editing_retiring_and_restoring(editor, stocked):
    made = editor.post("/knowledge", {"kind": "script", "code": "own", "fields": FIELDS, "reason": "补一条"})
    path = "/knowledge/script/own"
    edited = editor.post(f"{path}/edit", {"fields": {"text": "先听您说。"}, "reason": "更短", "seen": 1})
    gone = editor.post(f"{path}/retire", {"reason": "不用了", "seen": 2})
    back = editor.post(f"{path}/restore", {"reason": "还有用", "version": 1})

    assert [answer.status_code for answer in (made, edited, gone, back)] == [201, 200, 200, 200]
    assert [answer.json()["in_use"] for answer in (made, edited, gone, back)] == [True, True, False, True]
    assert back.json()["content"]["text"] == NEEDED["script"]["text"]
    assert [row["number"] for row in back.json()["versions"]] == [4, 3, 2, 1]


@pytest.mark.parametrize(
    ("path", "body", "status", "rule"),
    [
        ("/knowledge/script/a/edit", {"fields": {"text": "x"}, "reason": ""}, 422, "知识-01"),
        ("/knowledge/script/a/edit", {"fields": {"text": "x"}, "reason": "y", "seen": 0}, 409, "知识-02"),
        ("/knowledge/script/a/edit", {"fields": {"text": ""}, "reason": "y"}, 422, "知识-03"),
        ("/knowledge/script/a/edit", {"fields": {"pattern": "x"}, "reason": "y"}, 422, "知识-03"),
        ("/knowledge/fact/f/edit", {"fields": {"source": ""}, "reason": "y"}, 422, "知识-04"),
        ("/knowledge", {"kind": "script", "code": "a", "fields": FIELDS, "reason": "y"}, 422, "知识-06"),
        ("/knowledge/script/a/restore", {"reason": "y", "version": 1}, 409, "知识-07"),
        ("/knowledge/script/a/edit", {"fields": {}, "reason": "y"}, 409, "知识-08"),
    ],
)
def test_c13_what_is_refused_names_its_rule(editor, stocked, path, body, status, rule):
    answer = editor.post(path, body)

    assert (answer.json()["rule"], answer.status_code) == (rule, status)


def test_s2_54_an_agent_reads_and_does_not_write(agent, stocked):
    answer = agent.post("/knowledge/script/a/retire", {"reason": "x"})

    assert (answer.status_code, answer.json()["rule"]) == (403, "权限-01")


def test_c13_a_repeated_edit_is_done_once(editor, stocked):
    body = {"fields": {"text": "先听您说。"}, "reason": "更短"}
    first, again = (editor.post("/knowledge/script/a/edit", body, Idempotency_Key="k1") for _turn in range(2))

    assert (first.json(), again["Idempotency-Replayed"]) == (again.json(), "true")
    assert again.json()["version"] == 2


def test_s2_42_the_guidance_of_a_case_names_playbook_course_and_taboos(agent, stocked):
    case = factories.registered(emotion=4)
    told = agent.get(f"/complaints/{case.number}/guidance").json()

    assert (told["playbook"]["code"], told["playbook"]["version"]) == ("angry", 1)
    assert told["playbook"]["hold"] == NEEDED["script"]["text"]
    assert (len(told["taboos"]), told["course"][0]["code"], told["now"]) == (6, "soothe", "soothe")
    assert [row["code"] for row in told["facts"]] == ["f"]


def test_s2_04_guidance_left_with_a_reason_is_recorded(agent, stocked):
    case = factories.registered(emotion=4)
    use = {"kind": "playbook", "code": "angry", "version": 1}
    without = agent.post(f"/complaints/{case.number}/record_guidance", use | {"way": "left"})
    done = agent.post(f"/complaints/{case.number}/record_guidance", use | {"way": "left", "reason": "客户只要书面"})

    assert (without.json()["rule"], done.status_code) == ("指引-01", 200)
    assert case.events.latest("number").kind == "guidance.left"


def test_s2_15_a_question_left_open_by_a_program_is_a_promise(agent, stocked):
    case = factories.acknowledged()
    say = {"text": "划痕算不算保修,我去查证。", "next": {"what": "答复", "due_at": in_minutes(300)}}
    path = f"/complaints/{case.number}/check_and_call_back"
    untimed = agent.post(path, {"question": "划痕算保修吗", "say": {"text": "划痕算不算保修,我去查证。"}})
    done = agent.post(path, {"question": "划痕算保修吗", "say": say})

    assert (untimed.json()["rule"], done.status_code) == ("问答-01", 200)
    assert case.promises.filter(what="答复", ended_at=None).exists()


def test_s2_32_an_opportunity_waits_over_the_api_too(agent, stocked):
    case = factories.registered()
    answer = agent.post(f"/complaints/{case.number}/note_opportunity", {"text": "可提醒延保"})

    assert (answer.status_code, answer.json()["rule"]) == (409, "商机-01")


def test_s2_43_one_request_returns_the_customer_over_all_cases(agent, policy, clock):
    case = later.following_up()
    told = agent.get(f"/customers/{case.customer_id}").json()
    stranger = Caller(factories.person("fremd", Role.HANDLER, of="quality"))

    assert (told["name"], told["value"], told["orders"][0]["number"]) == ("张三", "1299.00", "E-1001")
    assert [row["number"] for row in told["cases"]] == [case.number]
    assert stranger.get(f"/customers/{case.customer_id}").status_code == 404


def test_s0_06_the_api_masks_the_customers_name_by_role(policy, clock):
    case = factories.received()
    boss = Caller(factories.supervisor().person)

    assert boss.get(f"/customers/{case.customer_id}").json()["name"] == "张*"
