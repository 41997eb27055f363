"""The partner's page: one door for every link, one question behind it, and nothing else of the house."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from huiyin.complaints import partner_access
from huiyin.complaints.models import Evidence, PartnerRequest
from huiyin.complaints.steps import partners
from huiyin.interfaces.common import clock
from huiyin.messaging.models import Outgoing
from huiyin.queue.models import Job
from tests import factories
from tests.factories import at_of
from tests.interfaces.web.case.desks import Desk, local

SECRET = re.compile(r"/partner/([\w-]+)/")
TOKEN = re.compile(r"\b\w{64}\b|[\w-]{43}|nonce=\"[^\"]+\"")
PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
pytestmark = pytest.mark.django_db


@pytest.fixture
def case(db, monkeypatch):
    factories.load_policy()
    complaint = factories.investigating()
    moment = at_of(complaint, 60)
    monkeypatch.setattr(clock, "now", lambda: moment)
    return complaint


@pytest.fixture
def asked(case):
    """The owner asks on the page of the case; the secret as the letter carries it."""
    given = {
        "party": "顺丰速运",
        "channel": "email",
        "address": "claims@carrier.example",
        "language": "zh-hans",
        "question": "运单 SF1020304 签收时外箱是否破损?",
        "due_at": local(at_of(case, 1000)),
        "assignee": factories.agent().person_id,
    }
    Desk(factories.agent().person).take(case, "ask_partner", **given)
    return SECRET.search(Outgoing.objects.get(key__startswith="partner:").body)[1]


def code_of(secret):
    partner_access.deliver_code({"link": partner_access.digest("link", secret)}, at=clock.now())
    return re.search(r"\d{6}", Outgoing.objects.filter(key__startswith="partner-code").latest("pk").subject)[0]


def opened(secret):
    """A browser that has given the code."""
    browser = Client()
    answer = browser.post(f"/partner/{secret}/", {"code": code_of(secret)})
    assert (answer.status_code, answer["Location"]) == (303, f"/partner/{secret}/question/")
    return browser


def plain(answer):
    """A page without what differs between any two requests."""
    return answer.status_code, TOKEN.sub("", answer.content.decode())


def test_s0_17_a_partner_answers_with_a_file_and_the_case_holds_it(case, asked):
    browser = opened(asked)
    page = browser.get(f"/partner/{asked}/question/").content.decode()
    assert "运单 SF1020304" in page

    paper = SimpleUploadedFile("签收单.pdf", PDF)
    sent = browser.post(f"/partner/{asked}/question/", {"answer": "签收时外箱已破损", "photos": paper})
    assert sent.status_code == 303

    after = browser.get(f"/partner/{asked}/question/").content.decode()
    assert ("签收时外箱已破损" in after, "<textarea" in after) == (True, False)
    proof = Evidence.objects.get(complaint=case)
    assert (proof.note, proof.file.name) == ("签收时外箱已破损", "签收单.pdf")
    panel = Desk(factories.agent().person).client.get(f"/desk/{case.number}/about/tasks/").content.decode()
    assert "签收时外箱已破损" in panel


def test_s0_06_the_partner_sees_nothing_of_the_case_and_nothing_of_the_customer(case, asked):
    browser = opened(asked)
    pages = [browser.get(f"/partner/{asked}/"), browser.get(f"/partner/{asked}/question/")]
    secrets = (case.number, case.title, case.text, "张三", "13812341234", "李娜", "/desk/", "/p/c/")

    told = [word for word in secrets for page in pages if word in page.content.decode()]

    assert told == []
    for path in (f"/desk/{case.number}/", f"/files/{1}/", "/overview/", "/search/"):
        assert browser.get(path).status_code in (302, 403, 404)


def test_c27_every_link_is_answered_alike_before_a_code(case, asked):
    expired = "A" * 43
    browsers = {secret: Client() for secret in (asked, expired)}

    doors = {plain(browser.get(f"/partner/{secret}/")) for secret, browser in browsers.items()}
    codes = {browser.post(f"/partner/{secret}/code/").status_code for secret, browser in browsers.items()}
    wrong = {plain(browser.post(f"/partner/{secret}/", {"code": "000001"})) for secret, browser in browsers.items()}
    inside = {browser.get(f"/partner/{secret}/question/").status_code for secret, browser in browsers.items()}

    assert (len(doors), codes, len(wrong), inside) == (1, {303}, 1, {303})
    assert Job.objects.filter(kind=partner_access.CODE).count() == 2


def test_c27_the_page_is_kept_by_no_cache_and_no_search_engine(case, asked):
    answer = Client().get(f"/partner/{asked}/")

    assert (answer["Cache-Control"], answer["Referrer-Policy"]) == ("no-store, private", "strict-origin")
    assert answer["X-Robots-Tag"].startswith("noindex")


def test_c27_codes_are_asked_for_and_tried_so_often_and_no_more(case, asked):
    browser = Client()

    asking = [browser.post(f"/partner/{asked}/code/").status_code for _try in range(7)]
    trying = [browser.post(f"/partner/{asked}/", {"code": "123"}).status_code for _try in range(22)]

    assert (asking[:5], set(asking[5:])) == ([303] * 5, {429})
    assert (set(trying[:20]), set(trying[20:])) == ({422}, {429})


def test_s0_53_an_empty_answer_comes_back_with_its_files_and_a_closed_question_says_so(case, asked):
    browser = opened(asked)
    paper = SimpleUploadedFile("签收单.pdf", PDF)

    empty = browser.post(f"/partner/{asked}/question/", {"answer": " ", "photos": paper})
    assert (empty.status_code, "签收单.pdf" in empty.content.decode()) == (422, True)

    row = PartnerRequest.objects.get()
    partners.withdraw_question(row.pk, reason="已查明", actor=factories.agent(), at=clock.now())
    page = browser.get(f"/partner/{asked}/question/").content.decode()
    assert ("<textarea" in page, "运单" in page) == (False, False)


def test_s0_17_the_owner_sends_another_link_and_takes_the_question_back(case, asked):
    desk, row = Desk(factories.agent().person), PartnerRequest.objects.get()

    desk.take(case, "partner_again", item=row.pk)
    desk.take(case, "partner_over", item=row.pk, reason="已查明")

    row.refresh_from_db()
    assert (row.status, row.links_sent) == ("withdrawn", 2)


@pytest.mark.parametrize("language", ["zh-hans", "zh-hant", "en"])
def test_the_partners_pages_read_in_three_languages(case, asked, language):
    browser = opened(asked)
    browser.cookies["huiyin_language"] = language

    for path in (f"/partner/{asked}/", f"/partner/{asked}/?sent", f"/partner/{asked}/question/"):
        page = browser.get(path).content.decode()
        assert re.findall(r"%\(\w+\)[sd]|\{\{|\{%|>None<", re.sub(r"<meta name=\"hy-words\"[^>]*>", "", page)) == []
