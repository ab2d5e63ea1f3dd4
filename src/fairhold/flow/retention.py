"""Retention: both sides told the date, everything kept until then, deletion put on record first.

What goes are words, files and raw scans; the journal with their digests stays and still verifies.
A deletion that was cut short by a power failure is finished the next time.
"""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.orders import commands as ordered
from fairhold.core.cases.orders.decide.retaining import (
    AFTER_RETENTION,
    ON_REQUEST,
    SHORTEST_NOTICE,
    use_ended_at,
)
from fairhold.core.cases.orders.events import MaterialPurged
from fairhold.core.cases.refusal import Code
from fairhold.core.journal.chain import Entry
from fairhold.core.journal.words import refs, refs_under
from fairhold.flow.desk import Desk
from fairhold.flow.handle import handle
from fairhold.flow.moments import present
from fairhold.flow.request import Done, Refused, Request, Viewer
from fairhold.flow.sealing import drain
from fairhold.flow.sweep import SYSTEM
from fairhold.store import drafts, files, mails, queries, retention
from fairhold.store.load import load
from fairhold.store.places import resting_on

# An upload that was not submitted by then is not going to be.
WAITING_UPLOADS = timedelta(days=7)
# Between reading the case and writing the date some time passes.
SLACK = timedelta(days=1)
# Where the journal names files and scans by digest.
FILES_OF: dict[str, Callable[[Any], list[str]]] = {
    "EvidenceSubmitted": lambda payload: [one["sha256"] for one in payload["exhibits"]],
    "MessageWritten": lambda payload: [one["sha256"] for one in payload.get("attachments") or ()],
    "EvidenceRedacted": lambda payload: [payload["copy"]["sha256"]],
    "OutsideFiled": lambda payload: _raw_mail(payload["outside"].get("mail")),
    "ParcelReported": lambda payload: payload["scans"],
}


def _raw_mail(mail: dict[str, str] | None) -> list[str]:
    return [mail["raw"]] if mail else []


@dataclass(frozen=True, slots=True)
class Material:
    """What is there of a case beside its journal: texts by id, files and scans by digest."""

    texts: tuple[str, ...]
    files: tuple[str, ...]
    scans: tuple[str, ...]

    @property
    def digests(self) -> tuple[str, ...]:
        """Everything that goes by digest."""
        return (*self.files, *self.scans)


def deletion_date(desk: Desk, file: CaseFile) -> datetime | None:
    """From when on the material of a closed case may go; None while it is not closed."""
    ended = use_ended_at(file)
    if ended is None or file.open_dispute is not None:
        return None
    return file.the_order.delete_after or ended + timedelta(days=desk.retention_days)


def announce_due(desk: Desk) -> int:
    """Tell the sides of cases whose time ends within the notice; how many were told."""
    notice = timedelta(days=desk.retention_days) - SHORTEST_NOTICE
    told = 0
    for order_id, case_id in retention.closed_and_untold(desk.clock.now() - notice):
        known = announce(desk, order_id)
        told += known
        if known:
            retention.mark_told(case_id)
    return told


def announce(desk: Desk, order_id: str) -> bool:
    """Tell both sides of one order the date; False where there is nothing to tell."""
    loaded = load(order_id, None)
    ended = use_ended_at(loaded.file)
    if ended is None or loaded.file.open_dispute is not None:
        return False
    now = present(desk, loaded.file, loaded.database_time)
    after = max(ended + timedelta(days=desk.retention_days), now + SHORTEST_NOTICE)
    key = f"retention:{order_id}:{ended.isoformat()}"
    command = ordered.AnnounceDeletion(after + SLACK)
    digest = hashlib.sha256(key.encode()).hexdigest()
    result = handle(desk, Request(order_id, command, SYSTEM, key, digest))
    return isinstance(result, Done) or result.refusal.code is Code.ALREADY_DONE


def material_of(order_id: str) -> Material:
    """What is still there of one order beside its journal.

    Files and scans that another order rests on too are deleted for this one, and in fact with the
    last of them.
    """
    entries = queries.entries_of(order_id)
    texts = dict.fromkeys(text_id for one in entries for text_id, _ in refs(one.payload))
    digests = dict.fromkeys(digest for one in entries for digest in _digests(one))
    reported = retention.scans_reported([order_id])[order_id]
    scans = retention.kept_scans([one for one in digests if one in reported])
    resting = resting_on([order_id]).get(order_id, set())
    left = (one for one in digests if one in resting)
    return Material(tuple(retention.kept_texts(list(texts))), tuple(left), tuple(scans))


def due_now(desk: Desk, ref: str | None = None) -> list[dict[str, Any]]:
    """Closed orders whose sides were told a date: what is there, and what still keeps it.

    With `ref` the order of that reference alone, told a date or not.
    """
    found = []
    named = queries.order_by_ref(ref) if ref else None
    for order_id in [named] if named else [] if ref else retention.closed_orders():
        loaded = load(order_id, None)
        order, now = loaded.file.the_order, present(desk, loaded.file, loaded.database_time)
        material = material_of(order_id)
        found.append(
            {
                "order_id": order_id,
                "order": order.agreement.ref,
                "texts": len(material.texts),
                "files": len(material.files),
                "scans": len(material.scans),
                "kept_because": _kept_because(loaded.file, now),
            }
        )
    return found


def _kept_because(file: CaseFile, now: datetime) -> str:
    order = file.the_order
    if file.open_dispute is not None:
        return "a dispute is open"
    if order.hold is not None:
        return f"legal hold, reviewed {order.hold.review_at:%Y-%m-%d}"
    if order.delete_after is None or now < order.delete_after:
        date = order.delete_after
        return f"kept until {date:%Y-%m-%d}" if date else "no date was told yet"
    return ""


def texts_of(order_id: str, role: str) -> tuple[str, ...]:
    """The texts that somebody in this role wrote, and the addresses that are that side's."""
    addresses = {
        "buyer": {"delivery_address", "delivery_place", "buyer_message"},
        "seller": {"return_address", "local_return_address"},
    }.get(role, set())
    found: dict[str, None] = {}
    for entry in queries.entries_of(order_id):
        if entry.actor_role == role:
            found |= dict.fromkeys(text_id for text_id, _ in refs(entry.payload))
        found |= dict.fromkeys(refs_under(entry.payload, addresses))
    return tuple(retention.kept_texts(list(found)))


def purge(desk: Desk, order_id: str, viewer: Viewer) -> Done | Refused:
    """Delete what is left of a case after its time; on record first, then in fact."""
    drain(desk)
    finish(desk, order_id)  # what an earlier deletion said and a power failure cut short
    found = material_of(order_id)
    command = ordered.PurgeMaterial(AFTER_RETENTION, found.texts, found.digests)
    result = _carried_out(desk, order_id, viewer, command)
    nothing_left = isinstance(result, Refused) and result.refusal.code is Code.ALREADY_DONE
    # What somebody uploaded again in these days stays for now, and goes another time.
    waiting = files.uploaded_since(_said_gone(order_id), _lately(desk))
    if (isinstance(result, Done) or nothing_left) and not waiting:
        retention.mark_purged(order_id)
    return result


def erase(desk: Desk, order_id: str, viewer: Viewer, texts: tuple[str, ...]) -> Done | Refused:
    """Delete texts because somebody asked for it; a legal hold refuses that."""
    return _carried_out(desk, order_id, viewer, ordered.PurgeMaterial(ON_REQUEST, texts, ()))


def _carried_out(
    desk: Desk, order_id: str, viewer: Viewer, command: ordered.PurgeMaterial
) -> Done | Refused:
    key = desk.ids.new()
    result = handle(desk, Request(order_id, command, viewer, key, key))
    if isinstance(result, Done):
        finish(desk, order_id)
    return result


def finish(desk: Desk, order_id: str) -> int:
    """Delete whatever the journal says was deleted; how many things it names."""
    entries = queries.entries_of(order_id)
    purged = [one.payload for one in entries if one.type == MaterialPurged.__name__]
    texts = [text_id for one in purged for text_id in one["texts"]]
    digests = _said_gone(order_id)
    retention.delete_texts(texts)
    if any(one["why"] == AFTER_RETENTION for one in purged):
        cases = list(dict.fromkeys(one.case_id for one in entries if one.case_id))
        mails.forget(cases, digests)
        drafts.forget([order_id, *cases])
        retention.empty_opinions(cases)
    needed = retention.scans_needed_elsewhere(digests, order_id)
    retention.delete_scans(retention.kept_scans([one for one in digests if one not in needed]))
    _delete_files(desk, order_id, digests)
    return len(texts) + len(digests)


def _delete_files(desk: Desk, order_id: str, digests: list[str]) -> None:
    """Files that no order needs any more go, with what was made of them."""
    needed = _needed(desk, order_id, digests) | resting_on([order_id]).get(order_id, set())
    going = [one for one in digests if one not in needed]
    small = files.thumbnails_of_these_alone(going)
    kept = _needed(desk, order_id, small)
    for digest in [*going, *(one for one in small if one not in kept)]:
        desk.blobs.remove(digest)
    files.forget(going)


def _said_gone(order_id: str) -> list[str]:
    """Files and scans that the journal of an order says were deleted."""
    entries = (one for one in queries.entries_of(order_id) if one.type == MaterialPurged.__name__)
    return [digest for one in entries for digest in one.payload["files"]]


def _needed(desk: Desk, order_id: str, digests: list[str]) -> set[str]:
    elsewhere = files.needed_elsewhere(digests, order_id)
    return elsewhere | files.uploaded_since(digests, _lately(desk))


def _lately(desk: Desk) -> datetime:
    """Uploads since then may still be submitted."""
    return desk.clock.now() - WAITING_UPLOADS


def _digests(entry: Entry) -> Iterable[str]:
    read = FILES_OF.get(entry.type)
    return read(entry.payload) if read else ()
