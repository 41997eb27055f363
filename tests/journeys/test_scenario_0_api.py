"""Scenario 0 through the API alone: a scratched device, from the first word to the closed case, by three programs.

The clock stands still and is moved to each time of the story; nothing but requests touches the case.
"""

from datetime import datetime
from types import SimpleNamespace

import pytest
import time_machine

from huiyin.complaints import replay, timeline
from huiyin.complaints.models import Complaint
from huiyin.interfaces.api import limits
from tests import factories
from tests.interfaces.api.calling import COMPLAINT, Caller

SKIP = {"skip": "由责任人统一告知客户"}
FINDING = {
    "cause": "transport_damage",
    "side": "third_party",
    "reasons_sufficient": True,
    "demand_reasonable": True,
    "grounds": "出库视频显示外观完好,签收记录注明外箱破损",
    "no_person_reason": "责任在承运商",
    "account_weighed": "客户所说拆开即有划痕,与签收记录一致",
    "words": SKIP,
}
FORM = {
    "complainant": "张三",
    "object": "手机外壳",
    "matter": factories.SCRATCHED,
    "emotion": 4,
    "emotion_note": "语气强硬",
    "demands": [{"text": "全额退款", "amount": "1299.00"}, {"text": "补偿损失", "must": False}],
    "category": "quality.damage",
    "order_number": "E-1001",
    "amount": "1299.00",
    "restated": "您的意思是说,全新未拆的手机拆开就有划痕,对吗?",
    "confirmed": True,
    "compound": True,
}
OFFER = {"say": {"text": "您可以选择全额退款加优惠券,或换新机顺丰加急。您看是否满意?"}}
REFERENCES = {"full_refund": "PAY-20250304-01", "coupon": "CPN-50-0001"}


class Story:
    """The programs of three people, one case, and a clock that is set to the times of the story."""

    def __init__(self, clock):
        limits.buckets.clear()
        factories.load_policy()
        self.clock = clock
        self.agent = Caller(factories.agent().person)
        self.supervisor = Caller(factories.supervisor().person)
        self.handler = Caller(factories.handler().person)
        self.number = ""

    def at(self, hour, minute=0, day=4):
        self.clock.move_to(factories.when(2025, 3, day, hour, minute))
        return self

    def take(self, who, step, body=None, **headers):
        """Take a step that is expected to be taken."""
        answer = getattr(self, who).post(f"/complaints/{self.number}/{step}", body, **headers)
        assert answer.status_code == 200, (step, answer.json())
        return answer.json()

    def refused(self, who, step, body=None):
        """Try a step that is expected to be refused; gives status and rule."""
        answer = getattr(self, who).post(f"/complaints/{self.number}/{step}", body)
        assert answer.headers["Content-Type"] == "application/problem+json"
        return answer.status_code, answer.json()["rule"]

    def read(self, what=""):
        answer = self.agent.get(f"/complaints/{self.number}{what}")
        assert answer.status_code == 200, answer.content
        return answer.json()

    def spoken(self):
        """The promises to the customer that run."""
        return [clock for clock in self.read()["clocks"] if clock["kind"] == "spoken"]


def time_of(text):
    return datetime.fromisoformat(text).astimezone(factories.ZONE).strftime("%d %H:%M")


@pytest.fixture
def story(db):
    with time_machine.travel(factories.TUESDAY_10, tick=False) as clock:
        yield Story(clock)


def receive_and_answer(story):
    """1 and 2: received, a formulaic draft refused, then the first answer with a time."""
    story.number = story.agent.post("/complaints", COMPLAINT).json()["number"]
    stage = next(clock for clock in story.read()["clocks"] if clock["kind"] == "stage")
    assert (time_of(stage["target_at"]), time_of(stage["due_at"])) == ("04 11:00", "04 12:00")

    status, rule = story.refused("agent", "acknowledge", {"say": {"text": "对不起给您带来不便"}})
    assert status in (409, 422)
    assert rule

    due = factories.when(2025, 3, 4, 12, 15).isoformat()
    words = "您期待收到完美的商品,结果出现划痕,肯定很失望。我们两小时内给您核查结果。"
    say = {"text": words, "next": {"what": "核查结果", "due_at": due}}
    story.at(10, 15).take("agent", "acknowledge", {"say": say})
    assert [time_of(promise["due_at"]) for promise in story.spoken()] == ["04 12:15"]


def register_and_assign(story):
    """3: the four elements, restated and confirmed; the warehouse is asked."""
    told = {"say": {"text": "您反映的划痕已登记,正在安排核查。"}}
    story.at(10, 30).take("agent", "register", {"form": FORM, "words": told})
    shown = story.read()
    assert shown["flags"]["compound"]
    assert [(demand["rank"], demand["text"]) for demand in shown["demands"]] == [(1, "全额退款"), (2, "补偿损失")]
    handed = {"say": {"text": "划痕一事已交仓库周师傅核查,核查结果仍按原定时间告诉您。"}}
    who = {"department": "warehouse", "handler": story.handler.person.pk}
    story.at(10, 40).take("supervisor", "investigate", {**who, "words": handed})


def find_the_cause(story):
    """4 and 5: one kind of evidence is not enough; then transport damage, and the claim at the same moment."""
    video = {"kind": "outbound_video", "title": "出库检验视频", "source": "仓库"}
    story.at(11).take("handler", "add_evidence", {**video, "obtained_at": factories.TUESDAY_10.isoformat()})
    status, rule = story.refused("handler", "find", FINDING)
    assert (status, rule) == (409, "证据-01")
    record = {"kind": "delivery_record", "title": "签收记录", "source": "承运商"}
    story.take("handler", "add_evidence", {**record, "obtained_at": factories.TUESDAY_10.isoformat()})
    listed = story.agent.get("/categories").json()["categories"]
    for cause in next(one["causes"] for one in listed if one["code"] == FORM["category"]):
        ruled = {"cause": cause, "ruled_in": cause == "transport_damage", "grounds": "出库视频与签收记录"}
        story.take("handler", "judge_cause", ruled)
    story.at(11, 40).take("handler", "find", FINDING)
    claim = {"party": "承运商", "amount": "1299.00", "basis": "运输途中造成划痕"}
    story.take("agent", "open_claim", {**claim, "due_at": factories.when(2025, 4, 4, 18).isoformat()})
    found = story.read()["inquiry"]
    assert (found["findings"][0]["founded"], found["claims"][0]["status"]) == (True, "opened")


def plan_and_offer(story):
    """6 to 8: the promise kept early, two options, approval before the offer, the choice."""
    first = story.spoken()[0]["id"]
    words = "经核查,手机出库时完好,划痕在运输途中造成,责任不在您。今天下午一点前给您处理方案。"
    following = {"what": "处理方案", "due_at": factories.when(2025, 3, 4, 13).isoformat()}
    told = {"say": {"text": words, "keeps": [first], "next": following}}
    story.at(12, 5).take("agent", "plan", {"words": told})
    kept = next(one for one in story.read("/promises")["promises"] if one["id"] == first)
    assert (kept["status"], kept["kept_early_seconds"]) == ("kept", 600)
    story.take("agent", "draft_plan", {"mode": "parallel", "options": options(story)})
    status, rule = story.refused("agent", "offer", {"words": OFFER})
    assert status == 409, rule
    story.take("agent", "submit", {"words": {"skip": "方案待批示,批示后告知"}})
    assert story.refused("agent", "approve", {"words": OFFER})[0] == 403
    waiting = story.supervisor.get("/approvals").json()["approvals"]
    assert [row["number"] for row in waiting] == [story.number]
    story.at(12, 20).take("supervisor", "approve", {"comment": "同意", "words": OFFER})
    option = story.read()["solution"]["plans"][-1]["options"][0]["id"]
    news = {"what": "办理结果", "due_at": factories.when(2025, 3, 5, 12).isoformat()}
    chosen = {"say": {"text": "已为您办理,明天中午前告诉您办理结果。", "next": news}}
    body = {"option": option, "via": "phone", "said": "就选退款", "words": chosen}
    story.at(12, 40).take("agent", "choose", body)


def options(story):
    """Option A and option B; each answers both demands."""
    demands = [demand["id"] for demand in story.read()["demands"]]
    coupon = {"remedy": "coupon", "amount": "50.00"}
    refund = [{"demand": demand, "text": "照此办理"} for demand in demands]
    instead = [{**answer, "deviation": "换同款新机,不退款"} for answer in refund]
    first = {"title": "全额退款加50元无门槛优惠券", "answers": refund, "execute_within_minutes": 1440}
    second = {"title": "换新机,顺丰加急", "answers": instead, "execute_within_minutes": 1440}
    return [
        {**first, "lines": [{"remedy": "full_refund", "amount": "1299.00"}, coupon]},
        {**second, "lines": [{"remedy": "exchange"}, coupon]},
    ]


def carry_out(story):
    """8 and 9: refund and coupon with references; the refund arrives the next day, and the callback is due after it."""
    for action in story.at(13).read()["solution"]["actions"]:
        reference = REFERENCES[action["remedy"]]
        say = {"text": f"{action['title']}已办理,编号{reference},请您查收。"}
        done = {"action": action["id"], "kind": action["proof_kind"], "reference": reference, "say": say}
        story.take("agent", "finish_action", done)
    refund = next(one for one in story.read()["solution"]["actions"] if one["remedy"] == "full_refund")
    assert (refund["amount"], refund["status"]) == ("1299.00", "done")
    keeps = [promise["id"] for promise in story.spoken()]
    told = {"say": {"text": "退款和优惠券都已办妥,到账后请您核对,到账次日我们再回访。", "keeps": keeps}}
    story.at(14).take("agent", "finish_execution", {"words": told})
    reminder = {"say": {"text": "退款1299元已到账,请您核对。"}}
    story.at(15, day=5).take("agent", "record_arrival", {"action": refund["id"], "words": reminder})
    assert [time_of(row["due_at"])[:2] for row in open_callbacks(story)] == ["06"]


def open_callbacks(story):
    return [row for row in story.read()["closing"]["callbacks"] if row["status"] == "open"]


def refuse_to_close_early(story):
    """9: on the day of the arrival nobody closes, and nobody calls back yet."""
    status, rule = story.refused("supervisor", "close", {"words": {"skip": "已告知"}})
    assert (status, rule) == (409, story.wrong_state)
    too_early = {"callback": open_callbacks(story)[0]["id"], "satisfied": True, "end_condition_met": True}
    assert story.refused("agent", "record_callback", too_early)[0] == 409


def call_back(story, **said):
    """10: the customer is asked the day after."""
    due = open_callbacks(story)[0]["id"]
    result = {"callback": due, "satisfied": True, "end_condition_met": True, "matter_score": 5, "feeling_score": 5}
    story.at(10, day=6).take("agent", "record_callback", {**result, **said})


def review_and_close(story):
    """11: four answers, three questions, and a second person closes."""
    ended = {"say": {"text": "感谢您的认可,有任何问题随时找我。"}}
    story.at(10, 30, day=6).take("agent", "accept", {"words": ended})
    answers = {"what_caused_it": "运输途中碰撞", "what_we_learnt": "易损件需加固"}
    story.take("agent", "write_review", {**answers, "how_to_avoid": "外箱加角护", "what_to_improve": "改进包装标准"})
    for question, proposed in (("improvement", True), ("penalty", False), ("case_study", True)):
        body = {"question": question, "proposed": proposed, "text": "加固包装" if proposed else "承运商责任,无人受罚"}
        story.take("agent", "answer_question", body)
    assert story.refused("agent", "close", {"words": {"skip": "已告知"}})[0] == 403
    words = {"say": {"text": "您的投诉已办结,感谢您的信任。"}}
    told = story.at(11, 30, day=6).take("supervisor", "close", {"words": words})
    assert (told["state"], told["outcome"]) == ("closed", "resolved_accepted")


def until_called_back(story):
    story.wrong_state = "流程-01"
    for part in (receive_and_answer, register_and_assign, find_the_cause, plan_and_offer, carry_out):
        part(story)
    refuse_to_close_early(story)


def assert_told_as_it_was(story):
    """The timeline is whole, and alone rebuilds what the rows say."""
    case = Complaint.objects.get(number=story.number)
    assert timeline.verify_case(case) is None
    assert replay.differences(case) == []


def test_scenario_0_is_carried_from_the_first_word_to_the_closed_case(story):
    until_called_back(story)
    call_back(story, trust_gained=True, comment="谢谢你们向承运商追责")
    review_and_close(story)

    shown = story.read()
    assert [row["trust_gained"] for row in shown["closing"]["callbacks"] if row["status"] == "reached"] == [True]
    assert [row["number"] for row in story.agent.get("/claims").json()["claims"]] == [story.number]
    assert_told_as_it_was(story)


def test_scenario_0_variant_a_dissatisfied_customer_gets_another_round(story):
    until_called_back(story)
    call_back(story, satisfied=False, end_condition_met=False, comment="新机也有划痕", matter_score=1, feeling_score=2)
    following = {"what": "复核结果", "due_at": factories.when(2025, 3, 6, 16).isoformat()}
    sorry = {"say": {"text": "新机的划痕我们重新核查,今天下午四点前回复您。", "next": following}}

    told = story.take("agent", "dissatisfied", {"words": sorry})

    assert (told["state"], told["round"], told["outcome"]) == ("investigating", 2, None)
    assert_told_as_it_was(story)


def test_a_step_taken_twice_with_one_key_is_done_once(story):
    receive_and_answer(story)
    note = {"text": "客户语气强硬,注意措辞"}

    first = story.take("agent", "write_note", note, Idempotency_Key="note-1")
    again = story.take("agent", "write_note", note, Idempotency_Key="note-1")

    assert again == first
    kinds = [event["kind"] for event in story.read("/timeline")["events"]]
    assert kinds.count("note.written") == 1


def test_flow_04_a_step_that_saw_an_older_case_is_refused(story):
    receive_and_answer(story)
    seen = story.read()["seen"]
    story.take("agent", "write_note", {"text": "先写一条"})
    late = SimpleNamespace(body={"text": "后写一条", "seen": seen})

    by_body = story.agent.post(f"/complaints/{story.number}/write_note", late.body)
    by_header = story.agent.post(f"/complaints/{story.number}/write_note", {"text": "后写一条"}, If_Match=f'"{seen}"')

    assert (by_body.status_code, by_header.status_code) == (409, 412)
    assert by_body.json()["rule"] == by_header.json()["rule"] == "流程-04"
