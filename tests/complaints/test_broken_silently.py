"""No promise is broken without a mark, whatever else happens to it (S2-24, ENG-11)."""

from datetime import timedelta

import pytest

from huiyin.complaints import hearing, promises, succession
from huiyin.complaints.conversation import NoNextTime, Say, Skip
from huiyin.complaints.guards.inquiry import NoProgressPromise
from huiyin.complaints.models import Promise, PromiseStatus
from huiyin.complaints.steps import assignment, investigation, messages, planning
from tests import factories
from tests.complaints.checks import sound
from tests.complaints.test_withdrawal import ask, confirm
from tests.factories import TUESDAY_10, at_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def the_promise(complaint):
    return Promise.objects.get(complaint=complaint, kind="spoken", replaces=None)


def test_s2_24_what_was_already_broken_when_the_case_was_withdrawn_stays_broken(agent, supervisor):
    complaint = factories.investigating()
    ask(complaint, agent, minutes=200)

    confirm(complaint, supervisor, minutes=210)

    row = the_promise(complaint)
    assert (row.status, row.breached_at) == (PromiseStatus.BREACHED, at_of(complaint, 135))
    sound(complaint)


@pytest.fixture
def pausable(agent):
    """A case with a running clock that the pack lets be paused."""
    complaint = factories.received(at=TUESDAY_10)
    pack = promises.pack_of(complaint)
    rule = next(clock for clock in pack.clocks if clock.pause_events and clock.kind == "stage")
    row = Promise(
        complaint=complaint, kind="stage", met_by="move", code=rule.code,
        pack_version_id=promises.under(complaint).base, made_at=TUESDAY_10, start_at=TUESDAY_10,
        due_at=TUESDAY_10 + DAY, why={"marks": []},
    )  # fmt: skip
    promises.start(row, TUESDAY_10)
    return complaint, pack, rule, row


def test_eng_09_a_clock_that_is_over_is_not_paused_to_hide_it(pausable):
    complaint, _pack, rule, row = pausable

    hearing.hear(complaint, [rule.pause_events[0]], at=TUESDAY_10 + 2 * DAY)

    row.refresh_from_db()
    assert (row.status, row.ended_at, row.alarm_at is None) == (PromiseStatus.OPEN, None, False)


def test_eng_09_a_clock_that_stood_still_is_not_late_when_the_stage_ends(pausable):
    _complaint, pack, rule, row = pausable
    succession.pause(row, pack, rule, reason=rule.pause_events[0], at=TUESDAY_10 + DAY / 2)

    promises.keep(row.successor, at=TUESDAY_10 + 3 * DAY)

    assert (row.successor.status, row.successor.breached_at) == (PromiseStatus.KEPT, None)


def test_s2_24_a_broken_promise_names_no_time_for_the_next_news(agent):
    complaint = factories.investigating()
    late = at_of(complaint, 200)

    with pytest.raises(NoNextTime) as refused:
        messages.send_message(complaint.pk, Say("划痕还在核查。"), actor=agent, at=late)

    assert refused.value.rule.code == "承诺-01"
    words = factories.promised(complaint, "划痕还在核查，五点前告诉您。", 420)
    messages.send_message(complaint.pk, words, actor=agent, at=late)
    sound(complaint)


def test_s0_16_an_investigation_does_not_begin_on_a_broken_promise(agent, handler, supervisor):
    complaint = factories.registered()
    charge = {"department": handler.person.department, "handler": handler.person, "actor": supervisor}

    with pytest.raises(NoProgressPromise):
        assignment.assign_handler(complaint.pk, words=Skip("随后告知"), at=at_of(complaint, 200), **charge)


def test_s2_24_a_handler_is_not_held_up_by_the_owners_broken_promise(agent, handler):
    complaint = factories.with_evidence()

    done = investigation.issue_finding(
        complaint.pk, factories.finding(), factories.OWNER_TELLS, actor=handler, at=at_of(complaint, 300)
    )

    assert sound(done).state == "analysed"


def test_s2_24_words_with_a_move_name_a_time_ahead(agent):
    complaint = factories.analysed()

    with pytest.raises(NoNextTime):
        planning.start_plan(complaint.pk, Say("划痕的方案正在拟定。"), actor=agent, at=at_of(complaint, 300))
