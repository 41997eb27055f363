"""Public numbers: HY-YYMMDD-NNNNNC, digits with a check digit, never given twice."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.db import connection

# One statement takes the row's lock, counts on and tells the number; two who ask at once get two numbers.
NEXT = (
    "INSERT INTO complaints_numbercounter (day, last) VALUES (%s, 1) "
    "ON CONFLICT (day) DO UPDATE SET last = complaints_numbercounter.last + 1 RETURNING last"
)


def next_number(at: datetime, zone: str) -> str:
    """Give the next free number of the day in the organisation's zone."""
    day = at.astimezone(ZoneInfo(zone)).date()
    with connection.cursor() as cursor:
        cursor.execute(NEXT, [connection.ops.adapt_datefield_value(day)])
        running = cursor.fetchone()[0]
    digits = f"{day:%y%m%d}{running:05d}"
    return f"HY-{day:%y%m%d}-{running:05d}{check_digit(digits)}"


def check_digit(digits: str) -> int:
    """Luhn's digit: catches one wrong digit and two neighbours swapped when a number is read out by telephone."""
    total = 0
    for place, digit in enumerate(reversed(digits)):
        value = int(digit) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return -total % 10


def is_well_formed(number: str) -> bool:
    """Whether somebody can have been given this number; catches slips before any look-up."""
    head, _, rest = number.strip().upper().partition("-")
    day, _, tail = rest.partition("-")
    if head != "HY" or len(day) != 6 or len(tail) < 6 or not (day + tail).isdecimal() or not (day + tail).isascii():
        return False
    return check_digit(day + tail[:-1]) == int(tail[-1])
