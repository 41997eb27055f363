"""Promises, messages without an answer, enquiries, claims, the bell, search, the overview, packs, paper."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation
from django.utils.html import escape

from huiyin.complaints.models import Claim, Enquiry
from huiyin.complaints.steps import claims, enquiries, messages
from huiyin.interfaces.web.desk.presenters import found
from huiyin.messaging.models import Notice
from huiyin.policy.models import PackVersion
from huiyin.policy.packs import loading
from tests import factories, later
from tests.interfaces.web.desk.conftest import Desk, many, untranslated

BAR = re.compile(r'<li><a href="(/desk/\?[^"]+)"[^>]*>.*?<span class="n num">(\d+)</span>', re.DOTALL)
ROW = re.compile(r'<a class="qw[^"]*" href="/desk/([^/]+)/')


def asked(desk: Desk, path: str) -> int:
    desk.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert desk.get(path).status_code == 200
    return len(caught)


# --- overview ---------------------------------------------------------------------------------------------------------
def test_every_number_of_the_overview_opens_exactly_its_cases(chen, other_agent):
    factories.received()
    factories.investigating()
    many(2, owner=other_agent.person)
    many(1, "reviewing")
    html = chen.html("/overview/").partition('<div class="overall">')[2]
    bars = [(address.replace("&amp;", "&"), int(count)) for address, count in BAR.findall(html)]

    assert [len(ROW.findall(chen.html(address))) for address, _count in bars] == [count for _address, count in bars]
    assert sum(count for address, count in bars if "state=" in address) == 5


def test_s2_30_the_share_of_unasked_messages_states_its_formula_and_opens_what_it_counts(chen):
    complaint = factories.acknowledged()
    for minutes in (20, 25):
        messages.record_inbound(
            complaint.pk, "到哪一步了", medium="phone", where_is_it=True, actor=factories.agent(),
            at=factories.at_of(complaint, minutes),
        )  # fmt: skip
    html = chen.html("/overview/")

    assert "主动告知次数 ÷（主动告知次数 + 客户来问进展的次数），近 30 天，全部渠道。" in html
    assert "0 ÷ 2" in html
    assert chen.html("/overview/heard/?days=30&of=asked").count("到哪一步了") == 2


def test_the_overview_costs_the_same_at_any_size(chen):
    many(1)
    few = asked(chen, "/overview/")
    many(29)

    assert (asked(chen, "/overview/"), few <= 15) == (few, True)


# --- promises and messages without an answer --------------------------------------------------------------------------
def test_my_promises_are_those_of_my_cases_the_nearest_first(lina, other_agent):
    factories.acknowledged()
    mine = many(2)
    html = lina.html("/promises/")
    order = re.findall(r'href="/desk/([^/]+)/" data-row', html)

    assert order[:2] == [case.number for case in mine]
    assert len(order) == 3
    assert "核查结果" not in other_agent.html("/promises/")


def test_s1_04_a_message_idle_over_the_limit_is_listed_until_it_is_answered(lina, at_noon):
    complaint = factories.acknowledged()
    at = factories.at_of(complaint, 30)
    messages.record_inbound(
        complaint.pk, "怎么没人回我", medium="phone", where_is_it=False, actor=factories.agent(), at=at
    )
    before = [minutes for minutes in (60, 240) if "怎么没人回我" in lina.html(f"/unanswered/?minutes={minutes}")]
    say = factories.promised(complaint, "您好,录像正在调取,下午两点前告诉您。", 240)
    messages.send_message(complaint.pk, say, actor=factories.agent(), at=factories.at_of(complaint, 100))

    assert before == [60]
    assert "怎么没人回我" not in lina.html("/unanswered/?minutes=60")


@pytest.mark.parametrize(
    "path", ["/promises/", "/unanswered/?minutes=15", "/search/?q=平板", "/claims/", "/enquiries/"]
)
@pytest.mark.once
def test_a_list_of_thirty_costs_what_a_list_of_one_costs(lina, path):
    def add(count: int) -> None:
        for case in many(count):
            say = {"medium": "phone", "where_is_it": False, "actor": factories.agent(), "at": factories.TUESDAY_10}
            messages.record_inbound(case.pk, "平板还没修好", **say)
            Claim.objects.create(
                complaint=case, party="承运商", amount=Decimal(10), basis="破损", owner=lina.person,
                opened_at=factories.TUESDAY_10, due_at=factories.TUESDAY_10 + timedelta(days=9),
            )  # fmt: skip
            ask(lina)

    add(1)
    few = asked(lina, path)
    add(29)

    assert (asked(lina, path), few <= 15) == (few, True)


# --- enquiries --------------------------------------------------------------------------------------------------------
def ask(desk: Desk, question: str = "发票能补开吗") -> Enquiry:
    new = enquiries.NewEnquiry("周文", "13900001111", question, factories.department("finance", "财务部"))
    actor = factories.Actor.of(desk.person)
    return enquiries.pass_on(new, actor=actor, at=factories.TUESDAY_10)


def test_s4_98_a_question_is_passed_on_and_answered_on_pages(lina):
    department = factories.department("finance", "财务部")
    given = {
        "contact_name": "周文",
        "phone": "13900001111",
        "question": "发票能补开吗",
        "department": department.pk,
        "channel": "phone",
    }
    passed = lina.post("/enquiries/new/", **given)
    row = Enquiry.objects.get()
    answered = lina.post(f"/enquiries/{row.pk}/", answer="可以,三个工作日内寄出")

    assert [passed.status_code, answered.status_code] == [303, 303]
    assert "可以,三个工作日内寄出" in lina.html("/enquiries/?show=answered")


def test_s4_98_without_a_telephone_nothing_is_passed_on(lina):
    answer = lina.post("/enquiries/new/", contact_name="周文", question="发票", department=1, channel="phone")

    assert (answer.status_code, Enquiry.objects.count()) == (200, 0)


def test_s4_99_what_was_answered_too_late_says_so(lina, at_noon):
    row = ask(lina)
    at_noon.move_to(factories.TUESDAY_10 + timedelta(hours=24, minutes=1))
    lina.client.force_login(lina.person)
    lina.post(f"/enquiries/{row.pk}/", answer="可以")

    assert "超时" in lina.html("/enquiries/?show=answered")


def test_the_caller_is_covered_for_everybody_else(lina, chen):
    ask(lina)
    pages = [desk.html("/enquiries/") for desk in (lina, chen)]

    assert [("13900001111" in html, "139****1111" in html) for html in pages] == [(True, False), (False, True)]


# --- claims -----------------------------------------------------------------------------------------------------------
def test_s0_55_a_claim_stays_listed_after_its_case_is_closed(lina):
    complaint = later.closed()
    new = claims.NewClaim("顺达物流", Decimal("300.00"), "外箱破损", factories.TUESDAY_10 + timedelta(days=30))
    claims.open_claim(complaint.pk, new, actor=factories.agent(), at=factories.TUESDAY_10 + timedelta(days=9))
    html = lina.html("/claims/")

    assert ("顺达物流" in html, "已结案" in html) == (True, True)


# --- bell -------------------------------------------------------------------------------------------------------------
def test_the_bell_counts_leads_and_falls_silent(zhou):
    complaint = factories.investigating()
    notice = Notice.objects.get(person=zhou.person, kind="case.assigned")
    html = zhou.html("/bell/")
    answer = zhou.post("/bell/read/", notice=notice.pk)

    assert f"{complaint.number}" in html
    assert (answer.status_code, answer.url) == (303, f"/desk/{complaint.number}/")
    zhou.post("/bell/read/")
    assert Notice.objects.filter(person=zhou.person, read_at=None).count() == 0


def test_nobody_reads_anothers_notices(zhou, lina):
    factories.investigating()
    notice = Notice.objects.filter(person=zhou.person).first()

    assert lina.post("/bell/read/", notice=notice.pk).status_code == 404


# --- search -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("words", ["划痕", "劃痕", "手机 划痕", "手機", "E-1001", "痕"])
def test_two_characters_find_in_both_scripts(lina, words):
    complaint = factories.received()

    assert complaint.number in lina.html(f"/search/?q={words}")


def test_the_match_is_marked_in_the_script_it_was_written_in(lina):
    factories.received(title="手機外殼有劃痕")

    assert '手機外殼有<mark class="hit">劃痕</mark>' in lina.html("/search/?q=划痕")


@pytest.mark.parametrize(
    ("text", "term", "expected"),
    [
        ("手机有划痕", "划痕", ["划痕"]),
        ("ＡＢＣ退貨", "abc", ["ＡＢＣ"]),
        ("没有", "退款", []),
        ("退款退款", "退款", ["退款", "退款"]),
    ],
)
def test_marks_keep_the_letters_of_the_text(text, term, expected):
    pieces = found.marked(text, [term])

    assert ("".join(piece.text for piece in pieces), [piece.text for piece in pieces if piece.hit]) == (text, expected)


def test_a_number_leads_straight_to_its_case(lina):
    complaint = factories.received()
    html = lina.html(f"/search/?q={complaint.number.lower()}")

    assert "编号相符" in html


def test_search_shows_only_what_one_may_see(zhou, lina):
    theirs, his = factories.received(), factories.investigating()
    html = zhou.html("/search/?q=划痕")

    assert [number in html for number in (theirs.number, his.number)] == [False, True]


def test_a_search_says_that_nothing_was_found(lina):
    assert "没有找到" in lina.html("/search/?q=不存在的词语")


def test_older_hits_follow_without_loss_or_repeat(lina, monkeypatch):
    monkeypatch.setattr(found, "PAGE", 4)
    made = many(9)
    seen, path = [], "/search/?q=平板"
    while path:
        html = lina.html(path)
        seen += re.findall(r'<li><a href="/desk/([^/]+)/"', html)
        following = re.search(r'href="(\?q=[^"]+)" rel="next"', html)
        path = f"/search/{following[1].replace('&amp;', '&')}" if following else ""

    assert seen == [case.number for case in reversed(made)]


# --- packs and paper --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("code", ["retail", "enterprise_8_steps", "general"])
@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_a_pack_is_read_in_three_languages_with_its_evidence(code, language):
    desk = Desk(factories.agent().person, language)
    html = desk.html(f"/packs/{code}/")
    pack = loading.read_folder(loading.DATA / code)[0]
    with translation.override(language):
        titles = [str(clock.title) for clock in pack.clocks]

    assert [title for title in titles if escape(title) not in html] == []
    assert untranslated(html) == []


def test_only_clocks_that_are_law_carry_the_mark_of_law(lina):
    html = lina.html("/packs/retail/")
    pack = loading.read_folder(loading.DATA / "retail")[0]

    assert html.count('<span class="tag acc">法定</span>') == sum(clock.statutory for clock in pack.clocks)
    assert html.count("这个数字尚未核实") == sum(clock.unverified for clock in pack.clocks)


def test_two_versions_are_compared_sentence_by_sentence(lina):
    row = PackVersion.objects.get(code="retail")
    content = {**row.content, "pack": {**row.content["pack"], "version": "2027.1", "priority": 21}}
    newer = PackVersion.objects.create(
        id=row.pk + 1, code="retail", version="2027.1", content_hash="f" * 64, in_force_from=row.in_force_from,
        content=content, loaded_at=row.loaded_at,
    )  # fmt: skip
    html = lina.html(f"/packs/retail/?version={newer.pk}&against={row.pk}")

    assert "20 → 21" in html


def test_an_unknown_pack_is_not_found(lina):
    assert lina.get("/packs/nothing/").status_code == 404


def test_s1_28_the_registration_form_prints_all_that_was_registered(lina):
    complaint = factories.registered()
    html = lina.html(f"/desk/{complaint.number}/form/")

    for said in (
        "客户投诉登记表",
        complaint.number,
        "张三",
        "手机外壳",
        "全额退款",
        "补偿损失",
        "愤怒",
        "E-1001",
        "138****1234",
    ):
        assert said in html


@pytest.mark.parametrize("language", ["zh-hant", "en"])
def test_the_lists_read_in_the_other_languages(language, lina):
    factories.acknowledged()
    ask(lina)
    desk = Desk(factories.supervisor().person, language)
    paths = [
        "/desk/",
        "/promises/",
        "/unanswered/",
        "/enquiries/",
        "/claims/",
        "/overview/",
        "/bell/",
        "/search/?q=手机",
        "/packs/",
    ]
    marks = {path: untranslated(desk.html(path)) for path in paths}

    assert {path: found for path, found in marks.items() if found} == {}


def test_files_are_attached_and_found_on_their_tab(lina, settings, tmp_path):
    from django.core.files.uploadedfile import SimpleUploadedFile

    settings.MEDIA_ROOT = tmp_path
    complaint = factories.received()
    path = f"/desk/{complaint.number}/files/"
    kept = lina.post(
        path,
        files=[
            SimpleUploadedFile("说明.txt", "外壳有划痕".encode()),
            SimpleUploadedFile("x.exe", b"MZ\x90\x00" + bytes(64)),
        ],
    )

    assert kept.status_code == 303
    assert "说明.txt" in lina.html(f"/desk/{complaint.number}/about/files/")
