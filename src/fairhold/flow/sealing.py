"""The sealed log: chain heads go in, checkpoints are signed, published, stamped and witnessed.

No order is written to. What a checkpoint says stays true for ever: before the next one is signed,
the last one is shown to be its beginning.
"""

import os
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import rfc8785
import structlog

from fairhold.adapters.notary.notes import signed_by
from fairhold.adapters.notary.stamps import StampFault
from fairhold.core.cases.evolve import InvariantBroken
from fairhold.core.journal.merkle import (
    consistency_proof,
    consistent,
    inclusion_proof,
    leaf_hash,
    root_of,
)
from fairhold.core.journal.note import Checkpoint, Note, NoteError, read, read_checkpoint, written
from fairhold.flow.desk import Desk
from fairhold.flow.request import Busy
from fairhold.store import log
from fairhold.store.models import LogCheckpoint

BATCH = 2_000
MOST_TRIES = 10
MOST_ROUNDS = 100_000
# A busy desk signs once in a while; an export signs at once.
BETWEEN_CHECKPOINTS = timedelta(seconds=60)
LATEST = "checkpoint"
logger = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Inclusion:
    """That the head of an order stands in the log: the leaf, its place, and the path to a root."""

    head: log.Head
    index: int
    size: int
    path: tuple[bytes, ...]


def leaf_bytes(head: log.Head) -> bytes:
    """What a leaf holds: the order's id, the number of the entry, its hash; RFC 8785."""
    return rfc8785.dumps({"order_id": head.order_id, "seq": head.seq, "hash": head.hash})


def seal(desk: Desk) -> int:
    """Put the heads that wait into the log and sign when it is time; how many messages were read.

    Another worker may be faster; then there is nothing to do.
    """
    messages, heads = log.waiting(BATCH)
    try:
        _append(messages, heads)
    except log.LostAppend:
        return 0
    last = log.latest_checkpoint()
    now = desk.clock.now()
    if last is None or now - last.made_at >= BETWEEN_CHECKPOINTS:
        sign(desk)
    return len(messages)


def drain(desk: Desk) -> None:
    """Put every head that waits into the log, so that what is known of files is complete.

    Raises: Busy where others write all the time.
    """
    for _ in range(MOST_ROUNDS):
        seal(desk)
        if not log.waiting(1)[0]:
            return
    raise Busy("the log is being written by others")


def seal_order(desk: Desk, order_id: str) -> None:
    """Put the head of one order into the log now, and sign.

    Raises: Busy.
    """
    for _ in range(MOST_TRIES):
        messages, heads = log.waiting_of(order_id)
        try:
            _append(messages, heads)
        except log.LostAppend:
            continue
        sign(desk)
        return
    raise Busy(f"the log is being written by others; order {order_id} waits")


def _append(messages: list[int], heads: list[log.Head]) -> None:
    if messages:
        log.append(messages, [(head, leaf_hash(leaf_bytes(head))) for head in heads])


def sign(desk: Desk) -> Checkpoint | None:
    """Sign the log as it is, unless it has not grown; the new checkpoint.

    Raises: InvariantBroken where the log no longer begins with what was signed before.
    """
    size = log.size()
    last = log.latest_checkpoint()
    if last is not None and not (desk.proofs.checkpoints / str(last.size)).exists():
        publish(desk.proofs.checkpoints, last.size, last.note)  # a crash came between the two
    if size == 0 or (last is not None and last.size == size):
        return None
    root = root_of(size, log.node)
    if last is not None:
        proof = consistency_proof(last.size, size, log.node)
        if not consistent(last.size, size, (bytes.fromhex(last.root), root), proof):
            raise InvariantBroken(f"the log of {size} leaves does not begin with {last.size}")
    signer = desk.proofs.signer
    checkpoint = Checkpoint(signer.name, size, root)
    note = written(signer.signed(checkpoint.text))
    if log.keep_checkpoint(size, root.hex(), note, desk.clock.now()):
        publish(desk.proofs.checkpoints, size, note)
    return checkpoint


def publish(folder: Path, size: int, note: str) -> None:
    """Write the checkpoint to the operator's folder: under its size, and as the latest."""
    folder.mkdir(parents=True, exist_ok=True)
    larger = [int(one.name) for one in folder.iterdir() if one.name.isdigit()]
    latest = size >= max(larger, default=0)
    for name in (str(size), LATEST) if latest else (str(size),):
        waiting = folder / f".{name}.{os.getpid()}"
        waiting.write_text(note)
        waiting.replace(folder / name)


def stamp(desk: Desk) -> bool:
    """Have the latest checkpoint stamped by the outside authority; whether one was asked."""
    found = log.unstamped() if desk.proofs.stamper else None
    if found is None or desk.proofs.stamper is None or _asked_lately(desk, found):
        return False
    try:
        reply = desk.proofs.stamper.stamp(found.note.encode())
    except StampFault as fault:
        logger.warning("no_stamp", size=found.size, error=str(fault))
        log.keep_stamp(found.size, None, f"{desk.clock.now().isoformat()} {fault}")
        return False
    log.keep_stamp(found.size, reply, "")
    return True


def _asked_lately(desk: Desk, found: LogCheckpoint) -> bool:
    """Whether the authority failed within the last while."""
    if not found.stamp_error:
        return False
    asked_at = datetime.fromisoformat(found.stamp_error.partition(" ")[0])
    return desk.clock.now() - asked_at < BETWEEN_CHECKPOINTS


def inclusion(order_id: str, up_to: int, size: int) -> Inclusion | None:
    """The proof that the latest head at or before entry `up_to` stands in the log of `size`."""
    found = log.leaf_of(order_id, up_to)
    if found is None or found[0] >= size:
        return None
    index, head = found
    return Inclusion(head, index, size, tuple(inclusion_proof(index, size, log.node)))


def cosign(desk: Desk, published: str) -> tuple[str, int]:
    """Take up a checkpoint that witnesses put their names to; the names, and its size.

    Raises: NoteError where it is not a checkpoint of ours, or the witness is not one we know.
    """
    note = read(published)
    checkpoint = read_checkpoint(note.text)
    row = log.checkpoint_of(checkpoint.size)
    if row is None or read(row.note).text != note.text:
        raise NoteError("expected one of our own checkpoints, unchanged")
    known = {line.partition("+")[0]: line for line in desk.proofs.witnesses}
    taken = []
    for one in note.signatures:
        line = known.get(one.name)
        if line is not None and signed_by(Note(note.text, (one,)), line):
            log.add_cosignature(row.size, one.name, written(Note("", (one,))).lstrip("\n"))
            taken.append(one.name)
    if not taken:
        raise NoteError("expected the signature of a witness that the operator named")
    return ", ".join(dict.fromkeys(taken)), checkpoint.size


def cosigned(row: LogCheckpoint) -> str:
    """The note of a checkpoint with the lines of its witnesses."""
    return row.note + row.cosignatures
