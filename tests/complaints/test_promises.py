"""Promises are rows: made, kept, broken, replaced, paused; never rewritten."""

from datetime import timedelta

import pytest

from huiyin.complaints import conversation, promises, rules, succession, watch
from huiyin.complaints.conversation import Say
from huiyin.complaints.models import Complaint, Event, Promise, PromiseStatus
from huiyin.complaints.promises import Spoken
from huiyin.messaging.models import Notice
from huiyin.rules import Refusal
from tests import factories
from tests.factories import TUESDAY_10, when

NOON = when(2025, 3, 4, 12)


@pytest.fixture
def case(agent):
    """Under investigation since ten, with news promised until noon."""
    return factories.admitted("investigating", owner=agent.person, promised=(Spoken("告知核查结果", NOON),))


def the_promise(case):
    return Promise.objects.get(complaint=case, kind="spoken", replaces=None)


def kinds(case):
    return list(Event.objects.filter(complaint=case).order_by("number").values_list("kind", flat=True))


def test_s2_24_a_message_at_the_due_time_keeps_the_promise_and_makes_the_next_one_due(case, agent):
    first = the_promise(case)

    conversation.send(
        case,
        Say(
            "还没有结果,仓库正在调监控,17点前再告诉您。", keeps=(first.pk,), next=Spoken("再告知", when(2025, 3, 4, 17))
        ),
        actor=agent,
        at=NOON,
    )

    first.refresh_from_db()
    case.refresh_from_db()
    assert (first.status, first.kept_at, first.kept_early_seconds) == (PromiseStatus.KEPT, NOON, 0)
    assert case.next_due_at == when(2025, 3, 4, 17)


def test_s2_24_no_result_yet_without_a_next_time_is_refused(case, agent):
    with pytest.raises(Refusal) as refused:
        conversation.send(case, Say("还没有结果。", keeps=(the_promise(case).pk,)), actor=agent, at=NOON)

    assert refused.value.rule == rules.NEXT_PROMISE


def test_s2_24_an_internal_note_keeps_no_promise(case, agent):
    conversation.note(case, "仓库说还要两小时", actor=agent, at=NOON)
    watch.run(NOON + timedelta(seconds=2))

    assert the_promise(case).status == PromiseStatus.BREACHED


def test_ux_2_what_the_customer_writes_keeps_no_promise_of_ours(case, agent):
    conversation.receive(case, "有结果了吗?", medium="phone", actor=agent, at=TUESDAY_10)

    assert the_promise(case).status == PromiseStatus.OPEN


def test_s0_16_no_message_by_the_due_time_is_a_breach_told_to_owner_and_supervisor(case, agent, supervisor):
    watch.run(NOON + timedelta(seconds=2))

    assert kinds(case) == ["complaint.admitted", "promise.breached"]
    told = set(Notice.objects.filter(kind="promise.breached").values_list("person__username", flat=True))
    assert told == {"xiaoli", "chenzhuguan"}


def test_s0_45_a_reminder_fires_once_before_and_a_breach_once_after(case, supervisor):
    for minute in (0, 60, 61, 80, 119, 121, 122, 200):
        watch.run(TUESDAY_10 + timedelta(minutes=minute))
        watch.run(TUESDAY_10 + timedelta(minutes=minute))

    assert kinds(case) == ["complaint.admitted", "promise.warned", "promise.warned", "promise.breached"]


def test_eng_11_marks_that_passed_unseen_warn_once(case):
    watch.run(TUESDAY_10 + timedelta(minutes=119))

    assert kinds(case) == ["complaint.admitted", "promise.warned"]


def test_eng_11_a_breach_stays_when_the_promise_is_met_late(case, agent):
    late = NOON + timedelta(minutes=5)
    watch.run(late)
    case.refresh_from_db()
    first = the_promise(case)
    conversation.send(
        case,
        Say("让您久等,结果是…", keeps=(first.pk,), next=Spoken("方案", late + timedelta(hours=1))),
        actor=agent,
        at=late,
    )

    first.refresh_from_db()
    assert (first.status, first.kept_at, first.kept_early_seconds) == (PromiseStatus.BREACHED, late, -300)


def test_eng_10_a_re_promise_ends_the_first_visibly_and_needs_a_reason(case, agent):
    first = the_promise(case)
    at = NOON - timedelta(minutes=30)
    later = when(2025, 3, 4, 15)
    with pytest.raises(Refusal) as refused:
        promises.replace(first, due_at=later, reason=" ", approver=None, at=at)
    assert refused.value.rule == rules.REASON_TO_REPLACE

    promises.replace(first, due_at=later, reason="仓库停电", approver=None, at=at)

    first.refresh_from_db()
    assert (first.status, first.due_at, first.replaced_reason) == (PromiseStatus.REPLACED, NOON, "仓库停电")
    assert (first.successor.due_at, first.successor.status) == (later, PromiseStatus.OPEN)


def test_eng_10_replacing_a_late_promise_does_not_undo_its_breach(case):
    first = the_promise(case)
    promises.replace(first, due_at=when(2025, 3, 4, 15), reason="晚了", approver=None, at=NOON + timedelta(minutes=1))

    assert (first.status, first.breached_at) == (PromiseStatus.BREACHED, NOON)


def test_amb_06_a_promise_in_the_past_is_refused(case):
    with pytest.raises(Refusal) as refused:
        promises.speak(case, Spoken("昨天", TUESDAY_10 - timedelta(days=1)), at=TUESDAY_10)

    assert refused.value.rule == rules.PROMISE_AHEAD


def test_promise_of_another_case_cannot_be_kept(case, agent):
    other = factories.admitted("investigating", owner=agent.person, promised=(Spoken("别的", NOON),))

    with pytest.raises(Refusal) as refused:
        promises.keep_spoken(case, [the_promise(other).pk], at=TUESDAY_10)

    assert refused.value.rule == rules.PROMISE_OPEN


@pytest.fixture
def received(agent):
    return factories.received(at=TUESDAY_10)


def test_decision_4_three_clocks_stand_side_by_side_and_the_nearest_drives_the_queue(received):
    kinds_running = set(Promise.objects.filter(complaint=received, ended_at=None).values_list("kind", flat=True))
    nearest = Promise.objects.filter(complaint=received, ended_at=None).order_by("due_at").first()

    assert {"stage", "case"} <= kinds_running
    assert Complaint.objects.get(pk=received.pk).next_due_at == nearest.due_at


def test_s0_02_target_and_limit_of_the_first_response(received):
    clock = Promise.objects.get(complaint=received, kind="stage")

    assert (clock.target_at, clock.due_at) == (TUESDAY_10 + timedelta(hours=1), TUESDAY_10 + timedelta(hours=2))


@pytest.fixture
def extendable(received):
    from huiyin.policy.packs import store

    pack = promises.pack_of(received)
    rule = next(clock for clock in pack.clocks if clock.extension and clock.extension.most == 1 and clock.pause_events)
    version = store.current("retail", TUESDAY_10)
    from huiyin.policy import clocks

    derived = clocks.derive(pack, rule, TUESDAY_10)
    row = Promise(
        complaint=received, kind=rule.kind, met_by="event", code=f"{rule.code}", pack_version=version,
        made_at=TUESDAY_10, start_at=TUESDAY_10, due_at=derived.due_at, why=derived.why,
    )  # fmt: skip
    Promise.objects.filter(complaint=received, code=rule.code).delete()
    promises.start(row, TUESDAY_10)
    return pack, rule, row


def test_eng_09_a_pause_keeps_the_remaining_time_and_says_why(extendable):
    pack, rule, row = extendable
    a_day, two_days = TUESDAY_10 + timedelta(days=1), TUESDAY_10 + timedelta(days=2)

    succession.pause(row, pack, rule, reason=rule.pause_events[0], at=a_day)
    paused = row.successor
    assert (paused.status, paused.alarm_at) == (PromiseStatus.PAUSED, None)
    succession.resume(paused, pack, rule, at=two_days)

    running = paused.successor
    assert running.due_at - row.due_at == timedelta(days=1)
    assert running.why["pauses"][0]["reason"] == rule.pause_events[0]
    assert running.why["pauses"][0]["end"] == two_days.isoformat()


def test_eng_10_an_extension_is_in_time_allowed_and_counted(extendable, agent, supervisor):
    _pack, _rule, row = extendable
    with pytest.raises(Refusal) as refused:
        succession.extend(row, succession.Permission(agent.person, "等检测"), at=TUESDAY_10)
    assert refused.value.rule == rules.EXTENDED_IN_TIME

    succession.extend(row, succession.Permission(supervisor.person, "等检测"), at=TUESDAY_10)
    longer = row.successor
    assert longer.due_at > row.due_at

    with pytest.raises(succession.NotExtendable):
        succession.extend(longer, succession.Permission(supervisor.person, "再等等"), at=TUESDAY_10)


def test_eng_10_after_the_deadline_nothing_is_extended(extendable, supervisor):
    _pack, _rule, row = extendable

    with pytest.raises(succession.ExtendedTooLate):
        succession.extend(row, succession.Permission(supervisor.person, "等检测"), at=row.due_at + timedelta(minutes=1))


def test_eng_01_a_window_of_the_customers_is_shown_but_is_nobodys_breach(received):
    row = Promise(
        complaint=received, kind="legal", met_by="event", code="no_reason_return", ours=False,
        made_at=TUESDAY_10, start_at=TUESDAY_10, due_at=NOON - timedelta(hours=1), why={"marks": []},
    )  # fmt: skip
    promises.start(row, TUESDAY_10)
    promises.refresh_next_due(received)

    watch.run(when(2025, 3, 4, 11, 30))
    row.refresh_from_db()

    assert (row.status, row.alarm_at) == (PromiseStatus.OPEN, None)
    assert Complaint.objects.get(pk=received.pk).next_due_at == NOON
