"""An exhibit: a file a party submitted, known by its SHA-256, never by its content."""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.values.roles import Role
from fairhold.core.values.words import TextRef, Words

# Bounds that keep one side from burying the other (threat model, flooding).
MOST_FILES_AT_ONCE = 10
MOST_FILES_OF_A_SIDE = 60


@dataclass(frozen=True, slots=True)
class Upload:
    """A stored file about to be submitted.

    Units: `size` in bytes. `sha256` in hex. `kind` is an evidence type of the rulebook, as its
    owner calls it.
    """

    sha256: str
    size: int
    media_type: str
    name: Words
    kind: str | None = None


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A submitted file. Its number (E1, E2, ...) is permanent.

    Withdrawal leaves it as a tombstone.
    """

    number: int
    side: Role
    sha256: str
    size: int
    media_type: str
    name: TextRef
    submitted_at: datetime
    withdrawn_at: datetime | None = None
    kind: str | None = None
