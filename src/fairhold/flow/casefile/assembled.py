"""A case file put together: everything gathered becomes payload, the bag is sealed and streamed."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import Any

import rfc8785
from django.utils import timezone, translation

from fairhold import __version__
from fairhold.adapters.casefile import layout
from fairhold.adapters.casefile.archive import written
from fairhold.adapters.casefile.bag import (
    TAG_MANIFEST,
    Bag,
    Payload,
    packed,
    sealed_text,
    small,
    with_seal,
)
from fairhold.adapters.languages import SOURCE
from fairhold.adapters.papers import paper
from fairhold.core.journal.custody import WHOLE_CASE, Act
from fairhold.core.journal.note import written as note_text
from fairhold.core.values.plain import to_plain
from fairhold.flow.casefile import readings
from fairhold.flow.casefile.exhibits import filed
from fairhold.flow.casefile.forums import Forum, forum
from fairhold.flow.casefile.gathered import Gathered, gather, present_moment
from fairhold.flow.casefile.moment import Moment
from fairhold.flow.casefile.sheets import sheets
from fairhold.flow.custody import Shown, note
from fairhold.flow.desk import Desk
from fairhold.flow.query import View

DEFAULT_FORUM = "platform_mediation"
HOW_TO = Path(__file__).with_name("how-to-verify.txt")
# What each fixed file of a case file is, for its index.
INDEX = {
    layout.CASE: "The case in brief: number, moment, viewer, forum",
    layout.HOW_TO: "How to verify this file, in plain words",
    layout.JOURNAL: "The journal: every entry with its hash; withheld ones by their hash alone",
    layout.TEXTS: "The words behind the digests of the journal, with their salts",
    layout.EXHIBITS: "The list of exhibits: whose, when, withdrawn ones with who and why",
    layout.LEFT_OUT: "What is left out, and why",
    layout.CUSTODY: "Who looked at, fetched or exported the evidence, each event with its hash",
    layout.CHECKPOINT: "The signed checkpoint of the log of all cases",
    layout.COSIGNATURES: "Names that witnesses put to the checkpoint",
    layout.INCLUSION: "The proof that the journal's head stands in the log",
    layout.KEYS: "The keys of the log and of its witnesses",
    layout.CERTIFICATE: "The certificate of the paper's signature",
    "data/order.json": "The order as agreed, its amendments, the listing",
    "data/messages/originals.json": "Official messages in the language they were written in",
    "data/messages/translations.json": "Translations of messages; none were made on the platform",
    "data/outside.json": "What was said elsewhere, who stands for it, whether it counts",
    "data/timeline.json": "The history in words",
    "data/clocks.json": "Every clock: due, notice, time given back, outcome",
    "data/plans.json": "Every plan in every version, with acceptances",
    "data/decision.json": "The decision with its clauses and facts",
    "data/ledger.json": "Every movement of money, with its authority, and the balances",
}


@dataclass(frozen=True, slots=True)
class CaseBag:
    """A case file ready to leave. Its bytes are made while they are drawn."""

    name: str
    moment: Moment
    bag: Bag
    warnings: tuple[str, ...]

    def chunks(self) -> Iterator[bytes]:
        """The bytes of the archive."""
        return written(self.bag.members())


def case_bag(
    desk: Desk, view: View, moment: Moment | None = None, wanted: Forum | None = None
) -> CaseBag:
    """The case file of the dispute in view, as of now or of an earlier moment.

    Raises: MomentError.
    """
    moment = moment or present_moment(desk, view.file.order_id)
    chosen = wanted or forum(DEFAULT_FORUM)
    # The same case at the same moment is the same bytes, whatever language its reader speaks.
    with translation.override(SOURCE), timezone.override(UTC):
        return assemble(desk, gather(desk, view, moment), chosen)


def export(
    desk: Desk, view: View, moment: Moment | None = None, wanted: Forum | None = None
) -> CaseBag:
    """The same, with the export put on record before its first byte leaves.

    Raises: MomentError, Busy.
    """
    made = case_bag(desk, view, moment, wanted)
    case_id = view.file.the_dispute.id
    shown = Shown(WHOLE_CASE, made.bag.digest, Act.EXPORTED, str(made.moment), case_id)
    note(desk, view.file.order_id, view.viewer, shown)
    return made


def assemble(desk: Desk, found: Gathered, chosen: Forum) -> CaseBag:
    """Put a gathered case together."""
    dispute = found.view.file.the_dispute
    exhibits = filed(desk, found)
    readable = [small(path, _json(value)) for path, value in _readings(desk, found)]
    proofs = [small(path, content) for path, content in _proofs(desk, found)]
    papers = [small(path, content) for path, content in _certificates(found, chosen)]
    lists = [small(layout.EXHIBITS, _json([one.line for one in exhibits]))]
    brief = [small(layout.CASE, _json(_brief(found, chosen)))]
    files = [one.payload for one in exhibits if one.payload is not None]
    rest = [*brief, *lists, *readable, *proofs, *papers, *files]
    made = paper("sheets", sheets(desk, found, _index(rest), chosen), found.made_at)
    signed = desk.proofs.seal.signed(made.content, found.made_at, f"Dispute {dispute.number}")
    side = found.view.viewer.role.value
    name = f"{dispute.number}-{side}"
    bag = packed(name, [*rest, small(layout.PAPER, signed)], _info(desk, found))
    return CaseBag(f"{name}.zip", found.moment, _sealed(desk, bag, found), made.warnings)


def _sealed(desk: Desk, bag: Bag, found: Gathered) -> Bag:
    number = found.view.file.the_dispute.number
    text = sealed_text(number, str(found.moment), bag.tags[TAG_MANIFEST])
    return with_seal(bag, note_text(desk.proofs.signer.signed(text)))


def _info(desk: Desk, found: Gathered) -> dict[str, str]:
    return {
        "Source-Organization": desk.proofs.signer.name,
        "External-Identifier": found.view.file.the_dispute.number,
        "External-Description": f"Case file for the {found.view.viewer.role.value}",
        "Bagging-Date": found.made_at.strftime("%Y-%m-%d"),
        "Bag-Software-Agent": f"Fairhold {__version__}",
        "Fairhold-Moment": str(found.moment),
    }


def _brief(found: Gathered, chosen: Forum) -> dict[str, Any]:
    dispute, agreement = found.view.file.the_dispute, found.view.file.the_order.agreement
    return {
        "format": layout.FORMAT,
        "number": dispute.number,
        "dispute_id": dispute.id,
        "order_id": found.view.file.order_id,
        "order_ref": agreement.ref,
        "moment": str(found.moment),
        "made_for": found.view.viewer.role.value,
        "forum": chosen.name,
        "state": dispute.state.value,
        "outcome": to_plain(dispute.outcome),
        "book": found.view.file.the_order.book,
        "head": found.entries[-1].hash,
    }


def _readings(desk: Desk, found: Gathered) -> Iterator[tuple[str, Any]]:
    yield "data/order.json", readings.order_snapshot(found)
    yield "data/messages/originals.json", readings.messages(found)
    yield "data/messages/translations.json", []
    yield "data/outside.json", readings.outside(desk, found)
    yield "data/timeline.json", readings.timeline(found)
    yield "data/clocks.json", readings.clocks(found)
    yield "data/plans.json", readings.plans(found)
    yield "data/decision.json", readings.decision(desk, found)
    yield "data/ledger.json", readings.ledger(found)
    yield layout.TEXTS, [to_plain(one) for one in found.words]
    yield layout.LEFT_OUT, [{"item": item, "why": why} for item, why in found.left_out]


def _proofs(desk: Desk, found: Gathered) -> Iterator[tuple[str, bytes]]:
    room, included = desk.proofs, found.inclusion
    leaf = {
        "order_id": included.head.order_id,
        "seq": included.head.seq,
        "hash": included.head.hash,
    }
    proof = {"leaf": leaf, "index": included.index, "path": [one.hex() for one in included.path]}
    keys = [room.signer.line(), *(one for one in room.witnesses)]
    yield layout.JOURNAL, _lines(readings.journal_lines(found))
    yield layout.CUSTODY, _lines(readings.custody_lines(found))
    yield layout.CHECKPOINT, found.checkpoint.note.encode()
    yield layout.COSIGNATURES, found.cosignatures.encode()
    yield layout.INCLUSION, _json(proof)
    yield layout.KEYS, "".join(f"{one}\n" for one in keys).encode()
    yield layout.CERTIFICATE, room.seal.public_part
    yield layout.HOW_TO, HOW_TO.read_bytes()
    if found.moment.stamped and found.checkpoint.stamp is not None:
        yield layout.STAMP, bytes(found.checkpoint.stamp)
        if room.roots:
            yield layout.STAMP_ROOTS, room.root_file


def _certificates(found: Gathered, chosen: Forum) -> Iterator[tuple[str, bytes]]:
    dispute = found.view.file.the_dispute
    filled = {
        "number": dispute.number,
        "entries": len(found.entries),
        "head": found.entries[-1].hash,
    }
    for name, text in chosen.certificates:
        yield f"data/certificates/{name}.txt", text.format(**filled).encode()


def _index(payloads: Iterable[Payload]) -> list[tuple[str, str]]:
    paths = sorted(one.member.path for one in payloads)
    return [(path, INDEX.get(path, _called(path))) for path in paths]


def _called(path: str) -> str:
    if path.startswith(layout.FILES):
        return "An exhibit, byte for byte as it was submitted, or its redacted copy"
    if path in (layout.STAMP, layout.STAMP_ROOTS):
        return "The outside time-stamp of the checkpoint, and its roots"
    return "A blank certificate, a template for counsel"


def _json(value: Any) -> bytes:
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


def _lines(records: Iterable[dict[str, Any]]) -> bytes:
    return b"".join(rfc8785.dumps(record) + b"\n" for record in records)
