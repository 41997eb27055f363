"""Whatever was written as an entry, read into the one form that is kept; what is wrong is said field by field."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from huiyin.knowledge.kinds import LISTED, SHAPES, STEP_PARTS, Content, Field, Kind, Sort

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

BETWEEN_IDS = re.compile(r"[\s,;|、，；]+")
LONGEST_LINE = 500
GOOD = "good"


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong with a field."""

    field: str
    what: "str | _StrPromise"


MISSING = _("This is missing.")
TOO_LONG = _("This is too long.")
UNKNOWN = _("Entries of this kind have no such field.")
NOT_A_DAY = _("This is no day; write it as 2026-03-31.")
BACKWARDS = _("It ends before it begins.")
UNKNOWN_CODE = _("Choose one of the list.")


def read(kind: str, given: Mapping[str, Any]) -> tuple[Content, list[Wrong]]:
    """The content of an entry of this kind, and everything that is wrong with it."""
    shape = SHAPES[kind]
    known = {field.name for field in shape.fields}
    wrong = [Wrong(name, UNKNOWN) for name in given if name not in known]
    content = {field.name: _value(field, given.get(field.name), wrong) for field in shape.fields}
    missing = {field.name for field in shape.fields if field.needed and not content[field.name]}
    if kind == Kind.PHRASE and content["kind"] != GOOD and not content["better"]:
        missing.add("better")  # S4-112: no forbidden words without better ones
    already = {one.field for one in wrong}
    wrong += [Wrong(name, MISSING) for name in sorted(missing - already)]
    if content.get("valid_from") and content.get("valid_to") and content["valid_to"] < content["valid_from"]:
        wrong.append(Wrong("valid_to", BACKWARDS))
    return content, wrong


def _value(field: Field, given: Any, wrong: list[Wrong]) -> Any:
    if given is None:
        return field.empty
    if field.sort is Sort.DAY:
        return _day(field, given, wrong)
    if field.sort is Sort.STEPS:
        return _steps(field, given, wrong)
    if field.sort in LISTED:
        return _lines(field, given, wrong)
    text = str(given).strip()
    if field.sort is Sort.CHOICE and text == "any" and "any" not in (field.names or {}):
        text = ""
    if len(text) > field.most:
        wrong.append(Wrong(field.name, TOO_LONG))
    return text


def _day(field: Field, given: Any, wrong: list[Wrong]) -> str:
    if isinstance(given, date):
        return given.isoformat()
    text = str(given).strip()
    if not text:
        return ""
    try:
        return date.fromisoformat(text).isoformat()
    except ValueError:
        wrong.append(Wrong(field.name, NOT_A_DAY))
        return ""


def _lines(field: Field, given: Any, wrong: list[Wrong]) -> list[str]:
    if isinstance(given, str):
        given = BETWEEN_IDS.split(given) if field.sort in (Sort.IDS, Sort.CODES) else given.splitlines()
    found = [line for one in given if (line := str(one).strip())]
    if len(found) > field.most or any(len(line) > LONGEST_LINE for line in found):
        wrong.append(Wrong(field.name, TOO_LONG))
    return found


def _steps(field: Field, given: Any, wrong: list[Wrong]) -> list[dict[str, str]]:
    """Steps, each with words, who does it and within which time; a step without words is none."""
    if not isinstance(given, list | tuple) or not all(isinstance(one, Mapping) for one in given):
        wrong.append(Wrong(field.name, MISSING))
        return []
    found = [{part: str(one.get(part, "") or "").strip() for part in STEP_PARTS} for one in given]
    found = [one for one in found if one["text"]]
    if len(found) > field.most or any(len(value) > LONGEST_LINE for one in found for value in one.values()):
        wrong.append(Wrong(field.name, TOO_LONG))
    return found


def prose_of(kind: str, content: Content) -> list[str]:
    """What an entry says in sentences: no codes, days or ids, and without its title."""
    shape = SHAPES[kind]
    plain = [field for field in shape.fields if field.sort not in (Sort.CHOICE, Sort.CODES, Sort.DAY, Sort.IDS)]
    words = {field.name: content.get(field.name, field.empty) for field in plain if field.name != shape.title}
    found = [
        part
        for value in words.values()
        for one in (value if isinstance(value, list) else [value])
        for part in (one.values() if isinstance(one, Mapping) else [one])
    ]
    return [text for text in found if text]


def texts_of(kind: str, content: Content) -> list[str]:
    """Everything an entry says, line by line, the title first."""
    shape = SHAPES[kind]
    ordered = sorted(shape.fields, key=lambda field: field.name != shape.title)
    found: list[str] = []
    for field in ordered:
        value = content.get(field.name, field.empty)
        if field.sort is Sort.STEPS:
            found += [part for one in value for part in one.values()]
        elif isinstance(value, list):
            found += value
        else:
            found.append(value)
    return [text for text in found if text]
