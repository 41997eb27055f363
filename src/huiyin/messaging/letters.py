"""Letters by language: a file each, its first line the subject, filled with named values.

A language without its own file of a letter falls back to simplified Chinese; a letter with a value left out is
refused, so that no customer reads a gap.
"""

from functools import cache
from pathlib import Path

from django.template import Context, Template
from django.template.base import VariableNode
from django.template.engine import Engine

FOLDER = Path(__file__).parent / "templates"
SUBJECT = "Subject:"
FALLBACK = "zh-hans"
_engine = Engine(autoescape=False)


class LetterUnknown(Exception):
    """There is no letter of this name."""


class LetterIncomplete(Exception):
    """The letter names a value that was not given."""


def render(name: str, language: str, /, **values: object) -> tuple[str, str]:
    """Give subject and body of a letter in this language; refuses an unknown letter and a missing value."""
    subject, body = _load(name, language.lower())
    given = Context(values, autoescape=False)
    for part in (subject, body):
        for wanted in names_in(part):
            if values.get(wanted) in (None, ""):
                raise LetterIncomplete(f"{name}: {wanted}")
    return subject.render(given).strip(), body.render(given).strip() + "\n"


def names_in(part: Template) -> set[str]:
    """Give the values a part of a letter names outside of conditions."""
    nodes = [node for node in part.nodelist if isinstance(node, VariableNode)]
    return {str(node.filter_expression.var.lookups[0]) for node in nodes if node.filter_expression.var.lookups}


def names() -> set[str]:
    """Give the names of all letters."""
    return {path.stem for path in FOLDER.glob("*/*.txt")}


@cache
def _load(name: str, language: str) -> tuple[Template, Template]:
    """Read a letter from its file."""
    for code in (language, FALLBACK):
        path = FOLDER / code / f"{name}.txt"
        if path.is_file():
            break
    else:
        raise LetterUnknown(name)
    first, _line_end, rest = path.read_text(encoding="utf-8").partition("\n")
    if not first.startswith(SUBJECT):
        raise LetterUnknown(f"{path.name} ({code}) does not begin with {SUBJECT}")
    return Template(first.removeprefix(SUBJECT).strip(), engine=_engine), Template(rest, engine=_engine)
