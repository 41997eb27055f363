"""Rows of remedies from the catalogue, and options made of them."""

from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints.models import Expectation, ExpectationAnswer
from huiyin.complaints.remedies import Line
from huiyin.complaints.steps.planning import NewOption
from huiyin.interfaces.web.case.fields import UNITS, Choices, MoneyField, choice_field, line_field, minutes
from huiyin.interfaces.web.case.here import Here
from huiyin.interfaces.web.case.rows import Rows
from huiyin.policy.packs.giving import Remedy
from huiyin.policy.packs.labels import VALUES
from huiyin.policy.packs.schema import Pack

ZERO = Decimal(0)


class Length:
    """How long something may take, as a number and a unit."""

    @staticmethod
    def quantity() -> forms.IntegerField:
        return forms.IntegerField(
            label=gettext_lazy("Carried out within"), required=False, min_value=0, max_value=100_000
        )

    @staticmethod
    def unit() -> forms.ChoiceField:
        return choice_field(gettext_lazy("Unit"), UNITS)


class LineRow(forms.Form):
    """One remedy of the catalogue with its amount, under its own name where that says more."""

    use_required_attribute = False
    remedy = choice_field(gettext_lazy("Remedy"))
    amount = MoneyField(label=gettext_lazy("Amount"))
    title = line_field(gettext_lazy("In other words"))

    def __init__(self, choices: Choices, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["remedy"].choices = choices  # type: ignore[attr-defined]

    @property
    def is_blank(self) -> bool:
        given = self.cleaned_data
        return not (given.get("remedy") or given.get("amount") or given.get("title", "").strip())

    def line(self) -> Line:
        given = self.cleaned_data
        return Line(given.get("remedy", ""), given.get("amount") or ZERO, given.get("title", ""))


def remedy_choices(pack: Pack, category: str) -> Choices:
    listed = [(remedy.code, remedy_words(remedy)) for remedy in pack.remedies_for(category)]
    return [("", _("Choose a remedy")), *listed]


def remedy_words(remedy: Remedy) -> str:
    """The remedy with its level, and whether it is the customer's right."""
    parts = {"title": remedy.title, "level": VALUES.get(remedy.level, remedy.level)}
    if remedy.policy_right:
        return _("%(title)s (%(level)s, the customer's right)") % parts
    return _("%(title)s (%(level)s)") % parts


def line_rows(
    name: str, here: Here, *, data: Any = None, initial: list[dict[str, Any]] | None = None, least: int = 1
) -> Rows[LineRow]:
    choices = remedy_choices(here.catalogue, here.complaint.category)

    def make(prefix: str, given: Any, first: dict[str, Any] | None) -> LineRow:
        return LineRow(choices, given, prefix=prefix, initial=first, auto_id="act-%s")

    return Rows(name, make, data=data, initial=initial or (), least=least)


class AnswerRow(forms.Form):
    """How an option answers one demand, and why it departs from it (S1-35)."""

    use_required_attribute = False
    text = line_field(gettext_lazy("How it answers"), most=300)
    deviation = line_field(gettext_lazy("Why it departs"), most=300)

    def __init__(self, demand: Any, *args: Any, **kwargs: Any) -> None:
        self.demand = demand
        super().__init__(*args, **kwargs)


class ExpectedRow(forms.Form):
    """What an option makes of one expectation (S3-35)."""

    use_required_attribute = False
    kind = choice_field(gettext_lazy("What the option makes of it"), ExpectationAnswer.Kind.choices)
    text = line_field(gettext_lazy("In which words"), most=300)

    def __init__(self, expectation: Expectation, *args: Any, **kwargs: Any) -> None:
        self.expectation = expectation
        super().__init__(*args, **kwargs)


class OptionRow(forms.Form):
    """One way to solve it: remedies, answers to each demand, cost, time."""

    use_required_attribute = False
    title = line_field(gettext_lazy("Name of the option"))
    quantity = Length.quantity()
    unit = Length.unit()
    recovery = MoneyField(label=gettext_lazy("Comes back"))
    recovery_note = line_field(gettext_lazy("From whom"), most=300)

    def __init__(self, here: Here, demands: list[Any], data: Any, prefix: str, initial: dict[str, Any] | None) -> None:
        first = {"unit": "hour", "quantity": 24, **(initial or {})}
        super().__init__(data, prefix=prefix, initial=first, auto_id="act-%s")
        given = first.get("answers", {})
        self.lines = line_rows(f"{prefix}-lines", here, data=data, initial=first.get("lines"), least=2)
        self.answers = [
            AnswerRow(
                demand, data, prefix=f"{prefix}-answer{demand.pk}", initial=given.get(demand.pk), auto_id="act-%s"
            )
            for demand in demands
        ]
        expected = first.get("expected", {})
        self.expected = [
            ExpectedRow(one, data, prefix=f"{prefix}-expected{one.pk}", initial=expected.get(one.pk), auto_id="act-%s")
            for one in here.case.talks.expectations
            if not one.hidden
        ]

    def is_valid(self) -> bool:
        answers = [row.is_valid() for row in (*self.answers, *self.expected)]
        lines = self.lines.is_valid()
        return super().is_valid() and lines and all(answers)

    @property
    def is_blank(self) -> bool:
        """Nothing was written into it; a spare card is no option."""
        lines = all(row.is_blank for row in self.lines)
        answers = any(row.cleaned_data.get("text") or row.cleaned_data.get("deviation") for row in self.answers)
        return lines and not answers and not self.cleaned_data.get("title", "").strip()

    def amounts(self) -> list[tuple[str, Decimal]]:
        """Remedies and amounts as they stand, readable or not yet."""
        return [(row["remedy"].value() or "", as_amount(row["amount"].value())) for row in self.lines]

    def option(self) -> NewOption:
        given = self.cleaned_data
        return NewOption(
            title=given["title"],
            lines=tuple(row.line() for row in self.lines if not row.is_blank),
            answers={row.demand.pk: (row.cleaned_data["text"], row.cleaned_data["deviation"]) for row in self.answers},
            execute_within_minutes=minutes(given["quantity"], given["unit"]),
            recovery=given["recovery"] or ZERO,
            recovery_note=given["recovery_note"],
            expected={
                row.expectation.pk: (row.cleaned_data["kind"], row.cleaned_data["text"])
                for row in self.expected
                if row.cleaned_data["kind"]
            },
        )


def as_amount(value: Any) -> Decimal:
    """The amount somebody is typing; nothing where it is none yet."""
    try:
        amount = Decimal(str(value or 0).replace(",", "").strip())
    except InvalidOperation:
        return ZERO
    return amount if amount.is_finite() and amount > 0 else ZERO
