from datetime import timedelta

import pytest

from huiyin.complaints.conversation import NoNextTime, Say
from huiyin.complaints.guards.closing import WindowOver
from huiyin.complaints.guards.inquiry import HandlerMissing
from huiyin.complaints.lifecycle import WrongSeat, WrongState
from huiyin.complaints.models import Complaint, Promise
from huiyin.complaints.promises import Spoken
from huiyin.complaints.steps import reopening
from huiyin.complaints.steps.reopening import ReopenedWithoutReason
from huiyin.messaging.models import Notice
from huiyin.workforce.availability import NotOnDuty
from tests import factories, later
from tests.complaints.checks import running, sound

pytestmark = pytest.mark.django_db


def reopen(complaint, actor, *, days=1, reason="新机又出现同样划痕", promise=True, handler=None):
    at = complaint.closed_at + timedelta(days=days)
    following = Spoken("核查结果", at + timedelta(hours=4)) if promise else None
    words = Say("新机的划痕我们重新核查。", next=following)
    return reopening.reopen(complaint.pk, reason=reason, words=words, handler=handler, actor=actor, at=at)


def test_t22_the_same_matter_within_the_window_reopens_the_case_in_another_round(supervisor, agent, handler):
    complaint = later.closed()

    reopen(complaint, supervisor)

    fresh = sound(complaint)
    assert (fresh.state, fresh.round, fresh.outcome, fresh.closed_at) == ("investigating", 2, "", None)
    assert "investigation" in running(complaint)
    assert Promise.objects.get(complaint=complaint, kind="spoken", ended_at=None).round == 2
    told = Notice.objects.filter(kind="case.moved").values_list("person", flat=True)
    assert set(told) == {agent.person_id, handler.person_id}


def test_t22_it_counts_as_a_repeat_and_says_how_the_case_had_ended(supervisor):
    complaint = later.closed()

    reopen(complaint, supervisor)

    event = complaint.events.get(kind="complaint.reopened")
    assert (event.data["repeat"], event.data["outcome_before"]) == (True, "resolved_accepted")
    assert event.texts.get(name="reason").text == "新机又出现同样划痕"


@pytest.mark.parametrize(("days", "opens"), [(30, True), (31, False)])
def test_t22_the_window_is_the_packs_number_of_days(supervisor, days, opens):
    complaint = later.closed()

    if opens:
        assert reopen(complaint, supervisor, days=days).state == "investigating"
        return
    with pytest.raises(WindowOver) as refused:
        reopen(complaint, supervisor, days=days)
    assert refused.value.rule.code == "流程-07"
    assert sound(complaint).state == "closed"


def test_t22_reopening_needs_a_reason_and_a_next_time(supervisor):
    complaint = later.closed()

    with pytest.raises(ReopenedWithoutReason):
        reopen(complaint, supervisor, reason=" ")
    with pytest.raises(NoNextTime):
        reopen(complaint, supervisor, promise=False)

    assert sound(complaint).state == "closed"


@pytest.mark.parametrize("who", ["agent", "other_agent", "handler", "leader", "duty_agent"])
def test_t22_only_a_supervisor_reopens(who, request, policy):
    complaint, actor = later.closed(), request.getfixturevalue(who)

    with pytest.raises(WrongSeat):
        reopen(complaint, actor)


def test_t22_only_a_closed_case_is_reopened(supervisor):
    complaint = later.reviewing()
    complaint.closed_at = complaint.stage_since

    with pytest.raises(WrongState):
        reopen(complaint, supervisor)


def test_s1_31_a_case_that_never_had_a_handler_gets_one(supervisor, handler):
    complaint = later.closed()
    Complaint.objects.filter(pk=complaint.pk).update(handler=None, department=None)

    with pytest.raises(HandlerMissing):
        reopen(complaint, supervisor)
    reopen(complaint, supervisor, handler=handler.person)

    assert sound(complaint).handler == handler.person


def test_s1_31_the_new_handler_is_there(supervisor, other_handler):
    complaint = later.closed()
    factories.away(other_handler.person, complaint.closed_at, by=supervisor.person, hours=72)

    with pytest.raises(NotOnDuty):
        reopen(complaint, supervisor, handler=other_handler.person)
