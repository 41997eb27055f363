"""The figures: every number opens exactly the rows it counts, for those who may open them."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.analytics.metrics import METRICS
from huiyin.complaints.models import Complaint
from huiyin.complaints.states import Outcome, State
from huiyin.improvement import signals
from huiyin.people.models import AccessKind, AccessLog
from tests import factories, later
from tests.interfaces.web.desk.conftest import NOON, Desk, desk_of, untranslated

LANGUAGES = ("zh-hans", "zh-hant", "en")
NUMBER = re.compile(r'<a class="link" href="(/figures/[a-z_]+/\?days=\d+&amp;of=\w+)">([\d.]+)</a>')


def opened(html):
    """The addresses of the page with the number each of them stands under."""
    return {address.replace("&amp;", "&"): int(number) for address, number in NUMBER.findall(html)}


def tile(html, code):
    return html.split(f'id="figure-{code}"')[1].split("</section>")[0]


def ended(outcome=Outcome.RESOLVED_ACCEPTED, at=NOON, **fields):
    case = factories.admitted("reviewing", owner=factories.agent().person)
    Complaint.objects.filter(pk=case.pk).update(
        state=State.CLOSED, outcome=outcome, closed_at=at - timedelta(hours=1), admitted=False, **fields
    )
    return case


@pytest.fixture
def full(at_noon):
    """A house in which every metric counts something: a case in follow-up, ended ones, a settled signal."""
    later.reviewing()
    again, unfounded = ended(), ended(Outcome.UNFOUNDED_EXPLAINED)
    Complaint.objects.filter(pk=again.pk).update(repeat_of=unfounded.pk)
    noticed = signals.notice("客户 13812341234 着急", None, actor=factories.agent(), at=NOON)
    signals.settle(noticed.pk, done="当场解决", complaint=None, actor=factories.agent(), at=NOON)
    at_noon.move_to(NOON + timedelta(days=6))


def test_decision_11_the_number_on_the_tile_is_the_number_of_rows_it_opens(full, chen):
    links = opened(chen.html("/figures/?days=30"))

    assert {address.split("/")[2] for address in links} == set(METRICS)
    for address, number in links.items():
        html = chen.html(address)
        assert html.count("<tr>") - 1 == number, address
        assert f"{number} 行" in html


def test_a_tile_says_value_formula_and_change(chen):
    ended()
    ended(Outcome.UNFOUNDED_EXPLAINED)
    ended(at=NOON - timedelta(days=8))

    html = chen.html("/figures/?days=7")

    assert re.search(r">50\.0<small>%", tile(html, "unfounded"))
    assert "不成立结案的投诉 ÷ 本期关闭的投诉" in tile(html, "unfounded")
    assert "比上一期高 50.0 个百分点" in tile(html, "unfounded")
    assert "比上一期多 1" in tile(html, "closed")
    assert "没有可比的数" in tile(html, "satisfied")


def test_a_house_without_cases_shows_dashes_and_opens_nothing(chen):
    html = chen.html("/figures/")

    assert opened(html) == {}
    assert ">–" in tile(html, "satisfied")
    assert "这段时间没有" in chen.html("/figures/closed/?days=7&of=counted")


def test_s2_54_finance_reads_the_numbers_and_opens_no_row(full, finance):
    html = finance.html("/figures/")

    assert opened(html) == {}
    assert '<div class="big num">3</div>' in tile(html, "received")
    assert finance.get("/figures/closed/").status_code == 403


def test_agents_read_no_figures_though_they_read_cases(lina):
    for path in ("/figures/", "/figures/closed/"):
        assert lina.get(path).status_code == 403
    assert lina.post("/figures/export/", reason="好奇").status_code == 403


def test_s0_06_the_auditor_reads_the_rows_with_contacts_covered(full, auditor, chen):
    address = "/figures/prevented/?days=30&of=counted"

    assert "13812341234" in chen.html(address)
    assert "13812341234" not in auditor.html(address)


def test_what_is_no_metric_is_not_found_and_an_odd_period_is_the_usual_one(chen):
    assert chen.get("/figures/weather/").status_code == 404
    assert '?days=30" aria-current' in chen.html("/figures/?days=abc")


def test_more_than_fifty_rows_come_in_pages(chen):
    for _number in range(51):
        ended()

    assert chen.html("/figures/closed/?days=7&of=counted").count("<tr>") == 51
    assert chen.html("/figures/closed/?days=7&of=counted&page=2").count("<tr>") == 2


def asked(desk, path):
    desk.get(path)
    with CaptureQueriesContext(connection) as caught:
        assert desk.get(path).status_code == 200
    return len(caught)


@pytest.mark.once
def test_the_pages_cost_the_same_however_many_cases(chen):
    ended()
    pages = ("/figures/?days=7", "/figures/closed/?days=7&of=counted")
    one = [asked(chen, page) for page in pages]
    for _number in range(30):
        ended()

    assert [asked(chen, page) for page in pages] == one
    assert max(one) <= 14


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_read_in_three_languages(full, chen, language):
    reader = Desk(chen.person, language)

    for path in ("/figures/", "/figures/satisfied/?of=among", "/figures/prevented/"):
        html = reader.html(path)
        assert untranslated(html) == []
        assert (re.search(r"<h1[^>]*>[A-Za-z ]+</h1>", html) is None) == (language != "en"), path


def test_c27_the_export_needs_a_reason_and_stands_in_the_access_log(chen):
    ended()

    refused = chen.post("/figures/export/", days="7", reason="").content.decode()
    given = chen.post("/figures/export/", days="7", reason="月会")

    assert "隐私-03" in refused
    lines = b"".join(given).decode("utf-8-sig").splitlines()
    assert len(lines) == len(METRICS) + 1
    assert lines[3].startswith("已结案,本期关闭的投诉,2025-02-26,2025-03-04,1,1,,0,0,")
    row = AccessLog.objects.get(kind=AccessKind.EXPORT)
    assert (row.field, row.reason, row.person) == ("figures", "月会", chen.person)


def test_the_place_in_the_navigation_is_for_who_reads_reports(chen, lina):
    inspector = desk_of("zhijian_yuan", "inspector", name="林岚", of="audit")

    assert 'href="/figures/"' in chen.html("/improvement/")
    assert 'href="/figures/"' in inspector.html("/figures/")
    assert 'href="/figures/"' not in lina.html("/improvement/")
