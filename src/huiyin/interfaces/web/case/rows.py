"""Rows of a form that grow and shrink by buttons, with or without scripts: demands, options, remedies, people."""

import re
from collections.abc import Callable, Sequence
from typing import Any, Generic, TypeVar

from django import forms
from django.forms.utils import ErrorDict
from django.http import QueryDict

from huiyin.interfaces.common.numbers import whole

Row = TypeVar("Row", bound=forms.Form)
AGAIN = "again"
MOST = 20


class Rows(Generic[Row]):
    """Forms under one name; `<name>-count` says how many the page holds.

    `make(prefix, data, initial)` builds one. A button `again=add:<name>` or `again=drop:<name>:<place>` is answered by
    `rearranged`, before any form is built.
    """

    def __init__(
        self,
        name: str,
        make: Callable[[str, Any, dict[str, Any] | None], Row],
        *,
        data: Any = None,
        initial: Sequence[dict[str, Any]] = (),
        least: int = 1,
    ) -> None:
        self.name = name
        # Rows inside a row that was just added have no count yet: they begin like those of an empty form.
        posted = data is not None and f"{name}-count" in data
        count = _count(data, name) if posted else max(len(initial), least)
        given = [*initial, *[None] * count][:count]
        self.forms = [make(f"{name}-{place}", data, one) for place, one in enumerate(given)]

    def __iter__(self) -> Any:
        return iter(self.forms)

    def __len__(self) -> int:
        return len(self.forms)

    def __getitem__(self, place: int) -> Row:
        return self.forms[place]

    @property
    def count_name(self) -> str:
        return f"{self.name}-count"

    @property
    def may_grow(self) -> bool:
        return len(self.forms) < MOST

    def is_valid(self) -> bool:
        return all([one.is_valid() for one in self.forms])


def unjudged(form: Any) -> None:
    """Let a form be shown as it was typed: nothing in it is called wrong yet."""
    form._errors = ErrorDict()


def _count(data: Any, name: str) -> int:
    try:
        return max(0, min(int(data.get(f"{name}-count", 0)), MOST))
    except ValueError:
        return 0


def rearranged(data: QueryDict, order: str) -> QueryDict:
    """The same answers with a row more or a row less: `add:demands`, `drop:options-0-lines:2`."""
    act, _colon, rest = order.partition(":")
    name, _colon, place = rest.partition(":")
    if act not in ("add", "drop") or not re.fullmatch(r"[a-z]+(?:-\d+-[a-z]+)*", name):
        return data
    count = _count(data, name)
    if act == "drop":
        row = whole(place)
        return data if row is None or row >= count else _without(data, name, row, count)
    fresh = data.copy()
    fresh[f"{name}-count"] = str(min(count + 1, MOST))
    return fresh


def _without(data: QueryDict, name: str, place: int, count: int) -> QueryDict:
    fresh = QueryDict(mutable=True)
    mine = re.compile(rf"{re.escape(name)}-(\d+)(-.+)")
    for key, values in data.lists():
        found = mine.fullmatch(key)
        if found is None:
            fresh.setlist(key, values)
        elif int(found[1]) != place:
            fresh.setlist(f"{name}-{int(found[1]) - (int(found[1]) > place)}{found[2]}", values)
    fresh[f"{name}-count"] = str(count - 1)
    return fresh
