"""The log of chain heads: what waits to go in, leaves and subtrees, checkpoints.

Leaves are numbered without gaps; their number is the primary key, so that of two workers who
append at once one is refused and begins anew.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.db.models import Max

from fairhold.core.journal.merkle import grown
from fairhold.store.models import JournalEntry, LogCheckpoint, LogLeaf, LogNode, OutboxMessage
from fairhold.store.places import keep_places

PAGE = 1_000


class LostAppend(Exception):
    """Another worker appended first; nothing was written."""


@dataclass(frozen=True, slots=True)
class Head:
    """The hash of an order's journal at one entry."""

    order_id: str
    seq: int
    hash: str


def size() -> int:
    """How many leaves the log has."""
    last = LogLeaf.objects.aggregate(last=Max("index"))["last"]
    return 0 if last is None else last + 1


def waiting(limit: int) -> tuple[list[int], list[Head]]:
    """Messages whose heads are not in the log, and for each order the latest such head."""
    rows = OutboxMessage.objects.filter(topic="webhook", logged=False).order_by("id")
    found = list(rows.values_list("id", "order_id", "seq")[:limit])
    latest: dict[str, int] = {}
    for _, order_id, seq in found:
        latest[order_id] = max(seq, latest.get(order_id, 0))
    return [row[0] for row in found], _heads(latest)


def waiting_of(order_id: str) -> tuple[list[int], list[Head]]:
    """The same for one order."""
    rows = OutboxMessage.objects.filter(topic="webhook", logged=False, order_id=order_id)
    found = list(rows.values_list("id", "seq"))
    latest = {order_id: max(seq for _, seq in found)} if found else {}
    return [row[0] for row in found], _heads(latest)


def _heads(latest: dict[str, int]) -> list[Head]:
    rows = JournalEntry.objects.filter(order_id__in=latest, seq__in=set(latest.values()))
    hashes = {
        (order_id, seq): found
        for order_id, seq, found in rows.values_list("order_id", "seq", "hash")
    }
    return [Head(*key, hashes[key]) for key in latest.items() if key in hashes]


def append(messages: Sequence[int], heads: Sequence[tuple[Head, bytes]]) -> None:
    """Append leaves with their hashes, and mark the messages that told of them. All or nothing.

    Raises: LostAppend.
    """
    try:
        with transaction.atomic():
            present = {
                (one.order_id, one.seq)
                for one in LogLeaf.objects.filter(order_id__in={one.order_id for one, _ in heads})
            }
            new = [pair for pair in heads if (pair[0].order_id, pair[0].seq) not in present]
            _grow(new)
            keep_places(one.order_id for one, _ in heads)
            OutboxMessage.objects.filter(id__in=messages).update(logged=True)
    except IntegrityError as error:
        raise LostAppend(str(error)) from error


def _grow(heads: Sequence[tuple[Head, bytes]]) -> None:
    start = size()
    made: dict[tuple[int, int], bytes] = {}

    def node_at(level: int, place: int) -> bytes:
        return made.get((level, place)) or node(level, place)

    leaves = []
    for index, (head, leaf) in enumerate(heads, start):
        leaves.append(LogLeaf(index=index, order_id=head.order_id, seq=head.seq, head=head.hash))
        for level, place, found in grown(index, leaf, node_at):
            made[level, place] = found
    LogLeaf.objects.bulk_create(leaves, batch_size=PAGE)
    LogNode.objects.bulk_create(
        (LogNode(level=level, place=place, hash=one.hex()) for (level, place), one in made.items()),
        batch_size=PAGE,
    )


def node(level: int, place: int) -> bytes:
    """The hash of a complete subtree.

    Raises: LookupError where the log has no such subtree.
    """
    found = LogNode.objects.filter(level=level, place=place).values_list("hash", flat=True).first()
    if found is None:
        raise LookupError(f"expected subtree {level}/{place} of the log, found none")
    return bytes.fromhex(found)


def nodes() -> Iterable[tuple[tuple[int, int], bytes]]:
    """Every complete subtree: level and place, and its hash."""
    rows = LogNode.objects.values_list("level", "place", "hash")
    yield from (((level, place), bytes.fromhex(one)) for level, place, one in rows.iterator())


def leaf_of(order_id: str, up_to: int) -> tuple[int, Head] | None:
    """The latest leaf of an order at or before an entry: its place, and the head it holds."""
    rows = LogLeaf.objects.filter(order_id=order_id, seq__lte=up_to).order_by("-seq")
    found = rows.first()
    return (found.index, Head(found.order_id, found.seq, found.head)) if found else None


def leaves() -> Iterable[tuple[int, Head]]:
    """Every leaf, in order; page by page."""
    after = -1
    while True:
        rows = list(LogLeaf.objects.filter(index__gt=after).order_by("index")[:PAGE])
        yield from ((one.index, Head(one.order_id, one.seq, one.head)) for one in rows)
        if len(rows) < PAGE:
            return
        after = rows[-1].index


def heads_at(keys: Iterable[tuple[str, int]]) -> dict[tuple[str, int], str]:
    """The hashes of the journal at these entries, as they are now."""
    wanted = set(keys)
    rows = JournalEntry.objects.filter(
        order_id__in={one[0] for one in wanted}, seq__in={one[1] for one in wanted}
    )
    found = rows.values_list("order_id", "seq", "hash")
    return {(order, seq): one for order, seq, one in found if (order, seq) in wanted}


def latest_checkpoint(up_to: int | None = None) -> LogCheckpoint | None:
    """The checkpoint of the largest size, or of the largest up to a size."""
    rows = LogCheckpoint.objects.order_by("-size")
    return (rows if up_to is None else rows.filter(size__lte=up_to)).first()


def checkpoint_covering(index: int) -> LogCheckpoint | None:
    """The first checkpoint that covers a leaf."""
    return LogCheckpoint.objects.filter(size__gt=index).order_by("size").first()


def checkpoint_of(size_: int) -> LogCheckpoint | None:
    """The checkpoint of exactly that size."""
    return LogCheckpoint.objects.filter(size=size_).first()


def checkpoints() -> list[LogCheckpoint]:
    """Every checkpoint, the smallest first."""
    return list(LogCheckpoint.objects.order_by("size"))


def keep_checkpoint(size_: int, root: str, note: str, now: datetime) -> bool:
    """Keep a checkpoint; whether it was new. One of the same size is never replaced."""
    _, made = LogCheckpoint.objects.get_or_create(
        size=size_, defaults={"root": root, "note": note, "made_at": now}
    )
    return made


def keep_stamp(size_: int, stamp: bytes | None, error: str) -> None:
    """Keep the authority's reply for a checkpoint, or why there is none."""
    waiting = LogCheckpoint.objects.filter(size=size_, stamp__isnull=True)
    waiting.update(stamp=stamp, stamp_error=error[:300])


def unstamped() -> LogCheckpoint | None:
    """The latest checkpoint without a stamp; none is asked for where a later one has it."""
    last = latest_checkpoint()
    return last if last is not None and last.stamp is None else None


def add_cosignature(size_: int, name: str, line: str) -> None:
    """Add the line of a witness to a checkpoint; its first one stands."""
    with transaction.atomic():
        row = LogCheckpoint.objects.select_for_update().get(size=size_)
        if f" {name} " not in row.cosignatures:
            row.cosignatures += line
            row.save(update_fields=["cosignatures"])
