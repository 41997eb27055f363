"""Packs in the database: loaded once by content, in force by date, read from memory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from zoneinfo import ZoneInfo

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext_lazy as _

from huiyin.policy.models import PackVersion
from huiyin.policy.packs import loading
from huiyin.policy.packs.overlay import combine
from huiyin.policy.packs.schema import Pack
from huiyin.policy.rules import PACK_IN_FORCE, PACK_VERSION_FIXED
from huiyin.rules import Refusal

SHIPPED = ("retail", "enterprise_8_steps", "general")
# Packs that come with the product too, and that an organisation loads by name when they are meant for it.
OFFERED = (*SHIPPED, "telecom", "service_quality")
# The id is the head of the content hash: 52 bits, so that it survives JSON numbers in a browser.
ID_HEX_DIGITS = 13


class PackVersionTaken(Refusal):
    rule = PACK_VERSION_FIXED
    sentence = _("Version %(version)s of the pack %(code)s is already loaded with another content.")
    unblock = _("Give the changed pack a new version in pack.toml.")


class NoPackInForce(Refusal):
    rule = PACK_IN_FORCE
    sentence = _("No version of the pack %(code)s is in force on %(day)s.")
    unblock = _("Load the pack with a date in force that is not later.")


class NoPackFits(Refusal):
    rule = PACK_IN_FORCE
    sentence = _("No base pack in force on %(day)s is meant for this case.")
    unblock = _("Load a base pack that is in force on that day.")


@dataclass(frozen=True)
class Picked:
    """The packs a case comes under by rule: one base, any overlays."""

    base: PackVersion
    overlays: tuple[PackVersion, ...]


@transaction.atomic
def load(folder: Path, *, at: datetime) -> PackVersion:
    """Load a pack folder and give its version; the same content gives the same row again.

    Refuses a pack with any error (PackError, all at once), a version label that is taken by another content, and an
    overlay or a base that contradicts what is in force beside it. Nothing is stored unless all of it holds.
    """
    return _load(folder, at, own_label=False)


@transaction.atomic
def load_shipped(*, at: datetime) -> tuple[PackVersion, ...]:
    """Load the packs that come with the product.

    A newer product may bring another content under the same label; nobody here could raise it, so the head of the
    hash is added instead of refusing to start.
    """
    return tuple(_load(loading.DATA / code, at, own_label=True) for code in SHIPPED)


def _load(folder: Path, at: datetime, own_label: bool) -> PackVersion:
    pack, documents = loading.read_folder(folder)
    digest = loading.content_hash(documents)
    known = PackVersion.objects.filter(content_hash=digest).first()
    if known is not None:
        return known
    label = pack.version
    if PackVersion.objects.filter(code=pack.code, version=label).exists():
        if not own_label:
            raise PackVersionTaken(code=pack.code, version=label)
        label = f"{label}-{digest[:6]}"
    begins, ends = _in_force(pack, at)
    _check_beside(pack, max(at, begins))
    row, _created = PackVersion.objects.get_or_create(
        content_hash=digest,
        defaults={
            "id": int(digest[:ID_HEX_DIGITS], 16),
            "code": pack.code,
            "kind": pack.kind,
            "version": label,
            "in_force_from": begins,
            "in_force_to": ends,
            "content": documents,
            "loaded_at": at,
        },
    )
    return row


def _in_force(pack: Pack, at: datetime) -> tuple[datetime, datetime | None]:
    """Give the instants between which the pack holds: whole days in its zone, from now on when it names no day."""
    zone = ZoneInfo(pack.zone) if pack.zone else get_default_timezone()
    begins = datetime.combine(pack.in_force_from, time(), tzinfo=zone) if pack.in_force_from else at
    if pack.in_force_to is None:
        return begins, None
    return begins, datetime.combine(pack.in_force_to + timedelta(days=1), time(), tzinfo=zone)


def _check_beside(pack: Pack, at: datetime) -> None:
    """Lay the overlays in force upon each base they extend, the new pack among them; raises PackError."""
    others = [parsed(version.pk) for version in each_in_force(at) if version.code != pack.code]
    beside = [*others, pack]
    for base in beside:
        overlays = [overlay for overlay in beside if base.code in overlay.extends]
        if not base.is_overlay and (base is pack or pack in overlays):
            combine(base, overlays)


def versions_in_force(at: datetime) -> QuerySet[PackVersion]:
    """Give every version in force at this instant, the newest of each pack first."""
    return PackVersion.objects.filter(Q(in_force_to__isnull=True) | Q(in_force_to__gt=at), in_force_from__lte=at)


def each_in_force(at: datetime) -> list[PackVersion]:
    """Give one version of each pack: the one with the latest date in force, and of those the one loaded last."""
    newest: dict[str, PackVersion] = {}
    for version in sorted(versions_in_force(at).defer("content"), key=_age):
        newest[version.code] = version
    return [newest[code] for code in sorted(newest)]


def _age(version: PackVersion) -> tuple[datetime, datetime]:
    return version.in_force_from, version.loaded_at


def current(code: str, at: datetime) -> PackVersion:
    """Give the version of a pack in force at this instant; refuses when there is none."""
    found = versions_in_force(at).defer("content").filter(code=code).order_by("-in_force_from", "-loaded_at").first()
    if found is None:
        raise NoPackInForce(code=code, day=_day(at))
    return found


def version_on(code: str, at: datetime) -> int | None:
    """Give the version of a pack that was in force at this instant; None when there was none."""
    rows = versions_in_force(at).filter(code=code).order_by("-in_force_from", "-loaded_at")
    return rows.values_list("pk", flat=True).first()


@lru_cache(maxsize=256)
def parsed(pack_version_id: int) -> Pack:
    """Give a version's pack; read from the database once per process, for the id stands for the content."""
    version = PackVersion.objects.get(pk=pack_version_id)
    return loading.parse(version.content, name=str(version), complete=False)


def combined(base_id: int, overlay_ids: Iterable[int] = ()) -> Pack:
    """Give a base with the overlays of one case laid upon it."""
    return _combined(base_id, tuple(sorted(overlay_ids)))


@lru_cache(maxsize=256)
def _combined(base_id: int, overlay_ids: tuple[int, ...]) -> Pack:
    return combine(parsed(base_id), [parsed(overlay_id) for overlay_id in overlay_ids])


def pick(at: datetime, *, base_code: str = "", channel: str = "", category: str = "", jurisdiction: str = "") -> Picked:
    """Choose the packs of a case by channel, category and jurisdiction, or its overlays when the base is named.

    The base with the narrowest rule that matches wins, then the higher priority, then the one loaded last; a base
    without rules takes any case, after all others. Every overlay with a matching rule that extends this base applies.
    Refuses when no base fits.
    """
    case = {"channel": channel, "category": category, "jurisdiction": jurisdiction}
    found = [(version, parsed(version.pk)) for version in each_in_force(at)]
    base = _named(found, base_code, at) if base_code else _narrowest(found, case, at)
    overlays = (
        version
        for version, pack in found
        if base.code in pack.extends and pack.pick and _narrowness(pack, case) is not None
    )
    return Picked(base, tuple(overlays))


def _named(found: Iterable[tuple[PackVersion, Pack]], code: str, at: datetime) -> PackVersion:
    version = next((version for version, _pack in found if version.code == code), None)
    if version is None:
        raise NoPackInForce(code=code, day=_day(at))
    return version


def _narrowest(found: Iterable[tuple[PackVersion, Pack]], case: dict[str, str], at: datetime) -> PackVersion:
    bases = [
        (_narrowness(pack, case), pack.priority, version.loaded_at, version.code, version)
        for version, pack in found
        if not pack.is_overlay and _narrowness(pack, case) is not None
    ]
    if not bases:
        raise NoPackFits(day=_day(at))
    return max(bases, key=lambda entry: entry[:4])[4]


def _narrowness(pack: Pack, case: dict[str, str]) -> int | None:
    """Give how narrow the best matching rule is; None when none matches, -1 for a pack without rules."""
    if not pack.pick:
        return -1
    return max((rule.narrowness for rule in pack.pick if rule.matches(**case)), default=None)


def _day(at: datetime) -> date:
    return at.astimezone(get_default_timezone()).date()
