"""The order as the marketplace sends it: one JSON object, by API or as a line of a file."""

import hashlib
import json
from typing import Annotated, Any

import rfc8785
from babel.core import get_global
from django.db import transaction
from pydantic import Field, ValidationError, model_validator

from fairhold.accounts.models import Party
from fairhold.adapters.ids import words
from fairhold.core.cases.orders import commands as asked
from fairhold.core.cases.orders.state import Content, Flags, Line, Unit
from fairhold.core.cases.refusal import Code as RefusalCode
from fairhold.core.cases.refusal import Refusal
from fairhold.core.logistics.carriers import Register
from fairhold.core.values.money import LARGEST_MINOR
from fairhold.core.values.sentence import sentence
from fairhold.flow.desk import Desk
from fairhold.flow.handle import handle
from fairhold.flow.intake import shapes
from fairhold.flow.parcels.typed import as_read
from fairhold.flow.request import Done, Refused, Request, Viewer

MOST_LINES = 200
MOST_PARCELS = 200
LARGEST_LISTING_BYTES = 65_536
DEEPEST_LISTING = 20
# What every mail server takes: ASCII, with a dotted host name.
EMAIL = (
    r"^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@"
    r"[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$"
)
LONGEST_PROMISE_DAYS = 365
HEAVIEST_UNIT_GRAMS = 50_000_000


class PartyShape(shapes.Shape):
    """A buyer or a seller as the marketplace knows it."""

    ref: shapes.Code
    name: shapes.Line
    email: Annotated[str, Field(pattern=EMAIL, max_length=254)]
    country: shapes.Country
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z]{2,8})?$")] = "en"


class LineShape(shapes.Shape):
    """One line: `unit` is piece or lot; prices are for one sales unit, in minor units, and so is
    its weight in grams, where the marketplace knows it.
    """

    number: Annotated[int, Field(ge=1, le=MOST_LINES)]
    title: shapes.Line
    sku: shapes.Line
    unit: Annotated[Unit, Field(strict=False)] = Unit.PIECE
    quantity: Annotated[int, Field(ge=1, le=10_000_000)]
    pieces_per_lot: Annotated[int, Field(ge=1, le=1_000_000)] = 1
    unit_price_minor: shapes.Minor
    unit_grams: Annotated[int, Field(gt=0, le=HEAVIEST_UNIT_GRAMS)] | None = None


class ContentShape(shapes.Shape):
    """How many sales units of a line a parcel holds."""

    line: Annotated[int, Field(ge=1, le=MOST_LINES)]
    quantity: Annotated[int, Field(ge=1, le=10_000_000)]


class ParcelShape(shapes.Shape):
    """A dispatched parcel. No contents: everything that was left to send. `service` is how it was
    really sent and `service_fee_minor` what that cost.
    """

    carrier: shapes.Line
    waybill: shapes.Waybill
    dispatched_at: shapes.Moment
    service: shapes.Line | None = None
    service_fee_minor: shapes.Minor | None = None
    contents: Annotated[tuple[ContentShape, ...], Field(strict=False, max_length=MOST_LINES)] = ()

    def declared(self, register: Register) -> asked.NewParcel:
        """The parcel as the core takes it, its number as it is read."""
        contents = tuple(Content(one.line, one.quantity) for one in self.contents)
        return asked.NewParcel(
            self.carrier,
            as_read(register, self.waybill, self.carrier),
            contents,
            self.dispatched_at,
            self.service,
            self.service_fee_minor,
        )


class PaymentShape(shapes.Shape):
    """A captured payment, goods and freight apart, in minor units."""

    goods_minor: shapes.Minor
    freight_minor: shapes.Minor


class ShippingShape(shapes.Shape):
    """The service chosen at checkout and its promise in days after full dispatch."""

    service: shapes.Line
    promise_days: Annotated[int, Field(ge=0, le=LONGEST_PROMISE_DAYS)]


class FlagsShape(shapes.Shape):
    """Properties that route a case."""

    worry_free: bool = False
    online_shipping: bool = False
    local_return: bool = False
    platform_cover: bool = False
    virtual: bool = False


class DestinationShape(shapes.Shape):
    """The delivery address part by part; carriers are held against it. Country: two letters."""

    country: shapes.Country
    province: shapes.Line | None = None
    city: shapes.Line | None = None
    zip: shapes.Line | None = None
    consignee: shapes.Line | None = None

    def as_text(self) -> str:
        """As it is kept: JSON of the parts that are named."""
        return json.dumps(self.model_dump(exclude_none=True), ensure_ascii=False, sort_keys=True)


class OrderShape(shapes.Shape):
    """The whole order."""

    ref: shapes.Code
    ordered_at: shapes.Moment
    currency: shapes.Currency
    buyer: PartyShape
    seller: PartyShape
    lines: Annotated[
        tuple[LineShape, ...], Field(strict=False, min_length=1, max_length=MOST_LINES)
    ]
    freight_minor: shapes.Minor
    shipping: ShippingShape
    delivery_address: shapes.Text
    delivery_place: DestinationShape | None = None
    return_address: shapes.Text
    local_return_address: shapes.Text | None = None
    listing: dict[str, Any]
    buyer_message: shapes.Text | None = None
    flags: FlagsShape = FlagsShape()
    fee_basis_points: Annotated[int, Field(ge=0, le=10_000)] | None = None
    payment: PaymentShape | None = None
    parcels: Annotated[tuple[ParcelShape, ...], Field(strict=False, max_length=MOST_PARCELS)] = ()
    cancellation_requested_at: shapes.Moment | None = None

    @model_validator(mode="after")
    def _fits_together(self) -> "OrderShape":
        numbers = [line.number for line in self.lines]
        if len(set(numbers)) != len(numbers):
            raise ValueError("lines: expected each line number once")
        if self.flags.local_return and self.local_return_address is None:
            raise ValueError("local_return_address: expected with the flag local_return")
        for line in self.lines:
            if line.unit is Unit.PIECE and line.pieces_per_lot != 1:
                raise ValueError("lines: expected pieces_per_lot 1 for the unit piece")
        if _depth(self.listing) > DEEPEST_LISTING:
            raise ValueError(f"listing: expected at most {DEEPEST_LISTING} levels")
        text = json.dumps(self.listing, ensure_ascii=False, allow_nan=False)
        if len(text.encode()) > LARGEST_LISTING_BYTES:
            raise ValueError(f"listing: expected at most {LARGEST_LISTING_BYTES} bytes")
        if self.currency not in get_global("all_currencies"):
            raise ValueError(f"currency: expected a code of ISO 4217, got {self.currency!r}")
        if sum(line.quantity * line.unit_price_minor for line in self.lines) > LARGEST_MINOR:
            raise ValueError(f"lines: expected at most {LARGEST_MINOR} minor units in all")
        return self


def parse(raw: Any) -> tuple[OrderShape | None, list[dict[str, str]]]:
    """The document, or each field that does not fit: `pointer` and `detail`."""
    try:
        return OrderShape.model_validate(raw), []
    except ValidationError as error:
        return None, [
            {"pointer": "/" + "/".join(map(str, one["loc"])), "detail": one["msg"]}
            for one in error.errors()
        ]


def register(desk: Desk, document: OrderShape, viewer: Viewer) -> Done | Refused:
    """Take the order over. The same document again changes nothing; another one is refused.

    Raises: Busy.
    """
    request = Request(
        order_id=desk.ids.of_order(document.ref),
        command=_command(desk, document),
        viewer=viewer,
        key=f"order:{document.ref}",
        owner="marketplace",
        digest=digest_of(document),
    )
    with transaction.atomic():
        result = handle(desk, request)
        if isinstance(result, Done) and not result.replayed:
            _keep_parties(desk, document)
    known = {RefusalCode.KEY_REUSED, RefusalCode.ORDER_EXISTS}
    if isinstance(result, Refused) and result.refusal.code in known:
        return Refused(_known_otherwise(document.ref), result.file)
    return result


def digest_of(document: shapes.Shape) -> str:
    """SHA-256 of the document in canonical form: the same content, the same digest."""
    plain = document.model_dump(mode="json")
    return hashlib.sha256(rfc8785.dumps(_without_floats(plain))).hexdigest()


def _without_floats(value: Any) -> Any:
    # A listing may hold any JSON number; canonical JSON knows only what every reader agrees on.
    if isinstance(value, dict):
        return {str(key): _without_floats(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_without_floats(item) for item in value]
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return str(value) if is_number else value


def _depth(value: Any) -> int:
    """How deep a JSON value is nested; counted without recursion, up to one more than allowed."""
    level, depth = [value], 0
    while level and depth <= DEEPEST_LISTING:
        depth += 1
        level = [
            item
            for part in level
            if isinstance(part, (dict, list))
            for item in (part.values() if isinstance(part, dict) else part)
        ]
    return depth


def _known_otherwise(ref: str) -> Refusal:
    return Refusal(
        RefusalCode.ORDER_EXISTS,
        sentence("Order {ref!r} was registered before with other content.", ref=ref),
        "Send amendments, payments and dispatches to the order; never the order again.",
        field="ref",
    )


def _keep_parties(desk: Desk, document: OrderShape) -> None:
    """Make the two parties known, or bring their contact up to date."""
    rows = [
        Party(
            id=desk.ids.of_party(kind, shape.ref),
            kind=kind,
            ref=shape.ref,
            name=shape.name,
            email=shape.email,
            country=shape.country,
            language=shape.language,
        )
        for kind, shape in (("buyer", document.buyer), ("seller", document.seller))
    ]
    Party.objects.bulk_create(
        rows,
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["name", "email", "country", "language"],
    )


def _command(desk: Desk, document: OrderShape) -> asked.RegisterOrder:
    fee = document.fee_basis_points
    payment = document.payment
    message, local = document.buyer_message, document.local_return_address
    listing = json.dumps(document.listing, ensure_ascii=False, sort_keys=True)
    place = document.delivery_place
    return asked.RegisterOrder(
        ref=document.ref,
        buyer_id=desk.ids.of_party("buyer", document.buyer.ref),
        seller_id=desk.ids.of_party("seller", document.seller.ref),
        currency=document.currency,
        lines=tuple(Line(**line.model_dump()) for line in document.lines),
        freight_minor=document.freight_minor,
        shipping_service=document.shipping.service,
        promise_days=document.shipping.promise_days,
        flags=Flags(**document.flags.model_dump()),
        delivery_address=words(desk.ids, document.delivery_address),
        return_address=words(desk.ids, document.return_address),
        local_return_address=words(desk.ids, local) if local else None,
        listing=words(desk.ids, listing),
        buyer_message=words(desk.ids, message) if message else None,
        fee_basis_points=desk.fee_basis_points if fee is None else fee,
        ordered_at=document.ordered_at,
        payment=asked.Payment(payment.goods_minor, payment.freight_minor) if payment else None,
        parcels=tuple(parcel.declared(desk.parcels.register) for parcel in document.parcels),
        cancellation_requested_at=document.cancellation_requested_at,
        delivery_place=words(desk.ids, place.as_text()) if place else None,
    )
