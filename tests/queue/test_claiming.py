"""Jobs are written once, leased, fenced, tried again later, and given up with their error kept."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection, transaction

from huiyin.queue import jobs, queries, worker
from huiyin.queue.models import Job, Status

AT = datetime(2026, 3, 2, 10, 0, tzinfo=UTC)
SECOND = timedelta(seconds=1)
pytestmark = pytest.mark.django_db

told = []


@jobs.register("test.tell")
def tell(payload, *, at):
    told.append(payload["word"])


@jobs.register("test.break", attempts=3)
def break_down(payload, *, at):
    Job.objects.filter(kind="test.break").update(done_parts=77)
    raise ValueError("the printer is on fire")


@jobs.register("test.count", outside=True)
def count_up(payload, *, at):
    jobs.report_progress(3, 10)


@pytest.fixture(autouse=True)
def _nothing_else_to_do(monkeypatch):
    told.clear()
    monkeypatch.setattr(worker, "_sweeps", {})


def put(kind="test.tell", key="one", run_at=AT, **payload):
    return jobs.enqueue(kind, payload or {"word": key}, key=key, run_at=run_at)


def test_a_second_job_of_the_same_key_changes_nothing_and_gives_the_first():
    first = put(word="first")
    second = put(word="second", run_at=AT + SECOND)

    assert (second.pk, second.payload, Job.objects.count()) == (first.pk, {"word": "first"}, 1)


def test_a_job_goes_with_the_transaction_that_wanted_it():
    with transaction.atomic():
        put()
        transaction.set_rollback(True)

    assert Job.objects.count() == 0


def test_a_kind_nobody_does_is_refused_when_it_is_enqueued():
    with pytest.raises(jobs.KindUnknown):
        put(kind="test.nobody")


def test_two_functions_cannot_do_the_same_kind():
    with pytest.raises(jobs.KindTaken):
        jobs.register("test.tell")(print)


def test_jobs_are_claimed_oldest_first_and_not_before_their_time():
    put(key="later", run_at=AT + SECOND)
    put(key="second", run_at=AT)
    put(key="first", run_at=AT - SECOND)

    claimed = jobs.claim(10, at=AT)

    assert [lease.payload["word"] for lease in claimed] == ["first", "second"]


def test_a_leased_job_is_not_claimed_again_until_the_lease_has_run_out():
    put()
    first = jobs.claim(1, at=AT, lease_seconds=60)[0]

    assert jobs.claim(1, at=AT + 59 * SECOND) == []
    assert jobs.claim(1, at=AT + 60 * SECOND)[0].number == first.number + 1


def test_a_worker_that_lost_its_lease_can_neither_work_nor_finish_nor_fail():
    put()
    lost = jobs.claim(1, at=AT, lease_seconds=60)[0]
    held = jobs.claim(1, at=AT + 61 * SECOND, lease_seconds=60)[0]

    assert jobs.do(lost) is False
    assert told == []
    with pytest.raises(jobs.LeaseLost):
        jobs.finish(lost, AT)
    jobs.fail(lost, "too late", AT)
    job = Job.objects.get()
    assert (job.status, job.lease_number, job.error) == (Status.RUNNING, held.number, "")


def test_a_lease_lost_in_the_middle_takes_the_work_back():
    put()
    lease = jobs.claim(1, at=AT)[0]

    @jobs.register("test.lose_it")
    def lose_it(payload, *, at):
        Job.objects.create(key="effect", kind="test.tell", run_at=AT)
        Job.objects.filter(pk=lease.job_id).update(lease_number=lease.number + 1)

    Job.objects.filter(pk=lease.job_id).update(kind="test.lose_it")
    stolen = jobs.Lease(lease.job_id, "test.lose_it", {}, lease.number, 1, AT, 300)

    assert jobs.do(stolen) is False
    assert not Job.objects.filter(key="effect").exists()
    assert jobs._kinds.pop("test.lose_it")


def test_a_done_job_is_never_claimed_again():
    put()

    assert worker.run_once(AT) == 1
    assert worker.run_once(AT + timedelta(days=400)) == 0
    assert (told, Job.objects.get().status) == (["one"], Status.DONE)


def test_a_failed_job_waits_longer_each_time_and_is_then_given_up_with_its_error():
    put(kind="test.break")
    at, waits = AT, []
    for _attempt in range(2):
        assert worker.take_turn(at).failed == 1
        take_at = Job.objects.get().take_at
        waits.append(round((take_at - at).total_seconds()))
        at = take_at
    worker.run_once(at)

    job = Job.objects.get()
    assert waits == [10, 20]
    assert (job.status, job.attempts, job.take_at, job.done_parts) == (Status.DEAD, 3, None, 0)
    assert job.error.startswith("ValueError: the printer is on fire (test_claiming.py:")
    assert [dead.key for dead in queries.dead_jobs()] == ["one"]


def test_a_person_can_give_a_dead_job_a_new_set_of_attempts():
    job = put(kind="test.break")
    Job.objects.update(status=Status.DEAD, take_at=None, attempts=3)

    assert jobs.revive(job.pk, at=AT) is True
    assert jobs.revive(job.pk, at=AT) is False
    assert jobs.claim(1, at=AT)[0].attempts == 1


def test_a_job_that_kills_its_worker_each_time_is_given_up():
    put(kind="test.break")
    at = AT
    for _attempt in range(3):
        assert len(jobs.claim(1, at=at, lease_seconds=60)) == 1
        at += 60 * SECOND

    assert jobs.claim(1, at=at) == []
    job = Job.objects.get()
    assert (job.status, job.error) == (Status.DEAD, "The worker died or hung each time it tried.")


def test_the_longest_wait_is_an_hour():
    assert [jobs.wait_after(number).total_seconds() for number in (1, 2, 9, 10, 400)] == [10, 20, 2560, 3600, 3600]


def test_a_long_job_reports_how_far_it_is_and_keeps_its_lease():
    put(kind="test.count")
    lease = jobs.claim(1, at=AT, lease_seconds=60)[0]

    assert jobs.do(lease) is True
    job = Job.objects.get()
    assert (job.done_parts, job.all_parts, job.status) == (3, 10, Status.DONE)


def test_reporting_progress_without_the_lease_is_refused():
    put(kind="test.count")
    lease = jobs.claim(1, at=AT, lease_seconds=60)[0]
    jobs.claim(1, at=AT + 60 * SECOND)

    with jobs._as_running(lease), pytest.raises(jobs.LeaseLost):
        jobs.report_progress(1)


def test_a_failing_job_or_sweep_does_not_stop_the_others():
    worker.register_sweep("test.broken", lambda at: 1 // 0)
    worker.register_sweep("test.whole", lambda at: 2)
    put(kind="test.break", key="broken", run_at=AT - SECOND)
    put(key="whole")

    turn = worker.take_turn(AT)

    assert (turn.swept, turn.done, turn.failed) == (2, 1, 1)
    assert turn.error.startswith("test.broken: ZeroDivisionError")
    assert told == ["whole"]


def test_a_sweep_is_called_no_more_often_than_it_asked():
    swept = []
    worker.register_sweep("test.slow", lambda at: swept.append(at) or 1, every_seconds=60)
    for second in (0, 30, 59, 60, 61, 125):
        worker.run_once(AT + second * SECOND)

    assert swept == [AT, AT + 60 * SECOND, AT + 125 * SECOND]
    with pytest.raises(worker.SweepTaken):
        worker.register_sweep("test.slow", lambda at: 0)


def test_a_turn_stops_between_two_jobs_when_asked_to():
    put(key="one")
    put(key="two")

    turn = worker.take_turn(AT, stopping=lambda: len(told) == 1)

    assert (turn.done, told) == (1, ["one"])


def test_health_counts_late_and_dead_jobs_and_workers_heard_from():
    put(key="late", run_at=AT - 90 * SECOND)
    put(key="future", run_at=AT + SECOND)
    put(kind="test.break", key="dead")
    Job.objects.filter(key="dead").update(status=Status.DEAD, take_at=None)
    worker.beat("silent", at=AT - 300 * SECOND)
    worker.beat("busy", at=AT - 20 * SECOND, done=2, error="oh")
    worker.beat("busy", at=AT - 10 * SECOND, done=3)
    worker.beat("gone", at=AT - 5 * SECOND, stopped=True)

    health = queries.health(AT)

    assert (health.late, health.oldest_due_at, health.dead) == (1, AT - 90 * SECOND, 1)
    assert (health.workers_alive, health.last_beat_at) == (1, AT - 10 * SECOND)
    busy = worker.Worker.objects.get(name="busy")
    assert (busy.jobs_done, busy.error, busy.error_at) == (5, "oh", AT - 20 * SECOND)


def test_looking_for_work_reads_one_index_that_holds_open_jobs_only():
    put()
    due = Job.objects.filter(take_at__lte=AT).order_by("take_at", "id")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")

    assert "job_open" in due.explain()


def test_an_idle_turn_reads_once_and_writes_nothing(django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        worker.run_once(AT)

    assert asked[0]["sql"].startswith("SELECT")
