"""What two packs say differently, entry by entry, in words people can read."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, time
from decimal import Decimal
from enum import Enum
from typing import Any

from django.utils.translation import gettext as _

from huiyin.policy.packs.labels import FIELDS, SECTIONS, VALUES
from huiyin.policy.packs.schema import Pack
from huiyin.policy.packs.settings import keys
from huiyin.policy.packs.titles import Title
from huiyin.policy.working_time import Span

# One entry of a pack: its values by field.
Entry = dict[str, Any]


@dataclass(frozen=True)
class Change:
    """One difference. `field` is empty when a whole entry came or went."""

    kind: str
    section: str
    code: str
    field: str
    before: Any
    after: Any
    name: Title | None

    @property
    def path(self) -> str:
        """Where it is, in the words of the files."""
        return ".".join(part for part in (self.section, f"[{self.code}]" if self.code else "", self.field) if part)

    @property
    def sentence(self) -> str:
        """Say the difference in the language now active."""
        named = f"{self.name} ({self.code})" if self.name else self.code
        names = {"section": SECTIONS[self.section], "name": FIELDS[self.code] if self.section == "pack" else named}
        if self.kind == "added":
            return _("%(section)s %(name)s: added.") % names
        if self.kind == "removed":
            return _("%(section)s %(name)s: removed.") % names
        names |= {"field": FIELDS.get(self.field, self.field)} | self._values()
        if self.section in ("pack", "settings"):
            return _("%(section)s %(name)s: %(before)s → %(after)s") % names
        return _("%(section)s %(name)s, %(field)s: %(before)s → %(after)s") % names

    def _values(self) -> dict[str, str]:
        before, after = in_words(self.before), in_words(self.after)
        if isinstance(self.before, Title) and isinstance(self.after, Title) and before == after:
            # Only the name in another language changed.
            before, after = " / ".join(self.before), " / ".join(self.after)
        return {"before": before, "after": after}


def diff(old: Pack, new: Pack) -> tuple[Change, ...]:
    """Give every difference between two packs, in the order of the pack's sections."""
    before, after = _entries(old), _entries(new)
    changes: list[Change] = []
    for section in SECTIONS:
        codes = [*before[section], *(code for code in after[section] if code not in before[section])]
        for code in codes:
            changes += _between(section, code, before[section].get(code), after[section].get(code))
    return tuple(changes)


def _between(section: str, code: str, old: Entry | None, new: Entry | None) -> Iterator[Change]:
    name = (new or old or {}).get("title")
    if section in ("pack", "settings"):
        name = keys()[code].title if section == "settings" else None
    if old is None or new is None:
        yield Change("added" if old is None else "removed", section, code, "", old, new, name)
        return
    for field in new:
        if old[field] != new[field]:
            yield Change("changed", section, code, field, old[field], new[field], name)


def _entries(pack: Pack) -> dict[str, dict[str, Entry]]:
    found: dict[str, dict[str, Entry]] = {section: {} for section in SECTIONS}
    for declared in fields(pack):
        value = getattr(pack, declared.name)
        if declared.name in SECTIONS and declared.name != "settings":
            found[declared.name] = {_code(entry, number): _values(entry) for number, entry in enumerate(value, start=1)}
        elif declared.name not in ("settings", "settings_given"):
            found["pack"][declared.name] = {"": value}
    for key in keys().values():
        found["settings"][key.code] = {"": getattr(pack.settings, key.field)}
    return found


def _code(entry: Any, number: int) -> str:
    """Give the name by which an entry is found again in the other pack."""
    for parts in (("code",), ("role", "remedy"), ("who", "above")):
        if all(hasattr(entry, part) for part in parts):
            return " ".join(str(getattr(entry, part)) for part in parts)
    return str(number)


def _values(entry: Any) -> Entry:
    return {declared.name: getattr(entry, declared.name) for declared in fields(entry) if declared.name != "code"}


def in_words(value: Any) -> str:
    """Write a value for people, in the language now active."""
    told = ""
    match value:
        case None:
            pass
        case bool():
            told = _("yes") if value else _("no")
        case Span():
            told = value.text
        case Enum():
            told = str(getattr(value, "label", value.value))
        case time():
            told = f"{value:%H:%M}"
        case (time() as opens, time() as closes):
            told = f"{opens:%H:%M}-{closes:%H:%M}"
        case tuple():
            told = ", ".join(in_words(part) for part in value)
        case str():
            told = str(VALUES.get(value, value))
        case Title() | Decimal() | int() | date():
            told = str(value)
        case _:
            told = " ".join(in_words(getattr(value, declared.name)) for declared in fields(value))
    return told or "–"
