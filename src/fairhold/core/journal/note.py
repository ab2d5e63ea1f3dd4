"""Signed notes: a checkpoint of the log as text that anybody can check, and its co-signatures.

A note is its text, an empty line, and lines of signatures. A checkpoint's text is three lines: the
log's name, the number of leaves, the root in Base64. Signing itself is an adapter's; here are the
forms. Source: C2SP signed-note, tlog-checkpoint and tlog-cosignature, version 1.
"""

import base64
import binascii
import hashlib
from dataclasses import dataclass

DASH = "\u2014"
# Kinds of keys, as the form numbers them: plain Ed25519, and Ed25519 under a time of witnessing.
ED25519, COSIGNATURE = b"\x01", b"\x04"
LONGEST_NOTE = 20_000


class NoteError(ValueError):
    """A text is no note, or no checkpoint; the message says what was expected."""


@dataclass(frozen=True, slots=True)
class Signature:
    """One line under a note: who signed, the key's id (4 bytes), and what the signer wrote."""

    name: str
    key_id: bytes
    content: bytes


@dataclass(frozen=True, slots=True)
class Note:
    """A text that ends in a line feed, and its signatures."""

    text: str
    signatures: tuple[Signature, ...]


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The log at one size: its name, the number of leaves, the root (32 bytes)."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"


def key_id(name: str, kind: bytes, public: bytes) -> bytes:
    """The id of a key: what tells it from another key of the same name."""
    return hashlib.sha256(name.encode() + b"\n" + kind + public).digest()[:4]


def key_line(name: str, kind: bytes, public: bytes) -> str:
    """A public key as people hand it on: name, id and key."""
    shown = key_id(name, kind, public).hex()
    return f"{name}+{shown}+{base64.b64encode(kind + public).decode()}"


def read_key(line: str) -> tuple[str, bytes, bytes]:
    """Name, kind and public key (32 bytes) of such a line.

    Raises: NoteError.
    """
    expected = NoteError(f"expected a key as name+id+Base64, got {line[:80]!r}")
    name, _, rest = line.strip().partition("+")
    shown, _, encoded = rest.partition("+")
    try:
        content = base64.b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise expected from error
    kind, public = content[:1], content[1:]
    if not name or len(public) != 32 or key_id(name, kind, public).hex() != shown:
        raise expected
    return name, kind, public


def cosigned_text(text: str, time: int) -> bytes:
    """What a witness signs: the time in seconds since 1970, then the whole text."""
    return f"cosignature/v1\ntime {time}\n{text}".encode()


def written(note: Note) -> str:
    """The note as it is published."""
    lines = [
        f"{DASH} {one.name} {base64.b64encode(one.key_id + one.content).decode()}\n"
        for one in note.signatures
    ]
    return f"{note.text}\n{''.join(lines)}"


def read(published: str) -> Note:
    """The note of a published text.

    Raises: NoteError.
    """
    text, gap, below = published.rpartition("\n\n")
    if not gap or not below.endswith("\n") or len(published) > LONGEST_NOTE:
        raise NoteError("expected a text, an empty line and at least one signature")
    return Note(f"{text}\n", tuple(_signature(line) for line in below[:-1].split("\n")))


def _signature(line: str) -> Signature:
    expected = NoteError(f"expected a line of a signature, got {line[:80]!r}")
    parts = line.split(" ")
    if len(parts) != 3 or parts[0] != DASH:
        raise expected
    try:
        content = base64.b64decode(parts[2], validate=True)
    except binascii.Error as error:
        raise expected from error
    if len(content) <= 4 or base64.b64encode(content).decode() != parts[2]:
        raise expected
    return Signature(parts[1], content[:4], content[4:])


def read_checkpoint(text: str) -> Checkpoint:
    """The checkpoint that a note's text is.

    Raises: NoteError.
    """
    lines = text.split("\n")
    try:
        origin, size, root, rest = lines[0], lines[1], lines[2], lines[3:]
        found = Checkpoint(origin, int(size), base64.b64decode(root, validate=True))
    except (IndexError, ValueError) as error:
        raise NoteError("expected the lines of a checkpoint: name, size, root") from error
    if found.text != text or len(found.root) != 32 or rest != [""]:
        raise NoteError("expected a checkpoint in its one canonical form")
    return found
