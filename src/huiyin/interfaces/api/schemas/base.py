"""The plain types of the API: every text has an end, every number and time its range, money is written as text."""

import re
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    PlainSerializer,
    StringConstraints,
    WithJsonSchema,
)
from pydantic.config import JsonDict

LARGEST_ID = 2**63 - 1
EARLIEST, LATEST = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
MONEY = r"^\d{1,12}(\.\d{1,2})?$"
_NO_NUL: JsonDict = {"pattern": "^[^\\u0000]*$"}


def _clean(value: str) -> str:
    """Refuse what a database or an answer cannot hold: NUL, and halves of characters."""
    if "\x00" in value:
        raise ValueError("must not hold the character NUL")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("must not hold half of a surrogate pair") from None
    return value


def _as_text(value: Any) -> Any:
    """Take money as text alone: a binary fraction is not what was meant."""
    if not isinstance(value, str | Decimal):
        raise ValueError('must be written as text, such as "1299.00"')
    if isinstance(value, str) and not re.fullmatch(MONEY, value, re.ASCII):
        raise ValueError("must have at most twelve digits before the point and two after it")
    return value


def _in_range(at: datetime) -> datetime:
    if not EARLIEST <= at < LATEST:
        raise ValueError("must lie between 1990 and 2100")
    return at


def _day_in_range(day: date) -> date:
    if not EARLIEST.date() <= day < LATEST.date():
        raise ValueError("must lie between 1990 and 2100")
    return day


_TEXT = (AfterValidator(_clean), Field(json_schema_extra=_NO_NUL))

Code = Annotated[str, StringConstraints(max_length=64), *_TEXT]
Kind24 = Annotated[str, StringConstraints(max_length=24), *_TEXT]
Phone = Annotated[str, StringConstraints(max_length=40), *_TEXT]
Name = Annotated[str, StringConstraints(max_length=80), *_TEXT]
Short = Annotated[str, StringConstraints(max_length=120), *_TEXT]
Line = Annotated[str, StringConstraints(max_length=200), *_TEXT]
Sentence = Annotated[str, StringConstraints(max_length=300), *_TEXT]
Reason = Annotated[str, StringConstraints(max_length=500), *_TEXT]
Text = Annotated[str, StringConstraints(max_length=10_000), *_TEXT]
Asked = Annotated[str, StringConstraints(max_length=200), *_TEXT]

Id = Annotated[int, Field(ge=1, le=LARGEST_ID)]
Seen = Annotated[int, Field(ge=0, le=2**31 - 1)]
Minutes = Annotated[int, Field(ge=1, le=366 * 24 * 60)]
Score = Annotated[int, Field(ge=1, le=5)]
Level = Annotated[int, Field(ge=1, le=5)]
Time = Annotated[AwareDatetime, AfterValidator(_in_range)]
Day = Annotated[date, AfterValidator(_day_in_range)]
MoneyIn = Annotated[
    Decimal,
    BeforeValidator(_as_text),
    Field(ge=0, max_digits=14, decimal_places=2),
    WithJsonSchema({"type": "string", "pattern": MONEY, "examples": ["1299.00"]}),
]
Money = Annotated[
    Decimal,
    PlainSerializer(lambda value: f"{value:.2f}", return_type=str),
    WithJsonSchema({"type": "string", "pattern": r"^-?\d{1,14}\.\d{2}$", "examples": ["1299.00"]}),
]


class Given(BaseModel):
    """What comes in: unknown names are refused, so that a misspelt one is not lost."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Shown(BaseModel):
    """What goes out."""

    model_config = ConfigDict(frozen=True, from_attributes=True)
