import re
from datetime import timedelta

import pytest

from huiyin.complaints import portal_access
from huiyin.complaints.models import NumberAlias, PortalAccess
from huiyin.complaints.steps import portal
from huiyin.messaging.models import Outgoing
from huiyin.queue import jobs
from huiyin.queue.models import Job
from tests import factories
from tests.factories import at_of

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)
CODE = re.compile(r"验证码为 (\d{6})")


def deliver(at):
    """Do the jobs that are due, as the worker does."""
    for lease in jobs.claim(50, at=at):
        assert jobs.do(lease)


def code_for(complaint, at):
    portal.send_code(complaint.number, at)
    deliver(at)
    newest = Outgoing.objects.filter(reference=complaint.number, channel="sms").order_by("-pk")[0]
    return CODE.search(newest.body)[1]


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06d}"


def test_the_secret_link_opens_the_case_and_only_its_digest_is_kept(agent):
    complaint = factories.received()

    secret = portal.open_access(complaint, complaint.received_at)

    access = portal.access_by_link(secret)
    assert (access.complaint, access.customer) == (complaint, complaint.customer)
    assert len(secret) >= 43
    assert secret not in access.link_hash
    assert portal.access_by_link(secret + "x") is None
    assert portal.access_by_link("") is None


def test_a_new_link_ends_the_one_before(agent):
    complaint = factories.received()
    first = portal.open_access(complaint, complaint.received_at)

    second = portal.open_access(complaint, at_of(complaint, 5))

    assert (portal.access_by_link(first), portal.access_by_link(second).complaint) == (None, complaint)


def test_a_code_of_six_digits_goes_to_the_customers_telephone_and_opens_the_case_once(agent):
    complaint = factories.received()
    at = at_of(complaint, 10)

    code = code_for(complaint, at)

    letter = Outgoing.objects.get(reference=complaint.number, channel="sms")
    assert (letter.to, letter.language) == ("13812341234", "zh-hans")
    assert complaint.number in letter.body
    assert portal.access_by_code(complaint.number, code, at + MINUTE).complaint == complaint
    assert portal.access_by_code(complaint.number, code, at + MINUTE) is None


def test_the_code_itself_is_not_kept_with_the_access(agent):
    complaint = factories.received()

    code = code_for(complaint, at_of(complaint, 10))

    assert code not in PortalAccess.objects.get(complaint=complaint).code_hash


@pytest.mark.parametrize(("seconds", "opens"), [(599, True), (602, False)])
def test_a_code_is_valid_for_ten_minutes(agent, seconds, opens):
    complaint = factories.received()
    at = at_of(complaint, 10)
    code = code_for(complaint, at)

    access = portal.access_by_code(complaint.number, code, at + timedelta(seconds=seconds))

    assert (access is not None) is opens


def test_after_five_wrong_codes_the_right_one_opens_nothing(agent):
    complaint = factories.received()
    at = at_of(complaint, 10)
    code = code_for(complaint, at)
    for _ in range(5):
        assert portal.access_by_code(complaint.number, wrong(code), at + MINUTE) is None

    assert portal.access_by_code(complaint.number, code, at + MINUTE) is None


def test_four_wrong_codes_still_leave_the_last_try(agent):
    complaint = factories.received()
    at = at_of(complaint, 10)
    code = code_for(complaint, at)
    for _ in range(4):
        portal.access_by_code(complaint.number, wrong(code), at + MINUTE)

    assert portal.access_by_code(f" {complaint.number.lower()} ", f" {code} ", at + MINUTE) is not None


def test_asking_for_another_code_buys_no_more_guesses(agent):
    complaint = factories.received()
    at = at_of(complaint, 10)
    first = code_for(complaint, at)
    for _ in range(5):
        portal.access_by_code(complaint.number, wrong(first), at + MINUTE)

    second = code_for(complaint, at + 2 * MINUTE)

    assert portal.access_by_code(complaint.number, second, at + 3 * MINUTE) is None
    third = code_for(complaint, at + 13 * MINUTE)
    assert portal.access_by_code(complaint.number, third, at + 14 * MINUTE) is not None


def test_one_code_a_minute_for_a_number(agent):
    complaint = factories.received()
    at = at_of(complaint, 10)
    for _ in range(3):
        portal.send_code(complaint.number, at)
    deliver(at)

    assert Outgoing.objects.filter(reference=complaint.number, channel="sms").count() == 1


def test_asking_for_a_code_does_the_same_whether_the_number_exists_or_not(agent, django_assert_num_queries):
    complaint = factories.received()
    at = at_of(complaint, 10)
    with django_assert_num_queries(2):
        known = portal.send_code(complaint.number, at)
    with django_assert_num_queries(2):
        unknown = portal.send_code("HY-250304-999999", at)

    assert (known, unknown) == (None, None)
    assert Job.objects.filter(kind="complaints.portal_code").count() == 2
    deliver(at)
    assert PortalAccess.objects.count() == 1


@pytest.mark.parametrize("number", ["HY-250304-999999", "", "'; drop", "X" * 500])
def test_an_unknown_number_opens_nothing_and_breaks_nothing(agent, number):
    at = at_of(factories.received(), 10)
    portal.send_code(number, at)
    deliver(at)

    assert portal.access_by_code(number, "123456", at) is None


def test_before_any_code_was_sent_an_empty_one_opens_nothing(agent):
    complaint = factories.received()
    portal.open_access(complaint, complaint.received_at)

    assert portal.access_by_code(complaint.number, "", complaint.received_at) is None


def test_a_number_the_case_once_had_works_too(agent):
    complaint = factories.received()
    NumberAlias.objects.create(number="OLD-77", complaint=complaint)
    at = at_of(complaint, 10)
    portal.send_code("old-77", at)
    deliver(at)
    code = CODE.search(Outgoing.objects.get(channel="sms").body)[1]

    assert portal.access_by_code("OLD-77", code, at).complaint == complaint


def test_without_telephone_the_code_goes_by_e_mail(agent):
    complaint = factories.received(identities=(("email", "zhangsan@example.com"),))
    at = at_of(complaint, 10)

    portal.send_code(complaint.number, at)
    deliver(at)

    assert Outgoing.objects.get(subject__contains="验证码").to == "zhangsan@example.com"


def test_without_an_address_no_code_is_sent(agent):
    complaint = factories.received(identities=(("handle", "@zhangsan"),))
    at = at_of(complaint, 10)

    portal.send_code(complaint.number, at)
    deliver(at)

    assert not Outgoing.objects.exists()
    assert portal.access_by_code(complaint.number, "000000", at) is None


def test_s0_03_a_code_goes_by_a_way_that_is_set_up(settings, agent):
    """In production, with mail and without a provider for short messages, a telephone gets nothing."""
    complaint = factories.received(identities=(("phone", "13812341234"), ("email", "zhang@example.com")))
    settings.PRODUCTION, settings.EMAIL_BACKEND = True, "django.core.mail.backends.smtp.EmailBackend"

    portal_access.deliver_code({"number": complaint.number}, at=at_of(complaint, 10))

    sent = Outgoing.objects.get(reference=complaint.number)
    assert (sent.channel, sent.to) == ("email", "zhang@example.com")
