"""What happened to an order. Past tense."""

from dataclasses import dataclass
from datetime import datetime

from fairhold.core.cases.orders.state import Agreement, Parcel
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
class SandboxClockMoved:
    """Test mode: time was let pass for this order. Units: seconds."""

    seconds: int
