"""What cases teach, on its pages: avoidable escalations, and promises of our advertising that customers believed."""

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from huiyin.complaints.models import AdvertisedPromise, Option
from huiyin.complaints.steps import flags
from huiyin.people.roles import Role
from tests import factories, later
from tests.complaints import bargain
from tests.complaints.settings import setting
from tests.factories import at_of


@pytest.fixture(autouse=True)
def _policy(db):
    factories.load_policy()


@pytest.fixture
def browser():
    """Opens pages as somebody."""

    def opened(person):
        client = Client()
        client.force_login(person)
        client.cookies["huiyin_language"] = "zh-hans"
        return client

    return opened


@pytest.fixture(autouse=True)
def that_week():
    with time_machine.travel(factories.when(2025, 3, 8, 10), tick=False):
        yield


def escalated_over_little():
    """Escalated for a coupon of 40, which the owner could have granted alone."""
    case = later.executing()
    chosen = Option.objects.get(plan__complaint=case, status="chosen")
    chosen.lines.exclude(remedy="coupon").update(amount=0)
    chosen.lines.filter(remedy="coupon").update(amount=40)
    flags.set_flag(case.pk, "escalated", True, reason="要求领导", actor=factories.supervisor(), at=at_of(case, 200))
    return case


def test_s4_132_avoidable_escalations_are_listed_for_who_reads_reports(browser):
    case = escalated_over_little()
    chief = browser(factories.supervisor().person)

    with CaptureQueriesContext(connection) as queries:
        page = chief.get("/lessons/avoidable/")
    others = escalated_over_little()
    with CaptureQueriesContext(connection) as more:
        both = chief.get("/lessons/avoidable/?days=30")

    assert case.number in page.content.decode()
    assert others.number in both.content.decode()
    assert len(more) <= len(queries)
    assert browser(factories.agent().person).get("/lessons/avoidable/").status_code == 403


def test_s3_22_marketing_answers_for_a_promise_once(browser):
    case = bargain.late_installation()
    with setting(case, marketing_cases=1):
        bargain.noted(case, source="advertised", source_note="24 小时上门,电话13812341234")
    item = AdvertisedPromise.objects.get()
    manager = browser(factories.person("shichang", Role.MANAGER))
    auditor = browser(factories.person("shenji", Role.AUDITOR, of="audit"))

    assert "24 小时上门" in manager.get("/lessons/advertised/").content.decode()
    assert "13812341234" not in auditor.get("/lessons/advertised/").content.decode()
    assert case.number in manager.get(f"/lessons/advertised/{item.pk}/").content.decode()
    refused = manager.post(f"/lessons/advertised/{item.pk}/", {"answer": " "})
    taken = manager.post(f"/lessons/advertised/{item.pk}/", {"answer": "改为 48 小时"})
    again = manager.post(f"/lessons/advertised/{item.pk}/", {"answer": "再改"})

    assert (refused.status_code, taken.status_code) == (200, 303)
    assert "宣传-01" in again.content.decode()
    item.refresh_from_db()
    assert item.answer == "改为 48 小时"
    assert "改为 48 小时" in manager.get(f"/lessons/advertised/{item.pk}/").content.decode()
