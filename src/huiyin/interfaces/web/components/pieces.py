"""Small pieces drawn in Python because lists show many of them: tags, avatars, money, rules, meters, bars."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from huiyin import rules
from huiyin.interfaces.web.components.icons import icon

CURRENCY_WORDS = {"CNY": "元", "HKD": "港元", "TWD": "新台幣", "USD": "美元", "EUR": "欧元"}
CURRENCY_SIGNS = {"CNY": "¥", "HKD": "HK$", "TWD": "NT$", "USD": "$", "EUR": "€"}
TITLES = ("小", "老", "阿")
# The authority bar: the height of a line of names, the share of a telephone's width that a letter takes, the edges.
LINE, LETTER, EDGE = 16, 2.1, 8


def tag(text: object, tone: str = "", icon_name: str = "") -> SafeString:
    """One fact in one to five characters; tones tint, `line` outlines."""
    drawn = icon(icon_name, "s") if icon_name else ""
    return format_html('<span class="tag{}">{}{}</span>', f" {tone}" if tone else "", drawn, text)


def amount_words(amount: Decimal | float | str | None, currency: str = "CNY") -> str:
    """An amount of money in words: 1,299.00 元, ¥1,299.00."""
    if amount in (None, ""):
        return _("not known")
    figure = f"{Decimal(str(amount)):,.2f}"
    if (get_language() or "").startswith("zh"):
        word = CURRENCY_WORDS.get(currency)
        return f"{figure} {word}" if word else f"{currency} {figure}"
    sign = CURRENCY_SIGNS.get(currency, f"{currency} ")
    return f"-{sign}{figure[1:]}" if figure.startswith("-") else f"{sign}{figure}"


def money(amount: Decimal | float | str | None, currency: str = "CNY") -> SafeString:
    """An amount that never breaks across lines."""
    return format_html('<span class="nw num">{}</span>', amount_words(amount, currency))


def rule(code_or_rule: Any, with_title: bool = True) -> SafeString:
    """The rule behind a sentence, small, at its end. Takes a code or a rule."""
    known = rules.rule(code_or_rule) if isinstance(code_or_rule, str) else code_or_rule
    shown = f"{known.code} {known.title}" if with_title else known.code
    source = getattr(known, "source", "") or ", ".join(getattr(known, "requirements", ()))
    return format_html('<span class="rule" title="{}">{}</span>', source or known.title, shown)


def initial(name: str) -> str:
    """The one character that stands for a person."""
    name = name.strip()
    if len(name) > 1 and name[0] in TITLES:
        return name[1]
    return name[:1].upper()


def avatar(name: str, size: str = "", tone: str = "") -> SafeString:
    """A person's round mark; decoration beside the written name."""
    classes = " ".join(part for part in ("av", size, tone) if part)
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, initial(name))


def meter(value: float, maximum: float = 100, mark: float | None = None, label: str = "") -> SafeString:
    """A bar with an optional pass line; under the line it is hatched, so colour is not the only sign."""
    share = 0.0 if not maximum else max(0.0, min(100.0, 100 * value / maximum))
    low = mark is not None and value < mark
    line = (
        ""
        if mark is None
        else format_html('<rect class="ln" x="{}%" y="0" width="2" height="16"/>', round(100 * mark / maximum, 1))
    )
    return format_html(
        '<svg class="meter{}" height="16" role="img" aria-label="{}"><line class="bg" x2="100%" y1="8" y2="8"/>'
        '<line class="fg" x2="{}%" y1="8" y2="8"/>{}</svg>',
        " low" if low else "",
        label or _("%(value)s of %(maximum)s") % {"value": f"{value:g}", "maximum": f"{maximum:g}"},
        round(share, 1),
        line,
    )


def sparkline(values: Sequence[float], label: str = "", middle: float | None = None) -> SafeString:
    """A line of a series with its last point marked; `middle` draws the mean or target."""
    if not values:
        return mark_safe("")
    low, high = min(*values, values[0]), max(*values, values[0])
    if middle is not None:
        low, high = min(low, middle), max(high, middle)
    span, step = (high - low) or 1, 226 / max(1, len(values) - 1)
    points = [(round(4 + step * place, 1), round(66 - 54 * (one - low) / span, 1)) for place, one in enumerate(values)]
    path = format_html_join("", "{}{} {}", [("L" if place else "M", x, y) for place, (x, y) in enumerate(points)])
    line = ""
    if middle is not None:
        line = format_html(
            '<line class="cl" x1="0" x2="250" y1="{0}" y2="{0}"/>', round(66 - 54 * (middle - low) / span, 1)
        )
    return format_html(
        '<svg class="vl" viewBox="0 0 250 78" role="img" aria-label="{}">{}<path class="l1" d="{}"/>'
        '<circle class="a1" cx="{}" cy="{}" r="4"/></svg>',
        label or _("Course over time"),
        line,
        path,
        *points[-1],
    )


def authority_bar(zones: Sequence[Any], dots: Sequence[Any], label: str = "") -> SafeString:
    """Zones are roles, equally wide and not to scale; a dot is an option, placed inside the zone its amount falls in.

    A zone has `label`, `upto` (None is without limit) and `mine`; a dot has `label`, `amount` and `refused`.
    Names that would touch each other stand one above the other, with a line down to their dots.
    """
    width = 100 / len(zones)
    placed = sorted(((_place(dot.amount, zones, width), dot) for dot in dots), key=lambda pair: pair[0])
    lifts = _lifts([(x, str(dot.label)) for x, dot in placed])
    top = LINE * max(lifts, default=0)
    bars = [
        (_reach(zone), round(width * place + 0.2, 2), top + 26, round(width - 0.4, 2))
        for place, zone in enumerate(zones)
    ]
    return format_html(
        '<div class="auth"><svg height="{}" role="img" aria-label="{}">{}{}</svg><ol>{}</ol></div>',
        top + 44,
        label or _("Who may approve which amount"),
        format_html_join("", '<rect class="z {}" x="{}%" y="{}" width="{}%" height="10" rx="2"/>', bars),
        format_html_join("", "{}", [(_dot(x, dot, top, lift),) for (x, dot), lift in zip(placed, lifts, strict=True)]),
        format_html_join("", '<li class="{}">{}</li>', [("mine" if zone.mine else "", zone.label) for zone in zones]),
    )


def _lifts(names: Sequence[tuple[float, str]]) -> list[int]:
    """How many lines each name is lifted, from left to right, so that none touches another on a telephone."""
    ends: list[float] = []
    lifts = []
    for x, name in names:
        half = LETTER * (len(name) + 2) / 2
        start, end = (x, x + 2 * half) if x < EDGE else (x - 2 * half, x) if x > 100 - EDGE else (x - half, x + half)
        lift = next((row for row, taken in enumerate(ends) if taken <= start), len(ends))
        ends[lift : lift + 1] = [end]
        lifts.append(lift)
    return lifts


def _reach(zone: Any) -> str:
    if zone.mine:
        return "mine"
    return "above" if zone.upto is None else "next"


def _place(amount: Decimal, zones: Sequence[Any], width: float) -> float:
    """Where an amount stands, in percent of the whole bar."""
    floor = Decimal(0)
    for place, zone in enumerate(zones):
        if zone.upto is None:
            inside = min(1.0, float((amount - floor) / max(floor, Decimal(1))))
        elif amount <= zone.upto:
            inside = float((amount - floor) / (zone.upto - floor))
        else:
            floor = zone.upto
            continue
        return round(width * (place + 0.05 + 0.88 * inside), 2)
    return 98.0


def _dot(x: float, dot: Any, top: int, lift: int) -> SafeString:
    refused = getattr(dot, "refused", False)
    foot = 14 - LINE * lift
    return format_html(
        '<svg x="{}%" y="{}" overflow="visible">{}<{}/><text class="{}" y="{}" text-anchor="{}">{}</text></svg>',
        x,
        top,
        format_html('<path class="stem" d="M0 {}V25"/>', foot + 4) if lift else "",
        mark_safe('path class="no" d="M0 23 8 31 0 39-8 31z"' if refused else 'circle class="pt" cy="31" r="6"'),  # noqa: S308 - constants
        "bad" if refused else "",
        foot,
        "start" if x < EDGE else "end" if x > 100 - EDGE else "middle",
        dot.label,
    )
