"""The template tags of the design system: `{% load huiyin %}`; templates/components/README.md shows how to use them.

Tags take plain values and anything with the named attributes; they know no room's models.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.template import Context
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin.interfaces.web.components import clocks, icons, look, pieces, rails, times
from huiyin.interfaces.web.components.words import for_scripts

register = template.Library()
COMPONENTS = "components/"


def _now(context: Context, now: datetime | None) -> datetime:
    """The time a tag was given, else the page's own `now`; a page that gives none is a mistake, not a blank."""
    found = now if now is not None else context.get("now")
    if not isinstance(found, datetime):
        raise template.TemplateSyntaxError("This tag needs the time: pass it, or put `now` into the page's context.")
    return found


# --- the page itself --------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def html_attrs(context: Context) -> SafeString:
    """Attributes of <html>: language, theme, density, contrast, and the server's time."""
    request = context.get("request")
    now = context.get("now")
    return look.html_attributes(request.COOKIES if request else {}, now if isinstance(now, datetime) else None)


@register.simple_tag(takes_context=True)
def looks(context: Context) -> dict[str, str]:
    """The reader's choices of theme, density, contrast and keys, for the switches."""
    request = context.get("request")
    return look.chosen(request.COOKIES if request else {})


@register.simple_tag
def script_words() -> SafeString:
    """The sentences that scripts show, in the page's language, as one <meta>."""
    return format_html('<meta name="hy-words" content="{}">', json.dumps(for_scripts(), ensure_ascii=False))


@register.simple_tag
def icon(name: str, size: str = "m", label: str = "", extra: str = "") -> SafeString:
    """A Lucide outline: {% icon "bell" %} {% icon "x" "s" label=_("Close") %}."""
    return icons.icon(str(name), str(size), str(label), str(extra))


@register.simple_tag
def mark() -> SafeString:
    """The product's mark 回."""
    return icons.MARK


@register.simple_tag
def places(shell: Any, current: str = "", form: str = "places") -> SafeString:
    """The places of the navigation: {% places shell place %}, or as a plain list {% places shell "" "pages" %}."""
    groups = tuple((str(label), tuple(entries)) for label, entries in shell.groups)
    return draw_places(groups, current, form, get_language() or "")


@lru_cache(maxsize=512)
def draw_places(groups: tuple[Any, ...], current: str, form: str, _language: str) -> SafeString:
    """The same places with the same numbers are drawn once, not for every page."""
    return render_to_string(f"{COMPONENTS}nav_{form}.html", {"groups": groups, "place": current})


# --- time -------------------------------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def due(context: Context, at: datetime | None, now: datetime | None = None) -> SafeString:
    """A deadline as lists show it: time left under two hours or when missed, else the point in time."""
    return _time(at, times.due(at, _now(context, now)) if at else "", "due")


@register.simple_tag(takes_context=True)
def left(context: Context, at: datetime | None, now: datetime | None = None) -> SafeString:
    """The time left, always."""
    return _time(at, times.left(at, _now(context, now)) if at else "", "left")


@register.simple_tag(takes_context=True)
def moment(context: Context, at: datetime | None, now: datetime | None = None) -> SafeString:
    """A point in time: today 18:00."""
    return _time(at, times.moment(at, _now(context, now)) if at else "")


@register.simple_tag
def whole(at: datetime | None) -> SafeString:
    """The whole point in time, as paper needs it: Thu, Mar 20, 2025, 10:00 CST."""
    return _time(at, times.full(at) if at else "")


@register.simple_tag(takes_context=True)
def ago(context: Context, at: datetime | None, now: datetime | None = None) -> SafeString:
    """How long since; from yesterday on the point in time."""
    return _time(at, times.ago(at, _now(context, now)) if at else "", "ago")


@register.simple_tag(takes_context=True)
def day(context: Context, at: datetime | date | None, now: datetime | None = None, weekday: bool = False) -> str:
    """A date: today, Mar 7; with weekday=True "Fri, Mar 7"."""
    if at is None:
        return ""
    shown = times.weekday if weekday else times.day
    return shown(at, _now(context, now))


@register.simple_tag
def hour(at: datetime | None) -> SafeString:
    """The hour and minute alone."""
    return _time(at, times.clock_time(at) if at else "")


@register.simple_tag
def duration(seconds: Any) -> str:
    """A length of time from seconds or a timedelta."""
    if seconds is None:
        return ""
    return times.duration(float(getattr(seconds, "total_seconds", lambda: seconds)()))


def _time(at: datetime | None, words: str, ticking: str = "") -> SafeString:
    if at is None:
        return mark_safe("")
    counted = format_html(' data-{}="{}"', "ago" if ticking == "ago" else "due", at.isoformat()) if ticking else ""
    mode = format_html(' data-mode="{}"', "list" if ticking == "due" else "left") if ticking in ("due", "left") else ""
    return format_html(
        '<time class="nw" datetime="{}" title="{}"{}{}>{}</time>', at.isoformat(), times.full(at), counted, mode, words
    )


# --- clocks, states, promises -----------------------------------------------------------------------------------------
@register.simple_tag(takes_context=True)
def clock_chip(context: Context, clock: Any, now: datetime | None = None, mode: str = "list") -> SafeString:
    """Ring and words for anything with a due_at; `mode` is list, left or at."""
    return clocks.chip(clock, _now(context, now), mode) if clock is not None else mark_safe("")


@register.simple_tag(takes_context=True)
def ring(context: Context, clock: Any, now: datetime | None = None) -> SafeString:
    """The ring alone."""
    read = clocks.Clock.of(clock)
    at = _now(context, now)
    return clocks.ring(read.phase(at), read.percent(at))


@register.simple_tag(takes_context=True)
def clock_phase(context: Context, clock: Any, now: datetime | None = None) -> str:
    """running, soon, kept, broken, paused or replaced."""
    return clocks.Clock.of(clock).phase(_now(context, now))


@register.inclusion_tag(f"{COMPONENTS}why.html")
def why(explanation: Any, name: str) -> dict[str, Any]:
    """The "why this time?" popover; `name` is unique on the page."""
    return {"why": explanation, "name": name}


@register.inclusion_tag(f"{COMPONENTS}rail.html")
def rail(
    state: str, round: int = 1, passed: Collection[str] | None = None, notes: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """The stage rail of a case."""
    return {"groups": rails.rail(str(state), passed, notes), "round": round}


@register.inclusion_tag(f"{COMPONENTS}portal_steps.html")
def portal_steps(state_or_place: Any, labels: Sequence[str] | None = None) -> dict[str, Any]:
    """The complainant's five plain steps, from a state or a place 1 to 6."""
    place = state_or_place if isinstance(state_or_place, int) else rails.PORTAL_STEP_OF[str(state_or_place)]
    return {"steps": rails.portal_steps(place, labels)}


@register.simple_tag
def state_tag(state: str) -> SafeString:
    """The state of a case as a tag."""
    return pieces.tag(rails.state_label(str(state)), rails.TONES.get(str(state), ""))


@register.simple_tag
def state_word(state: str) -> str:
    """The word for a state."""
    return str(rails.state_label(str(state)))


@register.inclusion_tag(f"{COMPONENTS}promise.html", takes_context=True)
def promise_row(context: Context, promise: Any, now: datetime | None = None, more: str = "") -> dict[str, Any]:
    """One promise: ring, what was promised, how it stands."""
    at = _now(context, now)
    return {"promise": promise, "now": at, "phase": clocks.Clock.of(promise).phase(at), "more": more}


# --- refusals, rules, money, small facts ------------------------------------------------------------------------------
GUARD_ICONS = {"": "scale", "bad": "octagon-alert", "warn": "lightbulb", "ok": "circle-check", "hold": "circle-pause"}


@register.inclusion_tag(f"{COMPONENTS}guard.html")
def guard(refusal: Any, tone: str = "", action: str = "", label: str = "", icon: str = "") -> dict[str, Any]:
    """A guard sentence from a refusal (text, unblock_text, rule) or a plain sentence; `action` is an address."""
    plain = isinstance(refusal, str) or not hasattr(refusal, "text")
    return {
        "text": refusal if plain else refusal.text,
        "unblock": "" if plain else getattr(refusal, "unblock_text", ""),
        "rule": None if plain else getattr(refusal, "rule", None),
        "tone": tone,
        "icon": icon or GUARD_ICONS[tone],
        "action": action,
        "label": label,
    }


@register.simple_tag
def rule(code: Any, title: bool = True) -> SafeString:
    """A rule at the end of its sentence, from a code or a Rule."""
    return pieces.rule(code, title)


@register.simple_tag
def money(amount: Decimal | float | str | None, currency: str = "CNY") -> SafeString:
    """An amount of money in the reader's way of writing."""
    return pieces.money(amount, currency)


@register.simple_tag
def tag(text: Any, tone: str = "", icon: str = "") -> SafeString:
    """A tag; tones ok, warn, bad, hold, acc, line, note."""
    return pieces.tag(text, tone, icon)


@register.simple_tag
def avatar(name: str, size: str = "", tone: str = "") -> SafeString:
    """A person's round mark."""
    return pieces.avatar(str(name), size, tone)


@register.inclusion_tag(f"{COMPONENTS}masked.html", takes_context=True)
def masked(context: Context, text: str, reveal: str = "", what: str = "", name: str = "reveal") -> dict[str, Any]:
    """Text masked on the server; with `reveal` (an address) a form asks for the reason and posts it."""
    return {"text": text, "reveal": reveal, "what": what, "name": name, "csrf_token": context.get("csrf_token", "")}


@register.simple_tag
def meter(value: float, maximum: float = 100, mark: float | None = None, label: str = "") -> SafeString:
    """A bar with a pass line."""
    return pieces.meter(value, maximum, mark, label)


@register.simple_tag
def sparkline(values: Sequence[float], label: str = "", middle: float | None = None) -> SafeString:
    """A line of a series."""
    return pieces.sparkline(values, label, middle)


@register.simple_tag
def authority_bar(zones: Sequence[Any], dots: Sequence[Any], label: str = "") -> SafeString:
    """Who may approve which amount, and where the options fall."""
    return pieces.authority_bar(zones, dots, label)


@register.simple_tag
def check_box(state: str = "") -> SafeString:
    """A ticked (y), crossed (x) or empty box of a checklist that is only read."""
    shapes = {"y": ("check", _("done")), "x": ("x", _("missed"))}
    name, said = shapes.get(state, ("", _("open")))
    drawn = icons.icon(name, "xs") if name else ""
    return format_html('<span class="chk {}" role="img" aria-label="{}">{}</span>', state, said, drawn)


# --- tags with a body -------------------------------------------------------------------------------------------------
@register.simple_block_tag
def dialog(content: str, name: str, title: str, wide: bool = False) -> SafeString:
    """{% dialog "assign" _("Hand over") %} ... {% enddialog %}; opened by any element with data-opens="assign"."""
    return _component("dialog", content=content, name=name, title=title, wide=wide)


@register.simple_block_tag
def section(content: str, title: str, note: str = "", count: Any = "") -> SafeString:
    """A section with its head; what belongs to the right end of the head goes into a span class="end" of the body."""
    return _component("section", content=content, title=title, note=note, count=count)


@register.simple_block_tag
def empty(content: str, title: str) -> SafeString:
    """{% empty _("No cases") %} why and what to do {% endempty %}."""
    return _component("empty", content=content, title=title)


@register.simple_block_tag
def drop(content: str, label: str, icon_name: str = "ellipsis") -> SafeString:
    """A small menu behind a button that works without scripts."""
    return _component("drop", content=content, label=label, icon_name=icon_name)


@register.inclusion_tag(f"{COMPONENTS}pager.html")
def pager(newer: str = "", older: str = "", total: Any = None) -> dict[str, Any]:
    """Keyset pages: addresses of the newer and the older rows, empty when there are none."""
    return {"newer": newer, "older": older, "total": total}


@register.inclusion_tag(f"{COMPONENTS}tabs.html")
def tabs(entries: Sequence[Any], current: str, target: str = "", label: str = "") -> dict[str, Any]:
    """Tabs that are links: each entry has key, label, url and may have count; `target` swaps by htmx."""
    return {"entries": entries, "current": current, "target": target, "label": label}


def _component(file: str, **values: Any) -> SafeString:
    values["content"] = mark_safe(values["content"])  # noqa: S308 - the rendered body of a template
    return render_to_string(f"{COMPONENTS}{file}.html", values)
