"""The wired desk: the adapters that `config` chose, as one value.

`config` installs it once at start; everything above `flow` asks for it here.
"""

from dataclasses import dataclass

from fairhold.adapters.blobs import Blobs
from fairhold.adapters.blobs.partial import Partials
from fairhold.adapters.clock import Clock
from fairhold.adapters.ids import Ids
from fairhold.adapters.mail import Mail
from fairhold.adapters.rulebook.shelf import Shelf
from fairhold.adapters.scanning import Scanner
from fairhold.flow.parcels.room import ParcelRoom
from fairhold.flow.proofroom import ProofRoom


@dataclass(frozen=True, slots=True)
class Desk:
    """What the write path needs from outside. `alone`: clauses that may decide without a person."""

    clock: Clock
    ids: Ids
    shelf: Shelf
    blobs: Blobs
    partials: Partials
    mail: Mail
    fee_basis_points: int
    outage_seconds: int
    public_url: str
    test_mode: bool
    alone: frozenset[str]
    parcels: ParcelRoom
    proofs: ProofRoom
    scanner: Scanner
    retention_days: int
    mail_domain: str


_installed: list[Desk] = []


def install(desk: Desk) -> None:
    """Make `desk` the one that is used from now on."""
    _installed[:] = [desk]


def current() -> Desk:
    """The installed desk.

    Raises: LookupError when nothing was installed, which is a defect of the wiring.
    """
    if not _installed:
        raise LookupError("expected config to install a desk at start, got none")
    return _installed[0]
