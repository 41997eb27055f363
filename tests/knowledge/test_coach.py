"""The coach reads an apology against what happened to this customer (S0-11)."""

import pytest

from huiyin.knowledge import coach, rules
from huiyin.knowledge.coach import Context

SCENE = "您好，我今天收到的奶粉罐漏了，客服一直没有处理，希望尽快解决问题"
ENGLISH = "Hello, I have received a scratched phone from your customer service and there is still no answer"


def blocked(text, scene=SCENE):
    return [mark.rule for mark in coach.check(text, Context(scene=scene)) if mark.blocks]


@pytest.mark.parametrize(
    "text",
    [
        "对不起给您带来不便",
        "您好，非常抱歉给您带来不便，希望您谅解。",
        "對不起給您帶來不便",
        "对此深表歉意，我们会尽快处理您的问题。",
        "尊敬的客户，很抱歉今天没有解决您的问题，感谢您的支持。",
        "给您赔不是了，客服已经收到您的投诉。",
    ],
)
def test_s0_11_a_greeting_or_a_word_of_every_letter_is_no_word_of_the_scene(text):
    assert blocked(text) == [rules.FORMULAIC_APOLOGY]


@pytest.mark.parametrize("text", ["对不起，奶粉罐漏了，您一定很着急。", "對不起，奶粉罐漏了，您一定很著急。"])
def test_s0_11_an_apology_with_a_word_of_the_scene_passes(text):
    assert blocked(text) == []


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("Dear customer, we are sorry that you have received trouble from our service.", [rules.FORMULAIC_APOLOGY]),
        ("We regret any inconvenience.", [rules.FORMULAIC_APOLOGY]),
        ("We are sorry that the phone arrived scratched.", []),
    ],
)
def test_s0_11_in_english_too(text, rule):
    assert blocked(text, ENGLISH) == rule


@pytest.mark.parametrize(
    ("text", "said"), [("我代表公司向您致歉", True), ("深表歉意", True), ("We apologise", True), ("好的，收到", False)]
)
def test_amb_07_an_apology_says_so(text, said):
    assert coach.apologises(text) is said
