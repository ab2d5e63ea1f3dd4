"""How each event changes an order. Total: an event that does not fit is a defect, not a refusal."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fairhold.core.cases.orders import events as happened
from fairhold.core.cases.orders.state import Order, Standing


def registered(order_id: str, event: happened.OrderRegistered) -> Order:
    """A new order."""
    return Order(order_id, event.agreement, event.book)


def amended(order: Order, event: happened.OrderAmended) -> Order:
    """Replace what the amendment names, keep the rest."""
    changes: dict[str, Any] = {
        name: value
        for name in ("shipping_service", "promise_days", "delivery_address")
        if (value := getattr(event, name)) is not None
    }
    return replace(
        order,
        version=event.version,
        agreement=replace(order.agreement, **changes),
        amendments=(*order.amendments, event.note),
    )


def captured(order: Order, event: happened.PaymentCaptured) -> Order:
    """The buyer has paid this much more."""
    return replace(
        order,
        paid_goods_minor=order.paid_goods_minor + event.goods_minor,
        paid_freight_minor=order.paid_freight_minor + event.freight_minor,
    )


def dispatched(order: Order, event: happened.ParcelDispatched) -> Order:
    """One more parcel is on its way."""
    return replace(order, parcels=(*order.parcels, event.parcel))


def cancellation_requested(order: Order, event: happened.CancellationRequested) -> Order:
    """The request stays on record."""
    return replace(order, cancellation_requested_at=event.requested_at)


def frozen(order: Order, _: happened.OrderFrozen) -> Order:
    """Nothing moves any more."""
    return replace(order, standing=Standing.FROZEN)


def unfrozen(order: Order, _: happened.OrderUnfrozen) -> Order:
    """Everything moves again."""
    return replace(order, standing=Standing.ACTIVE)


def completed(order: Order, _: happened.OrderCompleted) -> Order:
    """The order has ended."""
    return replace(order, standing=Standing.COMPLETED)


def sandbox_moved(order: Order, event: happened.SandboxClockMoved) -> Order:
    """Time passed for this order alone."""
    return replace(order, sandbox_offset_seconds=order.sandbox_offset_seconds + event.seconds)


ORDER_EVOLVERS: dict[type, Callable[[Order, Any], Order]] = {
    happened.OrderAmended: amended,
    happened.PaymentCaptured: captured,
    happened.ParcelDispatched: dispatched,
    happened.CancellationRequested: cancellation_requested,
    happened.OrderFrozen: frozen,
    happened.OrderUnfrozen: unfrozen,
    happened.OrderCompleted: completed,
    happened.SandboxClockMoved: sandbox_moved,
}
