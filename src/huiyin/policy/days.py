"""A calendar: which days are worked, which hours are served, and up to which day an official notice says so."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import accumulate
from zoneinfo import ZoneInfo

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from huiyin.policy import wall

Block = tuple[time, time]
Blocks = tuple[Block, ...]
Week = tuple[Blocks, Blocks, Blocks, Blocks, Blocks, Blocks, Blocks]

NEVER_OPEN: Week = ((), (), (), (), (), (), ())
SATURDAY_AND_SUNDAY = frozenset({5, 6})
# Nobody waits longer for a working day; a calendar that has none in this time has none at all.
HORIZON_DAYS = 366 * 60
FIRST_ORDINAL, LAST_ORDINAL = 3, date.max.toordinal() - 3


class NoWorkingTime(ValueError):
    """The calendar has no working day, or no service hour, where one is looked for."""


class DayKind(TextChoices):
    OFF = "off", _("Day off")
    WORK = "work", _("Working day")


class DayEnd(TextChoices):
    """When the last day of a period ends: at 24:00, or when business closes (民法典 203, second paragraph)."""

    MIDNIGHT = "midnight", _("At 24:00")
    CLOSING = "closing", _("When business closes")


@dataclass(frozen=True, slots=True)
class Day:
    """What an official notice says about one day."""

    kind: DayKind
    name: str


@dataclass(frozen=True, eq=False)
class Calendar:
    """Days and hours of one place, frozen; what it works out is kept beside it.

    `days` holds only the days that do not follow the week. They are known from `known_from` to `known_until`; None
    says that no notice is known, and a deadline that needs days outside is provisional (ENG-06).
    `week` holds the service blocks of Monday to Sunday; a block that ends before it starts runs into the next morning
    and belongs to the day it starts on. A day off is served by `holiday_blocks`, a make-up weekend by
    `makeup_blocks`, else by the blocks of its weekday, else by those of the first weekday that has any.
    """

    zone: ZoneInfo
    week: Week = NEVER_OPEN
    days: Mapping[date, Day] = field(default_factory=dict)
    known_until: date | None = None
    known_from: date = date.min
    weekend: frozenset[int] = SATURDAY_AND_SUNDAY
    makeup_blocks: Blocks | None = None
    holiday_blocks: Blocks = ()
    day_end: DayEnd = DayEnd.MIDNIGHT
    code: str = ""
    version: str = ""
    known_lo: int = field(init=False)
    known_hi: int = field(init=False)
    _worked: "list[WorkedDays]" = field(default_factory=list, init=False, repr=False)
    _served: "list[ServedTime]" = field(default_factory=list, init=False, repr=False)
    _starts: dict[int, datetime] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "known_lo", self.known_from.toordinal())
        object.__setattr__(self, "known_hi", 0 if self.known_until is None else self.known_until.toordinal())

    def is_working(self, day: date) -> bool:
        """Whether the day is worked: by notice, else by the week."""
        told = self.days.get(day)
        return day.weekday() not in self.weekend if told is None else told.kind is DayKind.WORK

    def is_known(self, day: date) -> bool:
        """Whether an official notice covers the day."""
        return self.known_until is not None and self.known_from <= day <= self.known_until

    def name(self, day: date) -> str:
        """Give the holiday a day off, or a make-up working day, belongs to; empty when the notice says nothing."""
        told = self.days.get(day)
        return "" if told is None else told.name

    def blocks(self, day: date) -> Blocks:
        """Give the service blocks that start on the day."""
        told = self.days.get(day)
        usual = self.week[day.weekday()]
        if told is None:
            return usual
        if told.kind is DayKind.OFF:
            return self.holiday_blocks
        if day.weekday() in self.weekend and self.makeup_blocks is not None:
            return self.makeup_blocks
        return usual or next((blocks for blocks in self.week if blocks), ())

    def start_of(self, ordinal: int) -> datetime:
        """Give the instant at which a day begins here."""
        started = self._starts.get(ordinal)
        if started is None:
            started = self._starts[ordinal] = wall.start_of(date.fromordinal(ordinal), self.zone)
        return started

    def closing(self, day: date) -> datetime:
        """Give the instant at which the last block of a day ends: 24:00 at the latest, and when it has no block."""
        midnight = self.start_of(day.toordinal() + 1)
        ends = [_block_on(day, block)[1] for block in self.blocks(day)]
        return min(wall.first_instant(max(ends), self.zone), midnight) if ends else midnight

    def opening(self, day: date) -> datetime:
        """Give the instant at which the first block of a day starts; the start of the day when it has none."""
        starts = [_block_on(day, block)[0] for block in self.blocks(day)]
        return wall.first_instant(min(starts), self.zone) if starts else self.start_of(day.toordinal())

    def working_day_after(self, ordinal: int, count: int) -> int:
        """Give the count-th working day after a day."""
        worked = self.worked(ordinal, ordinal + 2 * count + 31)
        position = bisect_right(worked.ordinals, ordinal) + count - 1
        while position >= len(worked.ordinals):
            if worked.last - ordinal > HORIZON_DAYS + 2 * count or worked.last >= LAST_ORDINAL:
                raise NoWorkingTime(f"no {count} working days after {date.fromordinal(ordinal)}")
            worked = self.worked(ordinal, worked.last + 366)
            position = bisect_right(worked.ordinals, ordinal) + count - 1
        return worked.ordinals[position]

    def working_day_before(self, ordinal: int) -> int:
        """Give the last working day before a day."""
        worked = self.worked(ordinal - 31, ordinal)
        position = bisect_left(worked.ordinals, ordinal) - 1
        while position < 0:
            if ordinal - worked.first > HORIZON_DAYS or worked.first <= FIRST_ORDINAL:
                raise NoWorkingTime(f"no working day before {date.fromordinal(ordinal)}")
            worked = self.worked(worked.first - 366, ordinal)
            position = bisect_left(worked.ordinals, ordinal) - 1
        return worked.ordinals[position]

    def working_days_between(self, after: int, until: int) -> int:
        """Count the working days after one day up to and with another."""
        ordinals = self.worked(after, until).ordinals
        return bisect_right(ordinals, until) - bisect_right(ordinals, after)

    def worked(self, first: int, last: int) -> "WorkedDays":
        """Give the working days from first to last, and as many around them as are already worked out."""
        known = self._worked[0] if self._worked else None
        if known is None or first < known.first or last > known.last:
            known = WorkedDays(self, *_stretched(known, first, last))
            self._worked[:] = [known]
        return known

    def served(self, first: int, last: int) -> "ServedTime":
        """Give the service time from first to last, and as much around it as is already worked out."""
        known = self._served[0] if self._served else None
        if known is None or first < known.first or last > known.last:
            known = ServedTime(self, *_stretched(known, first, last))
            self._served[:] = [known]
        return known


def _stretched(known: "WorkedDays | ServedTime | None", first: int, last: int) -> tuple[int, int]:
    """Widen what is known at least twofold where it is too short, so that growing stays cheap."""
    if known is not None:
        length = known.last - known.first
        first = known.first if first >= known.first else first - length
        last = known.last if last <= known.last else last + length
    return max(first, FIRST_ORDINAL), min(last, LAST_ORDINAL)


class WorkedDays:
    """The working days between two days, as sorted day numbers."""

    __slots__ = ("first", "last", "ordinals")

    def __init__(self, calendar: Calendar, first: int, last: int) -> None:
        self.first, self.last = first, last
        # Day number 1 was a Monday.
        usual = [(ordinal + 6) % 7 not in calendar.weekend for ordinal in range(first, last + 1)]
        for day, told in calendar.days.items():
            position = day.toordinal() - first
            if 0 <= position < len(usual):
                usual[position] = told.kind is DayKind.WORK
        self.ordinals = [first + position for position, worked in enumerate(usual) if worked]


class ServedTime:
    """The service time between two days: sorted intervals in microseconds, and the running total before each."""

    __slots__ = ("before", "ends", "first", "last", "ordinals", "starts", "until")

    def __init__(self, calendar: Calendar, first: int, last: int) -> None:
        self.first, self.last = first, last
        self.starts: list[int] = []
        self.ends: list[int] = []
        self.ordinals: list[int] = []
        # One day earlier, for the shift that comes over from the evening before.
        noons = [_noon_offset_us(calendar.zone, ordinal) for ordinal in range(first - 2, last + 3)]
        for position, ordinal in enumerate(range(first - 1, last + 1)):
            self._add_day(calendar, ordinal, noons[position : position + 4])
        lengths = [end - start for start, end in zip(self.starts, self.ends, strict=True)]
        self.until = list(accumulate(lengths))
        self.before = [0, *self.until]

    def _add_day(self, calendar: Calendar, ordinal: int, noons: list[int]) -> None:
        """Add the blocks of a day; `noons` are the offsets at noon from the day before to two days after."""
        day = date.fromordinal(ordinal)
        blocks = calendar.blocks(day)
        midnight = (ordinal - wall.EPOCH_ORDINAL) * wall.DAY_US - noons[1]
        steady = len(set(noons)) == 1
        for block in sorted(blocks):
            if steady:
                opens, closes = midnight + _of_day_us(block[0]), midnight + _of_day_us(block[1])
                closes += wall.DAY_US if block[1] <= block[0] else 0
            else:
                opens, closes = (
                    wall.microseconds(wall.first_instant(end, calendar.zone)) for end in _block_on(day, block)
                )
            self._add(opens, closes, ordinal)

    def _add(self, opens: int, closes: int, ordinal: int) -> None:
        """Add an interval, cut where an earlier shift still serves: two people at the desk are one desk open."""
        opens = max(opens, self.ends[-1]) if self.ends else opens
        if closes > opens:
            self.starts.append(opens)
            self.ends.append(closes)
            self.ordinals.append(ordinal)

    def passed(self, at_us: int) -> int:
        """Give the service time up to an instant."""
        position = bisect_right(self.starts, at_us) - 1
        if position < 0:
            return 0
        return self.before[position] + min(at_us, self.ends[position]) - self.starts[position]

    def shift_after(self, at_us: int) -> int:
        """Give the day on which the first shift began that serves after an instant."""
        return self.ordinals[bisect_right(self.ends, at_us)]

    def reached(self, total_us: int) -> tuple[int, int] | None:
        """Give the instant at which so much has been served, and the day its shift began; None when out of reach."""
        position = bisect_left(self.until, total_us)
        if position == len(self.until):
            return None
        return self.starts[position] + total_us - self.before[position], self.ordinals[position]


def _noon_offset_us(zone: ZoneInfo, ordinal: int) -> int:
    return wall.offset_us(zone, datetime.combine(date.fromordinal(ordinal), time(12)))


def _of_day_us(moment: time) -> int:
    return (moment.hour * 60 + moment.minute) * wall.MINUTE_US + moment.second * wall.SECOND_US


def _block_on(day: date, block: Block) -> tuple[datetime, datetime]:
    """Give the wall times of a block that starts on the day; one that ends before it starts ends the next day."""
    opens, closes = block
    next_morning = timedelta(days=1) if closes <= opens else timedelta(0)
    return datetime.combine(day, opens), datetime.combine(day, closes) + next_morning


def local_ordinal(at: datetime, zone: ZoneInfo) -> int:
    """Give the number of the day on which an instant falls in the zone."""
    return at.astimezone(zone).toordinal()


def require_aware(at: datetime) -> datetime:
    """Give the instant in UTC; refuses a wall time without a zone, which is no instant."""
    if at.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return at.astimezone(UTC)
