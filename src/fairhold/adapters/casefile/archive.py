"""The ZIP around a bag: stored members in a given order, with fixed times and rights.

There is one archive for given members. The checker makes it again from the members and compares,
so that no byte between them can hide anything.
"""

import io
import stat
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, BinaryIO

CHUNK_BYTES = 1 << 20
# A ZIP knows no time before this one; the moments of a case stand in its content.
TIME = (1980, 1, 1, 0, 0, 0)
MODE = (stat.S_IFREG | 0o644) << 16
MOST_MEMBERS = 20_000
UNIX = 3


@dataclass(frozen=True, slots=True)
class Member:
    """One file of an archive: its path, its size in bytes, and what gives its bytes."""

    path: str
    size: int
    chunks: Callable[[], Iterable[bytes]]


class _Pipe(io.RawIOBase):
    """Takes bytes until somebody fetches them; it cannot be wound back."""

    def __init__(self) -> None:
        super().__init__()
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, content: Any) -> int:
        # Bytes are kept as they are: a copy of every chunk would cost half the speed.
        taken = content if isinstance(content, bytes) else bytes(content)
        self._waiting.append(taken)
        return len(taken)

    def fetched(self) -> list[bytes]:
        """What came since the last time."""
        waiting, self._waiting = self._waiting, []
        return waiting


def written(members: Iterable[Member]) -> Iterator[bytes]:
    """The bytes of the archive, as they are made; never more than a chunk in memory."""
    pipe = _Pipe()
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_STORED) as archive:
        for member in members:
            for _ in _added(archive, member):
                yield from pipe.fetched()
            yield from pipe.fetched()
    yield from pipe.fetched()


def _added(archive: zipfile.ZipFile, member: Member) -> Iterator[None]:
    """Add one member, a chunk at a time."""
    with archive.open(_info(member), "w", force_zip64=_large(member.size)) as inside:
        for chunk in member.chunks():
            inside.write(chunk)
            yield


def _info(member: Member) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(member.path, TIME)
    info.create_system = UNIX
    info.external_attr = MODE
    info.file_size = member.size
    return info


def _large(size: int) -> bool:
    return size > zipfile.ZIP64_LIMIT - CHUNK_BYTES


@dataclass(frozen=True, slots=True)
class Listed:
    """What an archive says it holds."""

    path: str
    size: int


class ArchiveFault(Exception):
    """The file is no archive of ours; the message says where it stops being one."""


@contextmanager
def reading(file: BinaryIO) -> Iterator[zipfile.ZipFile]:
    """An archive to read in.

    Raises: ArchiveFault, also for whatever goes wrong inside.
    """
    try:
        with zipfile.ZipFile(file) as archive:
            yield archive
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, EOFError) as error:
        raise ArchiveFault(f"the archive cannot be read: {error}") from error


def listed(archive: zipfile.ZipFile) -> list[Listed]:
    """The members of an archive, in its order.

    Raises: ArchiveFault.
    """
    found = archive.infolist()
    if not 0 < len(found) <= MOST_MEMBERS:
        raise ArchiveFault(f"expected 1 to {MOST_MEMBERS} files in the archive, got {len(found)}")
    for one in found:
        if one.compress_type != zipfile.ZIP_STORED:
            raise ArchiveFault(f"{one.filename}: expected it as it is, not compressed")
    in_order = sorted(found, key=lambda info: info.header_offset)
    return [Listed(one.filename, one.file_size) for one in in_order]


def chunks_of(archive: zipfile.ZipFile, path: str) -> Iterator[bytes]:
    """The bytes of one member.

    Raises: ArchiveFault.
    """
    try:
        with archive.open(path) as inside:
            while chunk := inside.read(CHUNK_BYTES):
                yield chunk
    except (zipfile.BadZipFile, KeyError, ValueError, EOFError, RuntimeError) as error:
        raise ArchiveFault(f"{path}: it cannot be read: {error}") from error
