"""The money formulas of a rulebook over columns. Minor units; each rounds once, half up."""

from collections.abc import Callable

from fairhold.adapters.columns.algebra import Algebra, E
from fairhold.core.rules.formulas import DELAY_SHARE_PER_DAY, DELAY_SHARES

Make = Callable[[Algebra], E]


def least(make: Algebra, amount: E, limit: E) -> E:
    """The smaller of the two; `amount` where there is no limit."""
    return make.choose([(make.ordered("<", limit, amount), limit)], amount)


def at_least_zero(make: Algebra, amount: E) -> E:
    """The amount, never below zero."""
    zero = make.literal(0)
    return make.choose([(make.ordered("<", amount, zero), zero)], amount)


def _share(make: Algebra, amount: E, part: E, whole: E) -> E:
    """`amount` × `part` ÷ `whole`, half up; nothing where the whole is nothing."""
    twice = make.literal(2)
    doubled = make.add(make.multiply(twice, make.multiply(amount, part)), whole)
    divisor = make.choose(
        [(make.ordered(">", whole, make.literal(0)), make.multiply(twice, whole))], None
    )
    return make.divide(doubled, divisor)


def _column(name: str) -> Make:
    return lambda make: make.column(name)


def _requested(make: Algebra) -> E:
    return least(make, make.column("dispute.requested_amount"), make.column("order.total_paid"))


def _missing_share(make: Algebra) -> E:
    """Of one line; an order of several is no row of a table."""
    agreed = make.multiply(
        make.column("order.quantity_agreed"), make.column("order.pieces_per_lot")
    )
    missing = at_least_zero(
        make, make.subtract(agreed, make.column("goods.quantity_received_pieces"))
    )
    return _share(make, make.column("order.total_paid"), missing, agreed)


def _price_difference(make: Algebra) -> E:
    chosen = make.column("shipment.selected_method_fee")
    return at_least_zero(make, make.subtract(chosen, make.column("shipment.used_method_fee")))


def _delay_schedule(make: Algebra) -> E:
    total = make.column("order.total_paid")
    days = make.multiply(make.column("shipment.delay_days"), make.literal(DELAY_SHARE_PER_DAY))
    return least(make, _share(make, total, days, make.literal(DELAY_SHARES)), total)


def _unrefunded(make: Algebra) -> E:
    back = make.column("chargeback.already_refunded")
    known = make.choose([(make.is_null(back), make.literal(0))], back)
    return at_least_zero(make, make.subtract(make.column("order.total_paid"), known))


AMOUNTS: dict[str, Make] = {
    "full": _column("order.total_paid"),
    "goods": _column("order.goods_amount"),
    "freight": _column("order.freight_amount"),
    "requested": _requested,
    "missing_share": _missing_share,
    "price_difference": _price_difference,
    "pickup_cost": _column("shipment.extra_pickup_cost"),
    "delay_schedule": _delay_schedule,
    "platform_award": _column("ast.platform_award"),
    "settled": _requested,
    "refund_plan": _requested,
    "unrefunded": _unrefunded,
    "nothing": lambda make: make.literal(0),
}
