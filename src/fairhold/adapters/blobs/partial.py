"""Files that are still on their way: bytes appended piece by piece, taken up again after a break.

How far a file is, is told by its own length: after a power cut that is what is really there.
"""

import fcntl
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PIECE_BYTES = 1 << 18


class OutOfStep(Exception):
    """The piece does not begin where the file ends; `at` is where it ends."""

    def __init__(self, at: int) -> None:
        super().__init__(f"expected a piece that begins at byte {at}")
        self.at = at


class Partials:
    """Unfinished files below one folder, by id."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        folder.mkdir(parents=True, exist_ok=True)

    def begin(self, name: str) -> None:
        """An empty file."""
        (self._folder / name).touch(exist_ok=False)

    def length(self, name: str) -> int:
        """How many bytes are there.

        Raises: FileNotFoundError.
        """
        return (self._folder / name).stat().st_size

    def append(self, name: str, offset: int, piece: bytes) -> int:
        """Add a piece that begins at `offset`; returns the new length, on the disk.

        Raises: OutOfStep, where another piece came first; FileNotFoundError.
        """
        with (self._folder / name).open("r+b") as file:
            fcntl.flock(file, fcntl.LOCK_EX)
            end = file.seek(0, os.SEEK_END)
            if end != offset:
                raise OutOfStep(end)
            file.write(piece)
            file.flush()
            os.fsync(file.fileno())
            return end + len(piece)

    def remove(self, name: str) -> None:
        """Forget the file; nothing where there is none."""
        (self._folder / name).unlink(missing_ok=True)

    def whole(self, name: str, called: str) -> "Whole":
        """The finished file, as the intake reads it."""
        return Whole(self._folder / name, called)


@dataclass(frozen=True, slots=True)
class Whole:
    """A finished file: its name, its size, its bytes as often as they are asked for."""

    path: Path
    name: str

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.path.stat().st_size

    def chunks(self) -> Iterator[bytes]:
        """The content in pieces."""
        with self.path.open("rb") as file:
            while piece := file.read(PIECE_BYTES):
                yield piece
