"""Step 5 of the write path: events become journal entries and the next state, and are checked."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from fairhold.core.cases.disputes.events import DisputeClosed
from fairhold.core.cases.evolve import check, evolve
from fairhold.core.cases.file import CaseFile
from fairhold.core.journal.chain import Entry, sealed
from fairhold.core.values.plain import to_plain
from fairhold.core.values.words import Words
from fairhold.flow.request import Request
from fairhold.store.rows import Step


def taken(file: CaseFile, events: tuple[Any, ...], request: Request, now: datetime) -> Step:
    """The step from `file`: linked entries, the file after them, and the texts to keep.

    Raises: InvariantBroken when the result breaks what must always hold.
    """
    after, head = file, file.head
    entries: list[Entry] = []
    for event in events:
        after = evolve(after, event, now)
        subject = file.open_dispute or after.open_dispute
        entry = sealed(
            Entry(
                order_id=after.order_id,
                seq=after.version,
                case_id=subject.id if subject else None,
                type=type(event).__name__,
                actor_id=request.viewer.actor.id,
                actor_role=request.viewer.role.value,
                at=now,
                payload=to_plain(event),
                request=None if entries else request.request,
                request_digest=None if entries else request.digest,
                prev_hash=head,
            )
        )
        entries.append(entry)
        head = entry.hash
    after = replace(after, head=head)
    check(after, just_closed=any(isinstance(event, DisputeClosed) for event in events))
    return Step(file, after, events, tuple(entries), tuple(_texts(request.command)))


def _texts(value: Any) -> list[Words]:
    """Every text that the command carries, wherever it stands in it."""
    if isinstance(value, Words):
        return [value]
    if isinstance(value, tuple):
        return [text for part in value for text in _texts(part)]
    names = getattr(type(value), "__dataclass_fields__", ())
    return [text for name in names for text in _texts(getattr(value, name))]
