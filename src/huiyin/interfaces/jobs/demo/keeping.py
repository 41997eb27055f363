"""When the demo is loaded, left alone, or made anew; what `demo` did not make is never touched."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from django.conf import settings
from django.core.management import CommandError
from django.db import connection, transaction

from huiyin.complaints import watch
from huiyin.complaints.models import Complaint, Draft, Enquiry, Event, Follow, Intake
from huiyin.files import store
from huiyin.files.models import StoredFile
from huiyin.interfaces.jobs.demo import loading, people
from huiyin.interfaces.jobs.demo.world import World
from huiyin.interfaces.jobs.models import Demonstration
from huiyin.people.models import Department, Person, PersonChange
from huiyin.queue.models import Worker
from huiyin.workforce.models import Absence

STALE_AFTER = timedelta(hours=12)
STILL_RUNS = timedelta(seconds=30)

Tell = Callable[[str], object]
# Makes the tables and loads calendars and packs.
SetUp = Callable[[], object]
Fill = Callable[[datetime], World]

NOT_OURS = (
    "This database was not made by `demo`, so `demo` leaves it alone; HUIYIN_DATA or HUIYIN_DATABASE names another."
)
IN_PRODUCTION = "The demo organisation has a password everybody knows; it is refused when HUIYIN_MODE is production."
LOADED = "The demo is loaded already; `huiyin demo --reset` starts again."
RUNNING = "Huiyin is running on this database; stop it first."


@dataclass(frozen=True)
class Keeper:
    """Loads and renews the demo at one moment; `fill` puts people and cases into an empty database."""

    tell: Tell
    set_up: SetUp
    at: datetime
    fill: Fill = loading.load

    def ensure(self) -> None:
        """Before a start: load the demo into an empty database, and make one anew that is old and untouched."""
        made = mark()
        if made is None and is_empty():
            self.load()
        elif made is None:
            self.tell("This database was not made by `demo`; nothing was loaded into it.")
        elif self.at - made.made_at >= STALE_AFTER and not is_running(self.at):
            self._renew(made)

    def _renew(self, made: Demonstration) -> None:
        hours = int((self.at - made.made_at) / timedelta(hours=1))
        if footprint() != made.footprint:
            self.tell(f"The demo is {hours} h old and was written in, so it stays; `huiyin demo --reset` starts again.")
            return
        self.tell(f"The demo is {hours} h old and nobody has written in it: making it anew.")
        recreate(self.set_up)
        self.load()

    def load(self) -> None:
        """Load the demo into an empty database and mark the database as made by `demo`."""
        require_demonstrable()
        if not is_empty():
            raise CommandError(
                "The demo is loaded already; `huiyin demo --reset` starts again." if mark() else NOT_OURS
            )
        self.tell("Loading the demo organisation …")
        with transaction.atomic():
            world = self.fill(self.at)
            Demonstration.objects.create(made_at=self.at, footprint=footprint(), links=world.links)
        self.tell(f"{len(world.people)} people and {len(world.cases)} complaints of the last weeks are there.")

    def reset(self) -> None:
        """Drop and recreate a database that `demo` made, and load it again; refuses every other."""
        require_demonstrable()
        if mark() is None and not is_empty():
            raise CommandError(NOT_OURS)
        if is_running(self.at):
            raise CommandError(RUNNING)
        recreate(self.set_up)
        self.load()


def introduce(tell: Tell) -> None:
    """Tell who works in the demo, and where its complainants go."""
    people.introduce(tell)
    made = mark()
    if made is not None and (secret := made.links.get("offering")):
        here = f"http://127.0.0.1:{settings.HUIYIN_PORT}/p/"
        tell(f"Complainants file and follow at {here}; one of them may choose an option at {here}c/{secret}/")


def require_demonstrable() -> None:
    if settings.PRODUCTION:
        raise CommandError(IN_PRODUCTION)


def mark() -> Demonstration | None:
    return Demonstration.objects.order_by("pk").first()


def is_empty() -> bool:
    return not (Person.objects.exists() or Complaint.objects.exists())


def is_running(at: datetime) -> bool:
    """Whether a worker gave a sign of life a moment ago."""
    return Worker.objects.filter(stopped_at=None, beat_at__gt=at - STILL_RUNS).exists()


def footprint() -> dict[str, int]:
    """Count what people write; what the clock does by itself, and mere looking, leave no trace here."""
    by_clock = {"actor_kind": watch.CLOCK.kind, "actor_name": watch.CLOCK.name}
    return {
        "events": Event.objects.exclude(**by_clock).count(),
        "drafts": Draft.objects.count(),
        "follows": Follow.objects.count(),
        "intakes": Intake.objects.count(),
        "answers": Enquiry.objects.exclude(answered_at=None).count(),
        "absences": Absence.objects.count(),
        "people": PersonChange.objects.count(),
        "departments": Department.objects.count(),
    }


def recreate(set_up: SetUp) -> None:
    """Drop everything and make empty tables: timelines are never deleted row by row (decision 5)."""
    for file in StoredFile.objects.filter(disposed_at=None):
        store.dispose(file, at=file.at)
    if connection.vendor == "sqlite":
        _remove(Path(str(connection.settings_dict["NAME"])))
    else:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    set_up()


def _remove(database: Path) -> None:
    connection.close()
    for name in ("", "-wal", "-shm", "-journal"):
        database.with_name(database.name + name).unlink(missing_ok=True)
