"""The state of an order, folded from its events. Frozen records only."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from fairhold.core.cases.clock import Clock
from fairhold.core.evidence.exhibit import Exhibit
from fairhold.core.logistics.nudge import NudgeKind
from fairhold.core.logistics.report import Direction, ParcelReport
from fairhold.core.logistics.service import Chosen
from fairhold.core.values.roles import Role
from fairhold.core.values.words import TextRef


class Unit(StrEnum):
    """How a line is sold."""

    PIECE = "piece"
    LOT = "lot"


class Standing(StrEnum):
    """Where the order stands. `frozen` stops its clocks and its money."""

    ACTIVE = "active"
    FROZEN = "frozen"
    COMPLETED = "completed"


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the order.

    Units: `unit_price_minor` in minor units for one sales unit; `pieces_per_lot` is 1 for pieces;
    `unit_grams` is what one sales unit weighs, where the marketplace says.
    """

    number: int
    title: str
    sku: str
    unit: Unit
    quantity: int
    pieces_per_lot: int
    unit_price_minor: int
    unit_grams: int | None = None

    @property
    def pieces(self) -> int:
        """How many single pieces were agreed."""
        return self.quantity * self.pieces_per_lot

    @property
    def price_minor(self) -> int:
        """What the whole line costs, in minor units."""
        return self.quantity * self.unit_price_minor


@dataclass(frozen=True, slots=True)
class Flags:
    """Properties of the order that route a case."""

    worry_free: bool = False
    online_shipping: bool = False
    local_return: bool = False
    platform_cover: bool = False
    virtual: bool = False


@dataclass(frozen=True, slots=True)
class Content:
    """How many sales units of a line a parcel holds."""

    line: int
    quantity: int


@dataclass(frozen=True, slots=True)
class Number:
    """A waybill number under a carrier, and when it was entered."""

    carrier: str
    waybill: str
    entered_at: datetime


@dataclass(frozen=True, slots=True)
class Parcel:
    """One dispatched parcel.

    `service` and `service_fee_minor` say how it was sent, where the seller named it. `transfers`
    are numbers under which another carrier took it on; `replaced` are numbers that proved wrong,
    oldest first, and `entered_at` is when the present one came in their place.
    """

    number: int
    carrier: str
    waybill: str
    contents: tuple[Content, ...]
    dispatched_at: datetime
    service: str | None = None
    service_fee_minor: int | None = None
    transfers: tuple[Number, ...] = ()
    replaced: tuple[Number, ...] = ()
    entered_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Nudged:
    """A reminder that went out over a parcel, or was suggested."""

    kind: NudgeKind
    to: Role
    parcel: int
    sent: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Agreement:
    """What was agreed at checkout. Amendments replace parts of it and raise `version`.

    Units: `promise_days` in days of 24 hours after full dispatch; `freight_minor` in minor units.
    """

    ref: str
    buyer_id: str
    seller_id: str
    currency: str
    lines: tuple[Line, ...]
    freight_minor: int
    shipping_service: str
    promise_days: int
    flags: Flags
    delivery_address: TextRef
    return_address: TextRef
    local_return_address: TextRef | None
    listing: TextRef
    buyer_message: TextRef | None
    fee_basis_points: int
    ordered_at: datetime
    delivery_place: TextRef | None = None

    @property
    def goods_minor(self) -> int:
        """The price of all lines, in minor units."""
        return sum(line.price_minor for line in self.lines)


@dataclass(frozen=True, slots=True)
class Amendment:
    """Other terms that one side proposed, against a version of the agreement."""

    number: int
    side: Role
    against_version: int
    shipping_service: str | None
    promise_days: int | None
    delivery_address: TextRef | None
    delivery_place: TextRef | None
    note: TextRef


@dataclass(frozen=True, slots=True)
class Hold:
    """A legal hold: for which claim, since when, and when somebody looks at it again."""

    claim: TextRef
    placed_at: datetime
    review_at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class Order:
    """The order as it stands now."""

    id: str
    agreement: Agreement
    book: str
    version: int = 1
    standing: Standing = Standing.ACTIVE
    paid_goods_minor: int = 0
    paid_freight_minor: int = 0
    parcels: tuple[Parcel, ...] = ()
    cancellation_requested_at: datetime | None = None
    clocks: tuple[Clock, ...] = ()
    sandbox_offset_seconds: int = 0
    amendments: tuple[TextRef, ...] = field(default=())
    services: tuple[Chosen, ...] = ()
    reports: tuple[ParcelReport, ...] = ()
    nudged: tuple[Nudged, ...] = ()
    messages: int = 0
    attachments: tuple[Exhibit, ...] = ()
    amendment: Amendment | None = None
    amendments_proposed: int = 0
    hold: Hold | None = None
    delete_after: datetime | None = None

    @property
    def paid_minor(self) -> int:
        """Everything the buyer paid, in minor units."""
        return self.paid_goods_minor + self.paid_freight_minor

    @property
    def chosen(self) -> tuple[Chosen, ...]:
        """The shipping services the order stood under: that of the checkout, then amendments."""
        first = Chosen(self.agreement.shipping_service, self.agreement.ordered_at)
        return self.services or (first,)

    def parcel(self, number: int) -> Parcel | None:
        """The parcel of that number."""
        return next((one for one in self.parcels if one.number == number), None)

    def report(self, direction: Direction, number: int) -> ParcelReport | None:
        """What is on record of that parcel."""
        name = (direction, number)
        return next((one for one in self.reports if one.name == name), None)

    def undispatched(self) -> dict[int, int]:
        """Sales units not yet in any parcel, by line number; empty when all is dispatched."""
        left = {line.number: line.quantity for line in self.agreement.lines}
        for parcel in self.parcels:
            for content in parcel.contents:
                left[content.line] -= content.quantity
        return {line: quantity for line, quantity in left.items() if quantity > 0}

    def all_dispatched_at(self) -> datetime | None:
        """When the last part was dispatched; None while a part is undispatched."""
        if self.undispatched() or not self.parcels:
            return None
        return max(parcel.dispatched_at for parcel in self.parcels)
