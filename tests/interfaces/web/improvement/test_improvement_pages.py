"""Improvements, signals and reports, as people take them through their pages."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.steps import review
from huiyin.improvement import items, signals
from huiyin.improvement.items import Proposal
from huiyin.improvement.models import Delivery, GroupReport, Item, Signal
from huiyin.people.roles import Role
from tests import factories, later
from tests.interfaces.web.case.desks import Desk as CaseDesk
from tests.interfaces.web.desk.conftest import NOON, Desk, desk_of, untranslated

WHY = {"title": "出库前加拍外壳照片", "description": "验货视频看不清外壳，三起划痕都无法判断。"}
LANGUAGES = ("zh-hans", "zh-hant", "en")


def proposed(desk, **more):
    return items.propose(Proposal(**{**WHY, **more}), actor=desk_actor(desk), at=factories.TUESDAY_10)


def desk_actor(desk):
    return factories.Actor.of(desk.person)


def asked(desk, path):
    desk.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert desk.get(path).status_code == 200
    return len(caught)


def test_s2_16_an_improvement_goes_from_a_case_to_its_check_by_pages(lina, chen, zhou):
    case = factories.registered()

    form = lina.html(f"/improvement/new/?case={case.number}")
    answer = lina.post("/improvement/new/", **WHY, complaint=case.number)
    item = Item.objects.get()
    chen.post(f"/improvement/{item.pk}/accept/", owner=zhou.person.pk, due_at="2025-03-20T18:00")
    zhou.post(f"/improvement/{item.pk}/begin/")
    chen.post(f"/improvement/{item.pk}/verify/", found="抽查二十单，照片齐全。")

    assert case.number in form
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/improvement/{item.pk}/")
    item.refresh_from_db()
    assert (item.status, item.owner, item.complaint) == (Item.Status.VERIFIED, zhou.person, case)
    assert "抽查二十单，照片齐全。" in chen.html(f"/improvement/{item.pk}/")
    assert WHY["title"] in chen.html("/improvement/?show=ended")
    assert WHY["title"] not in chen.html("/improvement/")


def test_a_refusal_keeps_the_words_and_names_the_rule(lina, chen):
    item = proposed(chen, title="客服话术改版")
    items.accept(
        item.pk, owner=chen.person, due_at=NOON + timedelta(days=3), actor=desk_actor(chen), at=factories.TUESDAY_10
    )

    html = chen.post(f"/improvement/{item.pk}/verify/", found="效果很好，差评少了一半").content.decode()

    assert "改进-02" in html
    assert "效果很好，差评少了一半" in html
    assert Item.objects.get().status == Item.Status.ACCEPTED


def test_a_case_one_does_not_see_is_no_case(zhou):
    case = factories.registered()

    html = zhou.post("/improvement/new/", **WHY, complaint=case.number).content.decode()

    assert "您看不到这个编号的案件" in html
    assert WHY["title"] in html
    assert not Item.objects.exists()


def test_each_person_is_offered_only_the_steps_that_are_his(lina, chen):
    item = proposed(lina)
    address = f"/improvement/{item.pk}/"

    assert f"{address}accept/" in chen.html(address)
    assert f"{address}accept/" not in lina.html(address)
    assert lina.post(f"{address}accept/", owner=lina.person.pk, due_at="2025-03-20T18:00").status_code in (200, 403)
    assert Item.objects.get().status == Item.Status.PROPOSED
    assert chen.get(f"{address}explode/").status_code == 404


@pytest.mark.parametrize("path", ["/improvement/", "/improvement/signals/", "/improvement/groups/"])
def test_an_administrator_opens_none_of_these_pages(admin, path):
    assert admin.get(path).status_code == 403


def test_s2_54_handlers_see_improvements_but_no_signals_and_no_groups(zhou):
    assert zhou.get("/improvement/").status_code == 200
    assert zhou.get("/improvement/signals/").status_code == 403
    assert zhou.get("/improvement/groups/").status_code == 403


def test_s2_18_s2_19_a_signal_is_noted_settled_and_counted_as_prevented(lina):
    lina.post("/improvement/signals/", matter="老人连问三次怎么退订，语气开始着急")
    noted = Signal.objects.get()

    assert "老人连问三次" in lina.html("/improvement/signals/")
    empty = lina.post(f"/improvement/signals/{noted.pk}/", done="", complaint="").content.decode()
    lina.post(f"/improvement/signals/{noted.pk}/", done="当场帮他退订并发短信确认")

    assert "预警-01" in empty
    assert "30 天内有 1 个信号在成为投诉之前解决" in lina.html("/improvement/signals/")
    assert "当场帮他退订" in lina.html("/improvement/signals/?show=ended")


def test_s2_17_groups_are_shown_reported_and_read(chen, wang):
    factories.registered()
    shown = chen.html("/improvement/groups/")

    answer = chen.post(
        "/improvement/groups/", first="2025-03-01", last="2025-03-04", recipients=[wang.person.pk], remark="划痕集中"
    )
    report = GroupReport.objects.get()
    html = wang.html(f"/improvement/groups/{report.pk}/")

    assert "外观破损" in shown or "破损" in shown
    assert answer.headers["Location"] == f"/improvement/groups/{report.pk}/"
    assert "划痕集中" in html
    assert Delivery.objects.get().read_at == NOON.replace(tzinfo=factories.ZONE)


def test_s2_17_a_report_without_recipient_is_refused_and_keeps_the_remark(chen):
    html = chen.post("/improvement/groups/", first="2025-03-01", last="2025-03-04", remark="划痕集中").content.decode()

    assert "划痕集中" in html
    assert not GroupReport.objects.exists()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_read_in_three_languages(chen, language):
    item = proposed(chen, complaint=factories.registered())
    signals.notice("客户两次来电问同一笔费用", None, actor=desk_actor(chen), at=factories.TUESDAY_10)
    reader = Desk(chen.person, language)
    paths = ["", "new/", f"{item.pk}/", f"{item.pk}/accept/", "signals/", "groups/"]

    for path in paths:
        html = reader.html(f"/improvement/{path}")
        assert untranslated(html) == []
        if language != "en":
            assert not re.search(r"<h1[^>]*>[A-Za-z ]+</h1>", html), path


def test_the_lists_cost_the_same_however_long(chen):
    for page, make in (("/improvement/", proposed), ("/improvement/signals/", noticed)):
        make(chen)
        one = asked(chen, page)
        for _time in range(30):
            make(chen)
        assert asked(chen, page) == one <= 15


@pytest.fixture
def reviewed(at_noon):
    """A case in review whose closing question proposes an improvement; the house lives an hour later."""
    case = later.reviewing()
    at_noon.move_to(case.stage_since + later.HOUR)
    review.answer_question(
        case.pk,
        question="improvement",
        proposed=True,
        text="出库前加拍外壳照片\n三起划痕都无法判断责任。",
        actor=factories.agent(),
        at=case.stage_since + later.HOUR,
    )
    return case


def test_s2_16_the_closing_question_leads_to_a_proposal_filled_in(reviewed, lina):
    address = f"/improvement/new/?case={reviewed.number}"
    aside = lina.html(f"/desk/{reviewed.number}/about/review/")
    form = lina.html(address)

    assert f'href="{address}"' in aside
    assert "尚未由此案提出改进" in aside
    assert f'value="{reviewed.number}"' in form
    assert 'value="出库前加拍外壳照片"' in form
    assert "三起划痕都无法判断责任。" in form


def test_s2_16_the_review_lists_the_improvements_of_the_case(reviewed, lina, zhou):
    item = proposed(lina, complaint=reviewed)
    other = proposed(lina, title="另一件事")

    aside = lina.html(f"/desk/{reviewed.number}/about/review/")
    others = zhou.html(f"/desk/{reviewed.number}/about/review/")

    assert WHY["title"] in aside
    assert f"/improvement/{item.pk}/" in aside
    assert other.title not in aside
    assert WHY["title"] in others
    assert f"/improvement/{item.pk}/" not in others


def test_s2_16_every_case_has_the_way_to_an_improvement(lina, auditor):
    case = factories.received()
    way = f'href="/improvement/new/?case={case.number}"'

    assert way in lina.html(f"/desk/{case.number}/")
    assert way not in auditor.html(f"/desk/{case.number}/")


def test_s2_60_the_review_asks_cause_lesson_avoiding_and_improvement_and_refuses_one_missing(reviewed, lina):
    desk = CaseDesk(lina.person)
    four = {
        "what_caused_it": "运输途中碰撞",
        "what_we_learnt": "出库照片要拍全",
        "how_to_avoid": "加厚包装",
        "what_to_improve": "改进包装标准",
    }

    form = desk.open(reviewed, "review").content.decode()
    for name in four:
        assert f'name="{name}"' in form
        answer = desk.send(reviewed, "review", **(four | {name: ""}))
        html = answer.content.decode()
        assert "复盘-01" in html
        assert name in answer.context["form"].errors
        assert all(text in html for other, text in four.items() if other != name)
    desk.take(reviewed, "review", **four)

    assert "出库照片要拍全" in lina.html(f"/desk/{reviewed.number}/about/review/")


def noticed(desk):
    signals.notice("客户着急", None, actor=desk_actor(desk), at=NOON + timedelta(seconds=Signal.objects.count()))


def test_s0_06_who_may_never_reveal_a_contact_reads_items_covered_and_finds_no_way_into_the_case(chen, lina):
    inspector = desk_of("zhijian_yuan", Role.INSPECTOR, name="林岚", of="audit")
    words = "客户 13812341234 说外壳有划痕"
    item = proposed(lina, complaint=factories.registered(), description=words, title=words)
    address = f"/improvement/{item.pk}/"

    for page in ("/improvement/", address):
        assert "13812341234" in chen.html(page)
        assert "13812341234" not in inspector.html(page)
    assert f"/desk/{item.complaint.number}/" in chen.html(address)
    assert f"/desk/{item.complaint.number}/" not in inspector.html(address)
