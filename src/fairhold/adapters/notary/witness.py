"""A witness of somebody else's log: it signs only what keeps the past that it signed before.

It remembers the last checkpoint durably before it answers, so that of two histories it never signs
both. Source: C2SP tlog-witness.
"""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from fairhold.adapters.notary.notes import Signer, signed_by
from fairhold.core.journal.merkle import consistent
from fairhold.core.journal.note import Checkpoint, Note, NoteError, read, read_checkpoint, written

Proof = Callable[[int, int], list[bytes]]


class Unwitnessed(Exception):
    """The checkpoint cannot be signed; the message says why."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Who signs, the log's key line, and the file that remembers the last checkpoint."""

    own: Signer
    log_key: str
    seen: Path

    def witnessed(self, published: str, proof: Proof, now: int) -> str:
        """The note with our name under it.

        `proof` gives the consistency proof between two sizes; `now` in seconds since 1970.
        Raises: Unwitnessed.
        """
        note, told = self._read(published)
        last = self._last()
        if last is not None and last != told:
            self._grown(last, told, proof)
        self._remember(told)
        return written(Note(note.text, (*note.signatures, self.own.cosigned(note, now))))

    def _read(self, published: str) -> tuple[Note, Checkpoint]:
        try:
            note = read(published)
            told = read_checkpoint(note.text)
            if not signed_by(note, self.log_key):
                raise Unwitnessed("the signature of the log does not hold")
        except NoteError as error:
            raise Unwitnessed(str(error)) from error
        if told.origin != self.log_key.partition("+")[0]:
            raise Unwitnessed(f"it is of another log, {told.origin}")
        return note, told

    def _grown(self, last: Checkpoint, told: Checkpoint, proof: Proof) -> None:
        if told.size < last.size:
            raise Unwitnessed(f"the log shrank from {last.size} to {told.size} leaves")
        path = proof(last.size, told.size)
        if not consistent(last.size, told.size, (last.root, told.root), path):
            raise Unwitnessed(
                f"the log of {told.size} leaves does not begin with the one of {last.size} that "
                "was signed before: its past was rewritten"
            )

    def _last(self) -> Checkpoint | None:
        if not self.seen.exists():
            return None
        try:
            return read_checkpoint(self.seen.read_text())
        except NoteError as error:
            raise Unwitnessed(f"{self.seen}: what was signed last cannot be read") from error

    def _remember(self, told: Checkpoint) -> None:
        """Durably, before anybody gets our name."""
        self.seen.parent.mkdir(parents=True, exist_ok=True)
        waiting = self.seen.with_suffix(".new")
        with waiting.open("w") as file:
            file.write(told.text)
            file.flush()
            os.fsync(file.fileno())
        waiting.replace(self.seen)
        handle = os.open(self.seen.parent, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
