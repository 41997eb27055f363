"""Guidance on the timeline, questions left open with a time, suggestions that wait, and the situation of a case."""

from datetime import timedelta

import pytest

from huiyin.complaints.conversation import Say
from huiyin.complaints.models import Complaint, EventText, Promise
from huiyin.complaints.promises import Spoken
from huiyin.complaints.situation import situation
from huiyin.complaints.steps import flags, guiding, messages, opportunity, registration, unknown
from huiyin.complaints.steps.guiding import Use, Way
from huiyin.knowledge import guidance
from huiyin.people.roles import Role
from huiyin.rules import Refusal
from tests import factories, later


def last(complaint: Complaint):
    return complaint.events.latest("number")


def refused(act) -> Refusal:
    with pytest.raises(Refusal) as found:
        act()
    return found.value


# --- S2-04: followed or left, both are recorded -----------------------------------------------------------------------
@pytest.fixture
def case(db):
    return factories.acknowledged()


def use(way: Way, reason: str = "", **other: object) -> Use:
    card = guidance.guide(situation(Complaint.objects.first(), factories.agent().person, at=factories.TUESDAY_10)).cards
    named = {"kind": "card", "code": card[0].code, "version": card[0].version, **other}
    return Use(way=way, reason=reason, **named)


def record(case: Complaint, made: Use, actor=None):
    at = factories.at_of(case, 20)
    return guiding.record_guidance(case.pk, made, actor=actor or factories.agent(), at=at)


def test_s2_04_following_guidance_is_on_the_timeline_with_its_version(case):
    made = use(Way.FOLLOWED)
    event = record(case, made)

    assert (event.kind, event.data["entry"], event.data["version"]) == ("guidance.followed", f"card:{made.code}", 1)
    assert EventText.objects.get(event=event, name="title").text


def test_s2_04_deviating_with_a_reason_is_recorded_and_blocks_nothing(case):
    event = record(case, use(Way.LEFT, "客户要求只用短信"))

    assert (event.kind, EventText.objects.get(event=event, name="reason").text) == ("guidance.left", "客户要求只用短信")
    registration.register(
        case.pk, factories.form(), Say("您反映的划痕已登记,正在安排核查。"), actor=factories.agent(),
        at=factories.at_of(case, 30),
    )  # fmt: skip
    assert Complaint.objects.get(pk=case.pk).state == "registered"


def test_s2_04_deviating_without_a_reason_asks_for_one(case):
    assert refused(lambda: record(case, use(Way.LEFT))).rule.code == "指引-01"


@pytest.mark.parametrize("other", [{"code": "none-such"}, {"version": 99}, {"kind": "fact"}])
def test_s2_04_only_entries_that_exist_are_recorded(case, other):
    assert refused(lambda: record(case, use(Way.FOLLOWED, **other))).rule.code == "指引-01"


def test_s2_54_only_who_works_on_the_case_records_guidance(case):
    stranger = factories.acting("fremd", Role.HANDLER, of="warehouse")

    assert refused(lambda: record(case, use(Way.FOLLOWED), stranger)).rule.code == "流程-02"


# --- S2-15: a question left open is a promise -------------------------------------------------------------------------
def ask(case: Complaint, question: str = "保修能转给别人吗?", minutes: int | None = 90, actor=None):
    at = factories.at_of(case, 25)
    due = Spoken("问题的答复", at + timedelta(minutes=minutes)) if minutes else None
    words = Say("您问保修能不能转让,我去查证,稍后给您答复。", next=due)
    return unknown.check_and_call_back(case.pk, question, words, actor=actor or factories.agent(), at=at)


def test_s2_15_an_unanswered_question_creates_a_promise(case):
    ask(case)
    event = last(case)

    assert (event.kind, EventText.objects.get(event=event).text) == ("question.open", "保修能转给别人吗?")
    row = Promise.objects.filter(complaint=case, kind="spoken").latest("pk")
    assert (row.what, row.due_at, row.ended_at) == ("问题的答复", factories.at_of(case, 115), None)


def test_s2_15_without_a_time_the_question_is_not_left_open(case):
    assert refused(lambda: ask(case, minutes=None)).rule.code == "问答-01"
    assert not case.events.filter(kind="question.open").exists()


def test_s2_15_a_question_is_written_down(case):
    refusal = refused(lambda: ask(case, question="  "))

    assert (refusal.rule.code, refusal.missing) == ("问答-01", ("question",))


def test_s0_34_only_the_customers_contact_leaves_a_question_open(case):
    assert refused(lambda: ask(case, actor=factories.handler())).rule.code == "流程-02"


# --- S2-32, S2-47: suggestions wait -----------------------------------------------------------------------------------
def suggest(case: Complaint, minutes: int = 5000):
    at = case.stage_since + timedelta(minutes=minutes)
    return opportunity.note_opportunity(case.pk, "客户常出差,可提醒办理延保", actor=factories.agent(), at=at)


def calm(case: Complaint) -> None:
    at = case.stage_since + timedelta(minutes=1)
    registration.note_emotion(case.pk, 1, "语气平和", actor=factories.agent(), at=at)


@pytest.mark.parametrize("make", [factories.received, factories.registered, later.offering, later.following_up])
def test_s2_32_an_opportunity_cannot_be_noted_before_the_outcome_is_accepted(db, make):
    assert refused(lambda: suggest(make())).rule.code == "商机-01"


def test_amb_17_an_opportunity_waits_until_the_customer_is_calm(db):
    case = later.reviewing()
    assert case.outcome == "resolved_accepted"
    refusal = refused(lambda: suggest(case))
    calm(case)
    suggest(case)

    assert isinstance(refusal, opportunity.NotCalmYet)
    assert last(case).kind == "opportunity.noted"


def test_s2_32_an_empty_opportunity_is_refused(db):
    case = later.reviewing()
    calm(case)
    at = case.stage_since + timedelta(minutes=5)

    assert refused(lambda: opportunity.note_opportunity(case.pk, " ", actor=factories.agent(), at=at)).missing == (
        "text",
    )


def test_s2_47_suggestions_are_beside_the_case_only_when_it_is_resolved(db):
    case = later.reviewing()
    before = guidance.guide(told(case)).suggestions
    calm(case)
    after = guidance.guide(told(case)).suggestions

    assert (before, bool(after)) == ((), True)


# --- the situation ----------------------------------------------------------------------------------------------------
def told(case: Complaint, reader=None, minutes: int = 6000, **more: str):
    fresh = Complaint.objects.select_related("customer", "owner", "handler", "department").get(pk=case.pk)
    at = fresh.received_at + timedelta(minutes=minutes)
    return situation(fresh, reader or factories.agent().person, at=at, **more)


def test_s0_12_a_case_fills_scene_and_impact(db):
    case = factories.registered(
        matter="筹备三个月的发布会前一小时投影仪突然黑屏,会场一片混乱。", emotion_note="语气焦急,担心影响发布"
    )
    slots = told(case).slots

    assert (slots["scene"], slots["impact"]) == ("筹备三个月的发布会前一小时投影仪突然黑屏,会场一片混乱", "影响发布")


def test_s0_06_the_name_fills_a_slot_only_for_who_may_see_it(db):
    case = factories.registered()
    other = factories.person("xiaozhao", Role.AGENT)

    assert (told(case).slots["name"], told(case, other).slots["name"]) == ("张三", "")


def test_the_deadline_slot_names_the_nearest_promise_or_the_usual_time(db):
    promised, fresh = factories.acknowledged(), factories.received(order_number="E-2")

    assert told(promised, minutes=20).slots["deadline"] == "今天12:15"
    assert told(fresh, minutes=0).slots["deadline"] == "今天18:00"


def test_s2_06_after_soothing_words_the_matter_may_come(db):
    case = factories.registered(emotion=5)
    before = told(case, minutes=31)
    words = factories.promised(case, "划痕的事让您添堵了,我来跟到底。", 300)
    messages.send_message(case.pk, words, actor=factories.agent(), at=factories.at_of(case, 40))

    assert (before.emotion, before.soothed, told(case, minutes=41).soothed) == (5, False, True)


def test_s2_42_callers_are_told_by_what_the_case_says(db):
    case = factories.registered(emotion=4)
    flags.set_flag(case.pk, "media", True, reason="记者来电", actor=factories.agent(), at=factories.at_of(case, 40))

    assert told(case).callers == ("media", "angry")


def test_s2_42_a_media_case_gets_its_playbook(db):
    case = factories.registered()
    flags.set_flag(case.pk, "media", True, reason="记者来电", actor=factories.agent(), at=factories.at_of(case, 40))
    found = guidance.guide(told(case))

    assert (found.playbook.topic, found.playbook.version >= 1, found.hold is not None) == ("media", True, True)
