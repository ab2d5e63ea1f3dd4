"""The id port: UUIDv7, salts and short numbers. The only place where ids are made."""

import secrets
import uuid
from typing import Protocol

import uuid_utils

from fairhold.core.values.words import Words

# Crockford's base 32: no I, L, O or U, so that a number can be read out over the telephone.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SALT_BYTES = 16
# The name spaces of order and party ids (random, fixed for ever).
ORDERS = uuid.UUID("6b0c1d0e-6f27-4c1a-9a43-0d6a6a1f9b52")
PARTIES = uuid.UUID("0f6b8a55-94c2-4b7e-8a8f-2a7f6f0c7a11")


class Ids(Protocol):
    """Makes ids."""

    def new(self) -> str:
        """A new id, sortable by time."""

    def of_order(self, ref: str) -> str:
        """The id of the order that the marketplace calls `ref`: always the same."""

    def of_party(self, kind: str, ref: str) -> str:
        """The id of the buyer or seller that the marketplace calls `ref`: always the same."""

    def salt(self) -> str:
        """A new salt, hex."""

    def number(self) -> str:
        """A short case number for people: D-XXXX-XXXX."""


class RandomIds:
    """UUIDv7 and the system's random source."""

    def new(self) -> str:
        """A new UUIDv7."""
        return str(uuid_utils.uuid7())

    def of_order(self, ref: str) -> str:
        """UUIDv5 of the reference, so that one order can never be registered twice."""
        return str(uuid.uuid5(ORDERS, ref))

    def of_party(self, kind: str, ref: str) -> str:
        """UUIDv5 of kind and reference."""
        return str(uuid.uuid5(PARTIES, f"{kind}:{ref}"))

    def salt(self) -> str:
        """Sixteen random bytes, hex."""
        return secrets.token_hex(SALT_BYTES)

    def number(self) -> str:
        """A short case number; 40 random bits, guarded by a unique key."""
        letters = [secrets.choice(LETTERS) for _ in range(8)]
        return f"D-{''.join(letters[:4])}-{''.join(letters[4:])}"


def words(ids: Ids, text: str) -> Words:
    """A typed text with its id and salt."""
    return Words(ids.new(), ids.salt(), text)
