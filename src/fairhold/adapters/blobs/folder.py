"""Blobs in a local folder.

Hashed while written, synced, then linked to their name, never replaced.
"""

import contextlib
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

from fairhold.adapters.blobs import BlobTooLarge

CHUNK_BYTES = 1 << 20
FOLDERS = 256
PIECE_BYTES = 1 << 18


class FolderBlobs:
    """Content-addressed files below one folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._incoming = folder / "incoming"
        self._incoming.mkdir(parents=True, exist_ok=True)
        # Every folder that a digest can name is there before any file: one sync less for each.
        for number in range(FOLDERS):
            (folder / f"{number:02x}").mkdir(exist_ok=True)
        _sync_folder(folder)

    def put(self, chunks: Iterable[bytes], *, most_bytes: int) -> tuple[str, int]:
        """Store the bytes so that they survive a power cut before this returns.

        Raises: BlobTooLarge; the partial file is removed.
        """
        handle, name = tempfile.mkstemp(dir=self._incoming)
        try:
            with os.fdopen(handle, "wb") as file:
                digest, size = _copy(chunks, file, most_bytes)
                file.flush()
                os.fsync(file.fileno())
            self._link(name, digest)
        finally:
            os.unlink(name)
        return digest, size

    def read(self, sha256: str) -> Iterator[bytes]:
        """The bytes of that digest, in pieces."""
        return _chunks(self._path(sha256).open("rb"))

    def open(self, sha256: str) -> BinaryIO:
        """The file itself, to read in."""
        return self._path(sha256).open("rb")

    def remove(self, sha256: str) -> None:
        """Delete the file; it does not come back after a power cut."""
        path = self._path(sha256)
        path.unlink(missing_ok=True)
        if path.parent.is_dir():
            _sync_folder(path.parent)

    def _path(self, sha256: str) -> Path:
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise FileNotFoundError(sha256)
        return self._folder / sha256[:2] / sha256

    def _link(self, name: str, digest: str) -> None:
        """Give the file its name. The name is its digest, so a file already there is the same."""
        target = self._path(digest)
        with contextlib.suppress(FileExistsError):
            os.link(name, target)
        os.chmod(target, 0o400)
        _sync_folder(target.parent)


def _chunks(file: BinaryIO) -> Iterator[bytes]:
    with file:
        while chunk := file.read(CHUNK_BYTES):
            yield chunk


def _copy(chunks: Iterable[bytes], file: BinaryIO, most_bytes: int) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    for piece in _pieces(chunks):
        size += len(piece)
        if size > most_bytes:
            raise BlobTooLarge(f"expected at most {most_bytes} bytes, got more")
        digest.update(piece)
        file.write(piece)
    return digest.hexdigest(), size


def _pieces(chunks: Iterable[bytes]) -> Iterator[memoryview]:
    """Pieces small enough to be still at hand when they are written, just after being hashed."""
    for chunk in chunks:
        whole = memoryview(chunk)
        for start in range(0, len(whole), PIECE_BYTES):
            yield whole[start : start + PIECE_BYTES]


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
