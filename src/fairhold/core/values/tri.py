"""Three-valued truth: true, false, and unknown, which is neither and never counts as either."""

from collections.abc import Iterable
from enum import Enum


class Tri(Enum):
    """A truth value. `UNKNOWN` cannot be asked whether it is true."""

    TRUE = 1
    FALSE = 0
    UNKNOWN = -1

    def __bool__(self) -> bool:
        """Whether it is true.

        Raises: TypeError for UNKNOWN: what is not known is not false.
        """
        if self is Tri.UNKNOWN:
            raise TypeError("an unknown truth value is neither true nor false; compare with `is`")
        return self is Tri.TRUE


def known(value: bool) -> Tri:
    """The truth value of something known."""
    return Tri.TRUE if value else Tri.FALSE


def negation(value: Tri) -> Tri:
    """True becomes false, false becomes true, unknown stays unknown."""
    if value is Tri.UNKNOWN:
        return value
    return Tri.FALSE if value is Tri.TRUE else Tri.TRUE


def conjunction(values: Iterable[Tri]) -> Tri:
    """False if one is false; otherwise unknown if one is unknown; otherwise true."""
    found = Tri.TRUE
    for value in values:
        if value is Tri.FALSE:
            return value
        if value is Tri.UNKNOWN:
            found = value
    return found


def disjunction(values: Iterable[Tri]) -> Tri:
    """True if one is true; otherwise unknown if one is unknown; otherwise false."""
    found = Tri.FALSE
    for value in values:
        if value is Tri.TRUE:
            return value
        if value is Tri.UNKNOWN:
            found = value
    return found
