"""Taking over an order from the marketplace, and recording what happens to it there."""

from datetime import datetime

from fairhold.core.cases.events import MoneyMoved
from fairhold.core.cases.file import CaseFile
from fairhold.core.cases.moment import Moment
from fairhold.core.cases.orders import commands as asked
from fairhold.core.cases.orders import events as happened
from fairhold.core.cases.orders.state import Agreement, Content, Order, Parcel
from fairhold.core.cases.refusal import Code, Refusal
from fairhold.core.ledger.settlements import capture
from fairhold.core.values.money import Money
from fairhold.core.values.sentence import Sentence, sentence
from fairhold.core.values.words import Words, is_latin

Events = tuple[object, ...]


def register(file: CaseFile, command: asked.RegisterOrder, moment: Moment) -> Events | Refusal:
    """Record the order with its payment, parcels and cancellation, all or nothing.

    Refuses: an address that is not in Latin script, a payment or a parcel that does not fit.
    """
    for name in ("return_address", "local_return_address"):
        address = getattr(command, name)
        if address is not None and not is_latin(address.text):
            return not_latin(name, address)
    if command.ordered_at > moment.now:
        return time_unfit("ordered_at", sentence("Expected a time not in the future."))
    requested_at = command.cancellation_requested_at
    if requested_at and not command.ordered_at <= requested_at <= moment.now:
        return time_unfit(
            "cancellation_requested_at", sentence("Expected a time between the order and now.")
        )
    registered = happened.OrderRegistered(_agreement(command), moment.process.name)
    order = Order(file.order_id, registered.agreement, registered.book)
    events: list[object] = [registered]
    if command.payment is not None:
        paid = pay(order, command.payment)
        if isinstance(paid, Refusal):
            return paid
        events += paid
    for declared in command.parcels:
        parcel = parcel_of(order, declared, moment.now)
        if isinstance(parcel, Refusal):
            return parcel
        events.append(happened.ParcelDispatched(parcel))
        order = _with_parcel(order, parcel)
    if command.cancellation_requested_at is not None:
        events.append(happened.CancellationRequested(command.cancellation_requested_at))
    return tuple(events)


def pay(order: Order, payment: asked.Payment) -> Events | Refusal:
    """The events of a capture.

    Refuses: nothing paid, or more than goods and freight cost.
    """
    agreement = order.agreement
    goods_left = agreement.goods_minor - order.paid_goods_minor
    freight_left = agreement.freight_minor - order.paid_freight_minor
    fits = payment.goods_minor <= goods_left and payment.freight_minor <= freight_left
    if not fits or payment.goods_minor + payment.freight_minor == 0:
        goods = Money(goods_left, agreement.currency)
        freight = Money(freight_left, agreement.currency)
        return Refusal(
            Code.PAYMENT_UNFIT,
            sentence(
                "Expected a payment of up to {goods} for goods and {freight} for freight, "
                "together above zero; got {got_goods} and {got_freight} minor units.",
                goods=goods,
                freight=freight,
                got_goods=payment.goods_minor,
                got_freight=payment.freight_minor,
            ),
            "Send the amounts as captured, goods and freight apart, in minor units.",
            field="payment",
        )
    transfers = capture(payment.goods_minor, payment.freight_minor)
    return (
        happened.PaymentCaptured(payment.goods_minor, payment.freight_minor),
        MoneyMoved(agreement.currency, transfers, None),
    )


def parcel_of(order: Order, declared: asked.NewParcel, now: datetime) -> Parcel | Refusal:
    """The parcel as it is recorded.

    Refuses: an unknown line, more than was left to send, a dispatch in the future.
    """
    left = order.undispatched()
    contents = declared.contents or tuple(Content(line, left[line]) for line in sorted(left))
    for content in contents:
        if content.quantity > left.get(content.line, 0):
            return _parcel_refusal(
                sentence(
                    "Line {line} has {left} units left to dispatch; the parcel names {quantity}.",
                    line=content.line,
                    left=left.get(content.line, 0),
                    quantity=content.quantity,
                )
            )
        left[content.line] -= content.quantity
    if not contents:
        return _parcel_refusal(sentence("Everything has already been dispatched."))
    if declared.dispatched_at > now:
        return _parcel_refusal(
            sentence(
                "The dispatch lies in the future: {dispatched_at}.",
                dispatched_at=declared.dispatched_at,
            )
        )
    number = len(order.parcels) + 1
    return Parcel(
        number,
        declared.carrier,
        declared.waybill,
        contents,
        declared.dispatched_at,
        declared.service,
        declared.service_fee_minor,
    )


def time_unfit(name: str, why: Sentence) -> Refusal:
    """The refusal of a time that cannot be."""
    return Refusal(Code.TIME_UNFIT, why, "Send the time as it was recorded.", field=name)


def not_latin(name: str, address: Words) -> Refusal:
    """The refusal of an address that carriers cannot read."""
    return Refusal(
        Code.ADDRESS_NOT_LATIN,
        sentence(
            "Expected an address in Latin script, got {address!r}.", address=address.text[:60]
        ),
        "Write the address with Latin letters, as it would stand on an international label.",
        clause="return_address",
        field=name,
    )


def _parcel_refusal(why: Sentence) -> Refusal:
    what_now = sentence(
        "Send each line once, with the units this parcel holds, at its time of dispatch."
    )
    return Refusal(Code.PARCEL_UNFIT, why, what_now, field="parcel")


def _with_parcel(order: Order, parcel: Parcel) -> Order:
    return Order(order.id, order.agreement, order.book, parcels=(*order.parcels, parcel))


def _agreement(command: asked.RegisterOrder) -> Agreement:
    local, message = command.local_return_address, command.buyer_message
    place = command.delivery_place
    return Agreement(
        ref=command.ref,
        buyer_id=command.buyer_id,
        seller_id=command.seller_id,
        currency=command.currency,
        lines=command.lines,
        freight_minor=command.freight_minor,
        shipping_service=command.shipping_service,
        promise_days=command.promise_days,
        flags=command.flags,
        delivery_address=command.delivery_address.sealed(),
        return_address=command.return_address.sealed(),
        local_return_address=local.sealed() if local else None,
        listing=command.listing.sealed(),
        buyer_message=message.sealed() if message else None,
        fee_basis_points=command.fee_basis_points,
        ordered_at=command.ordered_at,
        delivery_place=place.sealed() if place else None,
    )
