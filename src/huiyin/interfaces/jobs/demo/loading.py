"""Makes the demo: tells its stories in the order of time, and lets the worker's watch run in between.

Promises are therefore warned of and broken at the moment they were, and events, seals and letters stand in the order
in which they happened.
"""

import contextlib
import gc
import heapq
import io
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.db import connection, transaction

from huiyin.complaints import watch
from huiyin.complaints.models import Complaint, Event, Viewing
from huiyin.interfaces.jobs.demo import stories
from huiyin.interfaces.jobs.demo.people import hire
from huiyin.interfaces.jobs.demo.world import Story, Teller, World
from huiyin.messaging import bell
from huiyin.people import access_log
from huiyin.policy.packs import loading as packs
from huiyin.policy.packs import store
from huiyin.queue import jobs

BEGAN_DAYS_AGO = 60
# What was told before is read; what came since then waits in the bell.
READ_HOURS_AGO = 3
SECOND = timedelta(seconds=1)


class Telling:
    """Stories on their way, and how far the watch has come."""

    def __init__(self, world: World, tellers: Iterable[Teller]) -> None:
        self.world = world
        self.waiting: list[tuple[datetime, int, Story]] = []
        self.names: list[str] = []
        for order, teller in enumerate(tellers):
            story = teller(world)
            self.names.append(teller.__name__)
            self._put(order, story)
        self.watched = self.waiting[0][0] if self.waiting else world.at

    def run(self) -> None:
        """Tell everything up to the moment the demo is loaded."""
        while self.waiting:
            moment, order, story = heapq.heappop(self.waiting)
            self.watch_until(moment)
            self.world.at = moment
            self._put(order, story)
            self._work()
        self.watch_until(self.world.now)
        self.world.at = self.world.now

    def _put(self, order: int, story: Story) -> None:
        """Let a story go on to its next moment; what would come after the loading stays untold."""
        moment = next(story, None)
        if moment is None:
            return
        if moment > self.world.now:
            self.world.cut.append(self.names[order])
            return
        heapq.heappush(self.waiting, (max(moment, self.world.at), order, story))

    def watch_until(self, moment: datetime) -> None:
        """Let the watch run at each moment something became due, and seal each day that ended."""
        while True:
            promise, other = next_alarms()
            midnight = self.watched.replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)
            due = min([midnight, *(max(alarm, self.watched + SECOND) for alarm in (promise, other) if alarm)])
            if due > moment:
                return
            self.watched = due
            if promise is not None and promise <= due:
                watch.fire_due(due)
            if other is not None and other <= due:
                watch.mark_late(due)
            if due == midnight:
                watch.plan_checkpoint(due)
                self._work(due)

    def _work(self, at: datetime | None = None) -> None:
        """Do what waits in the queue, unless real letters would leave the house."""
        if settings.EMAIL_BACKEND.endswith(".smtp.EmailBackend"):
            return
        with contextlib.redirect_stdout(io.StringIO()):
            while leases := jobs.claim(20, at=at or self.world.at):
                for lease in leases:
                    jobs.do(lease)


# Asked after every act: in one sentence of SQL it costs a tenth of what the same four querysets do.
NEXT_ALARMS = """
    SELECT (SELECT min(alarm_at) FROM complaints_promise WHERE status = 'open'),
           (SELECT min(due_at) FROM complaints_task WHERE status = 'open' AND breached_at IS NULL),
           (SELECT min(due_at) FROM complaints_action WHERE status = 'open' AND breached_at IS NULL),
           (SELECT min(due_at) FROM complaints_callback WHERE status = 'open' AND breached_at IS NULL),
           (SELECT min(due_at) FROM complaints_enquiry WHERE answered_at IS NULL AND breached_at IS NULL)
"""


def next_alarms() -> tuple[datetime | None, datetime | None]:
    """When the watch finds something next: a promise, and anything else with a due time."""
    with connection.cursor() as cursor:
        cursor.execute(NEXT_ALARMS)
        alarm, *due = (_moment(value) for value in cursor.fetchone())
    return alarm, min((moment + SECOND for moment in due if moment), default=None)


def _moment(value: datetime | str | None) -> datetime | None:
    """A time as this database gives it: SQLite has no type of its own for it."""
    return datetime.fromisoformat(value).replace(tzinfo=UTC) if isinstance(value, str) else value


@transaction.atomic
def load(now: datetime, tellers: Iterable[Teller] = stories.ALL) -> World:
    """Fill an empty database with the demo organisation and its cases, all before `now`."""
    began = now - timedelta(days=BEGAN_DAYS_AGO)
    store.load(packs.DATA / "service_quality", at=began)
    world = World(now=now, people=hire(began), at=began)
    telling = Telling(world, (*tellers, read_the_bell))
    with _untidied():
        telling.run()
    leave_traces(world)
    return world


@contextlib.contextmanager
def _untidied() -> Iterator[None]:
    """Without the collector of garbage, which finds next to none here and takes a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def read_the_bell(world: World) -> Story:
    """Everybody reads what the bell says, until this morning."""
    yield world.ago(hours=READ_HOURS_AGO)
    for person in world.people.values():
        bell.mark_read(person, at=world.at)


def leave_traces(world: World) -> None:
    """Whoever acted in a case had it before him, and its owner looked this morning: what is seen, and the log of it."""
    seen: dict[tuple[int, int], tuple[int, datetime]] = {}
    this_morning = world.ago(hours=READ_HOURS_AGO)
    owners = dict(Complaint.objects.values_list("pk", "owner"))
    for event in Event.objects.order_by("pk"):
        looker = event.actor_id or (owners[event.complaint_id] if event.at <= this_morning else None)
        if looker is not None:
            seen[looker, event.complaint_id] = (event.number, event.at)
    people = {person.pk: person for person in world.people.values()}
    for (person_id, complaint_id), (number, at) in seen.items():
        Viewing.objects.create(person_id=person_id, complaint_id=complaint_id, seen_number=number, at=at)
        access_log.record_view(people[person_id], complaint_id, at)
