"""The virus scan port: clean, infected, or not scanned. Nothing unscanned is ever called clean."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol


class Scan(StrEnum):
    """What a scan said."""

    CLEAN = "clean"
    INFECTED = "infected"
    NOT_SCANNED = "not_scanned"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a scan said, and the name of what it found or why there was none."""

    scan: Scan
    note: str


class Scanner(Protocol):
    """Looks into files."""

    def scan(self, chunks: Iterable[bytes]) -> Verdict:
        """The verdict on these bytes. A scanner that cannot be asked gives no verdict."""


class NoScanner:
    """Where no scanner is set up."""

    def scan(self, chunks: Iterable[bytes]) -> Verdict:
        """Nobody looked."""
        return Verdict(Scan.NOT_SCANNED, "no scanner is set up")
