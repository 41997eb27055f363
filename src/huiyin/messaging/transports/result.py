"""How sending can go wrong."""


class Rejected(Exception):
    """The provider will never take this message; trying again is useless. The text is its reason."""


class Unreachable(Exception):
    """The provider could not take it now; it is tried again later. The text is its reason."""
