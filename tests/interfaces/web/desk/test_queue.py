"""The queue: what it shows to whom, in which order, narrowed, page after page, at what price."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from huiyin.complaints import lists
from huiyin.complaints.models import Complaint
from huiyin.people.roles import Role
from tests import factories
from tests.interfaces.web.desk.conftest import desk_of, many

ROW = re.compile(r'<a class="qw[^"]*" href="/desk/([^/]+)/')
NARROW = re.compile(r'<a class="q[^"]*" href="/desk/([^/]+)/')
NEXT = re.compile(r'href="(\?[^"]*after=[^"]*)" rel="next"')


def numbers(html: str) -> list[str]:
    return ROW.findall(html)


def queries(desk, path: str) -> int:
    desk.get(path)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert desk.get(path).status_code == 200
    return len(asked)


def test_the_first_page_leads_to_what_somebody_works_with(lina):
    root = desk_of("root", Role.ADMINISTRATOR)
    trainer = desk_of("peixun", Role.TRAINER)

    assert [desk.get("/").url for desk in (lina, root, trainer)] == ["/desk/", "/people/", "/account/"]


def test_the_nearest_deadline_stands_first(lina):
    made = many(3)

    assert numbers(lina.html("/desk/")) == [case.number for case in made]


def test_a_row_says_what_an_agent_asks_first(lina):
    complaint = factories.acknowledged()
    html = lina.html("/desk/")

    for said in (complaint.title, complaint.number, "张三", "已响应", "李娜", "还剩"):
        assert said in html


def test_a_row_turns_red_on_the_second_and_shows_a_new_state_at_once(lina, at_noon):
    complaint = factories.acknowledged()
    due = Complaint.objects.get(pk=complaint.pk).next_due_at
    at_noon.move_to(due.replace(second=0))
    before = lina.html("/desk/")
    at_noon.move_to(due.replace(second=0) + timedelta(seconds=1))
    late = lina.html("/desk/")
    Complaint.objects.filter(pk=complaint.pk).update(title="另一个标题")

    assert ["clk broken" in html for html in (before, late)] == [False, True]
    assert "另一个标题" in lina.html("/desk/")


def test_news_is_marked_until_it_was_seen(lina):
    complaint = factories.received()
    before = lina.html("/desk/")
    lina.get(f"/desk/{complaint.number}/")

    assert [("qw un" in html) for html in (before, lina.html("/desk/"))] == [True, False]


def test_who_else_is_looking_is_named_in_the_row(lina, chen):
    complaint = factories.received()
    chen.get(f"/desk/{complaint.number}/")

    assert "陈静 也在看" in lina.html("/desk/")


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("state=received", ["A"]),
        ("state=investigating", ["B"]),
        ("category=quality", ["B"]),
        ("channel=import", ["A", "B"]),
        ("channel=phone", []),
        ("due=late", []),
        ("due=soon", ["A", "B"]),
        ("state=nonsense&owner=x&due=never", ["A", "B"]),
    ],
)
def test_the_address_narrows_the_list_and_nonsense_does_not(lina, query, expected):
    many(1, number="A")
    many(1, "investigating", number="B", category="quality.damage")

    assert numbers(lina.html(f"/desk/?{query}")) == expected


def test_the_filter_offers_owners_and_opens_theirs(chen, other_agent):
    many(1, number="A")
    many(1, number="B", owner=other_agent.person)
    html = chen.html(f"/desk/?view=all&owner={other_agent.person.pk}")

    assert numbers(html) == ["B"]
    assert f'<option value="{other_agent.person.pk}" selected>赵小军</option>' in html


def test_pages_lose_no_case_and_repeat_none(lina, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 4)
    made = many(11)
    seen, path = [], "/desk/"
    while path:
        html = lina.html(path)
        seen += numbers(html)
        following = NEXT.search(html)
        path = f"/desk/{following[1].replace('&amp;', '&')}" if following else ""

    assert seen == [case.number for case in made]


def test_a_case_that_comes_in_between_two_pages_shifts_nothing(lina, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 3)
    made = many(6)
    first = lina.html("/desk/")
    factories.received()  # due at noon, before all of them
    following = NEXT.search(first)

    assert numbers(lina.html(f"/desk/{following[1]}")) == [case.number for case in made[3:]]


def test_a_queue_of_thirty_costs_as_many_queries_as_one_of_one(lina):
    many(1)
    one = queries(lina, "/desk/")
    many(29)

    assert (queries(lina, "/desk/"), one <= 15) == (one, True)


def test_the_narrow_list_keeps_the_filter_and_marks_the_open_case(lina):
    first, second = many(2)
    html = lina.html(f"/desk/rows/?due=soon&now={second.number}")

    assert NARROW.findall(html) == [first.number, second.number]
    assert f'href="/desk/{second.number}/?due=soon" aria-current="true"' in html


@pytest.mark.parametrize("view", lists.VIEWS)
def test_every_view_says_why_it_is_empty(lina, view):
    html = lina.html(f"/desk/?view={view}")

    assert '<div class="empty">' in html


def test_counts_in_the_navigation_equal_the_lists_they_lead_to(lina, chen):
    factories.received()
    many(3)
    factories.investigating()
    now = factories.TUESDAY_10.replace(hour=11, minute=50)
    counted = lists.counts(chen.person, now)
    shown = {code: len(numbers(chen.html(f"/desk/?view={code}"))) for code in counted}

    assert shown == counted


def test_a_closed_case_is_found_in_its_view(lina):
    closed = Complaint.objects.get(pk=many(1, "closed", outcome="withdrawn", closed_at=factories.TUESDAY_10)[0].pk)

    assert numbers(lina.html("/desk/?view=closed")) == [closed.number]
