"""Clocks: where a promise stands, the ring that shows it and the words beside it.

A clock is read from anything with a `due_at`: a promise row, a queue row's next clock, or a `Clock` made by a view.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from huiyin.interfaces.web.components import times

DEFAULT_WARN_PERCENT = 75
CIRCUMFERENCE = 43.98  # of the ring, radius 7
TONES = {"running": "acc", "soon": "warn", "kept": "ok", "broken": "bad", "paused": "hold", "replaced": "mut"}
STATUS = {
    "kept": "kept",
    "met": "kept",
    "breached": "broken",
    "broken": "broken",
    "paused": "paused",
    "suspended": "paused",
    "replaced": "replaced",
    "cancelled": "replaced",
    "void": "replaced",
}


@dataclass(frozen=True)
class Clock:
    """What a clock chip needs to know."""

    due_at: datetime | None
    started_at: datetime | None = None
    status: str = "open"
    ended_at: datetime | None = None
    label: str = ""
    warn_percent: int = DEFAULT_WARN_PERCENT
    provisional: bool = False
    reason: str = ""

    @classmethod
    def of(cls, source: Any) -> "Clock":
        """Read a clock from a row that has at least `due_at`."""
        if isinstance(source, cls):
            return source
        marks = getattr(source, "warn_marks", None) or (DEFAULT_WARN_PERCENT,)
        return cls(
            due_at=source.due_at,
            started_at=_first(source, "started_at", "made_at", "start_at", "created_at", "at"),
            status=str(_first(source, "status", "state") or "open"),
            ended_at=_first(source, "kept_at", "ended_at", "paused_at", "breached_at"),
            label=str(_first(source, "clock_label", "label") or ""),
            warn_percent=min(int(mark) for mark in marks),
            provisional=bool(getattr(source, "provisional", False)),
            reason=str(_first(source, "pause_reason", "reason") or ""),
        )

    def phase(self, now: datetime) -> str:
        """running, soon, kept, broken, paused or replaced."""
        if self.status in STATUS:
            return STATUS[self.status]
        if self.due_at is None:
            return "paused"
        if now > self.due_at:
            return "broken"
        return "soon" if self.percent(now) >= self.warn_percent else "running"

    def percent(self, now: datetime) -> int:
        """The share of the time that is used up, 0 to 100."""
        if self.due_at is None or self.started_at is None or self.due_at <= self.started_at:
            return 0
        share = (now - self.started_at) / (self.due_at - self.started_at)
        return max(0, min(100, int(share * 100)))


def words(clock: Clock, now: datetime, mode: str = "list") -> str:
    """The words beside the ring; `mode` is list (short form), left (always the time left) or at (always the time)."""
    phase = clock.phase(now)
    if phase == "kept":
        return _kept_words(clock)
    if phase == "paused":
        return _("paused: %(reason)s") % {"reason": clock.reason} if clock.reason else _("paused")
    if phase == "replaced" or clock.due_at is None:
        return _("replaced")
    if phase == "broken":
        return times.left(clock.due_at, now) if now > clock.due_at else _("overdue")
    if mode == "at":
        return times.moment(clock.due_at, now)
    return times.left(clock.due_at, now) if mode == "left" else times.due(clock.due_at, now)


def ring(phase: str, percent: int = 0, extra: str = "") -> SafeString:
    """The ring of a phase; shape and colour both change, so that a grey print still reads."""
    shapes = {
        "kept": '<circle class="full" cx="9" cy="9" r="8.5"/><path class="cut" d="m5.5 9.2 2.5 2.5 4.5-5"/>',
        "broken": '<path class="full" d="M5.5.8h7l4.7 4.7v7l-4.7 4.7h-7L.8 12.5v-7z"/>'
        '<path class="cut" d="M9 5v5M9 12.8v.2"/>',
        "paused": '<circle class="thin" cx="9" cy="9" r="7.5"/><path class="bars" d="M7 6v6M11 6v6"/>',
        "replaced": '<circle class="thin" cx="9" cy="9" r="7.5"/><path class="bars" d="M5.5 9h7"/>',
    }
    used = round(CIRCUMFERENCE * percent / 100, 2)
    body = shapes.get(
        phase,
        '<circle class="t" cx="9" cy="9" r="7"/><circle class="v" cx="9" cy="9" r="7" '
        f'stroke-dasharray="{used} {CIRCUMFERENCE}" transform="rotate(-90 9 9)"/>',
    )
    return format_html(
        '<svg class="ring {}{}" width="18" height="18" viewBox="0 0 18 18" role="img" aria-label="{}">{}</svg>',
        TONES[phase],
        f" {extra}" if extra else "",
        _phase_label(phase, percent),
        mark_safe(body),  # noqa: S308 - constants and a number
    )


def chip(source: Any, now: datetime, mode: str = "list") -> SafeString:
    """Ring and words of a clock, marked so that the page's script can keep them ticking."""
    clock = Clock.of(source)
    phase, percent = clock.phase(now), clock.percent(now)
    text = words(clock, now, mode)
    if clock.label:
        text = f"{clock.label} {text}"
    if clock.provisional and phase in ("running", "soon"):
        text = _("%(time)s (provisional)") % {"time": text}
    return format_html(
        '<span class="clk {}"{} title="{}">{}<span class="w">{}</span></span>',
        phase,
        ticking(clock, now, mode),
        times.full(clock.due_at) if clock.due_at else "",
        ring(phase, percent),
        text,
    )


def ticking(clock: Clock, now: datetime, mode: str) -> SafeString:
    """The data attributes by which the script counts on; none for a clock that has ended."""
    if clock.due_at is None or clock.phase(now) not in ("running", "soon", "broken") or clock.status in STATUS:
        return mark_safe("")
    return format_html(
        ' data-due="{}" data-start="{}" data-warn="{}" data-mode="{}" data-label="{}"',
        clock.due_at.isoformat(),
        clock.started_at.isoformat() if clock.started_at else "",
        clock.warn_percent,
        mode,
        clock.label,
    )


def _kept_words(clock: Clock) -> str:
    if clock.due_at is None or clock.ended_at is None:
        return _("kept")
    early = (clock.due_at - clock.ended_at).total_seconds()
    if early >= times.MINUTE:
        return _("kept %(duration)s early") % {"duration": times.duration(early)}
    return _("kept in time") if early >= 0 else _("kept late")


def _phase_label(phase: str, percent: int) -> str:
    labels = {"kept": _("kept"), "broken": _("overdue"), "paused": _("paused"), "replaced": _("replaced")}
    return labels.get(phase) or _("%(percent)s%% of the time used") % {"percent": percent}


def _first(source: Any, *names: str) -> Any:
    for name in names:
        value = getattr(source, name, None)
        if value not in (None, ""):
            return value
    return None
