"""Time-stamps of an outside authority (RFC 3161): asked for, kept raw, verified.

The raw reply is kept whatever we can make of it: some authorities send certificates in an order
that a strict reader refuses, and other tools still verify them.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import httpx2
from cryptography import x509
from rfc3161_client import (
    TimestampRequestBuilder,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

TIMEOUT_SECONDS = 15
LARGEST_REPLY_BYTES = 64 * 1024


class StampFault(Exception):
    """The authority gave no stamp; a retry may help."""


class Stamper(Protocol):
    """Gives time-stamps."""

    def stamp(self, message: bytes) -> bytes:
        """The raw reply of the authority over the SHA-256 of `message`.

        Raises: StampFault.
        """


@dataclass(frozen=True, slots=True)
class HttpStamper:
    """An authority that is asked over HTTP; the operator chose its address."""

    url: str

    def stamp(self, message: bytes) -> bytes:
        """Ask for a stamp."""
        asked = TimestampRequestBuilder().data(message).build()
        headers = {"content-type": "application/timestamp-query"}
        try:
            with httpx2.Client(timeout=TIMEOUT_SECONDS) as client:
                answer = client.post(self.url, content=asked.as_bytes(), headers=headers)
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            raise StampFault(str(error)) from error
        if answer.status_code != 200 or len(answer.content) > LARGEST_REPLY_BYTES:
            raise StampFault(f"the authority answered {answer.status_code}")
        return bytes(answer.content)


@dataclass(frozen=True, slots=True)
class Stamped:
    """What a stamp says: `verdict` is good, bad or unread; the time where it could be read."""

    verdict: str
    at: datetime | None
    why: str


def examine(reply: bytes, message: bytes, roots: list[x509.Certificate]) -> Stamped:
    """What a raw reply says about `message`. Without roots only the digest and time are read."""
    try:
        decoded = decode_timestamp_response(reply)
        info = decoded.tst_info
        at = info.gen_time
        same = info.message_imprint.message == hashlib.sha256(message).digest()
    except (ValueError, RuntimeError) as error:
        return Stamped("unread", None, f"{type(error).__name__}: {error}")
    if not same:
        return Stamped("bad", at, "the stamp is over something else")
    if not roots:
        return Stamped("unread", at, "no root certificate was given to verify it with")
    builder = VerifierBuilder()
    for root in roots:
        builder = builder.add_root_certificate(root)
    try:
        builder.build().verify_message(decoded, message)
    except (VerificationError, ValueError) as error:
        return Stamped("bad", at, str(error))
    return Stamped("good", at, "")


def roots_of(path: Path) -> list[x509.Certificate]:
    """The certificates of a PEM file.

    Raises: ValueError, OSError.
    """
    return x509.load_pem_x509_certificates(path.read_bytes())
