"""An exhibit: a file a party submitted, known by its SHA-256, never by its content."""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.values.roles import PARTIES, Role
from fairhold.core.values.words import TextRef, Words

# Bounds that keep one side from burying the other (threat model, flooding).
MOST_FILES_AT_ONCE = 10
MOST_FILES_OF_A_SIDE = 60


@dataclass(frozen=True, slots=True)
class Upload:
    """A stored file about to be submitted.

    Units: `size` in bytes. `sha256` in hex. `kind` is an evidence type of the rulebook, as its
    owner calls it. `shows` is its owner's line on what the file shows, `received_at` when its last
    byte was kept. A file for the platform only is not shown to the other side.
    """

    sha256: str
    size: int
    media_type: str
    name: Words
    kind: str | None = None
    shows: Words | None = None
    received_at: datetime | None = None
    platform_only: bool | None = None


@dataclass(frozen=True, slots=True)
class Copy:
    """A redacted copy of a file, which the other side gets in place of it. Units: bytes."""

    sha256: str
    size: int
    media_type: str


@dataclass(frozen=True, slots=True)
class Exhibit:
    """A submitted file. Its number (E1, E2, ...) is permanent.

    Withdrawal leaves it as a tombstone with its reason. `platform_only` is None where both sides
    see the file.
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
    shows: TextRef | None = None
    received_at: datetime | None = None
    platform_only: bool | None = None
    withdrawn: TextRef | None = None
    redacted: Copy | None = None

    def seen_by(self, role: Role) -> bool:
        """Whether somebody in this role of the case may see the file and what is said of it."""
        return not self.platform_only or role is self.side or role not in PARTIES

    def shown_to(self, role: Role) -> Copy:
        """What somebody in this role gets: the original, or the redacted copy of another side's."""
        original = Copy(self.sha256, self.size, self.media_type)
        whole = role is self.side or role not in PARTIES
        return original if whole or self.redacted is None else self.redacted


def exhibit_of(upload: Upload, number: int, side: Role, now: datetime) -> Exhibit:
    """The exhibit that an upload becomes under a number."""
    return Exhibit(
        number=number,
        side=side,
        sha256=upload.sha256,
        size=upload.size,
        media_type=upload.media_type,
        name=upload.name.sealed(),
        submitted_at=now,
        kind=upload.kind,
        shows=upload.shows.sealed() if upload.shows else None,
        received_at=upload.received_at,
        platform_only=upload.platform_only,
    )
