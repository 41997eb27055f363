"""Nine manners of speech are held back, with the words, the rule and something better; neutral words are not."""

from pathlib import Path

import pytest
from django.utils import translation

from bench.coach import on_sentences, sentences
from huiyin.knowledge import coach, rules
from huiyin.knowledge.coach import Category, Context, shipped
from huiyin.knowledge.coach.phrases import GOOD, read_folder

NEUTRAL = (Path(__file__).parent / "data" / "neutral_messages.txt").read_text(encoding="utf-8").splitlines()
SAMPLES = {
    "stiff": ("规定就是规定，没有商量。", "規定就是規定，沒有商量。", "That's our policy, take it or leave it."),
    "shirking": ("这不归我们管。", "這不歸我們管。", "That is not our responsibility."),
    "blaming": ("是您自己没看清楚。", "是您自己沒看清楚。", "You should have read the instructions."),
    "rebutting": ("您这是胡说八道。", "您這是胡說八道。", "That is simply not true."),
    "impatient": ("都说了多少遍了，烦不烦？", "都說了多少遍了，煩不煩？", "How many times do I have to say it?"),
    "excusing": ("不关我的事，我只是个客服。", "不關我的事，我只是個客服。", "It's not my fault, I just work here."),
    "disparaging": ("就这点小钱，您也太斤斤计较了。", "就這點小錢，您也太斤斤計較了。", "Can't you read?"),
    "threatening": ("再闹就报警。", "再鬧就報警。", "We will sue you."),
    "buck_passing": ("您去找快递公司吧。", "您去找快遞公司吧。", "You need to contact the courier."),
}


def held(text, **known):
    return [mark for mark in coach.check(text, Context(**known)) if mark.blocks]


@pytest.mark.parametrize(("category", "text"), [(key, text) for key, texts in SAMPLES.items() for text in texts])
def test_s4_06_s2_58_each_manner_is_held_back_in_both_scripts_and_in_english(category, text):
    assert category in {mark.category for mark in held(text)}


@pytest.mark.parametrize("text", ["您这是胡说八道。", "您拿出证据来。", "您别吵了。"])
def test_s2_55_rebuttal_does_not_meet_force_with_force(text):
    assert {mark.rule for mark in held(text)} == {rules.REBUTTING}


@pytest.mark.parametrize("text", ["没空跟您说，挂了。", "您快点说，后面还有人等着。"])
def test_s4_129_amb_32_nobody_is_sent_away(text):
    assert rules.IMPATIENT in {mark.rule for mark in held(text)}


@pytest.mark.parametrize("text", ["不关我的事。", "我也没办法，我是新来的。"])
def test_s4_131_nobody_excuses_himself(text):
    assert {mark.rule for mark in held(text)} == {rules.EXCUSING}


def test_s4_01_the_customer_does_not_do_our_work():
    assert [mark.category for mark in held("您自己去问餐馆。")] != []
    assert held("您不用自己去问，餐馆那边我来联系。") == []


@pytest.mark.parametrize("text", ["收到。", "哦。"])
def test_s4_128_a_cold_word_is_advised_against(text):
    assert [mark.rule for mark in coach.check(text)] == [rules.COLD]


@pytest.mark.parametrize("text", ["签字后不得再投诉。", "撤销投诉后我们才退款。", "签了这份保密协议就给您赔偿。"])
def test_amb_34_no_settlement_forbids_complaining(text):
    assert Category.SETTLEMENT in {mark.category for mark in held(text)}


@pytest.mark.parametrize("text", ["过了今天就没有了，您赶紧签。", "这是最后一次机会。"])
def test_s3_29_nobody_is_pressed_by_what_is_not_so(text):
    assert Category.PRESSURE in {mark.category for mark in held(text)}


def test_amb_17_nothing_is_recommended_before_it_is_settled():
    words = "给您推荐我们的新款产品，现在有优惠活动。"

    assert {mark.rule for mark in held(words)} == {rules.RECOMMENDATION}
    assert held(words, resolved=True) == []


def test_s1_30_harsh_words_about_an_unfounded_complaint_are_held_back():
    assert held("您的投诉是无理取闹。", step="explain") != []


@pytest.mark.parametrize(
    "text",
    [
        "您反映客服说“不关我的事”，我们已经核实。",
        "您提到客服让您自己去找快递，这是我们不对。",
        "我们不会让您自己去联系快递公司。",
        "您是说重装无效、客服让您自己处理，对吗？",
    ],
)
def test_what_is_told_denied_or_given_back_is_no_manner_of_the_writer(text):
    assert held(text) == []


def test_positions_are_those_of_the_text_as_it_was_given():
    text = "１２３４…這不歸我們管。"
    mark = held(text)[0]

    assert text[mark.start : mark.end].startswith("不歸我們")


def test_s4_112_every_entry_has_a_better_wording_and_its_requirement():
    entries = [one for one in read_folder() if one.kind != GOOD]

    assert len(entries) >= 400
    assert [one.code for one in entries if not (one.better and one.why and one.requirement)] == []
    assert {one.category for one in shipped().good} >= set(SAMPLES)


def test_s4_112_the_better_wording_takes_the_place_of_the_marked_clause_in_the_script_of_the_message():
    mark = held("您好，您去找快遞公司吧。")[0]

    assert mark.taken("您好，您去找快遞公司吧。") == "您好，我來聯絡{對方}，{時間}前告訴您結果。"


@pytest.mark.parametrize(("language", "chinese"), [("zh-hans", True), ("zh-hant", True), ("en", False)])
def test_the_reason_is_given_in_the_readers_language(language, chinese):
    with translation.override(language):
        why = held("这不归我们管。")[0].why

    assert (why.isascii(), bool(why)) == (not chinese, True)


def test_a_pack_decides_what_only_advises():
    marks = coach.check("这不归我们管。", Context(levels={"shirking": "hint"}))

    assert [(mark.category, mark.blocks) for mark in marks] == [("shirking", False)]


def test_the_authored_sentences_are_told_apart():
    told = on_sentences(sentences())

    assert told["all"]["precision"] >= 0.90
    assert told["all"]["recall"] >= 0.70
    assert {key: row for key, row in told.items() if row["recall"] < 0.70 or row["precision"] < 0.85} == {}


def test_neutral_messages_go_out():
    stopped = [text for text in NEUTRAL if held(text)]

    assert len(NEUTRAL) >= 250
    assert len(stopped) <= len(NEUTRAL) * 0.03
