"""Icons: Lucide outlines as inline SVG, drawn once per name and size, and the product's own mark."""

from functools import cache

import lucide
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

SIZES = {"xs": 12, "s": 14, "m": 16, "l": 20, "xl": 28}

MARK = mark_safe(
    '<svg class="mark" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2.2" stroke-linecap="round" '
    'stroke-linejoin="round" aria-hidden="true"><path d="M14 3H6.5A3.5 3.5 0 0 0 3 6.5v11A3.5 3.5 0 0 0 6.5 21h11'
    'a3.5 3.5 0 0 0 3.5-3.5V10"/><path d="M18 3.2A3.5 3.5 0 0 1 20.8 6"/>'
    '<rect x="8.5" y="8.5" width="7" height="7" rx="1.8" fill="currentColor"/></svg>'
)


@cache
def paths(name: str) -> str:
    """The shapes inside one Lucide icon. Refuses a name that does not exist, so a misspelt icon fails its page test."""
    drawn = str(lucide._render_icon(name, None))
    return drawn[drawn.index(">") + 1 : drawn.rindex("</svg>")].strip()


@cache
def icon(name: str, size: str = "m", label: str = "", extra: str = "") -> SafeString:
    """One icon; decoration unless it is given a label."""
    side = SIZES[size]
    said = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    classes = conditional_escape(" ".join(part for part in ("i", size if size != "m" else "", extra) if part))
    return mark_safe(  # noqa: S308 - parts are escaped above or come from the icon set
        f'<svg class="{classes}" width="{side}" height="{side}" viewBox="0 0 24 24" {said}>{paths(name)}</svg>'
    )
