"""The chain of custody of one order: who looked at, fetched or exported what, and when.

A chain of its own beside the journal, by the same rule: looking at a file changes no case.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import Any

import rfc8785

from fairhold.core.journal.chain import GENESIS
from fairhold.core.values.plain import to_plain

FORMAT = "custody/1"
# The whole file of a case, in the place of one exhibit.
WHOLE_CASE = "case"


class Act(StrEnum):
    """What was done with it, by the four steps of handling digital evidence.

    Source: ISO/IEC 27037 names identification, collection, acquisition and preservation; the acts
    before these stand in the journal (received, submitted, withdrawn, redacted).
    """

    VIEWED = "viewed"
    DOWNLOADED = "downloaded"
    EXPORTED = "exported"


@dataclass(frozen=True, slots=True)
class Custody:
    """One event. `exhibit` is E3 of that dispute, A1 of the order, or `case`.

    `salt` is random: the hash of an event that is withheld from somebody tells nothing of it.
    """

    order_id: str
    seq: int
    case_id: str | None
    exhibit: str
    sha256: str
    act: str
    actor_id: str
    actor_role: str
    at: datetime
    way: str
    salt: str
    prev_hash: str
    hash: str = ""


def linked(event: Custody) -> Custody:
    """The event with its hash."""
    return replace(event, hash=custody_hash(event))


def custody_hash(event: Custody) -> str:
    """The hash that an event must carry: over every field but the hash, and the format."""
    record: dict[str, Any] = {**to_plain(event), "format": FORMAT}
    del record["hash"]
    return hashlib.sha256(rfc8785.dumps(record)).hexdigest()


def custody_breaks(events: Iterable[Custody]) -> list[str]:
    """What is wrong with a whole chain of custody; empty when every link holds."""
    found, seq, prev = [], 1, GENESIS
    for event in events:
        place = f"custody of order {event.order_id}, event {event.seq}"
        if event.seq != seq:
            found.append(f"{place}: expected event {seq} here")
        if event.prev_hash != prev:
            found.append(f"{place}: does not link to the event before it")
        if event.hash != custody_hash(event):
            found.append(f"{place}: its content does not match its hash")
        seq, prev = event.seq + 1, event.hash
    return found
