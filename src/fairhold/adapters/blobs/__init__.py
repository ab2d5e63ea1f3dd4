"""The blob port: evidence bytes by their SHA-256, write-once."""

from collections.abc import Iterable, Iterator
from typing import BinaryIO, Protocol


class BlobTooLarge(Exception):
    """More bytes came than are allowed; nothing was kept."""


class Blobs(Protocol):
    """Keeps bytes for ever under their digest."""

    def put(self, chunks: Iterable[bytes], *, most_bytes: int) -> tuple[str, int]:
        """Store the bytes durably; returns their SHA-256 (hex) and size.

        Raises: BlobTooLarge.
        """

    def read(self, sha256: str) -> Iterator[bytes]:
        """The bytes of that digest.

        Raises: FileNotFoundError.
        """

    def open(self, sha256: str) -> BinaryIO:
        """The same as a file to read in; the caller closes it.

        Raises: FileNotFoundError.
        """

    def remove(self, sha256: str) -> None:
        """Delete the bytes, durably; nothing where there are none."""
