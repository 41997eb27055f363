"""What must stand before the first page: words, static files, tables, packs, knowledge, and the demo organisation."""

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core import checks
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.loader import MigrationLoader

from huiyin.config.words import compile_stale
from huiyin.interfaces.common import clock
from huiyin.interfaces.jobs import first_people
from huiyin.interfaces.jobs.demo import keeping
from huiyin.knowledge import loading, seeds
from huiyin.policy import calendars
from huiyin.policy.packs import store
from huiyin.rules import Refusal

Tell = Callable[[str], object]


def prepare(tell: Tell) -> None:
    """Do what is not done yet, telling each thing done; refuses a database that does not keep its word."""
    for mo in compile_stale(Path(settings.LOCALE_PATHS[0])):
        tell(f"Words compiled: {mo.parent.parent.name}.")
    collect_static(tell)
    migrate(tell)
    errors = checks.run_checks(tags=[checks.Tags.database], databases=["default"])
    if errors:
        raise CommandError("; ".join(str(error.msg) for error in errors))
    load_policy(tell)
    load_knowledge(tell)
    first_people.require_real_people(tell)
    if settings.HUIYIN_MODE == "demo":
        keeper(tell).ensure()
        keeping.introduce(tell)


def keeper(tell: Tell) -> keeping.Keeper:
    """Give who keeps the demo organisation, as things are now."""
    return keeping.Keeper(tell, set_up=lambda: set_up(tell), at=clock.now())


def set_up(tell: Tell) -> None:
    """Make the tables, and load calendars and packs."""
    migrate(tell)
    load_policy(tell)
    load_knowledge(tell)


def migrate(tell: Tell) -> None:
    """Make or change tables, if any are behind."""
    executor = MigrationExecutor(connection)
    refuse_half_made(executor.loader)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    if plan:
        tell(f"Preparing the database: {len(plan)} changes …")
        call_command("migrate", interactive=False, stdout=io.StringIO())


def refuse_half_made(loader: MigrationLoader) -> None:
    """Refuse tables that a version which was never released left half-way: the changes still owed are gone."""
    for whole in loader.replacements.values():
        done = [part in loader.applied_migrations for part in whole.replaces]
        if any(done) and not all(done):
            raise CommandError(
                "This database was made by a version that was never released; move it away and start anew."
            )


def load_policy(tell: Tell) -> None:
    """Load the calendars and packs that come with the product, unless they are there already."""
    at = clock.now()
    try:
        years = [f"{year.code} {year.year}" for year in calendars.load_shipped(at)]
        if years:
            tell(f"Calendars loaded: {', '.join(years)}.")
        store.load_shipped(at=at)
    except Refusal as refusal:
        raise CommandError(f"{refusal} {refusal.unblock_text}") from refusal


def load_knowledge(tell: Tell) -> None:
    """Put the entries that come with the product on their shelves, unless they are there already."""
    try:
        done = loading.load_shipped(at=clock.now())
    except seeds.SeedError as error:
        raise CommandError(str(error)) from error
    if done:
        told = {"new": done.added, "renewed": done.renewed, "offered": done.offered, "retired": done.gone}
        tell(f"Knowledge loaded: {', '.join(f'{len(rows)} {what}' for what, rows in told.items())}.")


def collect_static(tell: Tell) -> None:
    """Gather static files under names that carry their hash, if any file changed since the last time."""
    if settings.HUIYIN_MODE == "development":
        return  # served from where they are written
    stamp = Path(settings.STATIC_ROOT).with_name("static.stamp")
    digest = static_digest()
    if stamp.exists() and stamp.read_text() == digest and Path(settings.STATIC_ROOT).is_dir():
        return
    tell("Collecting static files …")
    call_command("collectstatic", interactive=False, clear=True, stdout=io.StringIO())
    stamp.write_text(digest)


def static_digest() -> str:
    """Summarise name, size and time of every static file there is."""
    digest = hashlib.sha256(str(settings.STORAGES["staticfiles"]).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            found = Path(storage.path(name)).stat()
            digest.update(f"{name}\0{found.st_size}\0{found.st_mtime_ns}\n".encode())
    return digest.hexdigest()
