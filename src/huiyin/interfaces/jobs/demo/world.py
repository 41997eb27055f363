"""What a story of the demo knows: the time it is loaded at, the moment reached, the people, the cases of others."""

import random
from collections.abc import Callable, Generator
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from huiyin.people.actors import Actor
from huiyin.people.models import Person

ZONE = ZoneInfo("Asia/Shanghai")
SEED = 20250304
OPENS, CLOSES = time(9, 5), time(20, 30)
THIS_SHIFT = timedelta(hours=3, minutes=30)

# A story does what happens at one moment, then yields the moment at which it goes on.
Story = Generator[datetime, None, None]
Teller = Callable[["World"], Story]


@dataclass
class World:
    """The demo while it is being made; `at` is the moment the stories have reached."""

    now: datetime
    people: dict[str, Person]
    at: datetime
    chance: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 - the same demo each time
    cases: dict[str, int] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)
    # Stories that would go on after the demo was loaded; there should be none.
    cut: list[str] = field(default_factory=list)

    def actor(self, username: str) -> Actor:
        return Actor.of(self.people[username])

    def ago(self, *, hours: float = 0, minutes: float = 0) -> datetime:
        """So long before the demo was loaded; what is longer ago happened while people worked."""
        length = timedelta(hours=hours, minutes=minutes)
        moment = self.now - length
        return moment if length < THIS_SHIFT else at_work(moment)

    def ahead(self, *, days: float = 0, hours: float = 0, minutes: float = 0) -> datetime:
        """So long after the demo was loaded."""
        return self.now + timedelta(days=days, hours=hours, minutes=minutes)

    def day(self, days_ago: int, clock: str) -> datetime:
        """A time of day, so many days before the day the demo was loaded."""
        day = self.now.astimezone(ZONE).date() - timedelta(days=days_ago)
        return datetime.combine(day, time.fromisoformat(clock), ZONE)

    def later(self, *, hours: float = 0, minutes: float = 0) -> datetime:
        """So long after the moment reached, on a full minute."""
        return (self.at + timedelta(hours=hours, minutes=minutes)).replace(second=0, microsecond=0)

    def serial(self, prefix: str, digits: int) -> str:
        """A number as carriers, banks and coupons have them."""
        return prefix + "".join(str(self.chance.randrange(10)) for _ in range(digits))


def in_office(moment: datetime) -> datetime:
    """The moment itself while the shop's people work, else the next morning."""
    local = moment.astimezone(ZONE)
    if OPENS <= local.time() <= CLOSES:
        return moment
    day = local.date() if local.time() < OPENS else local.date() + timedelta(days=1)
    return datetime.combine(day, OPENS, ZONE) + timedelta(minutes=(local.hour * 7 + local.minute) % 50)


def at_work(moment: datetime) -> datetime:
    """The moment itself while the shop's people work, else when they last went home."""
    local = moment.astimezone(ZONE)
    if OPENS <= local.time() <= CLOSES:
        return moment
    day = local.date() - timedelta(days=1) if local.time() < OPENS else local.date()
    return datetime.combine(day, CLOSES, ZONE)


def work_later(moment: datetime, minutes: float) -> datetime:
    """So many minutes of work after a moment."""
    left = timedelta(minutes=minutes)
    while True:
        local = moment.astimezone(ZONE)
        if local.time() >= CLOSES:
            local = datetime.combine(local.date() + timedelta(days=1), OPENS, ZONE)
        local = max(local, datetime.combine(local.date(), OPENS, ZONE))
        today = datetime.combine(local.date(), CLOSES, ZONE) - local
        if left <= today:
            return local + left
        moment, left = local + today, left - today


def work_before(moment: datetime, minutes: float) -> datetime:
    """So many minutes of work before a moment."""
    left = timedelta(minutes=minutes)
    while True:
        local = at_work(moment).astimezone(ZONE)
        today = local - datetime.combine(local.date(), OPENS, ZONE)
        if left <= today:
            return local - left
        moment, left = datetime.combine(local.date(), OPENS, ZONE) - timedelta(minutes=1), left - today


def said(moment: datetime) -> str:
    """A moment as one says it to a customer."""
    local = moment.astimezone(ZONE)
    return f"{local.month}月{local.day}日{local:%H:%M}"
