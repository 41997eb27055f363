"""A policy pack in words: read from the frozen text that cases point to, never editable here."""

from dataclasses import dataclass
from datetime import datetime

from huiyin.interfaces.web.components.times import WEEKDAYS
from huiyin.interfaces.web.desk.presenters import choices, signals
from huiyin.interfaces.web.desk.presenters.why import OUR_OWN
from huiyin.people.roles import Role
from huiyin.policy.models import PackVersion
from huiyin.policy.packs import store
from huiyin.policy.packs.diff import diff, in_words
from huiyin.policy.packs.giving import Limit, Remedy
from huiyin.policy.packs.schema import Category, ClockRule, Pack
from huiyin.policy.packs.settings import keys

TONES = {"V": "ok", "S": "", "C": "", "G": "warn", "design": "line"}


@dataclass(frozen=True)
class Version:
    id: int
    version: str
    in_force_from: datetime
    in_force_to: datetime | None
    loaded_at: datetime
    current: bool


@dataclass(frozen=True)
class PackRow:
    code: str
    title: str
    description: str
    kind: str
    versions: tuple[Version, ...]


def packs(now: datetime) -> list[PackRow]:
    """All packs ever loaded, by code, each with its versions, the newest first."""
    current = {row.pk for row in store.each_in_force(now)}
    by_code: dict[str, list[PackVersion]] = {}
    for row in PackVersion.objects.defer("content").order_by("code", "-in_force_from", "-id"):
        by_code.setdefault(row.code, []).append(row)
    return [_row(code, rows, current) for code, rows in by_code.items()]


def _row(code: str, rows: list[PackVersion], current: set[int]) -> PackRow:
    newest = next((row for row in rows if row.pk in current), rows[0])
    read = store.parsed(newest.pk)
    versions = tuple(_version(row, row.pk in current) for row in rows)
    return PackRow(code, str(read.title), str(read.description), str(newest.get_kind_display()), versions)


def _version(row: PackVersion, current: bool) -> Version:
    return Version(row.pk, row.version, row.in_force_from, row.in_force_to, row.loaded_at, current)


@dataclass(frozen=True)
class ClockRow:
    """One clock; `statutory` alone may call it law, `unverified` says that nobody has confirmed the number."""

    title: str
    kind: str
    limit: str
    target: str
    calendar: str
    starts: str
    ends: str
    pauses: str
    source: str
    requirement: str
    evidence: str
    tone: str
    statutory: bool
    unverified: bool
    bearer: str
    consequence: str
    extension: str


@dataclass(frozen=True)
class CategoryRow:
    title: str
    depth: int
    department: str
    ends: str
    causes: str


@dataclass(frozen=True)
class LimitRow:
    role: str
    remedy: str
    per_case: str
    budget: str


@dataclass(frozen=True)
class SettingRow:
    code: str
    title: str
    value: str
    amb: str
    given: bool


@dataclass(frozen=True)
class RemedyRow:
    title: str
    kind: str
    level: str
    norm: str
    right: bool
    voluntary: bool


@dataclass(frozen=True)
class Shown:
    pack: Pack
    version: Version
    versions: tuple[Version, ...]
    against: Version | None
    changes: tuple[str, ...]
    clocks: tuple[ClockRow, ...]
    categories: tuple[CategoryRow, ...]
    limits: tuple[LimitRow, ...]
    remedies: tuple[RemedyRow, ...]
    goodwill: tuple[tuple[str, str], ...]
    settings: tuple[SettingRow, ...]
    hours: tuple[tuple[str, str], ...]
    dimensions: tuple[tuple[str, int], ...]
    checklists: tuple[tuple[str, str], ...]


def pack(code: str, now: datetime, version: str = "", against: str = "") -> Shown | None:
    """One version of a pack in words, the one in force when none is named; nothing when there is no such pack."""
    rows = list(PackVersion.objects.defer("content").filter(code=code).order_by("-in_force_from", "-id"))
    if not rows:
        return None
    in_force = {row.pk for row in store.each_in_force(now)}
    chosen = _named(rows, version) or next((row for row in rows if row.pk in in_force), rows[0])
    other = _named([row for row in rows if row.pk != chosen.pk], against)
    read = store.parsed(chosen.pk)
    return Shown(
        pack=read,
        version=_version(chosen, chosen.pk in in_force),
        versions=tuple(_version(row, row.pk in in_force) for row in rows),
        against=_version(other, other.pk in in_force) if other else None,
        changes=tuple(change.sentence for change in diff(store.parsed(other.pk), read)) if other else (),
        clocks=tuple(_clock(rule, read) for rule in read.clocks),
        categories=tuple(_category(one, read) for one in read.categories),
        limits=tuple(_limit(one, read) for one in read.authority),
        remedies=tuple(_remedy(one) for one in read.remedies),
        goodwill=tuple((str(item.title), in_words(item.cost)) for item in read.goodwill),
        settings=tuple(
            SettingRow(
                key.code, str(key.title), choices.say(getattr(read.settings, key.field), read), key.amb,
                key.code in read.settings_given,
            )
            for key in keys().values()
        ),
        hours=tuple((str(day), in_words(blocks)) for day, blocks in zip(WEEKDAYS, read.service_hours, strict=True)),
        dimensions=tuple((str(one.title), one.weight) for one in read.dimensions),
        checklists=tuple((str(one.title), "、".join(str(item.title) for item in one.items)) for one in read.checklists),
    )  # fmt: skip


def _named(rows: list[PackVersion], version: str) -> PackVersion | None:
    return next((row for row in rows if version and version in (str(row.pk), row.version)), None)


def _remedy(one: Remedy) -> RemedyRow:
    return RemedyRow(
        str(one.title),
        str(choices.REMEDY_KINDS.get(one.kind, "")),
        in_words(one.level),
        in_words(one.norm_amount) if one.norm_amount is not None else "",
        one.policy_right,
        one.voluntary,
    )


def _clock(rule: ClockRule, read: Pack) -> ClockRow:
    start = rule.start_event or (f"entered.{rule.state}" if rule.state else "")
    extension = rule.extension
    return ClockRow(
        title=str(rule.title),
        kind=in_words(rule.kind),
        limit=in_words(rule.span),
        target=in_words(rule.target) if rule.target else "",
        calendar=in_words(rule.calendar),
        starts=signals.say(start, read) if start else "",
        ends=", ".join(signals.say(one, read) for one in rule.ends_on),
        pauses=", ".join(signals.say(one, read) for one in rule.pause_events),
        source="" if OUR_OWN.fullmatch(rule.source) else rule.source,
        requirement=rule.source if OUR_OWN.fullmatch(rule.source) and rule.source != "design" else "",
        evidence=in_words(rule.evidence),
        tone=TONES.get(rule.evidence, ""),
        statutory=rule.statutory,
        unverified=rule.unverified,
        bearer=in_words(rule.bearer),
        consequence=str(rule.consequence),
        extension=f"{extension.most} × {in_words(extension.span)}" if extension else "",
    )


def _category(one: Category, read: Pack) -> CategoryRow:
    departments = {department.code: str(department.title) for department in read.departments}
    causes = {cause.code: str(cause.title) for problem in read.problem_types for cause in problem.causes}
    return CategoryRow(
        title=str(one.title),
        depth=one.code.count("."),
        department=departments.get(one.department, ""),
        ends=in_words(one.end_condition) if one.end_condition else "",
        causes=", ".join(causes.get(code, "") for code in one.causes),
    )


def _limit(one: Limit, read: Pack) -> LimitRow:
    remedies = {remedy.code: str(remedy.title) for remedy in read.remedies}
    budget = f"{one.period_budget} / {one.period_days}" if one.period_budget is not None else ""
    return LimitRow(
        role=str(Role(one.role).label) if one.role in Role.values else one.role,
        remedy=remedies.get(one.remedy, "*"),
        per_case=str(one),
        budget=budget,
    )
