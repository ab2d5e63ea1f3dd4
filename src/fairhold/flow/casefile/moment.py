"""The moment of a case file: how far each record had come. The same moment gives the same bytes."""

import re
from dataclasses import dataclass

FORM = re.compile(r"(\d{1,9})\.(\d{1,9})\.(\d{1,15})\.(\d{1,4})\.([01])")


class MomentError(ValueError):
    """A text names no moment; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Entries of the journal, events of custody, leaves of the log; lines of witnesses under the
    checkpoint, and whether an outside authority had stamped it.
    """

    entry: int
    custody: int
    size: int
    witnesses: int
    stamped: bool

    def __str__(self) -> str:
        parts = (self.entry, self.custody, self.size, self.witnesses, int(self.stamped))
        return ".".join(str(part) for part in parts)


def read_moment(text: str) -> Moment:
    """The moment that a text names.

    Raises: MomentError.
    """
    found = FORM.fullmatch(text)
    if found is None:
        raise MomentError(f"expected a moment like 12.5.340.1.0, got {text[:40]!r}")
    entry, custody, size, witnesses, stamped = (int(part) for part in found.groups())
    return Moment(entry, custody, size, witnesses, bool(stamped))
