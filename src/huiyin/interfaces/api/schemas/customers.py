"""A customer over all his cases."""

from datetime import datetime

from huiyin.interfaces.api.schemas.base import Money, Shown


class CustomerCase(Shown):
    number: str
    title: str
    state: str
    received_at: datetime
    closed_at: datetime | None


class CustomerPromise(Shown):
    case: str
    what: str
    due_at: datetime


class CustomerOrder(Shown):
    number: str
    product: str
    amount: Money | None
    cases: list[str]


class CustomerDone(Shown):
    case: str
    title: str
    amount: Money
    at: datetime
    goodwill: bool


class CustomerCardShown(Shown):
    """What the reader's cases hold of a customer; contacts are masked. Calls and points wait for their sources."""

    id: int
    name: str
    tier: str
    kind: str
    cases: list[CustomerCase]
    more: bool
    promises: list[CustomerPromise]
    orders: list[CustomerOrder]
    value: Money
    done: list[CustomerDone]
