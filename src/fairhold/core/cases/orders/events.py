"""What happened to an order. Past tense."""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.orders.state import Agreement, Amendment, Hold, Parcel
from fairhold.core.evidence.exhibit import Exhibit
from fairhold.core.evidence.message import Tag
from fairhold.core.logistics.nudge import NudgeKind
from fairhold.core.logistics.report import ParcelReport
from fairhold.core.values.roles import Role
from fairhold.core.values.words import TextRef


@dataclass(frozen=True, slots=True)
class OrderRegistered:
    """The marketplace handed over an order; `book` is the rulebook version it came under."""

    agreement: Agreement
    book: str


@dataclass(frozen=True, slots=True)
class OrderAmended:
    """The agreement changed; fields that are None stay as they were."""

    version: int
    shipping_service: str | None
    promise_days: int | None
    delivery_address: TextRef | None
    note: TextRef
    delivery_place: TextRef | None = None
    amended_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PaymentCaptured:
    """Money entered the hold. Units: minor units."""

    goods_minor: int
    freight_minor: int


@dataclass(frozen=True, slots=True)
class ParcelDispatched:
    """A parcel was handed to a carrier."""

    parcel: Parcel


@dataclass(frozen=True, slots=True)
class WaybillReplaced:
    """The number of a parcel was corrected. The wrong one stays on record."""

    parcel: int
    carrier: str
    waybill: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class TransferNumberAdded:
    """Another carrier took the parcel on under this number."""

    parcel: int
    carrier: str
    waybill: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class ParcelReported:
    """The scans of a parcel were read.

    `scans` are the raw records that were read for the first time, by SHA-256; `changed` the facts
    that stand otherwise since.
    """

    report: ParcelReport
    scans: tuple[str, ...]
    changed: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class NudgeIssued:
    """A reminder went out to a side (`sent`), or was put up as a suggestion."""

    kind: NudgeKind
    to: Role
    parcel: int
    scans: tuple[str, ...]
    sent: bool
    issued_at: datetime


@dataclass(frozen=True, slots=True)
class CancellationRequested:
    """The buyer asked to cancel the order."""

    requested_at: datetime


@dataclass(frozen=True, slots=True)
class OrderFrozen:
    """Money and clocks stopped."""

    reason: TextRef


@dataclass(frozen=True, slots=True)
class OrderUnfrozen:
    """Money and clocks run again. `reason` is None where the freeze ran out by itself."""

    reason: TextRef | None


@dataclass(frozen=True, slots=True)
class OrderCompleted:
    """The order ended without a dispute over what was still held."""


@dataclass(frozen=True, slots=True)
class MessageWritten:
    """Somebody wrote into the chat of the order. Attachments are numbered within the order."""

    text: TextRef
    tag: Tag | None = None
    language: str | None = None
    reply_to: int | None = None
    attachments: tuple[Exhibit, ...] | None = None


@dataclass(frozen=True, slots=True)
class AmendmentProposed:
    """A side proposed other terms."""

    amendment: Amendment


@dataclass(frozen=True, slots=True)
class AmendmentAccepted:
    """The other side agreed; the amended order follows as its own entry."""

    number: int
    side: Role


@dataclass(frozen=True, slots=True)
class AmendmentDeclined:
    """The other side declined, or the proposer took it back."""

    number: int
    side: Role


@dataclass(frozen=True, slots=True)
class HoldPlaced:
    """A legal hold keeps the material of this order."""

    hold: Hold


@dataclass(frozen=True, slots=True)
class HoldLifted:
    """The legal hold ended."""

    reasons: TextRef


@dataclass(frozen=True, slots=True)
class DeletionAnnounced:
    """Both sides know from when on the material may be deleted."""

    delete_after: datetime


@dataclass(frozen=True, slots=True)
class MaterialPurged:
    """Texts (by id) and files (by SHA-256) were deleted; their digests stay in the journal."""

    why: str
    texts: tuple[str, ...]
    files: tuple[str, ...]
    purged_at: datetime


@dataclass(frozen=True, slots=True)
class SandboxClockMoved:
    """Test mode: time was let pass for this order. Units: seconds."""

    seconds: int
