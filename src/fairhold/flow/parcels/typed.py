"""Numbers as they are typed, and as they are kept: a slip that a check digit proves is mended."""

from fairhold.core.logistics.carriers import Register
from fairhold.core.logistics.waybill import Standing, examine, plain


def as_read(register: Register, typed: str, carrier: str) -> str:
    """The number to keep: with letters and digits that look alike put right, if that is certain."""
    found = examine(typed, register, register.named(carrier))
    mended = found.standing is Standing.VALID and found.number != plain(typed)
    return found.number if mended else typed
