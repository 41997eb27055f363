"""Numbers that came from outside as text."""

MOST_DIGITS = 9  # what every database and Python itself reads; thousands of digits are refused by both


def whole(text: str) -> int | None:
    """A whole number from an address or a hidden field; nothing for anything else."""
    return int(text) if text.isdecimal() and len(text) <= MOST_DIGITS else None
