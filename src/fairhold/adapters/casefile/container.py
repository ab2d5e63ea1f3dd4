"""The outer checks of a case file: archive, bag, manifests, seal. Byte by byte, by name.

What is checked: the archive is the one that its members make; every member stands in a manifest and
has the digest that stands there; the manifests and the seal have their one form.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

from fairhold.adapters.casefile.archive import (
    ArchiveFault,
    Listed,
    Member,
    chunks_of,
    listed,
    reading,
    written,
)
from fairhold.adapters.casefile.bag import (
    DECLARATION,
    DECLARED,
    INFO,
    MANIFEST,
    SEAL,
    TAG_MANIFEST,
    manifest,
)

# Tag files are read whole; anything larger is none of ours.
LARGEST_TAG_BYTES = 4 * 1024 * 1024
IN_ORDER = (DECLARED, INFO, MANIFEST, TAG_MANIFEST, SEAL)


class Broken(Exception):
    """The case file does not hold; the message names the item, what was expected and what is."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A case file whose outside holds. Paths are those inside the bag's folder."""

    path: Path
    folder: str
    tags: dict[str, str]
    sizes: dict[str, int]
    digests: dict[str, str]

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of one file of the bag."""
        with self.path.open("rb") as file, reading(file) as archive:
            yield from chunks_of(archive, f"{self.folder}/{name}")

    def content(self, name: str) -> bytes:
        """One file of the bag, whole.

        Raises: Broken where the bag has no such file.
        """
        if name not in self.sizes:
            raise Broken(f"{name}: expected in every case file, it is missing")
        return b"".join(self.chunks(name))


def opened(path: Path) -> Opened:
    """Check the outside of a case file.

    Raises: Broken.
    """
    try:
        with path.open("rb") as file, reading(file) as archive:
            members = listed(archive)
            folder = members[0].path.partition("/")[0]
            names = [one.path.removeprefix(f"{folder}/") for one in members]
            _in_one_folder(folder, members, names)
            found = _compared(archive, path, members)
            tags = {name: _tag(archive, f"{folder}/{name}") for name in IN_ORDER}
    except ArchiveFault as fault:
        raise Broken(str(fault)) from fault
    except OSError as error:
        raise Broken(f"the file cannot be read: {error}") from error
    sizes = {name: one.size for name, one in zip(names, members, strict=True)}
    digests = dict(zip(names, found, strict=True))
    _manifests_hold(tags, digests)
    return Opened(path, folder, tags, sizes, digests)


def _in_one_folder(folder: str, members: list[Listed], names: list[str]) -> None:
    for one, name in zip(members, names, strict=True):
        plain = name and not name.startswith("/") and ".." not in name.split("/")
        if one.path != f"{folder}/{name}" or not plain:
            raise Broken(f"{one.path}: expected every file inside the folder {folder}/")
    if len(set(names)) != len(names):
        raise Broken("a file stands in the archive twice")
    if tuple(names[: len(IN_ORDER)]) != IN_ORDER:
        raise Broken(f"expected the archive to begin with {', '.join(IN_ORDER)}")
    payload = names[len(IN_ORDER) :]
    if payload != sorted(payload) or not all(name.startswith("data/") for name in payload):
        raise Broken("expected the payload below data/, in the order of its paths")


def _compared(archive: ZipFile, path: Path, members: list[Listed]) -> list[str]:
    """The digests of all members; the archive made again from them is compared on the way."""
    digests: list[str] = []

    def drawn(one: Listed) -> Iterator[bytes]:
        digest = hashlib.sha256()
        for chunk in chunks_of(archive, one.path):
            digest.update(chunk)
            yield chunk
        digests.append(digest.hexdigest())

    again = (
        Member(one.path, one.size, lambda one=one: drawn(one))  # type: ignore[misc]
        for one in members
    )
    with path.open("rb") as original:
        place = 0
        for piece in written(again):
            if original.read(len(piece)) != piece:
                raise Broken(f"the archive differs from the one its files make, near byte {place}")
            place += len(piece)
        if original.read(1):
            raise Broken(f"something follows the archive, from byte {place} on")
    return digests


def _tag(archive: ZipFile, path: str) -> str:
    content = b""
    for chunk in chunks_of(archive, path):
        content += chunk
        if len(content) > LARGEST_TAG_BYTES:
            raise Broken(f"{path}: larger than {LARGEST_TAG_BYTES} bytes")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Broken(f"{path}: expected UTF-8") from error


def _manifests_hold(tags: dict[str, str], digests: dict[str, str]) -> None:
    if tags[DECLARED] != DECLARATION:
        raise Broken(f"{DECLARED}: expected the declaration of BagIt 1.0")
    payload = {name: one for name, one in digests.items() if name.startswith("data/")}
    covered = {name: digests[name] for name in (DECLARED, INFO, MANIFEST)}
    for name, wanted in ((MANIFEST, payload), (TAG_MANIFEST, covered)):
        _lines_hold(name, tags[name], manifest(wanted.items()))


def _lines_hold(name: str, given: str, wanted: str) -> None:
    """Name the first line that differs: the item whose bytes are not those that were listed."""
    if given == wanted:
        return
    for line, right in zip(given.split("\n"), wanted.split("\n"), strict=False):
        if line != right:
            item = right[66:] or line[66:] or name
            raise Broken(f"{item}: its SHA-256 is {right[:64]}, {name} says {line[:64]}")
    raise Broken(f"{name}: expected {wanted.count(chr(10))} lines, got {given.count(chr(10))}")
