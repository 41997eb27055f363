"""Clocks read from a pack, with every field of ENG-01 and the refusals of ENG-02."""

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext_lazy as _

from huiyin.policy.packs import vocabulary as words
from huiyin.policy.packs.reading import Table, unique
from huiyin.policy.packs.schema import ClockRule, Extension
from huiyin.policy.packs.sections import check_statutory
from huiyin.policy.packs.titles import Title
from huiyin.policy.working_time import Roll, Span, Unit

# ENG-02: each unit counts on one calendar, and no clock may mix two.
CALENDAR_OF = {
    Unit.MINUTE: "wall",
    Unit.HOUR: "wall",
    Unit.SERVICE_MINUTE: "service",
    Unit.SERVICE_HOUR: "service",
    Unit.NATURAL_DAY: "natural",
    Unit.WEEK: "natural",
    Unit.MONTH: "natural",
    Unit.WORKING_DAY: "working",
}
NO_TITLE = Title("", "")


def read_clocks(
    sheet: Table,
    *,
    events: Collection[str],
    categories: Collection[str] | None,
    warn_marks: tuple[int, ...],
    escalate_to: str,
) -> tuple[ClockRule, ...]:
    """Read every clock; `categories` is None for an overlay, whose base is not known yet."""
    found = []
    for table in sheet.tables("clock"):
        clock = _clock(table, events, categories, (warn_marks, escalate_to))
        table.finish()
        _check_units(table, clock)
        check_statutory(table, clock.title, clock.statutory, clock.evidence, clock.source)
        found.append((table, clock))
    unique((table, clock.code) for table, clock in found)
    _check_rivals(found)
    return tuple(clock for _table, clock in found)


def _clock(
    table: Table, events: Collection[str], categories: Collection[str] | None, defaults: tuple[tuple[int, ...], str]
) -> ClockRule:
    kind = table.choice("kind", words.CLOCK_KINDS)
    state, start_event, ends_on = _ends(table, kind, events)
    span = table.span("span") or Span(1, Unit.HOUR)
    return ClockRule(
        code=table.code(),
        kind=kind,
        title=table.title(),
        start_event=start_event,
        ends_on=ends_on,
        state=state,
        span=span,
        target=table.span("target", None),
        calendar=table.choice("calendar", words.CALENDARS, CALENDAR_OF[span.unit]),
        count_start_day=table.flag("count_start_day", False),
        roll=Roll(table.choice("roll", [roll.value for roll in Roll], Roll.NONE.value) or Roll.NONE.value),
        warn_marks=table.integers("warn_marks", 1, 99, defaults[0]),
        warn_day_before=table.flag("warn_day_before", CALENDAR_OF[span.unit] in ("natural", "working")),
        pause_events=table.choices("pause_events", events),
        resume_events=table.choices("resume_events", events),
        extension=_extension(table),
        escalate_to=table.choice("escalate_to", words.ROLES, defaults[1]),
        consequence=table.title("consequence", NO_TITLE),
        source=table.text("source", ""),
        evidence=table.choice("evidence", words.EVIDENCE, "design"),
        statutory=table.flag("statutory", False),
        categories=table.texts("categories") if categories is None else table.choices("categories", categories),
        bearer=table.choice("bearer", words.BEARERS, "company"),
        in_force_from=table.day("in_force_from"),
        in_force_to=table.day("in_force_to"),
    )


def _ends(table: Table, kind: str, events: Collection[str]) -> tuple[str, str, tuple[str, ...]]:
    """Give state, start and ends: a stage clock runs while its state lasts, the others name their events."""
    if kind == "stage":
        state = table.choice("state", [state for state in words.STATES if state != "closed"])
        return state, f"entered.{state}", (f"left.{state}",)
    ends_on = table.choices("ends_on", events)
    if not ends_on:
        table.wrong("ends_on", _("The clock names no event that ends it."), " | ".join(events))
    return "", table.choice("start_event", events), ends_on


def _extension(table: Table) -> Extension | None:
    inner = table.table("extension")
    if inner is None:
        return None
    span = inner.span("span")
    extension = Extension(
        most=inner.integer("most", 1, 9),
        span=span or Span(1, Unit.HOUR),
        approver=inner.choice("approver", words.ROLES),
    )
    inner.finish()
    return extension


def _check_units(table: Table, clock: ClockRule) -> None:
    calendar = CALENDAR_OF[clock.span.unit]
    if clock.calendar != calendar:
        table.wrong(
            "calendar",
            _("The unit %(unit)s does not count on this calendar (ENG-02)."),
            calendar,
            unit=clock.span.unit.value,
        )
    others = {"target": clock.target, "extension": clock.extension.span if clock.extension else None}
    for key, span in others.items():
        if span is not None and CALENDAR_OF[span.unit] != calendar:
            allowed = " | ".join(unit.value for unit, name in CALENDAR_OF.items() if name == calendar)
            table.wrong(key, _("One clock cannot mix units of two calendars (ENG-02)."), allowed)
    if clock.target is not None and longer(clock.target, clock.span):
        table.wrong("target", _("The target is later than the limit."))
    if calendar in ("wall", "service") and (clock.count_start_day or clock.roll is not Roll.NONE):
        table.wrong("roll", _("A clock in hours starts at the instant and does not roll (ENG-04)."), Roll.NONE.value)
    if bool(clock.pause_events) != bool(clock.resume_events):
        table.wrong("resume_events", _("What pauses a clock needs an event that resumes it, and the other way round."))
    if clock.in_force_from and clock.in_force_to and clock.in_force_to < clock.in_force_from:
        table.wrong("in_force_to", _("It ends before it begins."), f"≥ {clock.in_force_from}")


_WALL = {Unit.MINUTE: 1, Unit.HOUR: 60}
_SERVICE = {Unit.SERVICE_MINUTE: 1, Unit.SERVICE_HOUR: 60}
_DAYS = {Unit.NATURAL_DAY: 1, Unit.WEEK: 7, Unit.MONTH: 28}


def longer(one: Span, other: Span) -> bool:
    """Whether the first span is certainly longer; a month is taken at its shortest. False across calendars."""
    for sizes in (_WALL, _SERVICE, _DAYS):
        if one.unit in sizes and other.unit in sizes:
            return one.qty * sizes[one.unit] > other.qty * sizes[other.unit]
    return one.unit is other.unit and one.qty > other.qty


def _overlap(one: ClockRule, other: ClockRule) -> bool:
    starts = max(one.in_force_from or date.min, other.in_force_from or date.min)
    ends = min(one.in_force_to or date.max, other.in_force_to or date.max)
    return starts <= ends


def _check_rivals(found: list[tuple[Table, ClockRule]]) -> None:
    """Two clocks for one state, the same categories and the same days would leave the due time to chance."""
    stages = [(table, clock) for table, clock in found if clock.kind == "stage"]
    for number, (table, clock) in enumerate(stages):
        for _other_table, other in stages[:number]:
            shared = set(clock.categories) & set(other.categories) or clock.categories == other.categories
            if clock.state == other.state and shared and _overlap(clock, other):
                table.wrong("state", _("The clock %(other)s already covers this state and category."), other=other.code)
