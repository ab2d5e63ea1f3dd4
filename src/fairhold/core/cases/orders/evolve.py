"""How each event changes an order. Total: an event that does not fit is a defect, not a refusal."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from fairhold.core.cases.orders import events as happened
from fairhold.core.cases.orders.state import Nudged, Number, Order, Parcel, Standing
from fairhold.core.logistics.service import Chosen


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
    if event.delivery_address is not None or event.delivery_place is not None:
        # The parts of an address go with it: those of the old one say nothing about the new.
        changes["delivery_place"] = event.delivery_place
    return replace(
        order,
        version=event.version,
        agreement=replace(order.agreement, **changes),
        amendments=(*order.amendments, event.note),
        services=_services(order, event),
    )


def _services(order: Order, event: happened.OrderAmended) -> tuple[Chosen, ...]:
    if event.shipping_service is None or event.amended_at is None:
        return order.services
    return (*order.chosen, Chosen(event.shipping_service, event.amended_at))


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


def waybill_replaced(order: Order, event: happened.WaybillReplaced) -> Order:
    """The parcel goes by the new number; the old one is kept."""

    def renumbered(parcel: Parcel) -> Parcel:
        old = Number(parcel.carrier, parcel.waybill, parcel.entered_at or parcel.dispatched_at)
        return replace(
            parcel,
            carrier=event.carrier,
            waybill=event.waybill,
            entered_at=event.entered_at,
            replaced=(*parcel.replaced, old),
        )

    return _with_parcel(order, event.parcel, renumbered)


def transfer_added(order: Order, event: happened.TransferNumberAdded) -> Order:
    """The parcel goes by one more number."""
    number = Number(event.carrier, event.waybill, event.entered_at)
    return _with_parcel(
        order, event.parcel, lambda one: replace(one, transfers=(*one.transfers, number))
    )


def _with_parcel(order: Order, number: int, change: Callable[[Parcel], Parcel]) -> Order:
    parcels = tuple(change(one) if one.number == number else one for one in order.parcels)
    return replace(order, parcels=parcels)


def reported(order: Order, event: happened.ParcelReported) -> Order:
    """The latest reading of a parcel stands."""
    others = tuple(one for one in order.reports if one.name != event.report.name)
    return replace(order, reports=(*others, event.report))


def nudge_issued(order: Order, event: happened.NudgeIssued) -> Order:
    """One more reminder is on record."""
    nudged = Nudged(event.kind, event.to, event.parcel, event.sent, event.issued_at)
    return replace(order, nudged=(*order.nudged, nudged))


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


def message_written(order: Order, event: happened.MessageWritten) -> Order:
    """Messages are counted here and kept in the journal; their files are numbered."""
    attachments = (*order.attachments, *(event.attachments or ()))
    return replace(order, messages=order.messages + 1, attachments=attachments)


def amendment_proposed(order: Order, event: happened.AmendmentProposed) -> Order:
    """One change of terms waits for its answer."""
    return replace(order, amendment=event.amendment, amendments_proposed=event.amendment.number)


def amendment_answered(order: Order, _: object) -> Order:
    """Nothing waits any more."""
    return replace(order, amendment=None)


def hold_placed(order: Order, event: happened.HoldPlaced) -> Order:
    """Everything stays."""
    return replace(order, hold=event.hold)


def hold_lifted(order: Order, _: happened.HoldLifted) -> Order:
    """The ordinary time counts again."""
    return replace(order, hold=None)


def deletion_announced(order: Order, event: happened.DeletionAnnounced) -> Order:
    """Both sides know the date."""
    return replace(order, delete_after=event.delete_after)


def material_purged(order: Order, _: happened.MaterialPurged) -> Order:
    """What is gone stands in the journal."""
    return order


ORDER_EVOLVERS: dict[type, Callable[[Order, Any], Order]] = {
    happened.OrderAmended: amended,
    happened.MessageWritten: message_written,
    happened.AmendmentProposed: amendment_proposed,
    happened.AmendmentAccepted: amendment_answered,
    happened.AmendmentDeclined: amendment_answered,
    happened.HoldPlaced: hold_placed,
    happened.HoldLifted: hold_lifted,
    happened.DeletionAnnounced: deletion_announced,
    happened.MaterialPurged: material_purged,
    happened.PaymentCaptured: captured,
    happened.ParcelDispatched: dispatched,
    happened.WaybillReplaced: waybill_replaced,
    happened.TransferNumberAdded: transfer_added,
    happened.ParcelReported: reported,
    happened.NudgeIssued: nudge_issued,
    happened.CancellationRequested: cancellation_requested,
    happened.OrderFrozen: frozen,
    happened.OrderUnfrozen: unfrozen,
    happened.OrderCompleted: completed,
    happened.SandboxClockMoved: sandbox_moved,
}
