"""One customer over all his cases: what is counted, who sees what, what it costs (S2-07, S2-43)."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints import customer_card
from huiyin.complaints.steps import execution
from huiyin.people.models import AccessLog, Customer
from huiyin.people.roles import Role
from tests import factories, later

LATER = factories.TUESDAY_10 + timedelta(days=9)


def card(case, person=None):
    return customer_card.card(person or factories.agent().person, case.customer_id, at=LATER)


def test_s2_07_the_card_lists_the_last_cases_and_the_open_promises(db):
    first = factories.acknowledged()
    second = factories.received(
        title="同一个人又来投诉", order_number="E-1002", at=factories.TUESDAY_10 + timedelta(days=1)
    )
    found = card(first)

    assert first.customer_id == second.customer_id
    assert [case.number for case in found.cases] == [second.number, first.number]
    assert [(row.what, row.complaint.number) for row in found.promises] == [("核查结果", first.number)]


def test_s2_43_one_query_returns_orders_value_and_what_was_done(db):
    case = later.following_up()
    at = factories.at_of(case, 230)
    execution.grant_goodwill(case.pk, item="small_coupon", actor=factories.agent(), at=at)
    found = card(case)

    assert [(order.number, order.product, order.amount) for order in found.orders] == [
        ("E-1001", "手机", Decimal("1299.00"))
    ]
    assert (found.value, found.open, found.products) == (Decimal("1299.00"), found.cases, ("手机",))
    assert [one.goodwill for one in found.done] == [False] * len(found.done) != []


def test_s2_07_earlier_kindness_is_told_apart_from_what_was_owed(db):
    case = later.executing()
    at = factories.at_of(case, 170)
    gift = execution.grant_goodwill(case.pk, item="small_coupon", actor=factories.agent(), at=at)
    later.finish_all(case)
    done = {one.title: one.goodwill for one in card(case).done}

    assert done.pop(gift.title)
    assert not any(done.values())


def test_s2_43_whoever_may_open_no_case_does_not_see_the_customer(db):
    case = factories.received()
    nobody = factories.person("root", Role.ADMINISTRATOR)
    elsewhere = factories.person("elsewhere", Role.HANDLER, of="quality")

    assert (card(case, nobody), card(case, elsewhere)) == (None, None)
    assert customer_card.card(factories.agent().person, 10**6, at=LATER) is None


def test_s0_06_the_name_is_shown_to_owner_and_handler_alone(db):
    case = factories.investigating()
    people = (factories.agent(), factories.handler(), factories.supervisor(), factories.acting("audit", Role.AUDITOR))

    assert [card(case, one.person).may_reveal for one in people] == [True, True, False, False]


def test_s2_43_a_customer_merged_twice_is_one_customer(db):
    cases = [factories.received(name=f"客户{n}", identities=(("phone", f"1381234000{n}"),)) for n in range(3)]
    first, second, third = (Customer.objects.get(pk=case.customer_id) for case in cases)
    Customer.objects.filter(pk=third.pk).update(merged_into=second)
    Customer.objects.filter(pk=second.pk).update(merged_into=first)
    found = card(cases[2])

    assert (found.customer, len(found.cases)) == (first, 3)


def test_c27_the_look_is_logged_once_an_hour(db):
    case = factories.received()
    card(case)
    card(case)

    assert AccessLog.objects.filter(complaint_id=case.pk, person=factories.agent().person, at=LATER).count() == 1


def test_a_customer_costs_the_same_queries_with_one_case_and_with_thirty(db):
    case = factories.received()
    card(case)

    def cost():
        with CaptureQueriesContext(connection) as asked:
            found = card(case)
        return len(asked), len(found.cases)

    few, _one = cost()
    for number in range(29):
        factories.received(title=f"又一件{number}", order_number=f"E-{number}", at=factories.at_of(case, number + 1))
    card(case)
    many, cases = cost()

    assert (cases, many) == (30, few)


@pytest.mark.parametrize("count", [49, 50, 51])
def test_long_histories_end_at_fifty_and_say_so(db, count):
    owner = factories.agent().person
    rows = [factories.admitted("received", owner=owner, number=f"OLD-{n}") for n in range(count)]
    keeper = rows[0].customer
    type(rows[0]).objects.update(customer=keeper)
    found = customer_card.card(owner, keeper.pk, at=LATER)

    assert (len(found.cases), found.more) == (min(count, 50), count > 50)
