"""What each kind of entry holds: its fields, how it is filed, what is needed. One table for files, forms and API."""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from huiyin.knowledge import vocabulary as words
from huiyin.knowledge.vocabulary import Names
from huiyin.people.roles import Role

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

Content = dict[str, Any]


class Kind(models.TextChoices):
    """The kinds of knowledge, in the order of their lists."""

    SCRIPT = "script", _("Scripts")
    CARD = "card", _("Coaching cards")
    PLAYBOOK = "playbook", _("Playbooks")
    FACT = "fact", _("Facts")
    ADVICE = "advice", _("Advice")
    PHRASE = "phrase", _("Phrases")


class Sort(StrEnum):
    """How a field is written: one line, a text, one line each, a code of a list or several, a day, steps, ids."""

    LINE = "line"
    TEXT = "text"
    LINES = "lines"
    CHOICE = "choice"
    CODES = "codes"
    DAY = "day"
    STEPS = "steps"
    IDS = "ids"


MOST = {
    Sort.LINE: 500,
    Sort.TEXT: 4000,
    Sort.LINES: 40,
    Sort.CHOICE: 64,
    Sort.CODES: 20,
    Sort.DAY: 10,
    Sort.STEPS: 30,
    Sort.IDS: 12,
}
LISTED = (Sort.LINES, Sort.STEPS, Sort.IDS, Sort.CODES)
STEP_PARTS = ("text", "who", "within")


@dataclass(frozen=True)
class Field:
    """One field of an entry."""

    name: str
    label: "str | _StrPromise"
    sort: Sort = Sort.LINE
    needed: bool = False
    names: Names | None = None

    @property
    def most(self) -> int:
        return MOST[self.sort]

    @property
    def empty(self) -> Any:
        return [] if self.sort in LISTED else ""


@dataclass(frozen=True)
class Shape:
    """The fields of a kind; `topic` and `scene` name the fields it is filed under, `title` the one it is called by."""

    kind: Kind
    fields: tuple[Field, ...]
    title: str
    topic: str = ""
    scene: str = ""
    topics: Names | None = None

    def field(self, name: str) -> Field:
        return next(field for field in self.fields if field.name == name)

    @property
    def empty(self) -> Content:
        return {field.name: field.empty for field in self.fields}


ROLES: Names = {role.value: role.label for role in Role}
REQUIREMENT = Field("requirement", _("Requirements it serves"), Sort.IDS)
TITLE = Field("title", _("Title"), needed=True)
SCENE = Field("scene", _("Scene"), Sort.CHOICE, names=words.SCENES)

_SHAPES = (
    Shape(
        Kind.SCRIPT,
        (
            TITLE,
            Field("step", _("Step"), Sort.CHOICE, True, words.STEPS),
            SCENE,
            Field("text", _("Words"), Sort.TEXT, True),
            Field("note", _("Note for the speaker"), Sort.TEXT),
            REQUIREMENT,
        ),
        "title", "step", "scene", words.STEPS,
    ),
    Shape(
        Kind.CARD,
        (
            TITLE,
            Field("moment", _("Moment"), Sort.CHOICE, True, words.MOMENTS),
            Field("text", _("In one or two sentences"), Sort.TEXT, True),
            Field("do", _("Do"), Sort.LINES),
            Field("avoid", _("Avoid"), Sort.LINES),
            REQUIREMENT,
        ),
        "title", "moment", "", words.MOMENTS,
    ),
    Shape(
        Kind.PLAYBOOK,
        (
            TITLE,
            Field("caller", _("Caller"), Sort.CHOICE, False, words.CALLERS),
            SCENE,
            Field("steps", _("Steps"), Sort.STEPS, True),
            Field("must_not", _("Must not"), Sort.LINES, True),
            Field("hold_script", _("Holding words"), Sort.TEXT),
            Field("notify", _("Who is told"), Sort.CODES, names=ROLES),
            Field("counter_measures", _("Counter-measures"), Sort.LINES),
            REQUIREMENT,
        ),
        "title", "caller", "scene", words.CALLERS,
    ),
    Shape(
        Kind.FACT,
        (
            TITLE,
            Field("topic", _("Topic"), Sort.CHOICE, True, words.TOPICS),
            SCENE,
            Field("product", _("Products it is about"), Sort.LINES),
            Field("text", _("Fact"), Sort.TEXT, True),
            Field("source", _("Source"), needed=True),
            Field("valid_from", _("Valid from"), Sort.DAY, True),
            Field("valid_to", _("Valid until"), Sort.DAY, True),
            REQUIREMENT,
        ),
        "title", "topic", "scene", words.TOPICS,
    ),
    Shape(
        Kind.ADVICE,
        (
            Field("content", _("What it is about"), Sort.CHOICE, True, words.CONTENTS),
            Field("purpose", _("Purpose"), Sort.CHOICE, True, words.PURPOSES),
            Field("personality", _("Character"), Sort.CHOICE, True, words.PERSONALITIES),
            Field("method", _("Method"), needed=True),
            Field("text", _("How"), Sort.TEXT, True),
            Field("source", _("Source"), needed=True),
            REQUIREMENT,
        ),
        "method", "content", "", words.CONTENTS,
    ),
    Shape(
        Kind.PHRASE,
        (
            Field("pattern", _("Words"), needed=True),
            Field("category", _("Category"), Sort.CHOICE, True, words.PHRASES),
            Field("kind", _("How it is written"), Sort.CHOICE, True, words.NOTATIONS),
            Field("severity", _("Weight"), Sort.CHOICE, False, words.SEVERITIES),
            Field("turn", _("Where in the conversation"), Sort.CHOICE, False, words.TURNS),
            Field("better", _("Better wording"), Sort.TEXT),
            Field("why", _("Why"), Sort.TEXT),
            Field("exceptions", _("Not in a sentence with"), Sort.TEXT),
            REQUIREMENT,
        ),
        "pattern", "category", "", words.PHRASES,
    ),
)  # fmt: skip
SHAPES: dict[str, Shape] = {shape.kind.value: shape for shape in _SHAPES}
