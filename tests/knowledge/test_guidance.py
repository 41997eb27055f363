"""Guidance at the right moment: what is shown when, in which order, and what waits until the matter is resolved."""

from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.knowledge import course, guidance
from huiyin.knowledge.models import Dismissal
from huiyin.knowledge.situation import ANGRY, CALM, DISAPPOINTED, HOSTILE, Situation
from tests import factories
from tests.knowledge.conftest import entry, seed

DAY = date(2025, 3, 4)


def at(state: str = "received", **more: object) -> Situation:
    return Situation(on=DAY, state=state, **more)


def cards(situation: Situation, **more: object) -> list[str]:
    return [row.code for row in guidance.guide(situation, **more).cards]


def scripts(situation: Situation) -> list[str]:
    return [one.entry.code for one in guidance.guide(situation).scripts]


# --- the order of a conversation ----------------------------------------------------------------------------------
def places(situation: Situation) -> dict[str, str]:
    return {place.stage.code: place.standing for place in course.course(situation)}


def test_s0_37_s2_06_the_mood_stands_before_every_question_about_facts():
    order = [stage.code for stage in course.STAGES]

    assert order.index("soothe") < order.index("acknowledge") < order.index("restate") < order.index("ask")


@pytest.mark.parametrize("emotion", [DISAPPOINTED, ANGRY, HOSTILE])
def test_s0_37_with_an_upset_customer_the_mood_comes_first_whatever_else_is_known(emotion):
    found = places(at("investigating", emotion=emotion, answered=True, restated=True, facts_known=True))

    assert (found["soothe"], found["ask"]) == ("now", "ahead")


def test_s2_06_what_was_said_since_settles_the_mood():
    assert places(at(emotion=ANGRY, soothed=True))["soothe"] == "done"


def test_s1_07_after_the_acknowledgement_the_guide_offers_the_next_step():
    stage = course.now(course.course(at("acknowledged", answered=True)))

    assert (stage.code, stage.steps) == ("restate", ("restate",))


def test_s1_07_the_way_ends_when_a_solution_was_offered():
    whole = at("offering", answered=True, restated=True, facts_known=True, time_named=True, offered=True)

    assert course.now(course.course(whole)) is None


def test_s0_37_scripts_that_soothe_come_before_scripts_that_ask(shelves):
    shelves(seed("script", "z.soothe", step="soothe"), seed("script", "a.ask", step="ask", title="问"))

    assert scripts(at("acknowledged", emotion=ANGRY)) == ["z.soothe", "a.ask"]
    assert scripts(at("acknowledged", emotion=CALM)) == ["a.ask", "z.soothe"]


# --- coaching cards -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(("emotion", "shown"), [(0, []), (1, []), (3, []), (ANGRY, []), (HOSTILE, ["breath"])])
def test_s0_36_the_card_against_hostility_appears_at_that_level_alone(shelves, emotion, shown):
    shelves(seed("card", "breath", moment="hostile"))

    assert cards(at("acknowledged", emotion=emotion, spoken_to=True)) == shown


def test_s0_36_a_card_can_be_put_aside_in_one_matter(shelves):
    shelves(seed("card", "breath", moment="hostile"))
    person = factories.agent().person
    Dismissal.objects.create(person=person, entry=entry("card", "breath"), about="HY-1", at=factories.TUESDAY_10)
    angry = at("acknowledged", emotion=HOSTILE)

    assert cards(angry, person=person, about="HY-1") == []
    assert cards(angry, person=person, about="HY-2") == ["breath"]
    assert cards(angry, person=factories.supervisor().person, about="HY-1") == ["breath"]


@pytest.mark.parametrize(
    ("requirement", "moment", "situation"),
    [
        ("S1-03", "warm", at("received")),
        ("S2-44", "confidence", at("planning")),
        ("S2-29", "excessive_demand", at("offering")),
        ("S2-15", "not_knowing", at("investigating")),
        ("S2-15", "not_knowing", at("registered", step="unknown")),
        ("S4-127", "before_contact", at("registered")),
    ],
)
def test_s1_03_s2_44_s2_29_s2_15_a_soft_skill_is_met_by_its_card_at_its_moment(shelves, requirement, moment, situation):
    shelves(seed("card", "right", moment=moment, requirement=[requirement]), seed("card", "other", moment="handover"))

    assert cards(situation) == ["right"]


def test_the_shipped_shelves_have_a_card_for_each_soft_skill_at_its_moment(db):
    wanted = {
        "S0-36": at("acknowledged", emotion=HOSTILE, spoken_to=True),
        "S2-29": at("planning"),
        "S2-44": at("planning"),
        "S1-03": at("received"),
    }
    missing = [
        requirement
        for requirement, situation in wanted.items()
        if not any(requirement in row.content["requirement"] for row in guidance.guide(situation).cards)
    ]

    assert missing == []


# --- taboos, suggestions ------------------------------------------------------------------------------------------
def test_s2_14_the_six_taboos_are_read_before_any_contact():
    told = [taboo.requirement for taboo in guidance.Guidance(at(), (), (), None, ()).taboos]

    assert told == [f"S4-{number}" for number in range(127, 133)]


@pytest.mark.parametrize("state", ["received", "offering", "following_up", "reviewing", "closed"])
def test_s2_47_s2_32_suggestions_are_hidden_while_the_matter_is_open(shelves, state):
    shelves(seed("script", "rec", step="recommend", title="推荐"), seed("card", "opportunity", moment="recommending"))
    found = guidance.guide(at(state))

    assert (found.suggestions, found.cards) == ((), ())


def test_s2_47_suggestions_appear_when_the_matter_is_resolved(shelves):
    shelves(seed("script", "rec", step="recommend", title="推荐"), seed("card", "opportunity", moment="recommending"))
    found = guidance.guide(at("reviewing", resolved=True, spoken_to=True))

    assert [one.entry.code for one in found.suggestions] == ["rec"]
    assert [row.code for row in found.cards] == ["opportunity"]


# --- scripts and their slots --------------------------------------------------------------------------------------
def test_s0_12_both_slots_of_a_script_are_filled_from_the_case(shelves):
    shelves(seed("script", "empathy", text="{scene},又{impact},换做是我也会很着急。"))
    slots = {"scene": "发布会前设备突然死机", "impact": "打乱计划"}
    (script,) = guidance.guide(at(emotion=ANGRY, slots=slots)).scripts

    assert script.filled.text == "发布会前设备突然死机,又打乱计划,换做是我也会很着急。"
    assert script.filled.missing == ()


def test_s0_12_an_unfilled_slot_stays_in_sight_and_is_named(shelves):
    shelves(seed("script", "empathy", text="{scene},又{impact},换做是我也会很着急。"))
    (script,) = guidance.guide(at(emotion=ANGRY, slots={"scene": "设备死机"})).scripts

    assert (script.filled.missing, "{impact}" in script.filled.text) == (("impact",), True)


def test_a_customer_of_traditional_chinese_gets_his_letters_and_his_own_words_untouched(shelves):
    shelves(seed("script", "empathy", text="{scene},我们马上处理。"))
    (script,) = guidance.guide(at(emotion=ANGRY, language="zh-hant", slots={"scene": "手机坏了"})).scripts

    assert script.filled.text == "手机坏了,我們馬上處理。"


def test_s1_05_offering_help_is_at_hand_at_the_first_answer(db):
    found = guidance.guide(at("received"))

    assert "offer_help" in [one.entry.topic for one in found.scripts]


def test_scripts_of_the_scene_come_before_those_of_others(shelves):
    shelves(
        seed("script", "a.delay", scene="delay", title="晚到"),
        seed("script", "b.any", title="通用"),
        seed("script", "c.damage", scene="damage", title="破损"),
    )
    damaged = at(emotion=ANGRY, category="quality.damage", words="屏幕有一道划痕")

    assert scripts(damaged) == ["c.damage", "b.any", "a.delay"]


# --- playbooks ----------------------------------------------------------------------------------------------------
@pytest.fixture
def playbooks(shelves):
    shelves(
        seed("playbook", "media.any", caller="media", scene=""),
        seed("playbook", "media.damage", caller="media", scene="damage"),
        seed("playbook", "any.delay", caller="any", scene="delay"),
        seed("playbook", "repeat.delay", caller="repeat", scene="delay"),
    )


@pytest.mark.parametrize(
    ("callers", "category", "code"),
    [
        (("media",), "quality.damage", "media.damage"),
        (("media",), "payment.refund", "media.any"),
        ((), "transport.delay", "any.delay"),
        (("repeat",), "transport.delay", "repeat.delay"),
        (("media", "repeat"), "quality.damage", "media.damage"),
    ],
)
def test_s2_42_a_case_matches_its_playbook_by_caller_and_scene(playbooks, callers, category, code):
    found = guidance.guide(at("registered", callers=callers, category=category)).playbook

    assert (found.code, found.version) == (code, 1)


@pytest.mark.parametrize(("callers", "category"), [((), "quality.damage"), (("vip",), "payment.refund"), ((), "")])
def test_s2_42_where_none_fits_none_is_forced(playbooks, callers, category):
    assert guidance.guide(at("registered", callers=callers, category=category)).playbook is None


def test_s2_48_holding_words_are_ready_for_a_reporter(shelves):
    shelves(seed("playbook", "media", hold_script="我是{agent},请留下您的媒体名称。"))
    found = guidance.guide(at("registered", callers=("media",), slots={"agent": "李娜"}))

    assert found.hold.filled.text == "我是李娜,请留下您的媒体名称。"


def test_s2_48_holding_words_may_be_a_script_by_its_code(shelves):
    shelves(
        seed("playbook", "media", hold_script="hold.media"),
        seed("script", "hold.media", step="hold", text="请留下媒体名称。"),
    )
    found = guidance.guide(at("registered", callers=("media",)))

    assert (found.hold.entry.code, found.hold.filled.text) == ("hold.media", "请留下媒体名称。")


def test_s2_48_a_code_that_no_script_has_is_no_holding_word(shelves):
    shelves(seed("playbook", "media", hold_script="gone"))

    assert guidance.guide(at("registered", callers=("media",))).hold is None


# --- facts --------------------------------------------------------------------------------------------------------
def test_s0_39_an_expired_fact_is_not_offered(shelves):
    shelves(
        seed("fact", "old", scene="damage", valid_to="2025-03-03"),
        seed("fact", "ends-today", scene="damage", valid_to="2025-03-04"),
        seed("fact", "tomorrow", scene="damage", valid_from="2025-03-05"),
    )

    assert [row.code for row in guidance.guide(at("registered", category="quality.damage")).facts] == ["ends-today"]


def test_s2_15_facts_about_the_product_of_the_case_are_at_hand(shelves):
    shelves(
        seed("fact", "headset", product=["蓝牙耳机"]),
        seed("fact", "phone", product=["手机"]),
        seed("fact", "no-scene", title="会员卡"),
    )

    assert [row.code for row in guidance.guide(at("registered", product="蓝牙耳机 Pro")).facts] == ["headset"]


# --- price --------------------------------------------------------------------------------------------------------
def test_guidance_costs_three_queries_and_one_for_holding_words_however_full_the_shelves_are(shelves):
    person = factories.agent().person

    def cost(count):
        shelves(
            *(seed("script", f"s{n}", title=f"安抚{n}") for n in range(count)),
            *(seed("fact", f"f{n}", scene="damage") for n in range(count)),
        )
        with CaptureQueriesContext(connection) as asked:
            found = guidance.guide(at(emotion=ANGRY, category="quality.damage"), person, "HY-1")
        assert len(found.scripts) == min(count, guidance.MOST_SCRIPTS)
        return len(asked)

    assert cost(1) == cost(40) == 3
