"""The form of an entry, made from the fields of its kind; steps are rows, lists are one to a line."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _

from huiyin.interfaces.web.case.fields import DayField
from huiyin.knowledge import vocabulary
from huiyin.knowledge.editing import LONGEST_REASON
from huiyin.knowledge.kinds import SHAPES, STEP_PARTS, Content, Field, Sort
from huiyin.knowledge.slots import SLOTS
from huiyin.rules import Refusal

EMPTY_ROWS, MOST_ROWS = 3, 30
STEP_LABELS = {"text": _("What is done"), "who": _("By whom"), "within": _("Within")}
ONE_TO_A_LINE = _("One to a line.")


class EntryForm(forms.Form):
    """What one entry says. Nothing is required by the form: the step says what is missing, and what was typed stays."""

    use_required_attribute = False

    def __init__(self, kind: str, content: Content, data: QueryDict | None = None, *, fresh: bool = False) -> None:
        self.kind, self.shape = kind, SHAPES[kind]
        self.refusal: Refusal | None = None
        initial = {field.name: _initial(field, content.get(field.name, field.empty)) for field in self.shape.fields}
        super().__init__(data, initial=initial, auto_id="entry-%s")
        for field in self.shape.fields:
            if field.sort is not Sort.STEPS:
                self.fields[field.name] = _form_field(field, str(content.get(field.name, "")))
        self.steps = _step_rows(content.get("steps", ()), data) if self._has_steps else []
        if fresh:
            self.fields["code"] = forms.CharField(
                label=_("Code"), max_length=80, required=False, help_text=_("Small letters, digits, dots and hyphens.")
            )
        self.fields["why"] = forms.CharField(
            label=_("Why"), max_length=LONGEST_REASON, required=False, help_text=_("It stays with the version.")
        )

    @property
    def _has_steps(self) -> bool:
        return any(field.sort is Sort.STEPS for field in self.shape.fields)

    def given(self) -> dict[str, Any]:
        """What was typed, as the step wants it."""
        found = {field.name: self.cleaned_data.get(field.name, "") for field in self.shape.fields}
        if self._has_steps:
            found["steps"] = self.steps
        return found

    def refuse(self, refusal: Refusal) -> None:
        """Keep a refusal to be shown, and mark the fields it is about."""
        self.refusal = refusal
        wrong = {one.field: one.what for one in getattr(refusal, "wrong", ())}
        for name in refusal.missing:
            if name in self.fields:
                self.add_error(name, str(wrong.get(name, _("This is missing or does not fit."))))

    @property
    def plain(self) -> list[forms.BoundField]:
        """The fields about the entry, in the order of its kind; what is needed is drawn so, and judged by the step."""
        for name, field in self.fields.items():
            field.required = name == "why" or any(one.name == name and one.needed for one in self.shape.fields)
        return [self[name] for name in self.fields if name != "why"]

    @property
    def slots(self) -> list[tuple[str, Any]]:
        """What a script can have filled from a case."""
        return list(SLOTS.items()) if self.kind == "script" else []


def _initial(field: Field, value: Any) -> Any:
    if field.sort is Sort.LINES:
        return "\n".join(value)
    return " ".join(value) if field.sort is Sort.IDS else value


def _form_field(field: Field, current: str) -> forms.Field:
    if field.sort is Sort.DAY:
        return DayField(label=field.label)
    if field.sort is Sort.CHOICE:
        return forms.ChoiceField(label=field.label, choices=_choices(field, current), required=False)
    if field.sort is Sort.CODES:
        listed = list((field.names or {}).items())
        return forms.MultipleChoiceField(
            label=field.label, choices=listed, required=False, widget=forms.CheckboxSelectMultiple
        )
    if field.sort is Sort.LINES:
        box = forms.Textarea({"rows": 4})
        return forms.CharField(label=field.label, required=False, widget=box, help_text=ONE_TO_A_LINE)
    if field.sort is Sort.TEXT:
        return forms.CharField(label=field.label, required=False, widget=forms.Textarea({"rows": 5}))
    return forms.CharField(label=field.label, required=False)


def _choices(field: Field, current: str) -> list[tuple[str, Any]]:
    """The codes of the field by name; one in use that nobody declared stays choosable."""
    names: Mapping[str, Any] = field.names or {}
    blank = _("Choose") if field.needed else _("All of them")
    listed: list[tuple[str, Any]] = [("", blank), *names.items()]
    if current and current not in names and current not in vocabulary.ANY:
        listed.append((current, current))
    return listed


def _step_rows(kept: Any, data: QueryDict | None) -> list[dict[str, str]]:
    """The steps as typed, or as they stand with some empty rows to fill."""
    if data is None:
        blank = dict.fromkeys(STEP_PARTS, "")
        return [*kept, *(dict(blank) for _row in range(min(EMPTY_ROWS, MOST_ROWS - len(kept))))]
    columns = {part: data.getlist(f"step_{part}")[:MOST_ROWS] for part in STEP_PARTS}
    rows = max((len(column) for column in columns.values()), default=0)
    return [{part: column[row] if row < len(column) else "" for part, column in columns.items()} for row in range(rows)]
