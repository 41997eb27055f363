"""What the complainant answers: a row of his own, the system's move where it is possible, and the owner told."""

import re
from datetime import timedelta

import pytest
from django.test import Client

from huiyin.complaints.conversation import Say
from huiyin.complaints.models import Interaction
from huiyin.complaints.steps import conduct, messages, portal
from huiyin.files.models import StoredFile
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.portal import limits
from huiyin.messaging.models import Notice
from huiyin.people.roles import Role
from tests import factories, later
from tests.factories import at_of
from tests.interfaces.web.portal.browsing import Browser, field, photo
from tests.interfaces.web.portal.stages import answers, bells, made, now_of, text_of

# Words of the house that no complainant should have to learn.
HOUSE_WORDS = ("定性", "流程-", "门户-", "沟通-", "回访-", "阶段", "方案沟通", "承办人", "批示", "行权")


def test_s2_27_choosing_is_the_customers_row_and_the_move_the_systems(browser, link, offered):
    option = later.option(offered, 2)
    page = browser.read(link(offered))
    assert "换新机,顺丰加急" in page
    assert "就选“换新机,顺丰加急”" in page

    answer = browser.act(link(offered), "choose", option=option.pk, said="请快一点")

    case = now_of(offered)
    assert answer.status_code == 303
    assert answer["Location"].endswith("?done=chosen")
    assert (case.state, answers(case)) == ("executing", ["choice"])
    assert [row.actor_name for row in case.events.filter(kind="option.chosen")] == ["portal"]
    assert "customer.answered" in bells(case)
    assert "收到您的选择，马上开始办" in browser.read(answer["Location"])


def test_an_amount_of_money_is_shown_and_what_goods_cost_the_house_is_not(browser, link, offered):
    page = text_of(browser.read(link(offered)))

    assert "退货退款 1,299.00 元" in page
    assert "无门槛优惠券 50.00 元" in page
    assert page.count("1,299.00") == 1


def test_flow_04_nothing_is_chosen_over_unread_news_and_the_words_stay(browser, link, offered):
    base = link(offered)
    page = browser.read(base)
    carried = {"seen": field(page, "seen"), "stamp": field(page, "stamp")}
    portal.add_message(offered.pk, "我又想了想", customer=offered.customer, at=clock.now())

    answer = browser.post(f"{base}do/choose/", {**carried, "option": later.option(offered).pk, "said": "就要退款"})

    again = answer.content.decode()
    assert answer.status_code == 409
    assert "您填写的时候有了新情况" in again
    assert "就要退款" in again
    assert now_of(offered).state == "offering"
    assert browser.post(
        f"{base}do/choose/", {"seen": field(again, "seen"), "stamp": field(again, "stamp"),
                              "option": later.option(offered).pk, "said": "就要退款"}
    ).status_code == 303  # fmt: skip


def test_an_internal_note_meanwhile_does_not_stop_the_customer(browser, link, offered):
    base = link(offered)
    page = browser.read(base)
    messages.write_note(offered.pk, "催一下仓库", actor=factories.agent(), at=clock.now())

    carried = {"seen": field(page, "seen"), "stamp": field(page, "stamp")}
    assert browser.post(f"{base}do/choose/", {**carried, "option": later.option(offered).pk}).status_code == 303


def test_a_double_click_is_one_answer_and_a_changed_text_another(browser, link, offered):
    base = link(offered)
    page = browser.read(base)
    carried = {"seen": field(page, "seen"), "stamp": field(page, "stamp")}

    for text in ("请问进度", "请问进度", "请问何时好"):
        assert browser.post(f"{base}do/add/", {**carried, "text": text}).status_code == 303

    said = Interaction.objects.filter(complaint=offered, direction="in", medium="portal")
    assert [row.text for row in said] == ["请问进度", "请问何时好"]


def test_t16_an_objection_in_his_own_words_reaches_the_owner_and_choosing_stays_open(browser, link, offered):
    base = link(offered)
    empty = browser.act(base, "object", text="  ")
    assert empty.status_code == 422
    assert "请简单写写，好让我们知道什么对您合适" in empty.content.decode()

    answer = browser.act(base, "object", text="想要换货加延保")

    assert answer.status_code == 303
    assert answers(offered) == ["objection"]
    assert "customer.answered" in bells(offered)
    page = browser.read(base)
    assert "您的想法我们看到了" in text_of(page)
    assert "do/choose/" in page
    assert "do/object/" not in page


def test_s2_30_a_nudge_is_counted_tells_the_owner_and_a_second_press_at_once_is_not_a_second_one(
    browser, link, stand_at
):
    complaint = made("investigating", stand_at)
    base = link(complaint)

    first = browser.act(base, "nudge")
    again = browser.act(base, "nudge")

    assert (first["Location"], again["Location"]) == (f"{base}?done=nudged", f"{base}?done=nudged_before")
    assert answers(complaint) == ["nudge"]
    assert "customer.nudged" in bells(complaint)
    assert Interaction.objects.filter(complaint=complaint, asks_where_it_stands=True).count() == 1
    assert "您催过1次" in text_of(browser.read(base)).replace(" ", "")

    stand_at(clock.now() + timedelta(minutes=11))
    browser.act(base, "nudge")
    assert "您催过2次" in text_of(browser.read(base)).replace(" ", "")


def test_asking_for_a_person_reaches_owner_and_supervisors(browser, link, stand_at):
    complaint = made("investigating", stand_at)

    answer = browser.act(link(complaint), "person", text="今天六点以后")

    boss = factories.supervisor().person
    assert answer.status_code == 303
    assert Notice.objects.filter(person=boss, kind="customer.asked_person").exists()
    assert "今天六点以后" in browser.read(f"{link(complaint)}history/")


def test_s2_52_asking_for_a_superior_is_the_consent_the_owner_finds_in_his_form(browser, link, stand_at):
    complaint = made("investigating", stand_at)
    agent = Client()
    agent.force_login(complaint.owner)

    browser.act(link(complaint), "person", text="请主管打给我", superior="on")

    assert Notice.objects.filter(kind="customer.asked_superior", person=complaint.owner).exists()
    assert "您要求与上级沟通" in browser.read(f"{link(complaint)}history/")
    form = agent.get(f"/desk/{complaint.number}/do/hand_up/").context["form"]
    assert (form.initial["consent"], form.initial["said"]) == ("yes", "请主管打给我")


def test_s4_11_measures_against_his_conduct_can_be_appealed_by_the_complainant_once(browser, link, stand_at):
    complaint = made("investigating", stand_at)
    base, boss = link(complaint), factories.supervisor()
    reviewer = factories.person("wangzong", Role.LEADER, of="management")
    assert "do/appeal/" not in browser.read(base)
    now = clock.now()
    conduct.propose_conduct(complaint.pk, "连续辱骂", actor=factories.agent(), at=now)
    words = Say("今后以书面沟通,您可以申诉。", next=factories.Spoken("处理进展", now + timedelta(hours=2)))
    measures = conduct.Measures("只以书面沟通", reviewer, now + timedelta(days=3))
    conduct.confirm_conduct(complaint.pk, measures, words, actor=boss, at=now)

    assert "do/appeal/" in browser.read(base)
    assert browser.act(base, "appeal", text=" ").status_code == 422
    assert browser.act(base, "appeal", text="我只是着急")["Location"] == f"{base}?done=appealed"

    assert Notice.objects.filter(kind="conduct.appealed", person=reviewer).exists()
    assert "do/appeal/" not in browser.read(base)
    assert "我只是着急" in browser.read(f"{base}history/")


def test_papers_come_with_or_without_words_and_survive_a_refused_one(browser, link, stand_at):
    complaint = made("investigating", stand_at)
    base = link(complaint)
    assert browser.act(base, "add", text="").status_code == 422

    refused = browser.act(base, "add", text="照片", photos=[photo(), photo_of(b"MZ" + b"0" * 99, "病毒.jpg")])
    page = refused.content.decode()
    assert refused.status_code == 422
    assert "“病毒.jpg”没有收下" in page
    assert "划痕.jpg" in page

    sent = browser.act(base, "add", text="", kept=field(page, "kept"))
    assert sent.status_code == 303
    assert [row.name for row in StoredFile.objects.filter(owner_kind="complaint")] == ["划痕.jpg"]
    assert "customer.wrote" in bells(complaint)
    assert "划痕.jpg" in browser.read(base)


def photo_of(content, name):
    file = photo(name)
    file.file.seek(0)
    file.file.truncate()
    file.file.write(content)
    file.file.seek(0)
    file.size = len(content)
    return file


@pytest.mark.parametrize("act", ["choose", "object", "accept", "reject", "understood", "rate", "reopen"])
def test_an_act_that_does_not_belong_here_is_refused_in_plain_words_and_keeps_the_text(browser, link, stand_at, act):
    complaint = made("received", stand_at)
    base = link(complaint)
    page = browser.read(base)
    carried = {"seen": field(page, "seen"), "stamp": field(page, "stamp")}

    answer = browser.post(f"{base}do/{act}/", {**carried, "text": "我写的话", "option": "1", "score": "5"})

    said = text_of(answer.content.decode())
    assert answer.status_code in (409, 422)
    assert [word for word in HOUSE_WORDS if word in said] == []
    assert answers(complaint) == []
    assert act in ("choose", "accept", "rate") or "我写的话" in said


@pytest.mark.parametrize("act", ["choose", "object", "accept", "withdraw", "nudge", "add", "person"])
def test_each_act_has_a_page_of_its_own_that_works_without_scripts(browser, link, offered, act):
    page = browser.read(f"{link(offered)}do/{act}/")

    assert page.count("<form") >= 1
    assert field(page, "seen")


def test_an_unknown_act_is_not_there(browser, link, offered):
    assert browser.get(f"{link(offered)}do/close/").status_code == 404
    assert browser.post(f"{link(offered)}do/close/", {}).status_code == 404


def test_a_form_without_its_token_is_refused(link, offered):
    from django.test import Client

    answer = Client(enforce_csrf_checks=True).post(f"{link(offered)}do/nudge/", {})

    assert answer.status_code == 403
    assert answers(offered) == []


def test_what_he_writes_stays_text(browser, link, offered):
    base = link(offered)
    nasty = "<img src=x onerror=alert(1)><script>alert(2)</script>"

    browser.act(base, "add", text=nasty)

    assert nasty not in browser.read(base) + browser.read(f"{base}history/")
    assert "&lt;img src=x" in browser.read(f"{base}history/")


def test_a_text_longer_than_a_letter_is_refused_with_the_text_kept(browser, link, offered):
    answer = browser.act(link(offered), "add", text="长" * 5001)

    assert answer.status_code == 422
    assert "长" * 5001 in answer.content.decode()


def test_one_case_takes_only_so_many_answers_in_ten_minutes(browser, link, offered):
    base = link(offered)
    for number in range(limits.ACT.tries):
        assert browser.act(base, "add", text=f"第 {number} 条").status_code == 303

    answer = browser.act(base, "add", text="再来一条")

    assert answer.status_code == 409
    assert "再来一条" in answer.content.decode()


def test_the_door_of_a_code_takes_the_same_answers(browser, offered, link):
    link(offered)
    access = portal.access_by_link(link(offered).split("/")[3])
    session_browser = Browser()
    session_browser.get("/p/")
    session = session_browser.session
    session["portal"] = {offered.number: (clock.now() + timedelta(hours=1)).isoformat()}
    session.save()
    session_browser.cookies["huiyin_session"] = session.session_key
    assert access.complaint_id == offered.pk

    answer = session_browser.act(f"/p/n/{offered.number}/", "choose", option=later.option(offered).pk)

    assert answer["Location"] == f"/p/n/{offered.number}/?done=chosen"


def test_only_known_sentences_thank_him(browser, link, offered):
    page = browser.read(f"{link(offered)}?done=<script>alert(1)</script>")

    assert "<script>alert" not in page
    assert not re.search(r'class="guard ok', page)


def test_at_of_the_receipt_the_waiting_promise_is_the_answer(browser, link, stand_at):
    complaint = factories.received()
    stand_at(at_of(complaint, 5))

    assert "今天 12:00前答复您" in text_of(browser.read(link(complaint)))
