"""A TOML table that is read key by key, noting every error instead of stopping at the first."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from huiyin.policy.packs.problems import Problem
from huiyin.policy.packs.titles import Title
from huiyin.policy.working_time import Span, Unit

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

CODE = re.compile(r"[a-z][a-z0-9_]*(\.[a-z0-9_]+)*")
CODE_FORM = "a-z 0-9 _ ."
REQUIRED: Any = object()
LARGEST = 10**12 - 1  # what the tables of amounts hold


class Table:
    """One table of one file. Each reader gives a value of its type, or a harmless stand-in after noting an error."""

    def __init__(self, values: Mapping[str, Any], file: str, path: str, problems: list[Problem]) -> None:
        self._values, self._file, self._path, self._problems = values, file, path, problems
        self._read: set[str] = set()

    def place(self, key: str) -> str:
        return f"{self._path}.{key}" if self._path else key

    def wrong(self, key: str, sentence: str | _StrPromise, allowed: str = "", **params: Any) -> None:
        """Note an error at this key."""
        self._problems.append(Problem(self._file, self.place(key), sentence, allowed, params))

    def has(self, key: str) -> bool:
        return key in self._values

    def _take(self, key: str, default: Any, allowed: str) -> Any:
        self._read.add(key)
        if key not in self._values:
            if default is REQUIRED:
                self.wrong(key, _("This key is missing."), allowed)
                return None
            return default
        return self._values[key]

    def _refuse(self, key: str, value: Any, allowed: str) -> None:
        self.wrong(key, _("%(value)s is not allowed here."), allowed, value=repr(value))

    def text(self, key: str, default: Any = REQUIRED) -> str:
        value = self._take(key, default, '"…"')
        if value is not None and not isinstance(value, str):
            self._refuse(key, value, '"…"')
            return ""
        return value or ""

    def code(self, key: str = "code") -> str:
        value = self.text(key)
        if value and not CODE.fullmatch(value):
            self._refuse(key, value, CODE_FORM)
        return value

    def title(self, key: str = "title", default: Any = REQUIRED) -> Title:
        allowed = '{ zh = "…", en = "…" }'
        value = self._take(key, default, allowed)
        if isinstance(value, Title):
            return value
        if value is None:
            return Title("", "")
        good = isinstance(value, Mapping) and set(value) == {"zh", "en"}
        if not good or not all(isinstance(text, str) and text.strip() for text in value.values()):
            self._refuse(key, value, allowed)
            return Title("", "")
        return Title(value["zh"], value["en"])

    def titles(self, key: str) -> tuple[Title, ...]:
        values = self._list(key, ())
        tables = [Table({key: value}, self._file, self._path, self._problems) for value in values]
        return tuple(table.title(key) for table in tables)

    def choice(self, key: str, allowed: Collection[str], default: Any = REQUIRED) -> str:
        shown = " | ".join(allowed)
        value = self._take(key, default, shown)
        if value is None or (value == default and isinstance(value, str)):
            return value or ""
        if not isinstance(value, str) or value not in allowed:
            self._refuse(key, value, shown)
            return ""
        return value

    def choices(self, key: str, allowed: Collection[str], default: Any = ()) -> tuple[str, ...]:
        values = self._list(key, default)
        for value in values:
            if value not in allowed:
                self._refuse(key, value, " | ".join(allowed))
        if len(set(map(str, values))) != len(values):
            self.wrong(key, _("An entry stands there twice."))
        return tuple(value for value in values if value in allowed)

    def texts(self, key: str) -> tuple[str, ...]:
        values = self._list(key, ())
        for value in values:
            if not isinstance(value, str):
                self._refuse(key, value, '["…"]')
        return tuple(value for value in values if isinstance(value, str))

    def _list(self, key: str, default: Any) -> list[Any]:
        value = self._take(key, default, "[…]")
        if value is None:
            return []
        if not isinstance(value, (list, tuple)):
            self._refuse(key, value, "[…]")
            return []
        return list(value)

    def integer(self, key: str, low: int, high: int | None, default: Any = REQUIRED) -> int:
        allowed = f"{low} … {'…' if high is None else high}"
        value = self._take(key, default, allowed)
        if value is None:
            return low
        if isinstance(value, bool) or not isinstance(value, int) or value < low or (high is not None and value > high):
            self._refuse(key, value, allowed)
            return low
        return value

    def integers(self, key: str, low: int, high: int, default: Any = REQUIRED) -> tuple[int, ...]:
        values = self._list(key, default)
        good = [v for v in values if isinstance(v, int) and not isinstance(v, bool) and low <= v <= high]
        if good != values or sorted(set(good)) != good:
            self._refuse(key, values, f"[{low} … {high}], ↑")
        return tuple(good)

    def amount(self, key: str, default: Any = REQUIRED, *, low: int = 0, high: int | None = None) -> Decimal | None:
        """Read an exact number of at most two places; written as a whole number, as 12.50 or in quotes."""
        allowed = f"{low} … {'…' if high is None else high} (0.01)"
        value = self._take(key, default, allowed)
        if value is None or isinstance(value, Decimal):
            return value
        try:
            number = Decimal(str(value)) if not isinstance(value, bool) else Decimal("NaN")
        except InvalidOperation:
            number = Decimal("NaN")
        fits = number.is_finite() and low <= number <= (LARGEST if high is None else high)
        if not fits or number != round(number, 2):
            self._refuse(key, value, allowed)
            return Decimal(low)
        return number

    def flag(self, key: str, default: Any = REQUIRED) -> bool:
        value = self._take(key, default, "true | false")
        if value is None:
            return False
        if not isinstance(value, bool):
            self._refuse(key, value, "true | false")
            return False
        return value

    def day(self, key: str) -> date | None:
        value = self._take(key, None, "YYYY-MM-DD")
        if value is None:
            return None
        try:
            return date.fromisoformat(value)
        except (TypeError, ValueError):
            self._refuse(key, value, "YYYY-MM-DD")
            return None

    def clock_time(self, key: str, default: Any = REQUIRED) -> time:
        value = self._take(key, default, '"HH:MM"')
        if isinstance(value, time):
            return value
        found = as_time(value)
        if value is not None and found is None:
            self._refuse(key, value, '"HH:MM"')
        return found or time()

    def span(self, key: str, default: Any = REQUIRED) -> Span | None:
        """Read one quantity of one unit; two units in one span are refused (ENG-02)."""
        units = [unit.value for unit in Unit]
        allowed = f'{{ qty = 1 …, unit = "{" | ".join(units)}" }}'
        value = self._take(key, default, allowed)
        if value is None or isinstance(value, Span):
            return value
        if not isinstance(value, Mapping) or set(value) != {"qty", "unit"}:
            self._refuse(key, dict(value) if isinstance(value, Mapping) else value, allowed)
            return None
        qty, unit = value["qty"], value["unit"]
        if isinstance(qty, bool) or not isinstance(qty, int) or not 1 <= qty <= 10_000 or unit not in units:
            self._refuse(key, dict(value), allowed)
            return None
        return Span(qty, Unit(unit))

    def table(self, key: str) -> Table | None:
        """Give the table under this key, None when there is none."""
        value = self._take(key, None, "{ … }")
        if value is None:
            return None
        if not isinstance(value, Mapping):
            self._refuse(key, value, "{ … }")
            return None
        return Table(value, self._file, self.place(key), self._problems)

    def tables(self, key: str) -> list[Table]:
        """Give the tables of `[[key]]`, each named by its code in errors."""
        found = []
        for number, value in enumerate(self._list(key, ()), start=1):
            name = f"{self.place(key)}[{number}]"
            if not isinstance(value, Mapping):
                self.wrong(key, _("%(value)s is not allowed here."), "[[…]]", value=repr(value))
                continue
            if isinstance(value.get("code"), str):
                name = f"{self.place(key)}[{value['code']}]"
            found.append(Table(value, self._file, name, self._problems))
        return found

    def renamed(self, values: Mapping[str, Any]) -> Table:
        """Give the same place of the same file with other keys."""
        return Table(values, self._file, self._path, self._problems)

    def keys(self) -> list[str]:
        return list(self._values)

    def finish(self) -> None:
        """Refuse the keys that nobody asked for; a misspelt key must not be ignored silently."""
        for key in self._values:
            if key not in self._read:
                self.wrong(key, _("This key is unknown."), " | ".join(sorted(self._read)))


def as_time(value: object) -> time | None:
    """Read HH:MM; None for anything else."""
    if not isinstance(value, str) or not re.fullmatch(r"\d{2}:\d{2}", value):
        return None
    try:
        return time.fromisoformat(value)
    except ValueError:
        return None


def unique(tables: Iterable[tuple[Table, str]]) -> None:
    """Refuse a code that stands twice in a list."""
    seen: set[str] = set()
    for table, code in tables:
        if code in seen:
            table.wrong("code", _("The code %(code)s stands there twice."), code=code)
        seen.add(code)
