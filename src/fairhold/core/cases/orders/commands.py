"""What can be asked of an order. Imperative.

Validated for shape at the edge, for sense in decide.
"""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.orders.state import Content, Flags, Line
from fairhold.core.evidence.exhibit import Upload
from fairhold.core.evidence.message import Tag
from fairhold.core.logistics.nudge import NudgeKind
from fairhold.core.logistics.report import ParcelReport
from fairhold.core.values.roles import Role
from fairhold.core.values.words import Words


@dataclass(frozen=True, slots=True)
class NewParcel:
    """A parcel as declared. Empty `contents` means everything not yet dispatched."""

    carrier: str
    waybill: str
    contents: tuple[Content, ...]
    dispatched_at: datetime
    service: str | None = None
    service_fee_minor: int | None = None


@dataclass(frozen=True, slots=True)
class Payment:
    """A captured payment, goods and freight apart. Units: minor units."""

    goods_minor: int
    freight_minor: int


@dataclass(frozen=True, slots=True)
class RegisterOrder:
    """Take over an order from the marketplace, with what already happened to it."""

    ref: str
    buyer_id: str
    seller_id: str
    currency: str
    lines: tuple[Line, ...]
    freight_minor: int
    shipping_service: str
    promise_days: int
    flags: Flags
    delivery_address: Words
    return_address: Words
    local_return_address: Words | None
    listing: Words
    buyer_message: Words | None
    fee_basis_points: int
    ordered_at: datetime
    payment: Payment | None
    parcels: tuple[NewParcel, ...]
    cancellation_requested_at: datetime | None
    delivery_place: Words | None = None


@dataclass(frozen=True, slots=True)
class AmendOrder:
    """Record a change both sides agreed to.

    `expected_version` is the version it was made against.
    """

    expected_version: int
    shipping_service: str | None
    promise_days: int | None
    delivery_address: Words | None
    note: Words
    delivery_place: Words | None = None


@dataclass(frozen=True, slots=True)
class CapturePayment:
    """The buyer's payment has been captured: it enters the hold."""

    payment: Payment


@dataclass(frozen=True, slots=True)
class DeclareDispatch:
    """The seller handed a parcel to a carrier."""

    parcel: NewParcel


@dataclass(frozen=True, slots=True)
class ReplaceWaybill:
    """The number of a parcel was wrong: this is the right one."""

    parcel: int
    carrier: str
    waybill: str


@dataclass(frozen=True, slots=True)
class AddTransferNumber:
    """Another carrier took the parcel on, under a number of its own."""

    parcel: int
    carrier: str
    waybill: str


@dataclass(frozen=True, slots=True)
class ReportParcel:
    """What the scans of a parcel show now; `scans` are those not yet on record, by digest."""

    report: ParcelReport
    scans: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class IssueNudge:
    """Remind a side of something about a parcel, or put the reminder up as a suggestion."""

    kind: NudgeKind
    to: Role
    parcel: int
    scans: tuple[str, ...]
    sent: bool


@dataclass(frozen=True, slots=True)
class RequestCancellation:
    """The buyer asks to cancel. The request and its time stay on record."""

    requested_at: datetime


@dataclass(frozen=True, slots=True)
class FreezeOrder:
    """Stop the money and the clocks of an order."""

    reason: Words


@dataclass(frozen=True, slots=True)
class UnfreezeOrder:
    """Let money and clocks run again; each clock gets the pause back."""

    reason: Words


@dataclass(frozen=True, slots=True)
class CompleteOrder:
    """The marketplace's own protection time is over: release what is held to the seller."""


@dataclass(frozen=True, slots=True)
class WriteMessage:
    """Write into the official chat of the order; the fields are those of a dispute's message."""

    text: Words
    tag: Tag | None = None
    language: str | None = None
    reply_to: int | None = None
    evidence: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class ProposeAmendment:
    """Propose other terms to the other side. Units: `promise_days` in days."""

    note: Words
    shipping_service: str | None = None
    promise_days: int | None = None
    delivery_address: Words | None = None
    delivery_place: Words | None = None


@dataclass(frozen=True, slots=True)
class AcceptAmendment:
    """Agree to the terms that the other side proposed."""

    number: int


@dataclass(frozen=True, slots=True)
class DeclineAmendment:
    """Decline the other side's terms, or withdraw one's own."""

    number: int


@dataclass(frozen=True, slots=True)
class PlaceHold:
    """Keep everything of an order for a legal claim, to be looked at again on `review_at`."""

    claim: Words
    review_at: datetime


@dataclass(frozen=True, slots=True)
class LiftHold:
    """End a legal hold."""

    reasons: Words


@dataclass(frozen=True, slots=True)
class AnnounceDeletion:
    """Tell both sides from when on the material of their case may be deleted."""

    delete_after: datetime


@dataclass(frozen=True, slots=True)
class PurgeMaterial:
    """Delete texts (by id) and files (by SHA-256) of a case; `why` is one of two reasons."""

    why: str
    texts: tuple[str, ...]
    files: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MoveSandboxClock:
    """Test mode only: let time pass for this order. Units: seconds, above zero."""

    seconds: int
