"""The complainant at the end of the way: is it right, was it explained, is it over; a row of his own each time."""

from datetime import timedelta

import pytest

from huiyin.complaints.models import Callback, CustomerAnswer
from huiyin.messaging.models import Notice
from tests import factories
from tests.interfaces.web.portal.browsing import field
from tests.interfaces.web.portal.stages import answers, made, now_of, text_of


def test_t19_accepting_with_scores_stands_for_the_callback(browser, link, done):
    answer = browser.act(link(done), "accept", matter="5", feeling="4", condition="on", text="办得不错")

    row = CustomerAnswer.objects.get(complaint=done, kind="accept")
    callback = Callback.objects.filter(complaint=done, status="reached").get()
    assert answer.status_code == 303
    assert (row.score, row.feeling, row.text) == (5, 4, "办得不错")
    assert (callback.matter_score, callback.feeling_score, callback.end_condition_met) == (5, 4, True)
    assert "谢谢您" in browser.read(answer["Location"])


def test_accepting_needs_no_score_and_the_condition_is_asked_in_plain_words(browser, link, done):
    assert "货已收到，没有问题" in text_of(browser.read(link(done)))

    assert browser.act(link(done), "accept").status_code == 303
    assert CustomerAnswer.objects.get(complaint=done, kind="accept").score is None


def test_s2_57_a_low_score_is_no_acceptance_and_the_work_goes_on(browser, link, done):
    answer = browser.act(link(done), "accept", matter="2", text="还是有划痕")

    row = CustomerAnswer.objects.get(complaint=done, via="portal")
    assert answer["Location"].endswith("?done=rejected")
    assert (row.kind, row.score, now_of(done).state) == ("reject", 2, "investigating")


def test_t20_not_accepting_takes_the_case_up_again(browser, link, done):
    refused = browser.act(link(done), "reject", text="")
    assert refused.status_code == 422

    answer = browser.act(link(done), "reject", text="屏幕也裂了")

    case = now_of(done)
    assert answer.status_code == 303
    assert (case.state, case.round, answers(case)) == ("investigating", 2, ["reject"])


def test_whoever_accepted_is_not_asked_again_before_the_next_callback_but_may_still_object(browser, link, done):
    browser.act(link(done), "accept", matter="5", condition="on")
    base = link(done)
    page = browser.read(base)

    if now_of(done).state == "following_up":
        assert 'action="' + base + 'do/accept/"' not in page
        assert "do/reject/" in page


def test_t8_the_explanation_is_answered_and_t9_something_new_is_looked_into(browser, link, stand_at):
    complaint = made("explaining", stand_at)
    base = link(complaint)

    assert browser.act(base, "add", text="这条规则是什么意思？").status_code == 303
    assert now_of(complaint).state == "explaining"
    assert browser.act(base, "understood", text="").status_code == 303
    assert answers(complaint) == ["understood"]
    assert browser.act(base, "add", text="找到当时的截图", new="on").status_code == 303
    assert now_of(complaint).state == "investigating"


def test_one_tap_rates_and_the_detail_comes_after_if_at_all(browser, link, stand_at):
    complaint = made("closed", stand_at)
    base = link(complaint)
    assert "补充上去" not in browser.read(base)

    assert browser.act(base, "rate", score="4").status_code == 303
    page = browser.read(base)
    assert "您打了4分" in text_of(page).replace(" ", "")
    assert browser.act(base, "rate", score="4", feeling="5", text="就是慢了点").status_code == 303

    rows = CustomerAnswer.objects.filter(complaint=complaint, kind="rate", via="portal").order_by("pk")
    assert [(row.score, row.feeling, row.text) for row in rows] == [(4, None, ""), (4, 5, "就是慢了点")]


@pytest.mark.parametrize("score", ["", "0", "6", "x", "4.5"])
def test_a_score_that_is_none_is_refused_in_plain_words(browser, link, stand_at, score):
    complaint = made("closed", stand_at)

    answer = browser.act(link(complaint), "rate", score=score)

    assert answer.status_code == 422
    assert not CustomerAnswer.objects.filter(complaint=complaint, kind="rate").exists()


def test_a_low_rating_of_a_closed_case_reaches_the_supervisors(browser, link, stand_at):
    complaint = made("closed", stand_at)

    browser.act(link(complaint), "rate", score="1", text="没人道歉")

    assert Notice.objects.filter(person=factories.supervisor().person, kind="customer.rated_low").exists()


def test_t22_reopening_is_asked_for_while_the_window_is_open_and_a_supervisor_hears_of_it(browser, link, stand_at):
    complaint = made("closed", stand_at)
    base = link(complaint)

    assert browser.act(base, "reopen", text="又出现划痕").status_code == 303

    assert answers(complaint)[-1] == "reopen"
    assert Notice.objects.filter(person=factories.supervisor().person, kind="customer.asks_reopening").exists()
    page = browser.read(base)
    assert "由主管决定并告诉您" in text_of(page)
    assert "do/reopen/" not in page


def test_after_the_window_reopening_is_refused_with_the_way_that_is_left(browser, link, stand_at):
    complaint = made("closed", stand_at)
    base = link(complaint)
    page = browser.read(base)
    stand_at(complaint.closed_at + timedelta(days=31))

    carried = {"seen": field(page, "seen"), "stamp": field(page, "stamp")}
    answer = browser.post(f"{base}do/reopen/", {**carried, "text": "又坏了"})

    assert answer.status_code == 409
    assert "要求重新处理的期限已过" in answer.content.decode()
    assert "又坏了" in answer.content.decode()
    assert "reopen" not in answers(complaint)


def test_t23_taking_it_back_is_asked_in_his_words_and_confirmed_by_people(browser, link, stand_at):
    complaint = made("investigating", stand_at)
    base = link(complaint)

    assert browser.act(base, "withdraw", text="").status_code == 422
    assert browser.act(base, "withdraw", text="已经修好了").status_code == 303

    assert (answers(complaint), now_of(complaint).state) == (["withdraw"], "investigating")
    page = browser.read(base)
    assert "do/withdraw/" not in page
    assert "会有人与您确认" in text_of(page)
