"""Everything a case file is made of, as one viewer may see it at one moment. Read once."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from fairhold.accounts.models import Party
from fairhold.core.journal.chain import Entry
from fairhold.core.journal.custody import Custody
from fairhold.core.journal.words import refs, refs_under
from fairhold.core.values.roles import Role
from fairhold.flow import sealing
from fairhold.flow.casefile.moment import Moment, MomentError
from fairhold.flow.desk import Desk
from fairhold.flow.hidden import (
    SUBMITTED,
    Hidden,
    Name,
    hidden_from,
)
from fairhold.flow.query import View, told
from fairhold.flow.replay import fold
from fairhold.store import custody, log, queries
from fairhold.store.models import LogCheckpoint
from fairhold.store.places import resting_on

# Addresses that one side does not need: where the other side lives.
HIDDEN = {
    Role.SELLER: ("delivery_address", "delivery_place"),
    Role.BUYER: ("return_address", "local_return_address"),
}
ADDRESS, ERASED = "an address of the other side", "erased"


@dataclass(frozen=True, slots=True)
class Sealed:
    """One entry or event that the viewer does not see; its hash stands for it."""

    seq: int
    hash: str
    prev_hash: str
    why: str


@dataclass(frozen=True, slots=True)
class Words:
    """One text with the salt that its digest in the journal was made with."""

    id: str
    salt: str
    text: str


@dataclass(frozen=True, slots=True)
class Gathered:
    """The parts of a case file. `left_out` names what is not there, with the reason.

    `submissions` are the journal entries that exhibits came with, by dispute and number; `resting`
    are the digests of files that were not deleted since.
    """

    view: View
    moment: Moment
    made_at: datetime
    entries: tuple[Entry | Sealed, ...]
    custody: tuple[Custody | Sealed, ...]
    words: tuple[Words, ...]
    left_out: tuple[tuple[str, str], ...]
    inclusion: sealing.Inclusion
    checkpoint: LogCheckpoint
    cosignatures: str
    parties: dict[str, str]
    hidden: Hidden
    submissions: dict[Name, int]
    resting: set[str]


def present_moment(desk: Desk, order_id: str) -> Moment:
    """The moment that is now: the head goes into the log, and the log is signed."""
    sealing.seal_order(desk, order_id)
    entries = queries.entries_of(order_id)
    row = log.latest_checkpoint()
    if row is None:
        raise LookupError("expected a signed checkpoint after sealing, got none")
    return Moment(
        entry=entries[-1].seq,
        custody=custody.length(order_id),
        size=row.size,
        witnesses=row.cosignatures.count("\n"),
        stamped=row.stamp is not None,
    )


def gather(desk: Desk, view: View, moment: Moment) -> Gathered:
    """Read everything for the dispute in view, as it was at the moment.

    Raises: MomentError for a moment that never was.
    """
    order_id = view.file.order_id
    row = log.checkpoint_of(moment.size)
    found = sealing.inclusion(order_id, moment.entry, moment.size)
    known = queries.entries_of(order_id)
    entries = known[: moment.entry]
    events = custody.events_of(order_id, moment.custody)
    complete = len(entries) == moment.entry and len(events) == moment.custody
    if row is None or found is None or not complete or (moment.stamped and row.stamp is None):
        raise MomentError(f"there was no moment {moment} of this case")
    seen = _as_of(desk, view, entries)
    # What was blacked out since then does not come back with an earlier moment.
    hidden = hidden_from(view.viewer.role, known)
    shown = tuple(_entry(one, hidden) for one in entries)
    words, left_out = _words(shown, view.viewer.role)
    return Gathered(
        view=seen,
        moment=moment,
        made_at=max([entries[-1].at, *(one.at for one in events[-1:])]),
        entries=shown,
        custody=tuple(_event(one, hidden) for one in events),
        words=words,
        left_out=(*left_out, *_withheld(shown)),
        inclusion=found,
        checkpoint=row,
        cosignatures="".join(row.cosignatures.splitlines(keepends=True)[: moment.witnesses]),
        parties=_parties(seen),
        hidden=hidden,
        submissions=_submissions(entries),
        resting=resting_on([order_id]).get(order_id, set()),
    )


def _submissions(entries: list[Entry]) -> dict[Name, int]:
    submitted = (one for one in entries if one.type == SUBMITTED)
    return {
        (one.case_id, exhibit["number"]): one.seq
        for one in submitted
        for exhibit in one.payload["exhibits"]
    }


def _parties(view: View) -> dict[str, str]:
    """Name and country of both sides, by id."""
    agreement = view.file.the_order.agreement
    rows = Party.objects.filter(id__in=[agreement.buyer_id, agreement.seller_id])
    return {row.id: f"{row.name}, {row.country}" for row in rows}


def _as_of(desk: Desk, view: View, entries: list[Entry]) -> View:
    """The view as it was after the last of these entries."""
    wanted = view.file.the_dispute.id
    file = fold(view.file.order_id, entries)
    if file.dispute is None or file.dispute.id != wanted:
        # The dispute in view is an earlier one of the order.
        last = max((one.seq for one in entries if one.case_id == wanted), default=0)
        if last == 0:
            raise MomentError("the dispute had not begun at that moment")
        file = fold(view.file.order_id, entries[:last])
    return told(desk, file, view.viewer, entries[-1].at, entries)


def _entry(entry: Entry, hidden: Hidden) -> Entry | Sealed:
    why = hidden.why(entry)
    if why is None:
        return entry
    return Sealed(entry.seq, entry.hash, entry.prev_hash, why)


def _event(event: Custody, hidden: Hidden) -> Custody | Sealed:
    """Custody of what the viewer may not see is withheld with it, in every dispute of the order."""
    number = event.exhibit.removeprefix("E")
    name = (event.case_id, int(number)) if number.isdigit() else None
    why = hidden.keeps(name, event.sha256) if name else None
    return Sealed(event.seq, event.hash, event.prev_hash, why) if why else event


def _words(
    entries: tuple[Entry | Sealed, ...], role: Role
) -> tuple[tuple[Words, ...], tuple[tuple[str, str], ...]]:
    """The texts that the shown entries name, and which of them are not there."""
    wanted: dict[str, None] = {}
    hidden: dict[str, None] = {}
    for entry in entries:
        if isinstance(entry, Entry):
            hidden |= dict.fromkeys(refs_under(entry.payload, HIDDEN.get(role, ())))
            wanted |= dict.fromkeys(text_id for text_id, _ in refs(entry.payload))
    kept = queries.sealed_many(set(wanted) - set(hidden))
    words = tuple(Words(text_id, *kept[text_id]) for text_id in sorted(kept))
    gone = [text_id for text_id in wanted if text_id not in kept and text_id not in hidden]
    left = [*((one, ADDRESS) for one in hidden), *((one, ERASED) for one in gone)]
    return words, tuple(sorted(left))


def _withheld(entries: tuple[Entry | Sealed, ...]) -> Iterator[tuple[str, str]]:
    for one in entries:
        if isinstance(one, Sealed):
            yield f"journal entry {one.seq}", one.why
