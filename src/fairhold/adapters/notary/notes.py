"""Ed25519 signatures under notes: the log's own, and those of witnesses."""

import base64
import binascii
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from fairhold.adapters.notary.kept import kept
from fairhold.core.journal.note import (
    COSIGNATURE,
    ED25519,
    Note,
    NoteError,
    Signature,
    cosigned_text,
    key_id,
    key_line,
    read_key,
)

SEED_BYTES = 32
TIME_BYTES = 8


@dataclass(frozen=True, slots=True)
class Signer:
    """A name and its private key."""

    name: str
    key: Ed25519PrivateKey = field(repr=False)

    @property
    def public(self) -> bytes:
        """The public key, 32 bytes."""
        return self.key.public_key().public_bytes_raw()

    def line(self, kind: bytes = ED25519) -> str:
        """The public key as people hand it on."""
        return key_line(self.name, kind, self.public)

    def signed(self, text: str) -> Note:
        """The text with our signature. Same text, same bytes."""
        content = self.key.sign(text.encode())
        return Note(text, (Signature(self.name, key_id(self.name, ED25519, self.public), content),))

    def cosigned(self, note: Note, time: int) -> Signature:
        """Our signature as a witness who saw the note at `time` (seconds since 1970)."""
        content = time.to_bytes(TIME_BYTES, "big") + self.key.sign(cosigned_text(note.text, time))
        return Signature(self.name, key_id(self.name, COSIGNATURE, self.public), content)


def signer(name: str, seed: bytes) -> Signer:
    """The signer of that seed (32 bytes)."""
    return Signer(name, Ed25519PrivateKey.from_private_bytes(seed))


def seed_of(text: str) -> bytes:
    """The seed that Base64 text holds.

    Raises: NoteError.
    """
    try:
        seed = base64.b64decode(text, validate=True)
    except binascii.Error as error:
        raise NoteError("expected a key of 32 bytes in Base64") from error
    if len(seed) != SEED_BYTES:
        raise NoteError(f"expected a key of {SEED_BYTES} bytes in Base64, got {len(seed)}")
    return seed


def kept_seed(path: Path) -> bytes:
    """The seed that is kept in a file, made once, readable by its owner alone.

    Raises: NoteError where the file holds something else.
    """
    made = kept(path, lambda: base64.b64encode(os.urandom(SEED_BYTES)))
    return seed_of(made.decode("ascii", "replace").strip())


def signed_by(note: Note, line: str) -> bool:
    """Whether the note carries a good signature of this key, its owner's or a witness's.

    Raises: NoteError for a line that is no key.
    """
    name, kind, public = read_key(line)
    known = key_id(name, kind, public)
    given = [one for one in note.signatures if (one.name, one.key_id) == (name, known)]
    return any(_good(note.text, one, kind, public) for one in given)


def witnesses_of(note: Note, lines: Sequence[str]) -> list[str]:
    """The names of those witnesses whose good signature the note carries."""
    return [read_key(line)[0] for line in lines if signed_by(note, line)]


def _good(text: str, signature: Signature, kind: bytes, public: bytes) -> bool:
    content, signed = signature.content, text.encode()
    if kind == COSIGNATURE:
        time = int.from_bytes(content[:TIME_BYTES], "big")
        content, signed = content[TIME_BYTES:], cosigned_text(text, time)
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(content, signed)
    except InvalidSignature:
        return False
    return True
