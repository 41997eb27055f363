"""Fields that many steps ask for: a time, an amount, a person, a category, a way of speaking."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django import forms
from django.core.validators import MaxLengthValidator
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from huiyin.complaints.models import Channel
from huiyin.people.models import Person
from huiyin.people.roles import roles_with
from huiyin.policy.packs.schema import Pack
from huiyin.workforce import availability

YES_NO = (("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No")))
Choices = list[tuple[Any, Any]]
# A page takes what was chosen; whether it is enough is the step's to say, with its rule.
SPOKEN_WAYS = tuple((one.value, one.label) for one in Channel if one not in (Channel.API, Channel.IMPORT))
LONGEST_WORDS = 10_000  # as over the API
MINUTES = {"minute": 1, "hour": 60, "day": 1_440}


class TimeField(forms.DateTimeField):
    """A point in time in the reader's zone, picked by the browser."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput({"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"], required=False, **kwargs)


class DayField(forms.DateField):
    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput({"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], required=False, **kwargs)


class MoneyField(forms.DecimalField):
    """An amount in the pack's currency; thousands separators are understood."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TextInput({"inputmode": "decimal", "autocomplete": "off", "class": "r num"})
        super().__init__(max_digits=14, decimal_places=2, required=False, widget=widget, **kwargs)

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            value = value.replace(",", "").replace("，", "").replace("元", "").strip()
        return super().to_python(value)


class YesNoField(forms.ChoiceField):
    """Yes or no as two buttons; `cleaned_data` holds True, False or None."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("choices", YES_NO)
        super().__init__(widget=forms.RadioSelect, required=False, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return {True: "yes", False: "no"}.get(value, value) if isinstance(value, bool) else value

    def clean(self, value: Any) -> Any:
        chosen = super().clean(value)
        return None if chosen in ("", None) else chosen == "yes"


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A person with the department behind the name."""

    def __init__(self, people: QuerySet[Person], **kwargs: Any) -> None:
        kwargs.setdefault("empty_label", gettext_lazy("Choose a person"))
        super().__init__(people.select_related("department"), required=False, **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        if obj.department is None:
            return str(obj.name)
        return _("%(name)s, %(department)s") % {"name": obj.name, "department": obj.department.name}


def words_field(label: Any, *, rows: int = 3, most: int | None = None, **kwargs: Any) -> forms.CharField:
    """Several lines of text; a story that is too long comes back whole, where the browser would cut it in silence."""
    if most is None:
        kwargs["validators"] = [MaxLengthValidator(LONGEST_WORDS)]
    return forms.CharField(
        label=label, required=False, max_length=most, widget=forms.Textarea({"rows": rows}), **kwargs
    )


def line_field(label: Any, *, most: int = 200, **kwargs: Any) -> forms.CharField:
    """One line of text."""
    return forms.CharField(label=label, required=False, max_length=most, **kwargs)


def choice_field(label: Any, choices: Iterable[Any] = (), *, blank: Any = "", **kwargs: Any) -> forms.ChoiceField:
    """One of a list; with `blank` nothing is chosen until somebody chooses."""
    listed = [*([("", blank)] if blank else []), *choices]
    return forms.ChoiceField(label=label, choices=listed, required=False, **kwargs)


def way_field(label: Any = None, **kwargs: Any) -> forms.ChoiceField:
    return choice_field(label or gettext_lazy("How the customer said it"), SPOKEN_WAYS, **kwargs)


def radio_field(label: Any, choices: Iterable[Any] = (), **kwargs: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=list(choices), required=False, widget=forms.RadioSelect, **kwargs)


def category_choices(pack: Pack) -> Choices:
    """The leaves of the category tree under the names of their branches."""
    leaves = {leaf.code for leaf in pack.leaves}
    groups: dict[str, Choices] = {}
    for category in pack.categories:
        if category.code in leaves:
            groups.setdefault(category.parent, []).append((category.code, str(category.title)))
    listed: Choices = [("", _("Choose a category"))]
    for parent, entries in groups.items():
        listed += [(str(pack.category(parent).title), entries)] if parent else entries
    return listed


def people_with(capability: str, at: datetime) -> QuerySet[Person]:
    """Everybody who may do it and is there, by name."""
    held = Person.objects.filter(is_active=True, roles__role__in=roles_with(capability)).distinct()
    return held.exclude(pk__in=availability.absent_ids(at)).order_by("name", "pk")


def minutes(quantity: int | None, unit: str) -> int:
    """How many minutes a length in words is."""
    return (quantity or 0) * MINUTES.get(unit, 0)


def length_of(whole: int) -> tuple[int, str]:
    """A number of minutes in the largest unit that needs no fraction."""
    for unit in ("day", "hour"):
        if whole and whole % MINUTES[unit] == 0:
            return whole // MINUTES[unit], unit
    return whole, "minute"


UNITS = (
    ("hour", gettext_lazy("hours")),
    ("day", gettext_lazy("days")),
    ("minute", gettext_lazy("minutes")),
)
