"""A base pack with its overlays: clocks and letters are added, limits only tightened, conflicts refused."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from typing import Any

from django.utils.translation import gettext_lazy as _

from huiyin.policy.packs.clocks import CALENDAR_OF, longer
from huiyin.policy.packs.giving import Limit
from huiyin.policy.packs.problems import PackError, Problem
from huiyin.policy.packs.schema import ClockRule, Pack, codes
from huiyin.policy.packs.settings import Key, keys
from huiyin.policy.working_time import Span

Note = Callable[..., None]


def combine(base: Pack, overlays: Iterable[Pack]) -> Pack:
    """Give the base with all overlays laid upon it; raises PackError when one loosens or contradicts another."""
    problems: list[Problem] = []
    chosen = sorted(overlays, key=lambda overlay: overlay.code)
    combined = reduce(lambda below, overlay: _lay(below, overlay, problems), chosen, base)
    _check_contradictions(chosen, problems)
    if problems:
        raise PackError(" + ".join([base.code, *codes(chosen)]), problems)
    return combined


def _lay(base: Pack, overlay: Pack, problems: list[Problem]) -> Pack:
    def note(file: str, key: str, sentence: Any, allowed: str = "", **params: Any) -> None:
        problems.append(Problem(f"{overlay.code}/{file}.toml", key, sentence, allowed, params))

    if base.code not in overlay.extends:
        wrong = _("This overlay does not extend %(base)s.")
        note("pack", "extends", wrong, " | ".join(overlay.extends), base=base.code)
    letters = {letter.code: letter for letter in base.letters}
    for letter in overlay.letters:
        if letters.setdefault(letter.code, letter) != letter:
            note("letters", f"letter[{letter.code}]", _("The base pack already has this letter with other words."))
    if overlay.dimensions and base.dimensions and overlay.dimensions != base.dimensions:
        note("quality", "dimension", _("Service quality is already weighed in another way."))
    checklists = {listed.code: listed for listed in (*base.checklists, *overlay.checklists)}
    events = {event.code: event for event in (*base.events, *overlay.events)}
    return replace(
        base,
        settings=_tightened_settings(base, overlay, note),
        settings_given=base.settings_given | overlay.settings_given,
        clocks=_with_clocks(base, overlay, note),
        authority=_tightened_limits(base, overlay, note),
        letters=tuple(letters.values()),
        events=tuple(events.values()),
        dimensions=base.dimensions or overlay.dimensions,
        checklists=tuple(checklists.values()),
    )


def _with_clocks(base: Pack, overlay: Pack, note: Note) -> tuple[ClockRule, ...]:
    clocks = {clock.code: clock for clock in base.clocks}
    known = set(codes(base.categories))
    for clock in overlay.clocks:
        key = f"clock[{clock.code}]"
        for category in sorted(set(clock.categories) - known):
            note(
                "clocks",
                f"{key}.categories",
                _("%(value)s is not allowed here."),
                " | ".join(sorted(known)),
                value=repr(category),
            )
        below = clocks.get(clock.code)
        if below is not None:
            _check_stricter(below, clock, note, key)
        elif clock.kind == "stage":
            _check_stage(base, clock, note, key)
        clocks[clock.code] = clock
    return tuple(clocks.values())


def _check_stage(base: Pack, clock: ClockRule, note: Note, key: str) -> None:
    """A second clock for a state holds only for narrower categories, and may not be longer than the first."""
    for other in base.clocks:
        if other.kind != "stage" or other.state != clock.state:
            continue
        if set(other.categories) == set(clock.categories) or not clock.categories:
            note(
                "clocks",
                f"{key}.state",
                _("The clock %(other)s already covers this state and category."),
                other=other.code,
            )
        elif not other.categories and not _no_longer(clock.span, other.span):
            note(
                "clocks",
                f"{key}.span",
                _("An overlay may only tighten what its base says."),
                f"≤ {written(other.span)}",
            )


def _check_stricter(below: ClockRule, clock: ClockRule, note: Note, key: str) -> None:
    same = ("kind", "state", "start_event", "ends_on", "bearer", "calendar")
    for name in same:
        if getattr(below, name) != getattr(clock, name):
            note(
                "clocks",
                f"{key}.{name}",
                _("An overlay cannot change this of a clock of its base."),
                str(getattr(below, name)),
            )
    if below.calendar == clock.calendar and not _no_longer(clock.span, below.span):
        note("clocks", f"{key}.span", _("An overlay may only tighten what its base says."), f"≤ {written(below.span)}")
    looser = {
        "extension": clock.max_extensions > below.max_extensions,
        "pause_events": not set(clock.pause_events) <= set(below.pause_events),
        "categories": bool(clock.categories) and set(clock.categories) != set(below.categories),
        "statutory": below.statutory and not clock.statutory,
        "target": below.target is not None and (clock.target is None or longer(clock.target, below.target)),
        "roll": clock.roll is not below.roll or (below.count_start_day and not clock.count_start_day),
        "in_force_to": clock.in_force_to != below.in_force_to or clock.in_force_from != below.in_force_from,
    }
    for name, loosens in looser.items():
        if loosens:
            note("clocks", f"{key}.{name}", _("An overlay may only tighten what its base says."))
    if clock.extension and below.extension and longer(clock.extension.span, below.extension.span):
        note("clocks", f"{key}.extension", _("An overlay may only tighten what its base says."))


def _no_longer(one: Span, other: Span) -> bool:
    """Whether the first span is certainly not longer; False when their calendars cannot be compared."""
    return CALENDAR_OF[one.unit] == CALENDAR_OF[other.unit] and not longer(one, other) and comparable(one, other)


def comparable(one: Span, other: Span) -> bool:
    """Months against weeks or days cannot be compared exactly."""
    return one.unit is other.unit or "month" not in (one.unit.value, other.unit.value)


def written(span: Span) -> str:
    """Give a span as a pack writes it."""
    return f'{{ qty = {span.qty}, unit = "{span.unit.value}" }}'


def _tightened_limits(base: Pack, overlay: Pack, note: Note) -> tuple[Limit, ...]:
    limits = {(limit.role, limit.remedy): limit for limit in base.authority}
    remedies = set(codes(base.remedies))
    for limit in overlay.authority:
        key = f"limit[{limit.role} {limit.remedy}]"
        if limit.remedy != "*" and limit.remedy not in remedies:
            note(
                "authority",
                f"{key}.remedy",
                _("%(value)s is not allowed here."),
                " | ".join(sorted(remedies)),
                value=repr(limit.remedy),
            )
        below = limits.get((limit.role, limit.remedy)) or limits.get((limit.role, "*"))
        if below is None:
            note("authority", key, _("The base gives this role no limit; an overlay cannot give it one."))
            continue
        # A shorter period, or the same budget over another one, cannot be compared: it must be the same.
        budget_grows = _above(limit.period_budget, below.period_budget)
        period_moves = below.period_budget is not None and limit.period_days != below.period_days
        if _above(limit.per_case, below.per_case):
            note(
                "authority",
                f"{key}.per_case",
                _("An overlay may only tighten what its base says."),
                f"≤ {below.per_case}",
            )
        if budget_grows or period_moves:
            allowed = f"≤ {below.period_budget} / {below.period_days}"
            note("authority", f"{key}.period_budget", _("An overlay may only tighten what its base says."), allowed)
        limits[limit.role, limit.remedy] = limit
    return tuple(limits.values())


def _above(one: Decimal | None, other: Decimal | None) -> bool:
    return other is not None and (one is None or one > other)


def _tightened_settings(base: Pack, overlay: Pack, note: Note) -> Any:
    changes: dict[str, Any] = {}
    for key in keys().values():
        if key.field not in overlay.settings_given:
            continue
        old, new = getattr(base.settings, key.field), getattr(overlay.settings, key.field)
        if not key.stricter:
            note("settings", key.code, _("An overlay cannot set this key."), str(old))
        elif not _tightens(key, old, new):
            note("settings", key.code, _("An overlay may only tighten what its base says."), str(old))
        changes[key.field] = new
    return replace(base.settings, **changes)


def _tightens(key: Key, old: Any, new: Any) -> bool:
    if key.order:
        old, new = key.order.index(old), key.order.index(new)
    return bool(new >= old if key.stricter == "more" else new <= old)


def _check_contradictions(overlays: list[Pack], problems: list[Problem]) -> None:
    """Two overlays that say different things about one clock, limit or key contradict each other."""
    said: dict[tuple[str, str], tuple[str, Any]] = {}
    for overlay in overlays:
        entries: list[tuple[str, str, Any]] = [("clocks", clock.code, clock) for clock in overlay.clocks]
        entries += [("authority", f"{limit.role} {limit.remedy}", limit) for limit in overlay.authority]
        entries += [("settings", name, getattr(overlay.settings, name)) for name in sorted(overlay.settings_given)]
        for file, key, value in entries:
            other, before = said.setdefault((file, key), (overlay.code, value))
            if before != value:
                wrong = _("The overlay %(other)s says something else.")
                problems.append(Problem(f"{overlay.code}/{file}.toml", key, wrong, params={"other": other}))
