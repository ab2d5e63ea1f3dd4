"""Entries of the journal: canonical bytes (RFC 8785), SHA-256, each linked to the one before.

Step 5 of the write path links new entries; the audit verifies old ones with the same function.
"""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import rfc8785

from fairhold.core.values.plain import to_plain

FORMAT = 1
FAST_WRITER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"))
GENESIS = "0" * 64


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of an order's journal.

    `request` is the idempotency key of the command, on its first entry only.
    """

    order_id: str
    seq: int
    case_id: str | None
    type: str
    actor_id: str
    actor_role: str
    at: datetime
    payload: dict[str, Any]
    request: str | None
    request_digest: str | None
    prev_hash: str
    hash: str = ""


def seal(entry: Entry) -> str:
    """The hash of a new entry, by the fast writer of the standard library.

    For what a journal holds (ASCII keys, strings, integers, truth values, lists) it writes the same
    bytes as RFC 8785 asks for; a property test holds the two equal, and the audit verifies with the
    library alone.
    """
    return hashlib.sha256(FAST_WRITER.encode(_record(entry)).encode()).hexdigest()


def sealed(entry: Entry) -> Entry:
    """The entry with its hash."""
    return replace(entry, hash=seal(entry))


def hash_of(entry: Entry) -> str:
    """The hash that `entry` must carry: over every field but the hash, and the format number."""
    return hashlib.sha256(rfc8785.dumps(_record(entry))).hexdigest()


def _record(entry: Entry) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "order_id": entry.order_id,
        "seq": entry.seq,
        "case_id": entry.case_id,
        "type": entry.type,
        "actor_id": entry.actor_id,
        "actor_role": entry.actor_role,
        "at": to_plain(entry.at),
        "payload": entry.payload,
        "request": entry.request,
        "request_digest": entry.request_digest,
        "prev_hash": entry.prev_hash,
    }


def breaks(entries: Iterable[Entry]) -> list[str]:
    """What is wrong with a whole chain, from its first entry on; empty when every link holds."""
    found = []
    expected_seq, expected_prev = 1, GENESIS
    for entry in entries:
        place = f"order {entry.order_id} entry {entry.seq}"
        if entry.seq != expected_seq:
            found.append(f"{place}: expected entry {expected_seq} here")
        if entry.prev_hash != expected_prev:
            found.append(f"{place}: does not link to the entry before it")
        if entry.hash != hash_of(entry):
            found.append(f"{place}: its content does not match its hash")
        expected_seq, expected_prev = entry.seq + 1, entry.hash
    return found
