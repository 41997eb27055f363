"""Why a file is not taken or not given out."""

from enum import StrEnum


class Why(StrEnum):
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    TOO_MANY_PIXELS = "too_many_pixels"
    UNKNOWN_TYPE = "unknown_type"
    TYPE_NOT_TAKEN = "type_not_taken"
    TWO_TYPES = "two_types"
    PROGRAM = "program"
    BROKEN = "broken"
    CHANGED = "changed"
    GONE = "gone"


class FileRefused(Exception):
    """A file is not taken, or cannot be given out; `why` is for the caller to put into words."""

    def __init__(self, why: Why, **params: object) -> None:
        self.why = why
        self.params = params
        super().__init__(why.value)
