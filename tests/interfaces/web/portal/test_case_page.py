"""The complainant's own page: plain words, honest promises, and nothing that is not his to see."""

import re
from datetime import timedelta

import pytest

from huiyin.complaints.conversation import Say
from huiyin.complaints.kinds import KINDS, Audience
from huiyin.complaints.models import Complaint
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import attachments, linking, messages, portal
from huiyin.complaints.steps.investigation import NewEvidence
from huiyin.files import store
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.portal import names, reading
from huiyin.interfaces.web.portal.presenters import story
from huiyin.people.actors import Actor
from tests import factories, later
from tests.factories import at_of
from tests.interfaces.web.portal.browsing import photo
from tests.interfaces.web.portal.stages import MAKERS, made, text_of

pytestmark = pytest.mark.once

LANGUAGES = ("zh-hans", "zh-hant", "en")
# What stands in the rows of these cases and must never leave the house.
SECRETS = (
    "李娜", "陈静", "周建国", "13812341234", "出库视频显示外观完好", "责任在承运商", "运输途中碰撞",
    "承运商责任", "由责任人统一告知客户", "方案待批示", "客户只要这一种", "复核", "客户误读了活动规则",
    "outbound_video", "transport_damage", "内部备注", "定性", "语气强硬", "加固包装",
)  # fmt: skip
HEADLINES = {
    "received": "我们收到您的投诉了",
    "acknowledged": "我们接手了",
    "registered": "我们接手了",
    "investigating": "正在查明情况",
    "analysed": "查清了",
    "explaining": "向您说明查到的情况",
    "planning": "查清了，正在为您准备方案",
    "approving": "查清了，正在为您准备方案",
    "offering": "查清了，请您选一个方案",
    "executing": "正在按您选的办",
    "following_up": "办好了，您满意吗？",
    "reviewing": "事情已了，我们在核对有没有遗漏",
    "closed": "您的投诉已结束",
}
STEPS = {"received": 1, "investigating": 2, "planning": 2, "offering": 3, "executing": 4, "following_up": 5}


@pytest.mark.parametrize("state", MAKERS)
def test_every_state_is_said_in_plain_words_and_keeps_the_houses_own_to_itself(browser, link, stand_at, state):
    complaint = made(state, stand_at)
    messages.write_note(complaint.pk, "内部备注：此人难缠", actor=factories.agent(), at=clock.now())
    base = link(complaint)

    for page in (browser.read(base), browser.read(f"{base}history/")):
        said = text_of(page)
        assert [word for word in SECRETS if word in said] == []
        assert str(complaint.pk) not in re.findall(r"customer[:= ]\d+", said)
    assert HEADLINES[state] in text_of(browser.read(base))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("state", ["received", "investigating", "explaining", "offering", "following_up", "closed"])
def test_the_page_stands_in_three_languages(browser, link, stand_at, state, language):
    base = link(made(state, stand_at))

    page = browser.read(base, language)

    assert {"zh-hans": 'lang="zh-Hans"', "zh-hant": 'lang="zh-Hant"', "en": 'lang="en"'}[language] in page
    if language == "en":
        chinese = re.sub(r"[^㐀-鿿]", "", text_of(page[: page.index("<main")]))
        assert set(chinese) <= set("晨光数码")


@pytest.mark.parametrize(("state", "place"), STEPS.items())
def test_five_words_say_where_it_stands(browser, link, stand_at, state, place):
    page = browser.read(link(made(state, stand_at)))

    steps = re.search(r'<ol class="steps".*?</ol>', page, re.DOTALL)[0]
    assert [item for item in re.findall(r"<li([^>]*)>", steps)].index(' class="c" aria-current="step"') == place - 1
    assert steps.count("<li") == 5


def test_only_public_events_are_ever_read(stand_at):
    complaint = made("closed", stand_at)

    facts = reading.load(complaint, clock.now())

    assert {KINDS[event.kind].audience for event in facts.events} == {Audience.PUBLIC}
    assert {row.direction for row in facts.messages} == {"in", "out"}
    assert set(story.TITLES) | {"customer.answered", "message.sent", "message.received"} == set(reading.PUBLIC)


def test_promises_are_shown_honestly_kept_early_kept_late_and_still_running(browser, link, stand_at):
    complaint = later.planning()
    stand_at(at_of(complaint, 126))
    assert "核查结果" in text_of(browser.read(link(complaint)))
    assert "早 10 分钟" in text_of(browser.read(link(complaint)))

    stand_at(at_of(complaint, 300))
    late = text_of(browser.read(link(complaint)))
    assert "我们晚了" in late
    assert "已超时 1 时 55 分" in late

    running = complaint.promises.get(kind="spoken", ended_at=None)
    say = Say(
        "划痕一事的处理方案还在批示,五点前告诉您。", keeps=(running.pk,), next=Spoken("方案", at_of(complaint, 420))
    )
    messages.send_message(complaint.pk, say, actor=factories.agent(), at=at_of(complaint, 310))
    stand_at(at_of(complaint, 311))
    assert "做到了，晚了2 时 05 分" in text_of(browser.read(link(complaint)))


def test_a_promise_moved_to_another_time_stays_in_sight(browser, link, stand_at):
    complaint = factories.investigating()
    first = complaint.promises.get(kind="spoken", ended_at=None)
    messages.replace_promise(
        first.pk,
        due_at=at_of(complaint, 400),
        reason="承运商未回复",
        words=Say("划痕核查还需要时间,改到今天下午告诉您。"),
        actor=factories.agent(),
        at=at_of(complaint, 100),
    )
    stand_at(at_of(complaint, 101))

    page = text_of(browser.read(link(complaint)))

    assert page.count("核查结果") >= 2
    assert "改了时间" in page
    assert "承运商未回复" not in page


@pytest.mark.parametrize("rounds", [0, 30])
def test_the_page_asks_the_database_fifteen_times_at_most_however_long_the_story(
    browser, link, stand_at, rounds, django_assert_max_num_queries
):
    complaint = made("offering", stand_at)
    for number in range(rounds):
        at = clock.now() + timedelta(seconds=number)
        portal.add_message(complaint.pk, f"第 {number} 条", customer=complaint.customer, at=at)
        portal.nudge(complaint.pk, customer=complaint.customer, at=at)
    stand_at(clock.now() + timedelta(minutes=5))
    base = link(complaint)

    for address in (base, f"{base}history/", f"{base}do/add/"):
        with django_assert_max_num_queries(15):
            browser.get(address)


@pytest.mark.parametrize("secret", ["x", "A" * 43, "..%2f..%2f", "' OR 1=1 --", "null"])
def test_a_guessed_link_opens_nothing_and_says_nothing(browser, secret):
    factories.received()

    answer = browser.get(f"/p/c/{secret}/")

    assert answer.status_code == 404
    assert "13812341234" not in answer.content.decode()


def test_pages_of_a_case_are_cached_indexed_and_named_nowhere(browser, link, stand_at):
    answer = browser.get(link(made("offering", stand_at)))

    assert (answer["Cache-Control"], answer["X-Robots-Tag"], answer["Referrer-Policy"]) == (
        "no-store, private",
        "noindex, nofollow, noarchive",
        "strict-origin",
    )
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_another_case_of_anybody_is_not_reached_from_this_one(browser, link, stand_at):
    mine = made("offering", stand_at)
    other = later.offering()
    option = other.plans.get().options.first()

    answer = browser.act(link(mine), "choose", option=option.pk)

    assert answer.status_code == 422
    assert "这个方案已经不能选了" in answer.content.decode()
    other.refresh_from_db()
    assert other.state == "offering"


def test_his_files_are_shown_and_no_others(browser, link, stand_at):
    complaint = made("investigating", stand_at)
    base, at = link(complaint), clock.now()
    inside = attachments.attach_file(complaint.pk, photo("内部.jpg"), actor=factories.agent(), at=at)
    shown = attachments.attach_file(complaint.pk, photo("检测报告.jpg"), actor=factories.agent(), at=at)
    store.show_to_customer(shown, shown=True)
    browser.post(f"{base}do/add/", {"text": "照片在这里", "photos": [photo()]})
    own = next(row for row in reading.his_files(complaint) if row.name == "划痕.jpg")

    page = browser.read(base)
    assert "检测报告.jpg" in page
    assert "内部.jpg" not in page + browser.read(f"{base}history/")
    assert [browser.get(f"{base}files/{row.pk}/").status_code for row in (own, shown, inside)] == [200, 200, 404]
    assert browser.get(f"{base}files/{own.pk}/thumbnail/")["Content-Type"] == "image/jpeg"
    other = link(factories.received(name="李四", identities=(("phone", "13900000000"),)))
    assert browser.get(f"{other}files/{own.pk}/").status_code == 404


def test_a_merged_case_leads_to_the_other_number_and_shows_nothing_of_it(browser, link, stand_at):
    first, second = factories.received(), factories.acknowledged()
    linking.merge(first.pk, into=second.pk, reason="同一件事", actor=factories.supervisor(), at=at_of(second, 60))
    stand_at(at_of(second, 61))

    page = text_of(browser.read(link(first)))

    assert second.number in page
    assert "肯定很失望" not in page
    assert "同一件事" not in page.replace("是同一件事", "")


def test_our_people_are_shown_by_surname_and_office():
    assert names.shown(factories.agent().person) == "李专员"
    assert names.shown(factories.supervisor().person) == "陈主管"
    assert names.shown(None) == "投诉专员"
    assert [names.surname(name) for name in ("欧阳修", "Anna Smith")] == ["欧阳", "Smith"]


def test_what_a_colleague_noted_from_the_telephone_is_shown_as_the_customers_words(browser, link, stand_at):
    complaint = made("investigating", stand_at)
    messages.record_inbound(
        complaint.pk, "客户说右下角也有划痕", medium="phone", where_is_it=False, actor=factories.agent(), at=clock.now()
    )

    page = text_of(browser.read(f"{link(complaint)}history/"))

    assert "您告诉我们" in page
    assert "右下角也有划痕" in page


def test_the_window_for_taking_it_up_again_is_counted_in_days_and_then_closed(browser, link, stand_at):
    complaint = made("closed", stand_at)
    base = link(complaint)

    stand_at(complaint.closed_at + timedelta(days=29, hours=1))
    assert "还有1天" in text_of(browser.read(base)).replace(" ", "")
    stand_at(complaint.closed_at + timedelta(days=30, hours=1))
    over = browser.read(base)
    assert "do/reopen/" not in over
    assert "请提交新的投诉" in text_of(over)


def test_a_step_he_did_not_ask_for_is_told_with_the_message_that_came_with_it(browser, link, stand_at):
    """The approval itself is the house's; the words that went out with it are his."""
    complaint = made("offering", stand_at)

    page = text_of(browser.read(f"{link(complaint)}history/"))

    assert "您可以选择全额退款加优惠券" in page
    assert "批准" not in page
    assert "批示" not in page


def test_evidence_and_its_sources_stay_inside(browser, link, stand_at):
    complaint = factories.investigating()
    factories.investigation.add_evidence(
        complaint.pk,
        NewEvidence("outbound_video", "三号库监控", "仓库王某", at_of(complaint, 45)),
        actor=factories.handler(),
        at=at_of(complaint, 50),
    )
    stand_at(at_of(complaint, 55))

    page = text_of(browser.read(f"{link(complaint)}history/"))

    assert "监控" not in page
    assert "王某" not in page


def test_the_portal_shows_a_customer_his_own_answers_alone(stand_at):
    complaint = made("offering", stand_at)
    portal.customer_object(complaint.pk, text="想换货", customer=complaint.customer, at=clock.now())

    facts = reading.load(Complaint.objects.get(pk=complaint.pk), clock.now())

    lines = story.told(facts)
    assert (lines[-1].title, lines[-1].text, lines[-1].kind) == ("您说都不合适", "想换货", "customer")
    assert Actor.customer(complaint.customer).label not in str(lines)
