"""Following by number and code: the same answer whether there is such a case or not, and few guesses."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.models import NumberAlias
from huiyin.complaints.steps import reception
from huiyin.interfaces.common import clock
from huiyin.interfaces.web.portal import limits
from huiyin.messaging.models import Outgoing
from huiyin.people import customers
from huiyin.queue import jobs
from tests import factories
from tests.interfaces.web.portal.browsing import Browser

NOBODY = "HY-250304-999999"
CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")


@pytest.fixture
def complaint():
    return factories.received(channel="portal", at=clock.now())


def work(at):
    """Do what the worker does with the jobs that are due."""
    for lease in jobs.claim(50, at=at):
        assert jobs.do(lease)


def code_sent(browser, complaint):
    browser.post("/p/follow/", {"number": complaint.number})
    work(clock.now())
    letter = Outgoing.objects.filter(reference=complaint.number).latest("pk")
    return next(found for found in CODE.findall(letter.body) if found not in complaint.number)


def enter(browser, number, code):
    return browser.post("/p/follow/code/", {"number": number, "code": code})


def without_noise(answer, number):
    """A page without its own number and what changes with each request."""
    words = answer.content.decode().replace(number, "NUMBER")
    return re.sub(r'[A-Za-z0-9]{64}|data-now="[^"]*"', "", words)


def test_number_and_code_open_the_case_for_this_browser_alone(browser, complaint):
    code = code_sent(browser, complaint)

    answer = enter(browser, complaint.number, code)

    page = f"/p/n/{complaint.number}/"
    assert (answer.status_code, answer["Location"]) == (303, page)
    assert complaint.number in browser.read(page)
    assert Browser().get(page)["Location"].startswith("/p/follow/")


def test_the_code_goes_to_the_known_contact_through_the_outbox(browser, complaint):
    code_sent(browser, complaint)

    letter = Outgoing.objects.get()
    assert (letter.channel, letter.to, letter.reference) == ("sms", "13812341234", complaint.number)


def test_asking_is_answered_alike_whether_the_number_exists_or_not(browser, complaint):
    answers = {number: browser.post("/p/follow/", {"number": number}) for number in (complaint.number, NOBODY)}

    assert {answer.status_code for answer in answers.values()} == {303}
    pages = {without_noise(browser.get(answer["Location"]), number) for number, answer in answers.items()}
    assert len(pages) == 1
    work(clock.now())
    assert Outgoing.objects.count() == 1


def test_a_wrong_code_and_a_wrong_number_are_answered_alike_and_cost_as_much(browser, complaint):
    code_sent(browser, complaint)
    pages, statements = set(), []
    for number in (complaint.number, NOBODY):
        with CaptureQueriesContext(connection) as ran:
            answer = enter(browser, number, "000000" if number == NOBODY else "999999")
        assert answer.status_code == 422
        pages.add(without_noise(answer, number))
        statements.append([kind(query["sql"]) for query in ran if kind(query["sql"]) in ("INSERT", "UPDATE")])

    assert len(pages) == 1
    assert statements[0][-1] == statements[1][-1] == "UPDATE"


def kind(sql):
    return sql.split()[0].upper()


def test_after_five_wrong_tries_the_right_code_opens_nothing(browser, complaint):
    code = code_sent(browser, complaint)
    wrong = f"{(int(code) + 1) % 1_000_000:06d}"
    for _try in range(5):
        assert enter(browser, complaint.number, wrong).status_code == 422

    assert enter(browser, complaint.number, code).status_code == 422


def test_a_code_ends_after_ten_minutes(browser, complaint, stand_at):
    code, now = code_sent(browser, complaint), clock.now()

    stand_at(now + timedelta(minutes=11))

    assert enter(browser, complaint.number, code).status_code == 422


def test_a_code_opens_once(browser, complaint):
    code = code_sent(browser, complaint)
    enter(browser, complaint.number, code)

    assert enter(Browser(), complaint.number, code).status_code == 422


def test_the_case_closes_by_itself_after_two_hours_and_at_once_when_asked(browser, complaint, stand_at):
    now = clock.now()
    enter(browser, complaint.number, code_sent(browser, complaint))
    page = f"/p/n/{complaint.number}/"

    stand_at(now + timedelta(hours=1, minutes=59))
    assert browser.get(page).status_code == 200
    stand_at(now + timedelta(hours=2, minutes=1))
    assert browser.get(page).status_code == 302

    stand_at(now + timedelta(hours=3))
    enter(browser, complaint.number, code_sent(browser, complaint))
    assert browser.post(f"{page}leave/").status_code == 303
    assert browser.get(page).status_code == 302


def test_one_opened_case_opens_no_other(browser, complaint):
    other = factories.received(identities=(("phone", "13900000000"),), name="李四", at=clock.now())
    enter(browser, complaint.number, code_sent(browser, complaint))

    for address in (f"/p/n/{other.number}/", f"/p/n/{other.number}/history/", f"/p/n/{other.number}/do/add/"):
        assert browser.get(address).status_code == 302


@pytest.mark.parametrize("number", ["{0}", " {0} ", "{1}", "ＨＹ－{2}"])
def test_a_number_is_taken_as_people_type_it(browser, complaint, number):
    typed = number.format(complaint.number, complaint.number.lower(), complaint.number.removeprefix("HY-"))
    code = code_sent(browser, complaint)

    assert enter(browser, typed, f" {code[:3]} {code[3:]}").status_code == 303


def test_an_old_number_still_leads_to_its_case(browser, complaint):
    NumberAlias.objects.create(number="OLD-7", complaint=complaint)
    code = code_sent(browser, complaint)

    assert enter(browser, "OLD-7", code)["Location"] == f"/p/n/{complaint.number}/"


def test_codes_for_one_number_are_few_an_hour_whoever_asks_and_whether_it_exists_or_not(complaint):
    for number in (complaint.number, NOBODY):
        for place in range(limits.CODE_FOR_NUMBER.tries):
            asked = Browser().post("/p/follow/", {"number": number}, REMOTE_ADDR=f"203.0.113.{place}")
            assert asked.status_code == 303
        refused = Browser().post("/p/follow/", {"number": number}, REMOTE_ADDR="198.51.100.1")
        assert refused.status_code == 429
        assert number in refused.content.decode()


def test_one_place_can_try_only_so_many_codes(browser, complaint):
    for _try in range(limits.TRY_CODE.tries):
        enter(browser, NOBODY, "123456")

    assert enter(browser, complaint.number, code_sent(browser, complaint)).status_code == 429


def test_an_address_somebody_added_later_in_the_same_name_never_gets_the_code(browser, stand_at):
    """Whoever files in another's name with an address of his own must not read that other's case."""
    now = stand_at(factories.TUESDAY_10)
    mine = factories.received(identities=(("email", "zhang@example.com"),), channel="portal", at=now)
    later = stand_at(now + timedelta(minutes=5))
    forged = reception.NewComplaint(
        title="另一件",
        text="另一件",
        channel="portal",
        name="张三",
        identities=(("email", "zhang@example.com"), ("phone", "13999999999")),
    )
    same = reception.receive(forged, actor=factories.Actor.system("portal"), at=later)
    assert same.customer_id == mine.customer_id

    code_sent(browser, mine)

    assert {row.to for row in Outgoing.objects.filter(reference=mine.number)} == {"zhang@example.com"}


def test_a_verified_address_gets_the_code_whenever_it_was_added(browser, complaint):
    customers.add_identity(
        complaint.customer, "phone", "13700000000", at=clock.now() + timedelta(days=1), verified=True
    )

    code_sent(browser, complaint)

    assert Outgoing.objects.get().to == "13700000000"
