"""Lists are one indexed scan each, hold what they say, and go on without loss or repeat."""

import random
from datetime import timedelta

import pytest

from huiyin.complaints import lists, overview, tasking
from huiyin.complaints.models import Action, Complaint, Task
from huiyin.complaints.promises import Spoken
from huiyin.complaints.states import Outcome
from huiyin.people.actors import Actor
from huiyin.people.roles import Role
from tests import factories
from tests.factories import TUESDAY_10

HOUR = timedelta(hours=1)


def due_in(hours):
    return (Spoken("进展", TUESDAY_10 + hours * HOUR),)


@pytest.fixture
def mixed(agent, other_agent, handler):
    """Open and closed cases of two agents, some handled by a third, with due times in no order."""
    dice = random.Random(7)
    for number in range(40):
        owner = agent if number % 2 else other_agent
        handled = {"handler": agent.person} if number % 5 == 0 else {"handler": handler.person}
        factories.admitted(
            "investigating",
            owner=owner.person,
            promised=due_in(dice.randrange(1, 400)),
            compound=number % 7 == 0,
            **handled,
        )
    for number in range(6):
        factories.admitted(
            "closed", owner=agent.person, outcome=Outcome.RESOLVED_ACCEPTED, closed_at=TUESDAY_10 - number * HOUR
        )


def numbers(rows):
    return [row.complaint.number for row in rows]


def walked(person, view):
    """All numbers of a view, page after page."""
    found, after = [], None
    while True:
        page = lists.page(person, view, TUESDAY_10, after=after)
        found += numbers(page.rows)
        after = page.after
        if after is None:
            return found


@pytest.mark.parametrize("view", ["mine", "all", "compound", "closed"])
def test_ux_9_pages_go_on_without_loss_or_repeat_in_the_order_of_the_whole(mixed, agent, view, monkeypatch):
    monkeypatch.setattr(lists, "PAGE", 3)

    assert walked(agent.person, view) == [case.number for case in lists.select(agent.person, view, TUESDAY_10)]


def test_s4_33_an_open_case_always_has_a_due_time_and_a_closed_one_never(agent):
    without = factories.admitted("planning", owner=agent.person)
    closed = factories.admitted("closed", owner=agent.person, outcome=Outcome.WITHDRAWN, closed_at=TUESDAY_10)

    assert without.next_due_at == without.stage_since
    assert closed.next_due_at is None
    assert numbers(lists.page(agent.person, "all", TUESDAY_10).rows) == [without.number]


def test_ux_4_a_count_is_asked_anew_within_the_minute(agent):
    before = lists.counts(agent.person, TUESDAY_10, ["mine", "late"])
    factories.admitted("investigating", owner=agent.person, promised=due_in(-1))

    after = lists.counts(agent.person, TUESDAY_10 + timedelta(seconds=30), ["mine", "late"])

    assert (before, after) == ({"mine": 0, "late": 0}, {"mine": 1, "late": 1})


def test_ux_4_counts_follow_what_somebody_may_see_from_one_minute_to_the_next(agent):
    factories.admitted("investigating", owner=agent.person, promised=due_in(1))
    before = lists.counts(agent.person, TUESDAY_10, ["all"])
    agent.person.roles.all().delete()
    stranger = type(agent.person).objects.get(pk=agent.person.pk)

    assert (before, lists.counts(stranger, TUESDAY_10, ["all"])) == ({"all": 1}, {"all": 0})


def test_ux_4_counts_are_what_the_views_hold(mixed, agent):
    told = lists.counts(agent.person, TUESDAY_10)

    assert told == {view: lists.select(agent.person, view, TUESDAY_10).count() for view in told}


def test_ux_3_each_number_of_the_overview_opens_exactly_its_cases(mixed, supervisor):
    seen = overview.overview(supervisor.person, TUESDAY_10)

    for number in (*seen.by_state, *seen.by_clock, *seen.by_owner):
        assert len(overview.cases(supervisor.person, number, TUESDAY_10)) == number.count
    assert seen.open_cases == 40
    assert sum(number.count for number in seen.by_clock) == 40


def test_s2_53_mine_to_do_holds_the_cases_of_tasks_and_actions_given_to_somebody_each_once(agent, handler):
    person = factories.person("kuguan", Role.TECHNICIAN, name="徐强", of="warehouse")
    ours, theirs, own = (
        factories.admitted("executing", owner=one.person, promised=due_in(hours))
        for one, hours in ((agent, 3), (agent, 2), (Actor.of(person), 1))
    )
    factories.admitted("executing", owner=agent.person, promised=due_in(1))
    at = factories.at_of(ours, 10)
    for case in (ours, own, ours):
        new = tasking.NewTask("other", "找件", person.department, person, at + 9 * HOUR)
        tasking.give(case, new, actor=agent, at=at)
    Action.objects.create(complaint=theirs, title="换货", assignee=person, due_at=at + HOUR, round=1)

    assert walked(person, "mine") == [own.number, theirs.number, ours.number]
    assert lists.counts(person, TUESDAY_10, ["mine"]) == {"mine": 3}
    for task in Task.objects.filter(complaint=ours):
        tasking.finish(task, result="已找到", actor=agent, at=at)
    assert walked(person, "mine") == [own.number, theirs.number]


@pytest.mark.sqlite
@pytest.mark.parametrize("view", [view for view in lists.VIEWS if view != "followed"])
def test_ux_9_each_branch_of_a_view_is_read_from_an_index_in_its_order(agent, view):
    for branch in lists.VIEWS[view].branches(agent.person, TUESDAY_10):
        rows = lists._ordered(lists._narrowed(agent.person, branch, TUESDAY_10, None), view)
        plan = rows[:51].explain()
        assert "USING INDEX" in plan
        # What somebody was given is few enough to be sorted, and is found by the index of open tasks.
        assert "TEMP B-TREE" not in plan or ("open_tasks_of" in plan and "SCAN complaints_complaint" not in plan)


@pytest.mark.parametrize("cases", [1, 30])
def test_a_page_of_a_list_takes_five_queries_at_any_length(agent, cases, django_assert_num_queries):
    for number in range(cases):
        factories.admitted("planning", owner=agent.person, promised=due_in(number + 1))
    assert agent.person.role_codes == {"agent"}

    with django_assert_num_queries(5):
        page = lists.page(agent.person, "mine", TUESDAY_10)
    assert len(page.rows) == cases
    assert Complaint.objects.count() == cases
