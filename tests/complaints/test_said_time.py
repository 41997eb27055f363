"""The customer reads the time that is promised (S0-04), and none lies beyond the case itself (AMB-10)."""

from datetime import timedelta

import pytest

from huiyin.complaints.conversation import Say
from huiyin.complaints.farthest import PromiseTooFar
from huiyin.complaints.models import Interaction, Promise
from huiyin.complaints.promises import PromiseInThePast, Spoken
from huiyin.complaints.said_time import WordsNameAnotherTime
from huiyin.complaints.steps import messages, reception
from huiyin.messaging.models import Outgoing
from tests import factories
from tests.factories import TUESDAY_10, at_of, when

pytestmark = pytest.mark.django_db
SIX = when(2025, 3, 4, 18)
NO_TIME = "屏幕碎了一角，您一定很着急。我们马上核查。"


def answered(text: str, due_at=SIX, *, language: str = "zh-hans", **more):
    actor = factories.agent()
    complaint = factories.received(identities=(("email", "zhang@example.com"),), channel="email")
    complaint.customer.language = language
    complaint.customer.save(update_fields=["language"])
    words = Say(text, next=Spoken("初步核查", due_at), medium="email", **more)
    reception.acknowledge(complaint.pk, words, actor=actor, at=TUESDAY_10)
    return complaint


@pytest.mark.parametrize(
    ("language", "due_at", "closing"),
    [
        ("zh-hans", SIX, "我们将在今天18:00前告诉您：初步核查。"),
        ("zh-hans", when(2025, 3, 5, 12), "我们将在明天12:00前告诉您：初步核查。"),
        ("zh-hans", when(2025, 3, 7, 12), "我们将在2025年3月7日12:00前告诉您：初步核查。"),
        ("zh-hant", SIX, "我們將在今天18:00前告訴您：初步核查。"),
        ("en", SIX, "You hear from us by 18:00 today: 初步核查."),
    ],
)
def test_s0_04_words_without_a_time_go_out_with_the_promised_one(language, due_at, closing):
    complaint = answered(NO_TIME, due_at, language=language)

    said = Interaction.objects.get(complaint=complaint, direction="out").text
    assert said == f"{NO_TIME}\n{closing}"
    assert Outgoing.objects.get(reference=complaint.number).body == said


@pytest.mark.parametrize(
    "text", ["屏幕碎了，今天18点前完成初步核查。", "屏幕碎了，下午六点前答复您。", "屏幕的事八小时内告诉您。"]
)
def test_s0_04_words_that_name_the_promised_time_stay_as_they_are(text):
    complaint = answered(text)

    assert Interaction.objects.get(complaint=complaint, direction="out").text == text


@pytest.mark.parametrize(
    "text", ["屏幕碎了，今天18点前完成初步核查。", "屏幕碎了，两小时内答复您。", "By 6 pm today: 屏幕碎了。"]
)
def test_s0_04_words_that_name_another_time_are_sent_back(text):
    with pytest.raises(WordsNameAnotherTime) as refused:
        answered(text, when(2025, 3, 6, 18))

    assert (refused.value.rule.code, refused.value.missing) == ("承诺-09", ("next",))
    assert not Promise.objects.filter(kind="spoken").exists()


def test_s2_24_a_moved_promise_is_told_with_its_new_time():
    complaint = factories.acknowledged()
    (row,) = Promise.objects.filter(complaint=complaint, kind="spoken")
    at, due_at = at_of(complaint, 60), at_of(complaint, 240)
    say = Say("仓库还在查划痕，要久一点。")
    messages.replace_promise(row.pk, due_at=due_at, reason="监控未调出", words=say, actor=factories.agent(), at=at)

    assert Interaction.objects.filter(complaint=complaint, direction="out").latest("pk").text == (
        "仓库还在查划痕，要久一点。\n我们将在今天14:00前告诉您：核查结果。"
    )


@pytest.mark.parametrize("due_at", [when(9999, 12, 31), when(2031, 11, 22, 18), TUESDAY_10 + timedelta(days=16)])
def test_amb_10_a_promise_beyond_the_whole_case_is_refused(due_at):
    with pytest.raises(PromiseTooFar) as refused:
        answered(NO_TIME, due_at)

    assert (refused.value.rule.code, refused.value.missing) == ("承诺-08", ("next",))
    assert not Promise.objects.filter(kind="spoken").exists()


def test_amb_10_a_moved_promise_lies_no_further_than_a_whole_case_would_take():
    complaint = factories.acknowledged()
    (row,) = Promise.objects.filter(complaint=complaint, kind="spoken")
    at = at_of(complaint, 60)
    move = {"reason": "等厂家", "words": Say("划痕要送厂家检测。"), "actor": factories.agent(), "at": at}
    with pytest.raises(PromiseTooFar):
        messages.replace_promise(row.pk, due_at=at + timedelta(days=17), **move)
    moved = messages.replace_promise(row.pk, due_at=at + timedelta(days=14), **move)

    assert moved.due_at == at + timedelta(days=14)


def test_amb_10_once_the_whole_case_is_overdue_a_promise_still_has_an_end():
    complaint = factories.admitted("investigating", owner=factories.agent().person)
    say = {"actor": factories.agent(), "at": TUESDAY_10}
    with pytest.raises(PromiseTooFar):
        messages.send_message(complaint.pk, Say("平板划痕在查。", next=Spoken("结果", when(2031, 1, 1))), **say)
    messages.send_message(complaint.pk, Say("平板划痕在查。", next=Spoken("结果", when(2025, 3, 14, 18))), **say)

    assert Promise.objects.get(complaint=complaint).due_at == when(2025, 3, 14, 18)


def test_amb_06_a_past_time_is_spelled_as_people_say_it():
    with pytest.raises(PromiseInThePast) as refused:
        answered(NO_TIME, when(2020, 1, 1, 10))

    assert "2020年1月1日" in str(refused.value)
    assert "T10" not in str(refused.value)
