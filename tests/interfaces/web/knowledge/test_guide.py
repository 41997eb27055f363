"""The guide beside a case: at the right moment, filled from the case, inserted, followed or left; and the customer."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.models import Complaint, Event, Promise
from huiyin.complaints.steps import messages, registration
from huiyin.knowledge.models import Dismissal
from huiyin.people.roles import Role
from tests import factories, later
from tests.interfaces.web.case.desks import Desk as CaseDesk
from tests.interfaces.web.case.desks import local, says
from tests.interfaces.web.desk.conftest import desk_of, untranslated
from tests.knowledge.conftest import seed

pytestmark = pytest.mark.once

INSERTED = re.compile(r'data-insert="([^"]*)" data-uses="([^"]*)"')


@pytest.fixture
def filled(shelves):
    shelves(
        seed("script", "soothe.a", text="{scene},换做是我也会很着急。", title="安抚"),
        seed("script", "restate.a", step="restate", text="您的意思是说{matter},对吗?", title="复述"),
        seed(
            "script",
            "call-back",
            step="check_and_call_back",
            text="这一点我去查证,{deadline}前给您答复。",
            title="查证",
        ),
        seed("script", "rec", step="recommend", text="顺便提醒您可以办理延保。", title="提醒"),
        seed("card", "breath", moment="hostile", title="深呼吸"),
        seed("card", "restating", moment="restating", title="先复述"),
        seed("fact", "screen", scene="damage", title="破损怎么验收", valid_to="2030-12-31"),
        seed("playbook", "angry", caller="angry", title="愤怒来电"),
        seed("advice", "product.solution.hot"),
    )


def strip(desk, case: Complaint, step: str = "") -> str:
    return desk.html(f"/knowledge/case/{case.number}/strip/?step={step}")


def tab(desk, case: Complaint) -> str:
    return desk.html(f"/desk/{case.number}/about/guide/", "about")


# --- what is shown when -----------------------------------------------------------------------------------------------
def test_s0_12_a_script_is_filled_from_the_case_and_ready_to_insert(lina, filled):
    html = strip(lina, factories.received(), "acknowledge")

    assert (f"{factories.SCRATCHED},换做是我也会很着急。", "script:soothe.a@1") in INSERTED.findall(html)


def test_s0_36_the_card_appears_at_hostility_alone_and_can_be_put_aside(lina, filled):
    case = factories.registered(emotion=4)
    before = tab(lina, case)
    registration.note_emotion(case.pk, 5, "骂人", actor=factories.agent(), at=factories.at_of(case, 45))
    during = tab(lina, case)
    answer = lina.post(f"/knowledge/case/{case.number}/dismiss/", code="breath")

    assert ("深呼吸" in before, "深呼吸" in during, answer.status_code) == (False, True, 303)
    assert "深呼吸" not in tab(lina, case)
    assert Dismissal.objects.get().about == case.number


def test_s1_07_s2_06_the_guide_shows_the_order_and_the_next_step_after_acknowledgement(lina, filled):
    html = tab(lina, factories.acknowledged())

    assert html.index("心情") < html.index("认真受理") < html.index("用自己的话复述") < html.index(">事实<")
    assert re.search(r'<li class="now" aria-current="step"[^>]*>用自己的话复述', html)


def test_s2_14_the_taboos_are_shown_before_contact(lina, filled):
    html = strip(lina, factories.received())

    for taboo in ("缺少专业知识", "怠慢客户", "急于打发", "允诺做不到的事", "急于为自己开脱|急于开脱", "升级"):
        assert re.search(taboo, html)


def test_s2_42_the_playbook_is_shown_with_its_version(lina, filled):
    html = tab(lina, factories.registered(emotion=4))

    assert ("愤怒来电" in html, "第 1 版" in html) == (True, True)


def test_s2_47_suggestions_appear_only_when_resolved_and_calm(lina, filled):
    case = later.reviewing()
    before = tab(lina, case)
    registration.note_emotion(case.pk, 1, "平和", actor=factories.agent(), at=case.stage_since)
    after = tab(lina, case)

    assert ("延保" in before, "延保" in after, "do/opportunity/" in after) == (False, True, True)


def test_s2_13_advice_by_three_choices_names_its_source(lina, filled):
    case = factories.registered()
    path = f"/knowledge/case/{case.number}/advice/"
    html = lina.html(f"{path}?content=product&purpose=solution&personality=hot")

    assert ("先听后办" in html, "来源：本项目撰写" in html) == (True, True)
    assert html == lina.html(f"{path}?content=product&purpose=solution&personality=hot")
    assert '<option value="product" selected>' in lina.html(path)


def test_s2_35_a_question_beside_the_case_finds_facts_and_words(lina, filled):
    case = factories.registered()
    html = lina.html(f"/knowledge/case/{case.number}/answers/?ask=破損")
    nothing = lina.html(f"/knowledge/case/{case.number}/answers/?ask=火箭")

    assert ("破损怎么验收" in html, "do/unknown/" in nothing) == (True, True)
    assert "data-insert" not in lina.html(f"/knowledge/case/{case.number}/answers/?ask=延保")


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
@pytest.mark.parametrize("make", [factories.received, factories.registered, later.offering, later.closed])
def test_the_guide_speaks_three_languages_in_every_part_of_a_life(db, make, language):
    case = make()
    desk = desk_of("xiaoli", Role.AGENT, language=language, name="李娜")

    assert (untranslated(strip(desk, case)), untranslated(tab(desk, case))) == ([], [])


def test_c27_the_guide_of_a_case_one_may_not_open_is_not_there(filled):
    case, stranger = factories.received(), desk_of("fremd", Role.HANDLER, of="quality")
    paths = ("strip/", "answers/?ask=x", "advice/")

    assert {stranger.get(f"/knowledge/case/{case.number}/{path}").status_code for path in paths} == {404}
    assert stranger.post(f"/knowledge/case/{case.number}/used/", kind="card", code="breath").status_code == 404


def test_the_guide_costs_the_same_however_much_happened(lina, db):
    case = factories.registered()

    def cost(path):
        with CaptureQueriesContext(connection) as asked:
            lina.html(path)
        return len(asked)

    paths = [f"/knowledge/case/{case.number}/strip/", f"/desk/{case.number}/about/guide/"]
    cost(paths[0])  # the packs of the house are read once per process
    few = [cost(path) for path in paths]
    for number in range(20):
        messages.write_note(case.pk, f"备注{number}", actor=factories.agent(), at=factories.at_of(case, 41))

    assert [cost(path) for path in paths] == few
    assert max(few) <= 22


# --- what becomes of it -----------------------------------------------------------------------------------------------
def last(case: Complaint) -> Event:
    return case.events.latest("number")


def test_s2_04_following_and_leaving_by_the_page_are_both_on_the_timeline(lina, filled):
    case = factories.registered(emotion=4)
    use = {"kind": "playbook", "code": "angry", "version": 1}
    path = f"/knowledge/case/{case.number}/used/"
    followed = lina.post(path, way="followed", **use)
    without = lina.post(path, way="left", reason="", **use)
    left = lina.post(path, way="left", reason="客户只要书面答复", **use)
    page = lina.html(f"/desk/{case.number}/")

    assert (followed.status_code, without.status_code, left.status_code) == (303, 422, 303)
    assert "指引-01" in without.text
    assert "采用指引：愤怒来电　第 1 版" in page
    assert "客户只要书面答复" in page


def test_s2_04_an_inserted_script_is_kept_with_the_message_as_it_stood_or_reworded(lina, filled):
    case = factories.acknowledged()
    desk = CaseDesk(lina.person)
    words = "您的意思是说,全新手机拆开就有划痕,对吗?"
    until = factories.at_of(case, 300)
    given = {"script": "script:restate.a@1", "script_words": words}
    desk.take(case, "message", **says(f"您好。{words}稍后给您结果。", until=until), **given)
    as_it_stood = last(case)
    desk.take(case, "message", **says("您说的是划痕的事吧?我再确认一下。", until=until), **given)

    assert (as_it_stood.data["way"], last(case).data["way"]) == ("followed", "reworded")
    assert last(case).data["entry"] == "script:restate.a"


def test_a_nonsensical_script_mark_stops_no_message(lina, filled):
    case = factories.acknowledged()
    said = says("划痕的事正在核查,稍后给您结果。", until=factories.at_of(case, 300))
    CaseDesk(lina.person).take(case, "message", **said, script=["x", "script:none@1", "script:a@99999999999"])

    assert last(case).kind == "message.sent"


def test_s2_15_a_question_that_cannot_be_answered_becomes_a_promise_by_the_page(lina, filled):
    case, desk = factories.acknowledged(), CaseDesk(lina.person)
    opened = desk.open(case, "unknown").text
    until = factories.at_of(case, 240)
    refused = desk.send(case, "unknown", question="", **says("划痕算不算保修,我去查证。", until=until))
    desk.take(case, "unknown", question="划痕算不算保修?", **says("划痕算不算保修,我去查证。", until=until))

    assert "这一点我去查证" in opened
    assert "问答-01" in refused.text
    assert Promise.objects.filter(complaint=case, due_at=until, ended_at=None).exists()
    assert last(case).kind == "question.open"


def test_s2_32_the_form_for_an_opportunity_says_why_it_waits(lina, filled):
    case, desk = later.reviewing(), CaseDesk(lina.person)
    early = desk.open(case, "opportunity").text
    refused = desk.send(case, "opportunity", text="可提醒延保")
    registration.note_emotion(case.pk, 1, "平和", actor=factories.agent(), at=case.stage_since)
    desk.take(case, "opportunity", text="可提醒延保")

    assert ("商机-01" in early, refused.status_code, last(case).kind) == (True, 409, "opportunity.noted")
    assert desk.open(factories.received(order_number="E-7"), "opportunity").status_code == 409


# --- the customer's page ----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_s2_43_one_page_over_cases_promises_orders_and_what_waits(db, language):
    case = later.following_up()
    html = desk_of("xiaoli", Role.AGENT, language=language, name="李娜").html(f"/customers/{case.customer_id}/")

    assert (case.number in html, "E-1001" in html, "1,299.00" in html) == (True, True, True)
    assert untranslated(html) == []


def test_s2_43_the_page_says_what_waits_for_the_telephone_log(lina):
    html = lina.html(f"/customers/{factories.received().customer_id}/")

    assert "接入通话记录后，这里显示通话与通话均长。投诉不限通话时长。" in html


def test_s0_06_the_customers_page_masks_by_role(lina, chen):
    case = factories.received(text="我的电话 13812341234")
    auditor = desk_of("shenji", Role.AUDITOR, of="audit")
    path = f"/customers/{case.customer_id}/"

    assert "张三" in lina.html(path)
    assert ("张三" in chen.html(path), "张*" in chen.html(path)) == (False, True)
    for desk in (lina, chen, auditor):
        assert ("138****1234" in desk.html(path), "13812341234" in desk.html(path)) == (True, False)


def test_s2_43_who_may_open_no_case_finds_no_customer(db):
    case = factories.received()
    path = f"/customers/{case.customer_id}/"

    assert desk_of("fremd", Role.HANDLER, of="quality").get(path).status_code == 404
    assert desk_of("root", Role.ADMINISTRATOR).get(path).status_code == 403
    assert desk_of("xiaoli", Role.AGENT).get("/customers/99999999999999999999/").status_code == 404


def test_s2_07_the_case_page_leads_to_the_customer(lina):
    case = factories.received()

    assert f"/customers/{case.customer_id}/" in lina.html(f"/desk/{case.number}/about/overview/", "about")


def test_the_time_picker_of_the_unknown_form_is_filled_with_a_time_that_can_be_held(lina, filled):
    case = factories.acknowledged()

    assert f'value="{local(factories.when(2025, 3, 4, 18))}"' in CaseDesk(lina.person).open(case, "unknown").text
