"""A request for proof in a dispute: what the platform asked of one side, until when, and how it
ended.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from fairhold.core.values.roles import Role

# The clock of a request is named after it; its rule in the procedure is the part before the point.
CLOCK = "proof."


class Asking(StrEnum):
    """How a request stands."""

    OPEN = "open"
    GIVEN = "given"
    LAPSED = "lapsed"
    NOT_NEEDED = "not_needed"


@dataclass(frozen=True, slots=True)
class ProofRequest:
    """One request: its name in the rulebook, from whom, which documents (all of them, or any).

    Documents count that were submitted up to and including `due_at` (aware UTC).
    """

    name: str
    party: Role
    documents: tuple[str, ...]
    all_needed: bool
    asked_at: datetime
    due_at: datetime
    standing: Asking = Asking.OPEN

    @property
    def clock(self) -> str:
        """The kind of its clock."""
        return CLOCK + self.name


def request_of(clock: str) -> str | None:
    """The name of the request that a clock of this kind belongs to; None for every other clock."""
    return clock.removeprefix(CLOCK) if clock.startswith(CLOCK) else None
