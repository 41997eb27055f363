"""How a page looks to this reader: theme, density and contrast, kept in cookies so that the first paint is right."""

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language

CHOICES: Final[Mapping[str, tuple[str, ...]]] = {
    "theme": ("system", "light", "dark"),
    "density": ("comfortable", "compact"),
    "contrast": ("normal", "more"),
    "keys": ("on", "off"),
}
TAGS = {"zh-hans": "zh-Hans", "zh-hant": "zh-Hant"}


def chosen(cookies: Mapping[str, str]) -> dict[str, str]:
    """The reader's choices; anything unknown falls back to the first."""
    return {
        name: cookies[f"hy_{name}"] if cookies.get(f"hy_{name}") in allowed else allowed[0]
        for name, allowed in CHOICES.items()
    }


def language_tag() -> str:
    """The page's language as browsers write it."""
    code = get_language() or "zh-hans"
    return TAGS.get(code, code)


def html_attributes(cookies: Mapping[str, str], now: datetime | None) -> SafeString:
    """The attributes of <html>: language, look, and the server's time for counting clocks."""
    pairs = [("lang", language_tag())]
    pairs += [(f"data-{name}", value) for name, value in chosen(cookies).items()]
    if now is not None:
        pairs.append(("data-now", now.isoformat()))
    return format_html("{}", format_html_join(" ", '{}="{}"', pairs))
