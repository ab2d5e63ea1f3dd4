"""The audit of the sealed log and of the chains of custody: made again, and compared."""

from collections.abc import Iterator

from fairhold.adapters.notary.notes import signed_by
from fairhold.core.journal.chain import Entry
from fairhold.core.journal.custody import custody_breaks
from fairhold.core.journal.merkle import Nodes, consistency_proof, consistent, grown, leaf_hash
from fairhold.core.journal.note import NoteError, read, read_checkpoint
from fairhold.flow.sealing import leaf_bytes
from fairhold.store import custody, log
from fairhold.store.places import WITH_FILES, kept_places, places_in

BATCH = 500


def audit_log(key: str) -> Iterator[str]:
    """What is wrong with the log: leaves, subtrees, checkpoints. `key` is that of the signer."""
    made: dict[tuple[int, int], bytes] = {}
    batch: list[tuple[int, log.Head]] = []
    for wanted, (index, head) in enumerate(log.leaves()):
        if index != wanted:
            yield f"log leaf {wanted}: it is missing"
            return
        batch.append((index, head))
        for level, place, found in grown(index, leaf_hash(leaf_bytes(head)), _at(made)):
            made[level, place] = found
        if len(batch) == BATCH:
            yield from _heads(batch)
            batch = batch[-1:]
    yield from _heads(batch)
    yield from _nodes(made)
    yield from _checkpoints(key)


def _at(made: dict[tuple[int, int], bytes]) -> Nodes:
    return lambda level, place: made[level, place]


def _heads(batch: list[tuple[int, log.Head]]) -> Iterator[str]:
    """Leaves that hold another head than the journal has."""
    present = log.heads_at((head.order_id, head.seq) for _, head in batch)
    for index, head in batch:
        if present.get((head.order_id, head.seq)) != head.hash:
            yield f"log leaf {index}: the journal of order {head.order_id} has another head"


def _nodes(made: dict[tuple[int, int], bytes]) -> Iterator[str]:
    kept = dict(log.nodes())
    for name in kept.keys() | made.keys():
        if kept.get(name) != made.get(name):
            yield f"log subtree {name[0]}/{name[1]}: it is not the one that its leaves make"


def _checkpoints(key: str) -> Iterator[str]:
    """Each checkpoint: signed by us, of the root that it says, and the beginning of the next."""
    before: tuple[int, bytes] | None = None
    size = log.size()
    for row in log.checkpoints():
        place = f"checkpoint {row.size}"
        try:
            note = read(row.note)
            told = read_checkpoint(note.text)
        except NoteError as error:
            yield f"{place}: {error}"
            continue
        if not signed_by(note, key):
            yield f"{place}: its signature is not ours"
        if told.size != row.size or told.root.hex() != row.root or row.size > size:
            yield f"{place}: it does not say what its row says"
            continue
        if before is not None:
            proof = consistency_proof(before[0], row.size, log.node)
            if not consistent(before[0], row.size, (before[1], told.root), proof):
                yield f"{place}: it does not begin with checkpoint {before[0]}"
        before = (row.size, told.root)


def audit_places(order_id: str, journal: list[Entry]) -> Iterator[str]:
    """Files that are put down elsewhere than where the journal has them, once all is in the log."""
    if log.waiting_of(order_id)[0]:
        return
    wanted = {
        place
        for one in journal
        if one.type in WITH_FILES
        for place in places_in(order_id, one.case_id, one.type, one.payload)
    }
    for place in wanted ^ kept_places(order_id):
        yield f"file_place {place[2]}: it is not where the journal has it"


def audit_custody(order_id: str) -> Iterator[str]:
    """What is wrong with the chain of custody of one order."""
    yield from custody_breaks(custody.events_of(order_id))
