"""What the operations on orders answer, for the OpenAPI document."""

from typing import Any

from pydantic import BaseModel

from fairhold.api.documented import ErrorAt, Money


class AmendmentOut(BaseModel):
    """A change of the agreement; what it left as it was is null."""

    version: int
    at: str
    shipping_service: str | None
    promise_days: int | None
    delivery_address: str | None
    note: str


class OrderOut(BaseModel):
    """An order with its balances."""

    id: str
    ref: str
    version: int
    amendment_version: int
    standing: str
    currency: str
    buyer_id: str
    seller_id: str
    lines: list[dict[str, Any]]
    freight_minor: int
    shipping: dict[str, Any]
    delivery_address: str | None
    return_address: str | None
    local_return_address: str | None
    listing: dict[str, Any] | None
    buyer_message: str | None
    amendments: list[AmendmentOut]
    flags: dict[str, bool]
    paid: Money
    held: Money
    balances: dict[str, int]
    parcels: list[dict[str, Any]]
    cancellation_requested_at: str | None
    all_dispatched_at: str | None
    dispute_id: str | None
    book: str


class OrderRow(BaseModel):
    """An order in a list."""

    id: str
    ref: str
    currency: str
    standing: str
    held: Money
    dispute_id: str | None


class OrderPage(BaseModel):
    """A page of orders."""

    items: list[OrderRow]
    next: str | None


class RowOut(BaseModel):
    """One order of a batch: registered, or what is wrong with it."""

    ref: Any
    order_id: str | None
    errors: list[ErrorAt]


class RowsOut(BaseModel):
    """The rows of a batch, in the order they were sent."""

    results: list[RowOut]
