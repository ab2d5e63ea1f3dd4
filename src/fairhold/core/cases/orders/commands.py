"""What can be asked of an order. Imperative.

Validated for shape at the edge, for sense in decide.
"""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.orders.state import Content, Flags, Line
from fairhold.core.values.words import Words


@dataclass(frozen=True, slots=True)
class NewParcel:
    """A parcel as declared. Empty `contents` means everything not yet dispatched."""

    carrier: str
    waybill: str
    contents: tuple[Content, ...]
    dispatched_at: datetime


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


@dataclass(frozen=True, slots=True)
class CapturePayment:
    """The buyer's payment has been captured: it enters the hold."""

    payment: Payment


@dataclass(frozen=True, slots=True)
class DeclareDispatch:
    """The seller handed a parcel to a carrier."""

    parcel: NewParcel


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
class MoveSandboxClock:
    """Test mode only: let time pass for this order. Units: seconds, above zero."""

    seconds: int
