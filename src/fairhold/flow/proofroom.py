"""What the desk proves with: the signer of the log, witnesses it trusts, an outside clock."""

from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import Certificate

from fairhold.adapters.notary.notes import Signer
from fairhold.adapters.notary.seal import PdfSeal
from fairhold.adapters.notary.stamps import Stamper


@dataclass(frozen=True, slots=True)
class ProofRoom:
    """`checkpoints` is the folder that the operator publishes; `witnesses` are key lines;
    `roots` are certificates by which time-stamps are verified.
    """

    signer: Signer
    seal: PdfSeal
    checkpoints: Path
    witnesses: tuple[str, ...]
    stamper: Stamper | None
    roots: tuple[Certificate, ...]

    @property
    def root_file(self) -> bytes:
        """The roots as one PEM file."""
        return b"".join(one.public_bytes(Encoding.PEM) for one in self.roots)
